"""Letterheads that have lost their line of the place: "ỦY BAN NHÂN DÂN" and nothing below it."""

from __future__ import annotations

from pathlib import Path

import pytest

from normalize.records import DocumentRow, FindingRow
from pipeline import extract_file

_PLAN = """{council}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 88/{symbol}
{dateline}
{type}
{title}
{preamble}
I. MỤC TIÊU
1. Nâng cao chất lượng phục vụ người dân.
"""


def read(
    folder: Path,
    dateline: str = "",
    title: str = "Công tác văn thư năm 2022",
    preamble: str = "Căn cứ tình hình thực tế, kế hoạch như sau:",
    council: str = "ỦY BAN NHÂN DÂN",
) -> tuple[DocumentRow, list[FindingRow]]:
    resolution = council.startswith("HỘI ĐỒNG")
    path = folder / "plan.txt"
    path.write_text(
        _PLAN.format(
            council=council,
            symbol="NQ-HĐND" if resolution else "KH-UBND",
            dateline=dateline,
            type="NGHỊ QUYẾT" if resolution else "KẾ HOẠCH",
            title=title,
            preamble=preamble,
        ),
        encoding="utf-8",
    )
    plan = extract_file(path)
    return plan.documents[0], [f for f in plan.findings if f.code == "jurisdiction.inferred"]


@pytest.mark.parametrize(
    ("told", "issuer", "issuer_id", "code"),
    [
        # the place of the date is the province
        (
            {"dateline": "Lạng Sơn, ngày 10 tháng 3 năm 2022"},
            "UBND tỉnh Lạng Sơn",
            "ubnd-tinh",
            "20",
        ),
        (
            {"dateline": "Hà Nội, ngày 10 tháng 3 năm 2022"},
            "UBND thành phố Hà Nội",
            "ubnd-tinh",
            "01",
        ),
        # the title names it where there is no dateline
        ({"title": "Cải cách hành chính năm 2023 của tỉnh Hậu Giang"}, None, "ubnd-tinh", "93"),
        # a district by its seat; the preamble says of which kind it was then
        (
            {
                "dateline": "Mộc Châu, ngày 17 tháng 01 năm 2019",
                "preamble": "Ủy ban nhân dân huyện ban hành Kế hoạch như sau:",
            },
            "UBND huyện Mộc Châu",
            "ubnd-huyen-moc-chau",
            "14",
        ),
        # a commune after the merger, by the title
        (
            {
                "title": "Phòng chống thiên tai năm 2026 xã Ia Krái",
                "preamble": "UBND xã xây dựng Kế hoạch như sau:",
            },
            "UBND xã Ia Krái",
            "ubnd-xa-ia-krai",
            "52",
        ),
        # the preamble's level forbids the province of the same name as the place
        (
            {
                "dateline": "Cà Mau, ngày 10 tháng 3 năm 2022",
                "preamble": "UBND thành phố ban hành Kế hoạch như sau:",
            },
            "UBND thành phố Cà Mau",
            "ubnd-thanh-pho-ca-mau",
            "96",
        ),
    ],
)
def test_whose_committee_it_is(
    tmp_path: Path, told: dict[str, str], issuer: str | None, issuer_id: str, code: str
) -> None:
    document, findings = read(tmp_path, **told)
    assert issuer is None or document.issuer == issuer
    assert (document.issuer_id, document.jurisdiction_code) == (issuer_id, code)
    assert findings


def test_the_line_above_the_basis_says_what_the_letterhead_lost(tmp_path: Path) -> None:
    document, findings = read(
        tmp_path,
        council="HỘI ĐỒNG NHÂN DÂN",
        title="Về Kế hoạch đầu tư công năm 2022",
        preamble="HỘI ĐỒNG NHÂN DÂN THÀNH PHỐ ĐÀ NẴNG\n\nCăn cứ Luật Đầu tư công;",
    )
    assert (document.issuer, document.jurisdiction_code) == ("HĐND thành phố Đà Nẵng", "48")
    assert findings == []


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"dateline": "..., ngày ... tháng ... năm 2022"},
        # two provinces have a place of that name, of whatever kind
        {"dateline": "Tân Châu, ngày 5 tháng 4 năm 2020"},
    ],
)
def test_nothing_tells_whose_it_is(tmp_path: Path, told: dict[str, str]) -> None:
    document, findings = read(tmp_path, **told)
    assert (document.issuer, document.jurisdiction_code, findings) == (None, None, [])


@pytest.mark.parametrize(
    ("letterhead", "issuer", "code"),
    [
        ("HỘI ĐỒNG NHÂN DÂN XÃ QUẢNG TRỰC\nBAN KINH TẾ - NGÂN SÁCH", "xã Quảng Trực", "68"),
        ("HỘI ĐỒNG NHÂN DÂN\nTHÀNH PHỐ HẢI PHÒNG\nBAN KINH TẾ - NGÂN SÁCH", None, "31"),
    ],
)
def test_a_council_s_board_is_of_the_council_s_level(
    tmp_path: Path, letterhead: str, issuer: str | None, code: str
) -> None:
    document, _ = read(tmp_path, council=letterhead, dateline="Nơi ký, ngày 9 tháng 9 năm 2025")
    name = f"Ban Kinh tế - Ngân sách HĐND {issuer or 'thành phố Hải Phòng'}"
    assert (document.issuer, document.jurisdiction_code) == (name, code)
