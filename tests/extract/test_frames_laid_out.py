"""Frames as copies leave them: columns flattened to tabs, stamps above, mottos of other bodies."""

from __future__ import annotations

from pathlib import Path

import pytest

from normalize.records import DocumentRow
from pipeline import extract_file

_BODY = "\nKẾ HOẠCH\nCông tác năm 2024\n\nI. MỤC TIÊU\nNâng cao chất lượng.\n\n"
_TAIL = "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nHIỆU TRƯỞNG\nNgười Ký Mẫu\n"
_MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


def read(folder: Path, head: str, tail: str = _TAIL) -> tuple[DocumentRow, list[str]]:
    path = folder / "plan.txt"
    path.write_text(head + _BODY + tail, encoding="utf-8")
    plan = extract_file(path)
    assert len(plan.documents) == 1
    return plan.documents[0], [finding.code for finding in plan.findings]


@pytest.mark.parametrize(
    "head",
    [
        # the motto, then the number beside the date, each a small table of tabs of its own
        f"ĐẠI HỌC MẪU\nTRƯỜNG ĐẠI HỌC KINH TẾ\t{_MOTTO}\nĐộc lập - Tự do - Hạnh phúc\n"
        "Số: 15/KH-ĐHKT\tHuế, ngày 21 tháng 8 năm 2024\n",
        f"TRƯỜNG ĐẠI HỌC KINH TẾ\n{_MOTTO}\nĐộc lập - Tự do - Hạnh phúc\n"
        "Số: 15/KH-ĐHKT\t\t\t\t\t\tHuế, ngày 21 tháng 8 năm 2024\n",
        f"TRƯỜNG ĐẠI HỌC KINH TẾ\t\t\t\t\t{_MOTTO}\n\t\t\t\t\tĐộc lập - Tự do - Hạnh phúc\n"
        "Số: 15/KH-ĐHKT\t\t\t\t\tHuế, ngày 21 tháng 8 năm 2024\n",
        # two columns copied into one line each, a single blank between them
        f"TRƯỜNG ĐẠI HỌC KINH TẾ {_MOTTO}\nĐộc lập - Tự do - Hạnh phúc\n"
        "Số: 15/KH-ĐHKT Huế, ngày 21 tháng 8 năm 2024\n",
        f" TRƯỜNG ĐẠI HỌC {_MOTTO}\n KINH TẾ Độc lập - Tự do - Hạnh phúc\n"
        " Số: 15/KH-ĐHKT Huế, ngày 21 tháng 8 năm 2024\n",
        # stamps of the office that got it
        f"CÔNG VĂN ĐẾN\nSố: 2211\nNgày: 25/8/2024\nHỎA TỐC\nTRƯỜNG ĐẠI HỌC KINH TẾ\n{_MOTTO}\n"
        "Độc lập - Tự do - Hạnh phúc\nSố: 15/KH-ĐHKT\nHuế, ngày 21 tháng 8 năm 2024\n",
        f"Độ mật: MẬT\nTRƯỜNG ĐẠI HỌC KINH TẾ\n{_MOTTO}\nĐộc lập - Tự do - Hạnh phúc\n"
        "VĂN BẢN ĐẾN Số: 12 Ngày 25/8/2024\nSố: 15/KH-ĐHKT\nHuế, ngày 21 tháng 8 năm 2024\nKHẨN\n",
        # bodies that have another line in the motto's place
        "TRƯỜNG ĐẠI HỌC KINH TẾ\nCÔNG ĐOÀN VIỆT NAM\nSố: 15/KH-ĐHKT\n"
        "Huế, ngày 21 tháng 8 năm 2024\n",
        "TRƯỜNG ĐẠI HỌC KINH TẾ\nĐOÀN TNCS HỒ CHÍ MINH\nHuế, ngày 21 tháng 8 năm 2024\n"
        "Số: 15/KH-ĐHKT\n",
    ],
)
def test_number_date_and_issuer_of_flattened_letterheads(tmp_path: Path, head: str) -> None:
    document, codes = read(tmp_path, head)
    assert (document.doc_type, document.symbol) == ("KH", "15/KH-ĐHKT")
    assert (document.place, str(document.issued_on)) == ("Huế", "2024-08-21")
    assert document.issuer == "Trường Đại học Kinh tế"
    assert document.title == "Công tác năm 2024"
    assert codes == ["document.no_tasks"]


_HEAD = f"TRƯỜNG ĐẠI HỌC KINH TẾ\n{_MOTTO}\nSố: 15/KH-ĐHKT\nHuế, ngày 21 tháng 8 năm 2024\n"


@pytest.mark.parametrize(
    ("tail", "title"),
    [
        ("Nơi nhận:\n- Như trên;\n- Lưu: VT.\tHIỆU TRƯỞNG\nPGS.TS. Người Ký Mẫu\n", "Hiệu trưởng"),
        (
            "Nơi nhận:\t\t\t\t\t\tT/M BAN THƯỜNG VỤ\n- Các ban đảng,\t\t\t\tPHÓ BÍ THƯ\n"
            "- Lưu Văn phòng.\n\t\t\t\t\t\tNgười Ký Mẫu\n",
            "Phó Bí thư",
        ),
        (
            "- Lưu: VT.\t\t\t\t\tKT. GIÁM ĐỐC\n\t\t\t\t\tPHÓ GIÁM ĐỐC\n\n\nNgười Ký Mẫu\n",
            "Phó Giám đốc",
        ),
    ],
)
def test_signatures_beside_the_recipients(tmp_path: Path, tail: str, title: str) -> None:
    document, codes = read(tmp_path, _HEAD, tail)
    assert (document.signer, document.signer_title) == ("Người Ký Mẫu", title)
    assert codes == ["document.no_tasks"]


@pytest.mark.parametrize("words", ["KẾ HOẠCH PHỐI HỢP", "KẾ HOẠCH HÀNH ĐỘNG"])
def test_the_type_may_have_more_than_two_words(tmp_path: Path, words: str) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(_HEAD + _BODY.replace("KẾ HOẠCH", words) + _TAIL, encoding="utf-8")
    document = extract_file(path).documents[0]
    assert (document.doc_type, document.title) == ("KH", "Công tác năm 2024")


@pytest.mark.parametrize(
    ("tail", "signer", "title"),
    [
        # deputies of every head that the lexicon knows
        ("KT. TRƯỞNG THUẾ TỈNH\nPHÓ TRƯỞNG THUẾ TỈNH\nNgười Ký Mẫu\n", "Người Ký Mẫu", True),
        ("KT. TRẠM TRƯỞNG\nPHÓ TRẠM TRƯỞNG\nNgười Ký Mẫu\n", "Người Ký Mẫu", True),
        # a title that no lexicon knows is nobody's name
        ("KT. TRƯỞNG THUẾ TỈNH\nPHÓ TRƯỞNG NGÀNH DỌC\n", None, False),
    ],
)
def test_deputies(tmp_path: Path, tail: str, signer: str | None, title: bool) -> None:
    document, _ = read(tmp_path, _HEAD, "Nơi nhận:\n- Lưu: VT.\n" + tail)
    assert document.signer == signer
    assert ((document.signer_title or "").startswith("Phó ")) is title


@pytest.mark.parametrize(
    ("lines", "place", "date"),
    [
        ("ngày 21 tháng 8 năm 2024\n", None, "2024-08-21"),
        # the date line with its place is the document's, whatever stands without one
        ("ngày 25 tháng 8 năm 2024\nHuế, ngày 21 tháng 8 năm 2024\n", "Huế", "2024-08-21"),
        ("Ngày 25 tháng 8 năm 2024\n", None, "None"),  # a stamp's
    ],
)
def test_a_date_that_has_lost_its_place(
    tmp_path: Path, lines: str, place: str | None, date: str
) -> None:
    head = f"TRƯỜNG ĐẠI HỌC KINH TẾ\n{_MOTTO}\nSố: 15/KH-ĐHKT\n{lines}"
    document, _ = read(tmp_path, head)
    assert (document.place, str(document.issued_on)) == (place, date)


@pytest.mark.parametrize(
    ("line", "issuer", "code", "told"),
    [
        ("TỈNH BÁC KẠN", "UBND tỉnh Bắc Kạn", "06", "text.repaired"),
        ("TỈNH THỪA THIỀN - HUẾ", "UBND tỉnh Thừa Thiên Huế", "46", "text.repaired"),
        ("TỈNH", "UBND tỉnh", None, "jurisdiction.unresolved"),
    ],
)
def test_a_province_that_a_scan_has_damaged(
    line: str, issuer: str, code: str | None, told: str, tmp_path: Path
) -> None:
    head = f"ỦY BAN NHÂN DÂN\n{line}\n{_MOTTO}\nSố: 15/KH-UBND\nngày 21 tháng 8 năm 2020\n"
    document, codes = read(tmp_path, head, "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNgười Ký Mẫu\n")
    assert (document.issuer, document.jurisdiction_code) == (issuer, code)
    assert told in codes
