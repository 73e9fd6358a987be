"""Text as laid out: which rows are told because nothing sure parts them, and which are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.blocks import read_blocks
from extract.cells import TableBlock
from extract.layout_lines import wrap_seam
from pipeline import extract_file

TITLE = "KẾ HOẠCH\nCải cách hành chính năm 2024\n\n"
HEAD = "TT   Nhiệm vụ                    Cơ quan chủ trì     Thời gian\n"


def cells_of(text: str) -> list[list[str]]:
    (table,) = [block for block in read_blocks(text) if isinstance(block, TableBlock)]
    return [[cell.words.text for cell in row.cells] for row in table.rows]


def told(text: str, folder: Path) -> list[str | None]:
    """The numbers of the tasks whose bounds are told to be unsure."""
    path = folder / "plan.txt"
    path.write_text(TITLE + text, encoding="utf-8")
    tasks = extract_file(path).tasks
    return [task.task_no for task in tasks if "row.bounds_uncertain" in task.finding_codes]


def test_rows_that_their_numbers_part_are_not_told(tmp_path: Path) -> None:
    text = HEAD + (
        "1    Rà soát thủ tục             Sở Nội vụ           Quý I/2024\n"
        "     cấp xã của tỉnh\n"
        "2    Công khai thủ tục           Sở Tư pháp          Quý II/2024\n"
        "     trên trang mạng\n"
        "3    Tổng kết công tác           Sở Tài chính        Quý IV/2024\n"
        "     năm 2024\n"
    )
    assert told(text, tmp_path) == []


def test_a_row_that_shows_two_numbers_is_told(tmp_path: Path) -> None:
    """The second number stands beside the first row's last line, its words one line lower."""
    text = HEAD + (
        "1    Rà soát thủ tục             Sở Nội vụ           Quý I/2024\n"
        "     cấp xã của tỉnh\n"
        "2    Ban hành quy chế khai       Sở Tư pháp          Tháng 6/2024\n"
        "3    thác dữ liệu dùng chung     và Thanh tra        10/2024\n"
        "     Diễn tập ứng cứu sự cố      Công an tỉnh\n"
        "4    Tổng kết công tác           Sở Tài chính        Quý IV/2024\n"
        "     cải cách hành chính\n"
        "     của tỉnh\n"
    )
    tasks = told(text, tmp_path)
    assert tasks != []
    assert not {"1", "4"} & set(tasks)


def test_a_part_with_a_date_of_its_own_below_a_task_is_told(tmp_path: Path) -> None:
    text = HEAD + (
        "1    Rà soát thủ tục             Sở Nội vụ           Quý I/2024\n"
        "     cấp xã của tỉnh\n"
        "2    Tập huấn nghiệp vụ          Văn phòng           Quý III/2024\n"
        "     cho cán bộ quản lý          UBND tỉnh\n"
        "     công trình\n"
        "     - Lớp thứ nhất tại                              Tháng 7/2024\n"
        "     thành phố\n"
        "3    Tổng kết công tác           Sở Tài chính        Quý IV/2024\n"
        "     cải cách hành chính\n"
        "     của tỉnh\n"
    )
    assert told(text, tmp_path) == ["2"]


def test_numbers_that_touch_the_area_behind_them() -> None:
    """Words stand in no column of numbers: "4 Cải", "cách tổ" below it are the area's."""
    head = "TT Nhóm    Nhiệm vụ                    Cơ quan chủ trì     Thời gian\n"
    text = head + (
        "1 Thể     1.1. Rà soát văn bản        Sở Tư pháp          Quý I\n"
        "  chế     của tỉnh\n"
        "          1.2. Công khai văn bản      Sở Tư pháp          Quý II\n"
        "2 Cải     2.1. Sắp xếp các phòng      Sở Nội vụ           Quý III\n"
        "cách tổ   thuộc sở                                        và IV\n"
        "chức      ngành của tỉnh\n"
        "          2.2. Giảm đầu mối           Sở Nội vụ           Quý IV\n"
    )
    assert [row[:2] for row in cells_of(text)[1:]] == [
        ["1", "Thể chế"],
        ["", ""],
        ["2", "Cải cách tổ chức"],
        ["", ""],
    ]


def test_a_number_behind_the_area_is_the_rows() -> None:
    head = "Nhóm           TT            Nhiệm vụ          Cơ quan chủ trì  Thời hạn\n"
    text = head + (
        "Trước          1             Treo băng         Phòng Văn        Trước ngày\n"
        "Đại hội                      rôn, khẩu hiệu    hóa - Xã hội     20/9/2025\n"
        "               2             Đăng tin, bài     Văn phòng        Tháng 9\n"
        "                             trên trang        HĐND xã\n"
        "Sau            3       Tổ chức học             Ban Xây          Quý IV/2025\n"
        "Đại hội                nghị quyết              dựng Đảng\n"
        "              4        Báo cáo kết             Ban Xây          Tháng 10\n"
        "                       quả                     dựng Đảng\n"
    )
    rows = cells_of(text)[1:]
    assert [row[1] for row in rows] == ["1", "2", "3", "4"]
    assert [row[2] for row in rows] == [
        "Treo băng rôn, khẩu hiệu",
        "Đăng tin, bài trên trang",
        "Tổ chức học nghị quyết",
        "Báo cáo kết quả",
    ]


def test_a_pages_last_line_whose_cells_touch_does_not_end_the_table() -> None:
    """ "quy trình của tỉnh Sở Nội vụ": one run of words across two columns, below one of theirs."""
    head = "TT   Nhóm       Nhiệm vụ            Cơ quan chủ trì     Thời gian\n"
    text = head + (
        "1    Thể chế    Rà soát văn bản     Sở Tư pháp          Quý I\n"
        "                của tỉnh\n"
        "2    Thủ tục    Công khai thủ tục   Văn phòng           Quý II\n"
        "                hành chính và các   UBND tỉnh, Sở\n"
        "                Quy trình của tỉnh Nội vụ, Sở Tư pháp\n"
        "\f                trên trang mạng     và UBND cấp xã\n"
        "3    Tổ chức    Sắp xếp các phòng   Sở Nội vụ           Quý III\n"
        "                của sở              và các sở\n"
    )
    rows = cells_of(text)
    assert [row[0] for row in rows if row[0]] == ["TT", "1", "2", "3"]


def test_text_right_behind_a_table_at_a_pages_end_is_no_cell() -> None:
    text = HEAD + (
        "1    Rà soát thủ tục             Sở Nội vụ           Quý I\n"
        "2    Công khai thủ tục           Sở Tư pháp          Quý II\n"
        "Các cơ quan báo cáo kết quả thực hiện về Sở Nội vụ\n"
        "\ftrước ngày 15 tháng 12 hằng năm.\n"
    )
    assert len(cells_of(text)) == 3


@pytest.mark.parametrize(
    ("before", "after", "seam"),
    [
        ("2.000.0", "00", ""),  # a group of three figures is whole again
        ("12.500.0", "00 đồng", ""),
        ("2.000.000", "500.000", " "),  # two amounts
        ("ngày 15.6", "200 người", " "),  # 15.6200 is no amount
        ("Côn", "g tác", ""),  # a letter without a vowel is no word
        ("Kế hoạc", "h của Bộ", ""),
        ("VBQPP", "L", ""),
        ("UBND", "TP. Huế", " "),
        ("Các lớp", "c) Tập huấn", " "),  # an item
        ("dài 20", "m", " "),  # a unit
    ],
)
def test_what_a_narrow_column_cut(before: str, after: str, seam: str) -> None:
    assert wrap_seam(before, after) == seam


MONTHS = (
    "TT     Nội       Người    Phối               Thời gian (tháng)               Kinh\n"
    "       dung      thực     hợp      1   2   3   4     5     6     7    8      phí\n"
    "                 hiện                                                        (đồng)\n"
)


def test_crosses_below_months_that_are_counted(tmp_path: Path) -> None:
    """Heads over several lines around "1 2 3 …"; amounts that their column cuts."""
    text = MONTHS + (
        "1      Kiện      Sở Nội   Sở Tư    x\n"
        "       toàn      vụ       pháp\n"
        "       ban chỉ\n"
        "       đạo\n"
        "2      Tuyên     Sở Tư    Sở Y         x   x         x           x         2.000.0\n"
        "       truyền    pháp     tế                                                    00\n"
        "3      Tổng      Sở Nội   Sở Tài                                      x            0\n"
        "       kết       vụ       chính\n"
    )
    path = tmp_path / "plan.txt"
    path.write_text(TITLE + text, encoding="utf-8")
    tasks = extract_file(path).tasks
    assert [(t.task, t.lead, t.coordinating, t.schedule) for t in tasks] == [
        ("Kiện toàn ban chỉ đạo", ["Sở Nội vụ"], ["Sở Tư pháp"], "tháng 1"),
        (
            "Tuyên truyền",
            ["Sở Tư pháp"],
            ["Sở Y tế"],
            "tháng 2; tháng 3; tháng 5; tháng 7",
        ),
        ("Tổng kết", ["Sở Nội vụ"], ["Sở Tài chính"], "tháng 8"),
    ]
    assert [t.budget_vnd for t in tasks] == [None, 2_000_000, 0]


def test_numbers_below_all_heads_count_no_months() -> None:
    text = (
        "TT     Nhiệm vụ              Cơ quan chủ trì     Tháng     Ghi chú\n"
        "1      2                     3                   4         5\n"
        "1      Rà soát thủ tục       Sở Nội vụ           3\n"
        "2      Công khai thủ tục     Sở Tư pháp          4\n"
    )
    assert cells_of(text)[0] == ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Tháng", "Ghi chú"]
    assert cells_of(text)[2][:2] == ["1", "Rà soát thủ tục"]
