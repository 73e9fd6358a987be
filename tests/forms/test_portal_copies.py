"""Plans as portals and viewers hand out their text: bars of cut cells, lost hyphens, data above.

Names and sentences are ours; the ways in which the words are cut are those of pages in use.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from normalize.records import Plan
from normalize.symbols import is_unmarked, mended
from pipeline import extract_file

MOTTO = "Độc lập - Tự do - Hạnh phúc"


def read(folder: Path, text: str) -> Plan:
    path = folder / "plan.txt"
    path.write_text(text, encoding="utf-8")
    return extract_file(path)


def tasks(plan: Plan) -> list[tuple[str, list[str], list[str], str]]:
    """Words, lead, partners and last day of each task."""
    return [(t.task, t.lead, t.coordinating, str(t.due_on)) for t in plan.tasks]


ROWS = [
    ("Khảo sát điểm đến", ["Sở Du lịch"], ["Sở Tài chính"], "2018-06-30"),
    ("Tổng kết", ["Văn phòng UBND tỉnh"], ["Sở Du lịch"], "2018-12-31"),
]


def test_cells_one_a_line_with_a_bar_where_each_ended(tmp_path: Path) -> None:
    text = (
        "ỦY BAN NHÂN DÂN\nTỈNH HÀ TĨNH\n--------\n|\nCỘNG\nHÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        f"{MOTTO}\n-------\n|\nSố: 61/KH-UBND\n|\nHà Tĩnh, ngày 05 tháng 3 năm 2018\n|\n"
        "KẾ HOẠCH\nXÚC TIẾN DU LỊCH NĂM 2018\nI. MỤC TIÊU\nPhấn đấu đón 3,2 triệu lượt\nkhách.\n"
        "II. NỘI DUNG\nTT\n|\nNội\ndung\n|\nĐơn\nvị chủ trì\n|\nĐơn vị phối hợp\n|\nThời\ngian\n|\n"
        "1\n|\nKhảo sát điểm đến\n|\nSở Du lịch\n|\nSở Tài chính\n|\nQuý II\n|\n"
        "2\n|\nTổng kết\n|\nVăn phòng UBND tỉnh\n|\nSở Du lịch\n|\nTháng 12\n|\n"
        "Nơi nhận:\n- Lưu: VT.\n|\nTM. ỦY BAN\nNHÂN DÂN\n"
        "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nĐặng Văn Mẫu\n|\n"
    )
    plan = read(tmp_path, text)
    (document,) = plan.documents
    assert (document.issuer, document.symbol, str(document.issued_on)) == (
        "UBND tỉnh Hà Tĩnh",
        "61/KH-UBND",
        "2018-03-05",
    )
    assert document.title == "XÚC TIẾN DU LỊCH NĂM 2018"
    assert (document.signer, document.signer_title) == ("Đặng Văn Mẫu", "Phó Chủ tịch")
    assert tasks(plan) == ROWS
    first = plan.tasks[0].at
    assert text[first.char_start : first.char_end].startswith("1")


def test_a_frame_in_cells_ends_the_table_above_it(tmp_path: Path) -> None:
    plan = read(
        tmp_path,
        "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n"
        "Số: 61/KH-UBND | Hà Tĩnh, ngày 05 tháng 3 năm 2018 |\n"
        "XÚC TIẾN DU LỊCH NĂM 2018\n"
        "Ủy ban nhân dân tỉnh Hà Tĩnh xây dựng Kế hoạch như sau:\n"
        "STT | Nội dung | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian |\n"
        "1 | Khảo sát điểm đến | Sở Du lịch | Sở Tài chính | Quý II |\n"
        "2 | Tổng kết | Văn phòng UBND tỉnh | Sở Du lịch | Tháng 12 |\n"
        "Nơi nhận: | TM. ỦY BAN NHÂN DÂN |\n",
    )
    assert tasks(plan) == ROWS
    assert not [
        finding for finding in plan.findings if finding.code.startswith(("row.", "column."))
    ]


def test_a_portal_s_own_table_above_the_letterhead(tmp_path: Path) -> None:
    plan = read(
        tmp_path,
        "Kế hoạch 61/KH-UBND năm 2018 về xúc tiến du lịch\n"
        "Số hiệu: | 61/KH-UBND | Loại văn bản: | Kế hoạch |\n"
        "Ngày ban hành: | 05/03/2018 | Ngày hiệu lực: | Đang cập nhật |\n"
        "Ngày hết hiệu lực: | Đang cập nhật |\n"
        "ỦY BAN NHÂN DÂN |\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nSố: 61/KH-UBND |\n"
        "Hà Tĩnh, ngày 05 tháng 3 năm 2018 |\nKẾ HOẠCH\nXÚC TIẾN DU LỊCH NĂM 2018\n"
        "I. NHIỆM VỤ\nSTT | Nội dung | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian |\n"
        "1 | Khảo sát điểm đến | Sở Du lịch | Sở Tài chính | Quý II |\n"
        "2 | Tổng kết | Văn phòng UBND tỉnh | Sở Du lịch | Tháng 12 |\n",
    )
    (document,) = plan.documents
    assert (document.symbol, str(document.issued_on), document.title) == (
        "61/KH-UBND",
        "2018-03-05",
        "XÚC TIẾN DU LỊCH NĂM 2018",
    )
    assert tasks(plan) == ROWS


@pytest.mark.parametrize(
    ("printed", "right"),
    [
        ("88/KHUBND", "88/KH-UBND"),
        ("61/2018/NĐCP", "61/2018/NĐ-CP"),
        ("9/QĐTTg", "9/QĐ-TTg"),
        ("01/2018/TTVPCP", "01/2018/TT-VPCP"),
        ("105 KH/TĐTN", "105-KH/TĐTN"),
    ],
)
def test_a_hyphen_that_a_symbol_lost(printed: str, right: str) -> None:
    assert is_unmarked(printed)
    found = mended(printed)
    assert found is not None
    assert (found[0], found[2]) == (right, printed)


@pytest.mark.parametrize("symbol", ["88/KH-UBND", "5/UBND", "3056/UBND-NC", "12/SNV", "7/BNV-CCHC"])
def test_a_whole_symbol_has_lost_none(symbol: str) -> None:
    assert not is_unmarked(symbol)


def test_lost_hyphens_are_told_and_soft_ones_are_hyphens(tmp_path: Path) -> None:
    plan = read(
        tmp_path,
        f"ỦY BAN NHÂN DÂN\nTỈNH HÀ TĨNH\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n{MOTTO}\n"
        "Số: 61/KHUBND\nHà Tĩnh, ngày 05 tháng 3 năm 2018\nKẾ HOẠCH\nXúc tiến du lịch năm 2018\n"
        "Căn cứ Nghị định số 61/2018/NĐCP ngày 23/4/2018 của Chính phủ;\n"
        "Căn cứ Nghị định số 34/2016/NĐ\u00adCP ngày 14/5/2016 của Chính phủ;\n"
        "I. MỤC TIÊU\nThu hút du\u00adkhách.\n",
    )
    assert plan.documents[0].symbol == "61/KH-UBND"
    assert [one.symbol for one in plan.citations] == ["61/2018/NĐ-CP", "34/2016/NĐ-CP"]
    told = [(f.raw, f.value) for f in plan.findings if f.code == "text.repaired"]
    assert sorted(told) == [("61/2018/NĐCP", "61/2018/NĐ-CP"), ("61/KHUBND", "61/KH-UBND")]
    assert plan.sections[0].text == "Thu hút dukhách."
