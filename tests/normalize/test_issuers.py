"""Who issues a plan and which province it belongs to, where letterheads say more or less of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from normalize.records import DocumentRow, FindingRow
from pipeline import extract_file

_BODY = """

KẾ HOẠCH
{title}

{preamble}

I. MỤC TIÊU

1. Nâng cao chất lượng phục vụ {running}.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Người Ký Mẫu
"""


def read(
    folder: Path,
    letterhead: str,
    title: str = "Cải cách hành chính năm 2022",
    preamble: str = "Căn cứ tình hình thực tế, kế hoạch như sau:",
    running: str = "người dân",
) -> tuple[DocumentRow, list[FindingRow]]:
    path = folder / "plan.txt"
    text = letterhead + _BODY.format(title=title, preamble=preamble, running=running)
    path.write_text(text, encoding="utf-8")
    plan = extract_file(path)
    assert len(plan.documents) == 1
    return plan.documents[0], [f for f in plan.findings if f.code == "jurisdiction.inferred"]


def head(issuer: str, place: str, year: int = 2022) -> str:
    return f"{issuer}\n\nSố: 12/KH-UBND\n\n{place}, ngày 18 tháng 8 năm {year}"


@pytest.mark.parametrize(
    ("letterhead", "more", "issuer_id", "code", "by"),
    [
        (
            head("ỦY BAN NHÂN DÂN\nHUYỆN ĐỨC CƠ", "Đức Cơ"),
            {},
            "ubnd-huyen-duc-co",
            "64",
            "HUYỆN ĐỨC CƠ",
        ),
        # The place is a district of the same name as another province.
        (
            head("ỦY BAN NHÂN DÂN\nHUYỆN HÒA BÌNH", "Hòa Bình"),
            {},
            "ubnd-huyen-hoa-binh",
            "95",
            "HUYỆN HÒA BÌNH",
        ),
        (
            head("ỦY BAN NHÂN DÂN\nHUYỆN CHÂU THÀNH", "Châu Thành"),
            {"preamble": "Thực hiện Kế hoạch số 5/KH-UBND của UBND tỉnh Bến Tre, như sau:"},
            "ubnd-huyen-chau-thanh",
            "83",
            "tỉnh Bến Tre",
        ),
        (
            head("ỦY BAN NHÂN DÂN\nHUYỆN CHÂU THÀNH", "Châu Thành"),
            {"running": "trên địa bàn tỉnh Trà Vinh, học tập tỉnh Lâm Đồng"},
            "ubnd-huyen-chau-thanh",
            "84",
            "tỉnh Trà Vinh",
        ),
        # Two provinces named, none certain.
        (
            head("ỦY BAN NHÂN DÂN\nHUYỆN CHÂU THÀNH", "Châu Thành"),
            {"preamble": "Theo UBND tỉnh Bến Tre và UBND tỉnh Trà Vinh, kế hoạch như sau:"},
            "ubnd-huyen-chau-thanh",
            None,
            None,
        ),
        (
            head("ỦY BAN NHÂN DÂN\nXÃ TÂN LẬP", "Tân Lập", 2025),
            {"title": "Chuyển đổi số xã Tân Lập, tỉnh Thái Nguyên năm 2025"},
            "ubnd-xa-tan-lap",
            "19",
            "tỉnh Thái Nguyên",
        ),
        (
            head("UBND TỈNH LÂM ĐỒNG\nSỞ NỘI VỤ", "Đà Lạt"),
            {},
            "so-noi-vu",
            "68",
            None,  # the letterhead says it
        ),
        (head("UBND TỈNH\nSỞ NỘI VỤ", "Đà Lạt"), {}, "so-noi-vu", "68", "Đà Lạt"),
        (head("UBND TỈNH\nSỞ NỘI VỤ", "Yên Bái"), {}, "so-noi-vu", "15", None),
        # A ministry's plan belongs to no province, whatever its place is.
        (head("BỘ NỘI VỤ", "Hà Nội"), {}, "bo-noi-vu", None, None),
    ],
)
def test_province_of_the_issuer(
    tmp_path: Path,
    letterhead: str,
    more: dict[str, str],
    issuer_id: str,
    code: str | None,
    by: str | None,
) -> None:
    document, told = read(tmp_path, letterhead, **more)
    assert document.issuer_id == issuer_id
    assert document.jurisdiction_code == code
    assert [(one.raw, one.value, one.severity) for one in told] == (
        [(by, code, "info")] if by else []
    )


def test_what_was_inferred_is_told_once_though_the_symbol_names_another_body(
    tmp_path: Path,
) -> None:
    letterhead = "UBND TỈNH\n\nSố: 33/KH-SNV\n\nĐà Lạt, ngày 3 tháng 2 năm 2021"
    document, told = read(tmp_path, letterhead)
    assert document.issuer_id == "so-noi-vu"
    assert document.jurisdiction_code == "68"
    assert [one.raw for one in told] == ["Đà Lạt"]


def test_issuer_from_the_preamble_where_the_letterhead_is_missing(tmp_path: Path) -> None:
    preamble = (
        "Căn cứ Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ, "
        "Ủy ban nhân dân tỉnh Bình Phước ban hành Kế hoạch cải cách hành chính như sau:"
    )
    document, _ = read(tmp_path, "", preamble=preamble)
    assert document.issuer_id == "ubnd-tinh"
    assert document.issuer == "UBND tỉnh Bình Phước"
    assert document.jurisdiction_code == "70"
    assert document.successor == "Đồng Nai"


def test_who_is_asked_to_make_a_plan_does_not_issue_this_one(tmp_path: Path) -> None:
    preamble = "Yêu cầu các đơn vị nghiêm túc thực hiện."
    document, _ = read(tmp_path, "", preamble=preamble)
    assert document.issuer_id is None


@pytest.mark.parametrize(
    ("letterhead", "issuer_id", "issuer"),
    [
        (
            head("UBND HUYỆN ĐỨC CƠ\nPHÒNG NỘI VỤ", "Đức Cơ"),
            "phong-noi-vu",
            "Phòng Nội vụ huyện Đức Cơ",
        ),
        (
            head("BAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ\nTỈNH YÊN BÁI", "Yên Bái"),
            "ban-chi-dao-chuyen-doi-so-tinh",
            "Ban chỉ đạo chuyển đổi số tỉnh Yên Bái",
        ),
        # The symbol tells what a letterhead leaves out.
        (
            head("UBND TỈNH YÊN BÁI", "Yên Bái").replace("KH-UBND", "KH-SNV"),
            "so-noi-vu",
            "Sở Nội vụ tỉnh Yên Bái",
        ),
        (head("BỘ TƯ PHÁP - BỘ NỘI VỤ", "Hà Nội"), "bo-tu-phap", "Bộ Tư pháp"),
        (
            head("ĐOÀN TNCS HỒ CHÍ MINH\nBAN CHẤP HÀNH TỈNH YÊN BÁI", "Yên Bái"),
            "tinh-doan",
            "Tỉnh đoàn Yên Bái",
        ),
        (
            head("UBND TỈNH YÊN BÁI\nVĂN PHÒNG", "Yên Bái"),
            "van-phong-ubnd-tinh",
            "Văn phòng UBND tỉnh Yên Bái",
        ),
        (
            head("HUYỆN ỦY ĐỨC CƠ", "Đức Cơ").replace("12/KH-UBND", "12-KH/HU"),
            "huyen-uy",
            "Huyện ủy Đức Cơ",
        ),
        # The Party's own head, with what stands in the motto's place.
        (
            "ĐẢNG BỘ TỈNH ĐỒNG THÁP\nĐẢNG ỦY XÃ TÂN HƯNG\n*\nSố 31-KH/ĐU\n\n"
            "ĐẢNG CỘNG SẢN VIỆT NAM\n\nTân Hưng, ngày 05 tháng 9 năm 2025",
            "dang-uy-xa",
            "Đảng ủy xã Tân Hưng",
        ),
        (
            "ỦY BAN MTTQ VIỆT NAM HUYỆN ĐỨC CƠ\nBAN THƯỜNG TRỰC\nSố: 31/KH-MTTQ-BTT\n\n"
            "Đức Cơ, ngày 05 tháng 9 năm 2024",
            "uy-ban-mat-tran-to-quoc-viet-nam-huyen-duc-co",
            "Ủy ban Mặt trận Tổ quốc Việt Nam huyện Đức Cơ",
        ),
        (
            "ĐẢNG ỦY PHƯỜNG BẾN THÀNH\n*\nSố 31-KH/ĐU\n\nĐẢNG CỘNG SẢN VIỆT NAM\n\n"
            "Thành phố Hồ Chí Minh, ngày 05 tháng 9 năm 2025",
            "dang-uy-xa",
            "Đảng ủy phường Bến Thành",
        ),
        (
            "<table><tr><td>TỈNH ỦY LÂM ĐỒNG<br>BAN TỔ CHỨC<br>*<br>Số 12-KH/BTCTU</td>"
            "<td>ĐẢNG CỘNG SẢN VIỆT NAM<br>Lâm Đồng, ngày 05 tháng 9 năm 2024</td></tr></table>",
            "ban-to-chuc-tinh-uy",
            "Ban Tổ chức Tỉnh ủy Lâm Đồng",
        ),
        # Blanks in the date: its year tells which province had the name.
        (
            "UBND TỈNH LONG AN\n\nSố:      /KH-UBND\n\nLong An, ngày    tháng 01 năm 2022",
            "ubnd-tinh",
            "UBND tỉnh Long An",
        ),
    ],
)
def test_a_unit_below_its_committee(
    tmp_path: Path, letterhead: str, issuer_id: str, issuer: str
) -> None:
    document, _ = read(tmp_path, letterhead)
    assert (document.issuer_id, document.issuer) == (issuer_id, issuer)


@pytest.mark.parametrize(
    ("issuer", "place", "wanted"),
    [
        ("ỦY BAN NHÂN DÂN\nTỈNH YÊN BÁI", "Yên Bái", ["ubnd-thanh-pho", "cong-an-thanh-pho"]),
        ("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ CẦN THƠ", "Cần Thơ", ["ubnd-tinh", "cong-an-tinh"]),
    ],
)
def test_a_city_is_the_province_or_a_district_of_it(
    tmp_path: Path, issuer: str, place: str, wanted: list[str]
) -> None:
    path = tmp_path / "plan.txt"
    table = (
        "STT\tNhiệm vụ\tCơ quan chủ trì\tThời gian\n1\tĐo mưa\tUBND thành phố; Công an TP\tQuý I"
    )
    path.write_text(f"{head(issuer, place)}\n\nKẾ HOẠCH\nĐo mưa năm 2022\n\n{table}\n")
    (task,) = extract_file(path).tasks
    assert task.lead_ids == wanted
