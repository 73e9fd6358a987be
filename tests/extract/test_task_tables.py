"""Tables of every style and every kind of damage give the same tasks."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from small_tables import HEAD, STYLES, Rows, html, notes_of, pipes, tabs, tasks_of, words

from extract.blocks import read_blocks
from extract.cells import TableBlock
from extract.tables import TableReader

PLAN: Rows = [
    HEAD,
    [
        "1",
        "Thể chế",
        "1.1. Rà soát quy chế của cơ quan",
        "Báo cáo",
        "Sở Tư pháp",
        "Sở Nội vụ",
        "Quý I",
    ],
    ["", "", "1.2. Ban hành quy định về hồ sơ", "Quyết định", "Sở Y tế", "UBND cấp xã", "Quý II"],
    ["2", "Công vụ", "2.1. Tập huấn cho công chức mới", "Lớp tập huấn", "Sở Nội vụ", "", "Quý III"],
    ["", "", "2.2. Đánh giá công chức hằng năm", "Báo cáo", "Sở Nội vụ", "Sở Tư pháp", "Tháng 12"],
]


def cells(text: str) -> list[tuple[str, ...]]:
    roles = ("area", "task", "deliverables", "lead", "coordinating", "schedule")
    return [(task.place, *(words(task, role) for role in roles)) for task in tasks_of(text)]


WHOLE = [
    (
        "1.1",
        "Thể chế",
        "Rà soát quy chế của cơ quan",
        "Báo cáo",
        "Sở Tư pháp",
        "Sở Nội vụ",
        "Quý I",
    ),
    (
        "1.2",
        "Thể chế",
        "Ban hành quy định về hồ sơ",
        "Quyết định",
        "Sở Y tế",
        "UBND cấp xã",
        "Quý II",
    ),
    ("2.1", "Công vụ", "Tập huấn cho công chức mới", "Lớp tập huấn", "Sở Nội vụ", "", "Quý III"),
    (
        "2.2",
        "Công vụ",
        "Đánh giá công chức hằng năm",
        "Báo cáo",
        "Sở Nội vụ",
        "Sở Tư pháp",
        "Tháng 12",
    ),
]


@pytest.mark.parametrize("style", STYLES)
def test_styles(style: str) -> None:
    assert cells(STYLES[style](PLAN)) == WHOLE


@pytest.mark.parametrize("style", ["tab", "pipe", "bar"])
@pytest.mark.parametrize("row", [2, 3, 4])
@pytest.mark.parametrize("repeat", [False, True])
def test_a_page_break_between_rows(style: str, row: int, repeat: bool) -> None:
    broken = [*PLAN[:row], [], *([HEAD] if repeat else []), *PLAN[row:]]
    assert cells(STYLES[style](broken)) == WHOLE


@pytest.mark.parametrize("style", ["tab", "pipe", "bar"])
def test_a_row_cut_in_several_cells_at_once(style: str) -> None:
    broken = [
        *PLAN[:2],
        ["", "", "1.2. Ban hành quy định", "Quyết", "Sở", "UBND cấp xã", "Quý"],
        [],
        ["", "", "về hồ sơ", "định", "Y tế", "", "II"],
        *PLAN[3:],
    ]
    text = STYLES[style](broken)
    assert cells(text) == WHOLE
    assert notes_of(text) == ["row.joined"]


@pytest.mark.parametrize(
    ("first", "rest", "whole"),
    [
        (
            "theo Nghị định 43/2006/NĐ-",
            "CP của Chính phủ",
            "theo Nghị định 43/2006/NĐ-CP của Chính phủ",
        ),
        ("Quyết định 12/", "QĐ-TTg", "Quyết định 12/QĐ-TTg"),
        ("xây dự", "ng kế hoạch", "xây dựng kế hoạch"),  # through a word
        ("Lập kế ho", "ạch", "Lập kế hoạch"),  # both halves are syllables; the text knows "hoạch"
        ("giai đoạn 2021 -", "2025", "giai đoạn 2021 - 2025"),
        ("công tác cải", "cách", "công tác cải cách"),
        ("kinh tế -", "xã hội", "kinh tế - xã hội"),
    ],
)
def test_seams(first: str, rest: str, whole: str) -> None:
    broken = [
        HEAD,
        ["1", "Thể chế", f"1.1. {first}", "Báo cáo", "Sở Y tế", "", "Quý I"],
        [],
        ["", "", rest, "", "", "", ""],
        ["", "", "1.2. Việc khác của năm", "Kế hoạch", "Sở Y tế", "", "Quý I"],
    ]
    assert words(tasks_of(tabs(broken))[0], "task") == whole


UNNUMBERED = ["Nhiệm vụ", "Sản phẩm", "Thời gian", "Chủ trì", "Phối hợp"]


@pytest.mark.parametrize(
    ("time", "rest"),
    [
        ("6 tháng đầu năm", "2022"),
        ("Tháng 5 và tháng", "11/2022"),
        ("Từ quý II đến quý", "IV/2022"),
    ],
)
def test_a_cut_time_whose_rest_looks_whole(time: str, rest: str) -> None:
    """Without numbers: a year or a month alone is a time, and here what another one lost."""
    rows = [
        UNNUMBERED,
        ["Rà soát hồ sơ lưu trữ", "Tờ trình", time, "Sở Nội vụ", "Sở Y tế; Văn phòng"],
        [],
        ["ở bộ phận một cửa", "", rest, "", "Sở Tư pháp"],
        ["Tập huấn chữ ký số", "Báo cáo", "Quý I/2022", "Sở Y tế", "Sở Nội vụ"],
    ]
    first, second = tasks_of(tabs(rows))
    assert first.task.text == "Rà soát hồ sơ lưu trữ ở bộ phận một cửa"
    assert first.schedule is not None
    assert first.schedule.flat == f"{time} {rest}"
    assert second.task.text == "Tập huấn chữ ký số"


@pytest.mark.parametrize(
    ("time", "below"),
    [
        ("Trong năm", "2022"),
        ("Định kỳ 6 tháng", "6 tháng đầu năm 2022"),
        ("Hằng tháng", "14/02/2022"),
    ],
)
def test_a_whole_row_below_a_time_that_might_want_a_figure(time: str, below: str) -> None:
    rows = [
        UNNUMBERED,
        ["Rà soát hồ sơ lưu trữ", "Tờ trình", time, "Sở Nội vụ", "Sở Y tế"],
        [],
        ["Số hóa kết quả giải quyết", "Báo cáo", below, "Sở Tư pháp", ""],
    ]
    assert [task.schedule and task.schedule.text for task in tasks_of(tabs(rows))] == [time, below]


def test_a_page_that_lost_its_first_column() -> None:
    broken = [*PLAN[:2], [], *(row[1:] for row in PLAN[2:3]), [], *PLAN[3:]]
    text = tabs(broken)
    assert cells(text) == WHOLE
    assert notes_of(text) == ["column.shifted"]


def test_an_extra_empty_column_in_some_rows() -> None:
    broken = [*PLAN[:3], *([*row[:3], "", *row[3:]] for row in PLAN[3:])]
    text = tabs(broken)
    assert cells(text) == WHOLE
    assert notes_of(text) == ["column.shifted", "column.shifted"]


def test_cell_text_over_several_lines() -> None:
    text = tabs(PLAN).replace("quy chế của", "quy chế\ncủa").replace("UBND cấp xã", "UBND\ncấp xã")
    assert cells(text) == WHOLE


def test_empty_cells_at_a_line_end_are_stripped_by_editors() -> None:
    rows = [HEAD, ["1", "Thể chế", "1.1. Rà soát quy chế", "Báo cáo", "Sở Y tế"], *PLAN[2:]]
    assert cells(tabs(rows))[0] == (
        "1.1",
        "Thể chế",
        "Rà soát quy chế",
        "Báo cáo",
        "Sở Y tế",
        "",
        "",
    )


@pytest.mark.parametrize("labelled", [0, 1, 2])
def test_an_area_label_anywhere_in_its_block(labelled: int) -> None:
    names = [["", "Thể chế"][i == labelled] for i in range(3)]
    rows = [
        ["Lĩnh vực", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian"],
        [names[0], "1. Rà soát quy chế", "Sở Tư pháp", "Quý I"],
        [names[1], "2. Ban hành quy định", "Sở Y tế", "Quý II"],
        [names[2], "3. Theo dõi thi hành", "Sở Y tế", "Quý II"],
        ["Công vụ", "1. Tập huấn công chức", "Sở Nội vụ", "Quý III"],
    ]
    areas = [words(task, "area") for task in tasks_of(tabs(rows))]
    assert areas == ["Thể chế", "Thể chế", "Thể chế", "Công vụ"]


GROUP_HEAD = ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian"]


@pytest.mark.parametrize(
    "group",
    [
        ["I", "Hoàn thiện thể chế", "", ""],
        ["I", "Hoàn thiện thể chế", "Hoàn thiện thể chế", "Hoàn thiện thể chế"],
        ["", "I. Hoàn thiện thể chế", "", ""],
        ["I. Hoàn thiện thể chế", "", "", ""],
    ],
)
def test_a_group_row_names_the_area(group: list[str]) -> None:
    rows = [
        GROUP_HEAD,
        group,
        ["1", "Rà soát quy chế", "Sở Tư pháp", "Quý I"],
        ["2", "Ban hành quy định", "Sở Y tế", "Quý II"],
        ["II", "Công vụ", "", ""],
        ["1", "Tập huấn công chức", "Sở Nội vụ", "Quý III"],
    ]
    found = tasks_of(tabs(rows))
    assert [(t.place, words(t, "area")) for t in found] == [
        ("1.1", "Hoàn thiện thể chế"),
        ("2", "Hoàn thiện thể chế"),  # "2" is unique in the document
        ("2.1", "Công vụ"),
    ]


def test_a_lead_given_once_for_lettered_children() -> None:
    rows = [
        GROUP_HEAD,
        ["1", "Tổ chức hội nghị", "Sở Y tế", "Quý I"],
        ["a)", "Chuẩn bị tài liệu", "", ""],
        ["b)", "Mời đại biểu", "Văn phòng Sở", ""],
        ["2", "Báo cáo kết quả", "Sở Nội vụ", "Quý II"],
    ]
    found = tasks_of(tabs(rows))
    assert [(t.number, words(t, "lead"), words(t, "schedule")) for t in found] == [
        ("a", "Sở Y tế", "Quý I"),
        ("b", "Văn phòng Sở", "Quý I"),
        ("2", "Sở Nội vụ", "Quý II"),
    ]


def test_an_empty_cell_stays_empty_in_plain_text() -> None:
    rows = [
        GROUP_HEAD,
        ["1", "Rà soát quy chế", "Sở Tư pháp", "Quý I"],
        ["2", "Ban hành quy định", "", "Quý II"],
    ]
    assert words(tasks_of(tabs(rows))[1], "lead") == ""


def test_a_rowspan_carries_its_cell() -> None:
    text = (
        "<table><tr><td>TT</td><td>Nhiệm vụ</td><td>Cơ quan chủ trì</td><td>Thời gian</td></tr>"
        "<tr><td>1</td><td>Rà soát quy chế</td><td rowspan='2'>Sở Tư pháp</td><td>Quý I</td></tr>"
        "<tr><td>2</td><td>Ban hành quy định</td><td>Quý II</td></tr></table>"
    )
    assert [words(t, "lead") for t in tasks_of(text)] == ["Sở Tư pháp", "Sở Tư pháp"]


def test_three_tasks_in_one_row_are_paired_off() -> None:
    """By paragraph, by bullet groups, and by the rhythm of plan and report."""
    row = [
        "Số hóa",
        "<p>1. Ban hành kế hoạch số hóa</p><p>2. Duy trì cổng dịch vụ</p>"
        "<p>3. Kiểm tra hệ thống</p>",
        "<p>- Quyết định phê duyệt</p><p>- Báo cáo kết quả</p><p>- Báo cáo kết quả</p>"
        "<p>- Kế hoạch kiểm tra</p><p>- Báo cáo kiểm tra</p>",
        "<p>Sở A</p><p>Sở B</p><p>Sở C</p>",
        "<p>Quý I/2022</p><p>Thường xuyên</p><p>- Tháng 4/2022</p><p>- Tháng 12/2022</p>",
    ]
    head = ["Lĩnh vực", "Nhiệm vụ", "Sản phẩm", "Cơ quan chủ trì", "Thời gian"]
    text = tabs([head, row, ["Công vụ", "1. Việc khác", "Báo cáo", "Sở D", "Quý II"]])
    found = tasks_of(text)
    assert [
        (words(t, "task"), words(t, "deliverables"), words(t, "lead"), words(t, "schedule"))
        for t in found[:3]
    ] == [
        (
            "Ban hành kế hoạch số hóa",
            "- Quyết định phê duyệt - Báo cáo kết quả",
            "Sở A",
            "Quý I/2022",
        ),
        ("Duy trì cổng dịch vụ", "- Báo cáo kết quả", "Sở B", "Thường xuyên"),
        (
            "Kiểm tra hệ thống",
            "- Kế hoạch kiểm tra - Báo cáo kiểm tra",
            "Sở C",
            "- Tháng 4/2022 - Tháng 12/2022",
        ),
    ]
    assert notes_of(text) == ["row.split"]


def test_a_row_of_two_tasks_that_a_page_cuts_between_them() -> None:
    """The page's end stands where the second task begins: a paragraph may end there."""
    head = ["TT", "Nhiệm vụ", "Sản phẩm", "Cơ quan chủ trì", "Thời gian"]
    rows = [
        head,
        ["1", "Rà soát văn bản", "Báo cáo", "Sở Tư pháp", "Quý I"],
        [
            "<p>2</p><p>3</p>",
            "Ban hành quy chế khai thác dữ liệu",
            "<p>Quy chế</p><p>Báo cáo diễn</p>",
            "Sở Khoa học và Công nghệ",
            "<p>Quý II</p><p>Quý III</p>",
        ],
        [],
        ["", "Diễn tập ứng cứu sự cố mạng", "tập", "Công an tỉnh", ""],
        ["4", "Tổng kết công tác năm", "Báo cáo", "Sở Nội vụ", "Quý IV"],
    ]
    text = tabs(rows)
    found = [
        tuple(words(task, name) for name in ("task", "deliverables", "lead", "schedule"))
        for task in tasks_of(text)
    ]
    assert found[1:3] == [
        ("Ban hành quy chế khai thác dữ liệu", "Quy chế", "Sở Khoa học và Công nghệ", "Quý II"),
        ("Diễn tập ứng cứu sự cố mạng", "Báo cáo diễn tập", "Công an tỉnh", "Quý III"),
    ]
    assert notes_of(text) == ["row.joined", "row.split"]


def test_what_cannot_be_paired_off_is_told() -> None:
    row = [
        "Số hóa",
        "1. Ban hành kế hoạch 2. Duy trì cổng 3. Kiểm tra",
        "<p>Sở A</p><p>Sở B</p>",
        "Quý I",
    ]
    text = tabs([["Lĩnh vực", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian"], row])
    found = tasks_of(text)
    assert len(found) == 3
    assert all(task.unpaired == ("lead",) for task in found)
    assert [words(task, "schedule") for task in found] == ["Quý I"] * 3
    assert notes_of(text) == ["row.split", "row.split_ambiguous"]


def test_numbers_inside_a_numbered_task_are_its_own_list() -> None:
    rows = [
        GROUP_HEAD,
        ["1", "Nội dung gồm: 1. Hồ sơ 2. Biểu mẫu", "Sở Y tế", "Quý I"],
        ["2", "1. Rà soát hồ sơ 2. Lập biểu mẫu", "Sở Y tế", "Quý I"],
    ]
    assert len(tasks_of(tabs(rows))) == 2


@pytest.mark.parametrize(
    ("cell", "lead", "partners"),
    [
        ("Chủ trì: Sở Y tế; Phối hợp: Sở Nội vụ, UBND cấp xã", "Sở Y tế", "Sở Nội vụ, UBND cấp xã"),
        ("Chủ trì: Sở Y tế.<br>Phối hợp: Sở Nội vụ.", "Sở Y tế.", "Sở Nội vụ."),
        ("- Cơ quan chủ trì: Sở Y tế - Cơ quan phối hợp: Sở Nội vụ", "Sở Y tế", "Sở Nội vụ"),
        ("Sở Y tế chủ trì, phối hợp với Sở Nội vụ", "Sở Y tế", "Sở Nội vụ"),
        ("Sở Y tế phối hợp với Sở Nội vụ, Công an tỉnh", "Sở Y tế", "Sở Nội vụ, Công an tỉnh"),
        ("Sở Y tế; phối hợp cùng Sở Nội vụ", "Sở Y tế", "Sở Nội vụ"),
        ("Sở Y tế (phối hợp với Sở Nội vụ)", "Sở Y tế", "Sở Nội vụ"),
        ("Sở Y tế (chủ trì); Sở Nội vụ (phối hợp)", "Sở Y tế", "Sở Nội vụ"),
        ("Sở Y tế (chủ trì), Sở Nội vụ, Công an tỉnh", "Sở Y tế", "Sở Nội vụ, Công an tỉnh"),
        ("Sở Y tế", "Sở Y tế", ""),
        ("Sở Y tế/Sở Nội vụ", "Sở Y tế/Sở Nội vụ", ""),
    ],
)
def test_lead_and_partners_in_one_cell(cell: str, lead: str, partners: str) -> None:
    rows = [["TT", "Nhiệm vụ", "Phân công nhiệm vụ", "Thời gian"], ["1", "Rà soát", cell, "Quý I"]]
    task = tasks_of(tabs(rows))[0]
    assert (words(task, "lead"), words(task, "coordinating")) == (lead, partners)


@pytest.mark.parametrize(
    ("head", "lead", "partners"),
    [
        ("Chủ trì / Phối hợp", "Sở Y tế", "Sở Nội vụ"),
        ("Cơ quan chủ trì, phối hợp", "Sở Y tế", "Sở Nội vụ"),
        ("Cơ quan thực hiện", "Sở Y tế / Sở Nội vụ", ""),
    ],
)
def test_a_slash_parts_the_roles_that_the_head_names(head: str, lead: str, partners: str) -> None:
    rows = [["TT", "Nhiệm vụ", head], ["1", "Rà soát", "Sở Y tế / Sở Nội vụ"]]
    task = tasks_of(tabs(rows))[0]
    assert (words(task, "lead"), words(task, "coordinating")) == (lead, partners)


@pytest.mark.parametrize(
    ("codes", "head"),
    [
        (["NV01", "NV02"], "Mã số"),
        (["KH-1", "KH-2"], "STT"),
        (["A1", "A2"], "Ký hiệu"),
        (["CT1.1", "CT1.2"], "TT"),
    ],
)
def test_codes_number_tasks(codes: list[str], head: str) -> None:
    rows = [[head, "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian"]]
    rows += [[code, "Rà soát", "Sở Y tế", "Quý I"] for code in codes]
    found = tasks_of(tabs(rows))
    assert [task.number for task in found] == [task.place for task in found] == codes
    assert notes_of(tabs(rows)) == []


def test_the_letter_of_a_group_is_no_part_of_its_name() -> None:
    rows = [
        GROUP_HEAD,
        ["A. XÂY DỰNG VĂN BẢN"] * len(GROUP_HEAD),
        ["1", "Rà soát", "Sở Y tế", "Quý I"],
    ]
    task = tasks_of(html(rows))[0]
    assert words(task, "area") == "XÂY DỰNG VĂN BẢN"


@pytest.mark.parametrize(
    ("head", "cell", "schedule"),
    [
        ("Hoàn thành trước ngày", "31/3/2025", "trước ngày 31/3/2025"),
        ("Thời hạn chậm nhất", "Tháng 5", "chậm nhất Tháng 5"),
        ("Hoàn thành trước ngày", "Thường xuyên", "Thường xuyên"),
        ("Tháng", "9", "Tháng 9"),
        ("Thời gian (tháng)", "3-5", "tháng 3-5"),
        ("Quý", "III/2025", "Quý III/2025"),
        ("Thời gian hoàn thành quý", "II, IV", "quý II, IV"),
        ("Thời gian", "9", "9"),
    ],
)
def test_the_head_says_what_a_time_is(head: str, cell: str, schedule: str) -> None:
    rows = [["TT", "Nhiệm vụ", "Cơ quan chủ trì", head], ["1", "Rà soát", "Sở Y tế", cell]]
    assert words(tasks_of(tabs(rows))[0], "schedule") == schedule


@pytest.mark.parametrize(
    ("heads", "cells", "budget"),
    [
        (["Đơn giá (đồng)", "Thành tiền (đồng)"], ["1.000", "45.000"], "45.000"),
        (["Vốn ĐTPT", "Vốn SN", "Tổng"], ["300", "50", "350"], "350"),
        (["Chi phí (triệu đồng)"], ["12"], "12"),
    ],
)
def test_the_column_of_money(heads: list[str], cells: list[str], budget: str) -> None:
    rows = [["TT", "Nhiệm vụ", "Cơ quan chủ trì", *heads], ["1", "Rà soát", "Sở Y tế", *cells]]
    assert words(tasks_of(tabs(rows))[0], "budget") == budget


@pytest.mark.parametrize(
    ("heads", "cells", "budget", "source"),
    [
        # beside a column of the whole the parts name the sources that pay anything
        (["Kinh phí", "NSTW", "NSĐP"], ["300", "200", "100"], "300", "NSTW; NSĐP"),
        (["Kinh phí", "NSTW", "Khác"], ["300", "300", "0"], "300", "NSTW"),
        (["Kinh phí", "NSTW", "NSĐP"], ["", "200", "100"], "NSTW: 200; NSĐP: 100", "NSTW; NSĐP"),
        # without one they are the budget together
        (
            ["Vốn NSTW", "Vốn NSĐP"],
            ["200", "100"],
            "Vốn NSTW: 200; Vốn NSĐP: 100",
            "Vốn NSTW; Vốn NSĐP",
        ),
        (["Ngân sách tỉnh", "Xã hội hóa"], ["", "100"], "Xã hội hóa: 100", "Xã hội hóa"),
        (
            ["Kinh phí năm 2026 (tr.đ)", "Kinh phí năm 2027 (tr.đ)"],
            ["5", "6"],
            "Kinh phí năm 2026: 5; Kinh phí năm 2027: 6",
            "",
        ),
        (["Kinh phí năm 2026", "Kinh phí năm 2027"], ["", ""], "", ""),
        # one column alone is the budget, whatever source it names
        (["Ngân sách tỉnh"], ["100"], "100", ""),
    ],
)
def test_columns_of_money_by_source_or_year(
    heads: list[str], cells: list[str], budget: str, source: str
) -> None:
    rows = [["TT", "Nhiệm vụ", "Cơ quan chủ trì", *heads], ["1", "Rà soát", "Sở Y tế", *cells]]
    (task,) = tasks_of(pipes(rows))
    assert (words(task, "budget"), words(task, "funding_source")) == (budget, source)


def test_sources_on_a_second_line_of_the_head() -> None:
    rows = [
        ["TT", "Nhiệm vụ", "Chủ trì", "Thời gian", "Kinh phí (triệu đồng)"],
        ["", "", "", "", "NSTW", "NSĐP", "Nguồn khác"],
        ["1", "Rà soát", "Sở Y tế", "2026", "800", "400", "0"],
    ]
    (task,) = tasks_of(tabs(rows))
    assert words(task, "budget") == "NSTW: 800; NSĐP: 400; Nguồn khác: 0"
    assert (words(task, "funding_source"), task.budget_unit) == ("NSTW; NSĐP", "triệu đồng")


@pytest.mark.parametrize(
    ("heads", "cells", "lead", "partners"),
    [
        (["Phòng thực hiện"], ["Phòng Một"], "Phòng Một", ""),
        (["Chủ đầu tư"], ["Ban QLDA"], "Ban QLDA", ""),
        (["Trưởng đoàn"], ["Ông Lê Thử"], "Ông Lê Thử", ""),
        (["Đơn vị chủ trì", "Người phụ trách"], ["Phòng Một", "Ông Lê Thử"], "Phòng Một", ""),
        (["Lãnh đạo phụ trách", "Đơn vị thực hiện"], ["Ông Lê Thử", "Phòng Một"], "Phòng Một", ""),
        (["Đơn vị thực hiện/phối hợp"], ["Phòng Một/ Phòng Hai"], "Phòng Một", "Phòng Hai"),
    ],
)
def test_who_does_it(heads: list[str], cells: list[str], lead: str, partners: str) -> None:
    rows = [["TT", "Nhiệm vụ", *heads, "Thời gian"], ["1", "Rà soát", *cells, "Quý I"]]
    task = tasks_of(tabs(rows))[0]
    assert (words(task, "lead"), words(task, "coordinating")) == (lead, partners)


def test_a_head_that_stands_over_the_last_columns() -> None:
    rows = [
        ["TT", "Hạng mục", "Cơ quan thực hiện", "Kinh phí", "Trong đó"],
        ["", "", "", "", "Ngân sách tỉnh", "Vốn khác"],
        ["1", "Tập huấn", "Sở Y tế", "120", "100", "20"],
        ["Cộng", "", "", "120", "100", "20"],
    ]
    (task,) = tasks_of(tabs(rows))
    assert words(task, "budget") == "120"
    assert notes_of(tabs(rows)) == []


def test_a_dash_below_one_of_two_times_says_nothing() -> None:
    rows = [
        ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian trình", "Thời gian ban hành"],
        ["1", "Soạn thảo", "Vụ Pháp chế", "-", "Tháng 12"],
    ]
    assert words(tasks_of(tabs(rows))[0], "schedule") == "Tháng 12"


@pytest.mark.parametrize("head", ["Tháng", "Ngày tháng", "Tuần", "Kỳ hạn"])
def test_heads_of_time_in_one_word(head: str) -> None:
    rows = [[head, "Nội dung công việc", "Người thực hiện"], ["9/2022", "Họp", "Tổ Toán"]]
    assert words(tasks_of(tabs(rows))[0], "schedule") == "9/2022"


def test_numbering_gap_and_duplicate() -> None:
    rows = [GROUP_HEAD] + [
        [number, f"Việc thứ {name}", "Sở Y tế", "Quý I"]
        for number, name in (("1", "nhất"), ("2", "hai"), ("4", "tư"), ("4", "năm"))
    ]
    found = tasks_of(tabs(rows))
    assert [note.code for task in found for note in task.notes] == [
        "numbering.gap",
        "numbering.duplicate",
    ]
    gap = found[2].notes[0]
    assert (gap.raw, gap.value) == ("4", "3")
    assert [task.place for task in found] == ["1", "2", "4", "4-2"]


def test_a_total_row_is_no_task() -> None:
    rows = [
        ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Kinh phí (triệu đồng)"],
        ["1", "Rà soát", "Sở Y tế", "50"],
        ["", "Tổng cộng", "", "50"],
    ]
    assert len(tasks_of(tabs(rows))) == 1


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (
            [["STT", "Nội dung công việc", "Thời gian"], ["1", "Nộp hồ sơ", "Tháng 5"]],
            "table.without_tasks",
        ),
        ([["Mã", "Tên gọi khác", "Số lượng"], ["a", "b", "3"]], "table.header_unread"),
        ([GROUP_HEAD], "table.no_rows"),
    ],
)
def test_other_tables_give_a_finding(rows: Rows, code: str) -> None:
    text = tabs(rows)
    assert tasks_of(text) == ()
    assert notes_of(text) == [code]


@pytest.mark.parametrize("number", ["1", "1."])
def test_a_bare_row_before_its_own_numbers_is_a_group(number: str) -> None:
    rows = [
        GROUP_HEAD,
        [number, "Công tác chuẩn bị", "", ""],
        ["1.1", "Lập danh sách", "Sở Y tế", "Quý I"],
        ["1.2", "Đặt lịch", "Sở Y tế", "Quý I"],
        ["2", "Báo cáo", "Sở Y tế", "Quý II"],
    ]
    found = tasks_of(tabs(rows))
    assert [(t.place, words(t, "area")) for t in found] == [
        ("1.1", "Công tác chuẩn bị"),
        ("1.2", "Công tác chuẩn bị"),
        ("2", ""),
    ]


@pytest.mark.parametrize(
    ("heads", "schedule"),
    [
        (["2021", "2022", "2023"], "2021; 2023"),
        (["Quý I", "Quý II", "Quý III"], "Quý I; Quý III"),
        (["Tháng 1", "Tháng 2", "Tháng 3"], "Tháng 1; Tháng 3"),
        (["T.1", "T.2", "T.3"], "T.1; T.3"),
        (["Q1/2022", "Q2/2022", "Q3/2022"], "Q1/2022; Q3/2022"),
    ],
)
@pytest.mark.parametrize("style", sorted(STYLES))
def test_crosses_below_times_are_the_schedule(heads: list[str], schedule: str, style: str) -> None:
    rows = [
        ["TT", "Nội dung", "Chủ trì", "Phối hợp", *heads, "Ghi chú"],
        ["1", "Đặt trạm đo mưa", "Sở Xây dựng", "Sở Tài chính", "x", "", "X", ""],
        ["2", "Kiểm tra trạm", "Sở Xây dựng", "", "", "x", "", ""],
    ]
    first, second = tasks_of(STYLES[style](rows))
    assert (words(first, "lead"), words(first, "coordinating")) == ("Sở Xây dựng", "Sở Tài chính")
    assert words(first, "schedule") == schedule
    assert words(second, "schedule") == heads[1]


def test_years_that_head_amounts_are_no_schedule() -> None:
    rows = [
        ["TT", "Nội dung", "Chủ trì", "Kinh phí", "2022", "2023", "Thời gian"],
        ["1", "Đặt trạm đo mưa", "Sở Xây dựng", "50", "20", "30", "2022-2023"],
    ]
    (task,) = tasks_of(tabs(rows))
    assert (words(task, "schedule"), words(task, "budget")) == ("2022-2023", "50")


def test_the_upper_head_gives_the_year_of_a_cross() -> None:
    text = """<table>
    <tr><td rowspan=2>TT</td><td rowspan=2>Nội dung</td><td rowspan=2>Chủ trì</td>
    <td colspan=2>Năm 2022</td><td colspan=2>Năm 2023</td></tr>
    <tr><td>Quý III</td><td>Quý IV</td><td>Quý I</td><td>Quý II</td></tr>
    <tr><td>1</td><td>Đo mưa</td><td>Sở Y tế</td><td></td><td>x</td><td>x</td><td></td></tr>
    </table>"""
    (task,) = tasks_of(text)
    assert words(task, "schedule") == "Năm 2022: Quý IV; Năm 2023: Quý I"


MONEY_HEAD = ["TT", "Nội dung", "Chủ trì", "Thời gian", "Kinh phí (triệu đồng)"]


def test_subtotals_name_groups_and_are_no_tasks() -> None:
    rows = [
        MONEY_HEAD,
        ["I", "Hạ tầng", "", "", "700"],
        ["1", "Đặt trạm", "Sở Xây dựng", "Quý I", "300"],
        ["2", "Nối dây", "Sở Công Thương", "Quý II", "400"],
        ["II", "Con người", "", "", "90"],
        ["3", "Mở lớp", "Sở Nội vụ", "Quý III", ""],
        ["4", "Thi", "Sở Nội vụ", "Quý IV", ""],
        ["", "Tổng cộng", "", "", "790"],
    ]
    found = tasks_of(tabs(rows))
    assert [(t.place, words(t, "area"), words(t, "budget")) for t in found] == [
        ("1", "Hạ tầng", "300"),
        ("2", "Hạ tầng", "400"),
        # Its rows have no money of their own: the group's is theirs together, summed once.
        ("3", "Con người", "90"),
        ("4", "Con người", "90"),
    ]
    assert [t.budget_repeats for t in found] == [False, False, False, True]


def test_a_short_total_row_is_no_task() -> None:
    rows = [
        ["TT", "Nội dung", "Chủ trì", "Tổng kinh phí", "NSTW", "NSĐP", "Thời gian"],
        ["1", "Đặt trạm", "Sở Xây dựng", "300", "100", "200", "2023"],
        ["", "Cộng", "", "300", "100", "200"],
    ]
    assert [t.place for t in tasks_of(tabs(rows))] == ["1"]


@pytest.mark.parametrize("mark", ["nt", "-nt-", "Như trên", "″", '"', "''", "-//-"])
def test_ditto_marks_stand_for_the_cell_above(mark: str) -> None:
    rows = [
        GROUP_HEAD,
        ["1", "Rà soát", "Sở Y tế", "Quý I"],
        ["2", "Kiểm tra", mark, mark],
        ["3", "Báo cáo", mark, "Quý II"],
    ]
    found = tasks_of(tabs(rows))
    assert [(words(t, "lead"), words(t, "schedule")) for t in found] == [
        ("Sở Y tế", "Quý I"),
        ("Sở Y tế", "Quý I"),
        ("Sở Y tế", "Quý II"),
    ]


@pytest.mark.parametrize(
    ("above", "head", "unit"),
    [
        ("Đơn vị tính: triệu đồng", "Kinh phí", "triệu đồng"),
        ("(Đơn vị: nghìn đồng)", "Kinh phí", "nghìn đồng"),
        ("ĐVT: 1.000 đồng", "Dự kiến kinh phí", "1.000 đồng"),
        ("ĐVT: tr.đ", "Kinh phí", "tr.đ"),
        ("", "Kinh phí, triệu đồng", "Kinh phí, triệu đồng"),
        ("Các đơn vị: ký hợp đồng trước", "Kinh phí", None),
    ],
)
def test_the_unit_of_money(above: str, head: str, unit: str | None) -> None:
    rows = [["TT", "Nội dung", "Chủ trì", head], ["1", "Đặt trạm", "Sở Y tế", "50"]]
    (block,) = [b for b in read_blocks(tabs(rows)) if isinstance(b, TableBlock)]
    reader = TableReader()
    reader.add(block, above, tabs(rows), None)
    assert [task.budget_unit for task in reader.finished().tasks] == [unit]


def test_tasks_that_are_bodies_under_inspection() -> None:
    rows = [
        ["TT", "Đơn vị được kiểm tra", "Cơ quan chủ trì", "Thời gian"],
        ["1", "Sở Y tế", "Sở Nội vụ", "Tháng 5"],
    ]
    (task,) = tasks_of(tabs(rows))
    assert (words(task, "task"), words(task, "lead")) == ("Sở Y tế", "Sở Nội vụ")


@pytest.mark.parametrize(
    ("heads", "cells", "schedule"),
    [
        (["Bắt đầu", "Kết thúc"], ["Tháng 5", "Tháng 9"], "Tháng 5 - Tháng 9"),
        (["Từ ngày", "Đến ngày"], ["01/02/2023", "30/4/2023"], "01/02/2023 - 30/4/2023"),
        (["Thời gian bắt đầu", "Thời gian kết thúc"], ["Quý IV", ""], "Quý IV"),
        (["Bắt đầu", "Hoàn thành"], ["Tháng 5", "Tháng 9"], "Tháng 5 - Tháng 9"),
        (["Thời gian khởi công", "Hạn hoàn thành"], ["Quý I", "Quý IV"], "Quý I - Quý IV"),
        (["Bắt đầu", "Hoàn thành"], ["Thường xuyên", "Tháng 9"], "Thường xuyên; Tháng 9"),
        (["Bắt đầu", "Hoàn thành"], ["", "15/11/2020"], "15/11/2020"),
        (["Thời gian", "Thời gian hoàn thành"], ["Tháng 5", "Tháng 9"], "Tháng 5; Tháng 9"),
        (["Ghi chú", "Thời gian trình/ban hành"], ["", "Quý IV"], "Quý IV"),
    ],
)
def test_when_a_task_begins_and_ends(heads: list[str], cells: list[str], schedule: str) -> None:
    rows = [["TT", "Nội dung", "Chủ trì", *heads], ["1", "Đo mưa", "Sở Xây dựng", *cells]]
    (task,) = tasks_of(tabs(rows))
    assert words(task, "schedule") == schedule


@pytest.mark.parametrize(
    ("head", "numbers", "ticked", "schedule"),
    [
        ("Thời gian thực hiện (tháng)", range(1, 13), (2, 9), "tháng 2; tháng 9"),
        ("Tháng thực hiện", range(1, 13), (12,), "Tháng 12"),
        ("Các tháng trong năm", range(7, 13), (7, 8), "tháng 7; tháng 8"),
        ("Quý", ["I", "II", "III", "IV"], ("III",), "Quý III"),
    ],
)
@pytest.mark.parametrize("form", ["html", "tabs"])
def test_numbers_below_a_head_that_says_what_they_count(
    head: str, numbers: Sequence[int | str], ticked: tuple[int | str], schedule: str, form: str
) -> None:
    crosses = ["x" if number in ticked else "" for number in numbers]
    heads = ["TT", "Nội dung", "Người thực hiện"]
    body = [["1", "Kiện toàn tổ tư vấn", "Sở Y tế"], ["2", "Tập huấn", "Sở Nội vụ"]]
    if form == "tabs":
        text = tabs(
            [[*heads, head], ["", "", "", *map(str, numbers)], *([*row, *crosses] for row in body)]
        )
    else:
        over = "".join(f"<td rowspan=2>{one}</td>" for one in heads)
        below = "".join(f"<td>{number}</td>" for number in numbers)
        rows = ["".join(f"<td>{cell}</td>" for cell in [*row, *crosses]) for row in body]
        text = (
            f"<table><tr>{over}<td colspan={len(crosses)}>{head}</td></tr><tr>{below}</tr>"
            f"<tr>{'</tr><tr>'.join(rows)}</tr></table>"
        )
    found = tasks_of(text)
    assert [words(task, "task") for task in found] == ["Kiện toàn tổ tư vấn", "Tập huấn"]
    assert [words(task, "schedule") for task in found] == [schedule] * 2


@pytest.mark.parametrize("bullet", ["-", "+", "•"])
def test_bullets_in_the_number_column_stand_under_the_row_above(bullet: str) -> None:
    rows = [
        GROUP_HEAD,
        ["1", "Tuyên truyền", "", ""],
        [bullet, "Làm chuyên mục", "Sở Y tế", "Quý I"],
        [bullet, "Làm phóng sự", "Sở Y tế", "Quý I"],
        ["2", "Kiểm tra", "Sở Nội vụ", "Quý II"],
    ]
    found = tasks_of(tabs(rows))
    assert [(t.place, words(t, "area"), words(t, "task")) for t in found] == [
        ("r1", "Tuyên truyền", "Làm chuyên mục"),
        ("r2", "Tuyên truyền", "Làm phóng sự"),
        ("2", "", "Kiểm tra"),
    ]


def test_the_groups_around_an_area() -> None:
    rows = [
        GROUP_HEAD,
        ["A", "CẢI CÁCH THỂ CHẾ", "", ""],
        ["I", "Soạn văn bản", "", ""],
        ["1", "Soạn quy chế", "Sở Y tế", "Quý I"],
        ["B", "TÀI CHÍNH CÔNG", "", ""],
        ["1", "Giao tự chủ", "Sở Y tế", "Quý II"],
    ]
    found = tasks_of(tabs(rows))
    assert [(words(t, "area"), [outer.flat for outer in t.outer_areas]) for t in found] == [
        ("Soạn văn bản", ["CẢI CÁCH THỂ CHẾ"]),
        ("TÀI CHÍNH CÔNG", []),
    ]


def test_lines_beside_one_merged_task_are_its_paragraphs() -> None:
    text = """<table>
    <tr><td>TT</td><td>Nội dung</td><td>Chủ trì</td><td>Thời gian</td><td>Sản phẩm</td></tr>
    <tr><td rowspan=2>1</td><td rowspan=2>Đo mưa</td><td>Sở Y tế</td><td>Quý I</td><td>Sổ</td></tr>
    <tr><td>UBND cấp xã</td><td>Quý II</td><td>Bảng số liệu</td></tr>
    <tr><td>2</td><td>Báo cáo</td><td>Sở Y tế</td><td>Quý III</td><td>Báo cáo</td></tr>
    </table>"""
    first, second = tasks_of(text)
    assert first.lead is not None
    assert first.lead.text == "Sở Y tế\nUBND cấp xã"
    assert first.deliverables is not None
    assert first.deliverables.text == "Sổ\nBảng số liệu"
    assert first.notes == ()
    assert words(second, "task") == "Báo cáo"


def test_bars_without_blanks() -> None:
    (task,) = tasks_of("TT|Nội dung|Đơn vị chủ trì|Thời gian\n1|Đo mưa|Sở Y tế|Quý I\nHết bảng.")
    assert [words(task, role) for role in ("task", "lead", "schedule")] == [
        "Đo mưa",
        "Sở Y tế",
        "Quý I",
    ]
