"""Text as laid out: whole plans printed in columns of blanks, and what a page does to a table."""

from __future__ import annotations

import html
import shutil
import subprocess
from pathlib import Path

import pytest
from as_copied import unmerged
from as_layout import Layout, laid_out
from form_inputs import OF_PAGES, PLANS, by_plan, text_tables
from plain_plan import PlainTable, authored_blocks, form_differences, form_tables

from bench.corpus import make_plan
from extract.blocks import read_blocks
from extract.cells import Line, TableBlock
from extract.layout_lines import wrap_seam
from normalize.records import Plan
from pipeline import extract_file

# The plans without a row of several tasks: where lines are full, nothing tells which line of a
# cell belongs to which of them.
ONE_TASK_A_ROW = [path for path in PLANS if path.stem.startswith(("mau-hai-phong", "004_"))]


def rows_of(text: str) -> list[list[str]]:
    """The cells of the one table that the text holds; a covered cell in brackets."""
    (table,) = [block for block in read_blocks(text) if isinstance(block, TableBlock)]
    assert table.style == "layout"
    return [
        [f"({c.covered})" if c.covered else c.words.text for c in row.cells] for row in table.rows
    ]


def read_as(text: str, tmp_path: Path) -> Plan:
    path = tmp_path / "plan.txt"
    path.write_text(text, encoding="utf-8")
    return extract_file(path)


# --- whole plans ----------------------------------------------------------------------------------


@by_plan
def test_a_laid_out_plan_gives_the_text_forms_tables(path: Path, tmp_path: Path) -> None:
    plan = read_as(laid_out(authored_blocks(path), Layout()), tmp_path)
    found = form_tables(plan, without_codes=OF_PAGES)
    assert form_differences(text_tables(path), found) == []


@pytest.mark.parametrize("path", ONE_TASK_A_ROW, ids=lambda path: path.stem[:14])
@pytest.mark.parametrize(
    "how",
    [
        Layout(apart=False),
        Layout(width=120, apart=False, page=45),
        Layout(page=45, again=True),
        Layout(width=190, centred=False, apart=False),
        Layout(width=230, blanks=4),
    ],
    ids=["no gaps", "pages", "header again", "heads at the left", "wide"],
)
def test_widths_pages_and_gaps_change_nothing(path: Path, how: Layout, tmp_path: Path) -> None:
    plan = read_as(laid_out(authored_blocks(path), how), tmp_path)
    found = form_tables(plan, without_codes=OF_PAGES)
    assert form_differences(text_tables(path), found) == []


@pytest.mark.parametrize(
    "how",
    [
        pytest.param(Layout(), marks=pytest.mark.slow),
        pytest.param(Layout(middle=True), marks=pytest.mark.slow),
    ],
    ids=["top", "middle"],
)
def test_tasks_of_made_plans_come_out(how: Layout, tmp_path: Path) -> None:
    """Bodies that run on without a sign ("các sở" / "UBND cấp xã") cost a task in a hundred."""
    wanted = came = 0
    for number in range(12):
        path = tmp_path / "made.txt"
        path.write_text(make_plan(number).text, encoding="utf-8")
        tasks = {(t.task_no, t.area, t.task): t for t in extract_file(path).tasks}
        plan = read_as(laid_out(authored_blocks(path), how), tmp_path)
        wanted += len(tasks)
        for task in plan.tasks:
            own = tasks.get((task.task_no, task.area, task.task))
            came += own is not None and (
                (own.deliverables, own.lead_ids, own.coordinating_ids, own.due_on, own.budget_vnd)
                == (
                    task.deliverables,
                    task.lead_ids,
                    task.coordinating_ids,
                    task.due_on,
                    task.budget_vnd,
                )
            )
    assert wanted > 150
    assert came >= 0.98 * wanted


@by_plan
def test_every_word_of_a_cell_points_at_itself(path: Path) -> None:
    text = laid_out(authored_blocks(path), Layout(apart=False, page=40))
    words = 0
    for block in read_blocks(text):
        for row in block.rows if isinstance(block, TableBlock) else ():
            for cell in row.cells:
                at = 0
                for word in cell.words.text.split():
                    start = cell.words.text.index(word, at)
                    at = start + len(word)
                    low, high = cell.words.span(start, at)
                    if high - low == len(word):
                        assert text[low:high] == word
                        words += 1
    assert words > 300


# --- one table ------------------------------------------------------------------------------------

HEAD = "TT   Nhiệm vụ                    Cơ quan chủ trì     Thời gian\n"


def test_a_cell_runs_over_lines_and_a_number_opens_a_row() -> None:
    text = HEAD + (
        "1    Rà soát thủ tục hành        Sở Nội vụ           Quý I\n"
        "     chính cấp xã\n"
        "2    Công khai thủ tục           Sở Tư pháp          Quý II\n"
    )
    assert rows_of(text)[1:] == [
        ["1", "Rà soát thủ tục hành chính cấp xã", "Sở Nội vụ", "Quý I"],
        ["2", "Công khai thủ tục", "Sở Tư pháp", "Quý II"],
    ]


def test_cells_stand_in_the_middle_of_their_row() -> None:
    text = HEAD + (
        "     Rà soát thủ tục hành        Văn phòng UBND\n"
        "1    chính cấp xã và công khai   tỉnh                Quý I\n"
        "     tại trụ sở\n"
        "     Công khai thủ tục hành\n"
        "2    chính cấp huyện             Sở Tư pháp          Quý II\n"
        "     trên trang điện tử\n"
    )
    assert rows_of(text)[1:] == [
        [
            "1",
            "Rà soát thủ tục hành chính cấp xã và công khai tại trụ sở",
            "Văn phòng UBND tỉnh",
            "Quý I",
        ],
        ["2", "Công khai thủ tục hành chính cấp huyện trên trang điện tử", "Sở Tư pháp", "Quý II"],
    ]


def test_columns_that_nearly_touch_are_parted() -> None:
    text = HEAD + (
        "1    Rà soát thủ tục hành        Sở Nội vụ           Quý I\n"
        "     chính của các xã, phường và Sở Tư pháp, Sở Y tế\n"
        "     đặc khu\n"
        "2    Công khai thủ tục           Sở Tư pháp          Quý II\n"
    )
    assert rows_of(text)[1][1:3] == [
        "Rà soát thủ tục hành chính của các xã, phường và đặc khu",
        "Sở Nội vụ\nSở Tư pháp, Sở Y tế",
    ]


def test_a_row_whose_cells_touch_stands_further_left() -> None:
    """The printer leaves three blanks between cells and one where they nearly touch, and all lines
    of such a row move: the touching words part where the row's other lines begin."""
    text = HEAD + (
        "1    Rà soát quy trình           Sở Nội vụ           Quý I\n"
        "     một cửa của tỉnh            và Sở Y tế\n"
        "2    Công khai giá dịch vụ    Sở Tư pháp             Quý II\n"
        "     khám bệnh tại trang mạng và Sở Y tế;\n"
        "     và tại trụ sở            UBND cấp xã\n"
        "3    Tổng kết, khen thưởng       Sở Tài chính,    Quý III,\n"
        "     và báo cáo kết quả          các phòng và ban quý IV\n"
    )
    assert rows_of(text)[1:] == [
        ["1", "Rà soát quy trình một cửa của tỉnh", "Sở Nội vụ và Sở Y tế", "Quý I"],
        [
            "2",
            "Công khai giá dịch vụ khám bệnh tại trang mạng và tại trụ sở",
            "Sở Tư pháp và Sở Y tế; UBND cấp xã",
            "Quý II",
        ],
        [
            "3",
            "Tổng kết, khen thưởng và báo cáo kết quả",
            "Sở Tài chính, các phòng và ban",
            "Quý III, quý IV",
        ],
    ]


def test_touching_cells_that_no_other_line_confirms_are_told(tmp_path: Path) -> None:
    text = (
        "KẾ HOẠCH\nCải cách hành chính năm 2024\n\n"
        + HEAD
        + (
            "1    Rà soát quy trình           Sở Nội vụ           Quý I\n"
            "2    Công khai giá khám bệnh Sở Y tế                 Quý II\n"
            "3    Tổng kết                    Sở Tài chính        Quý IV\n"
            "4    Công bố danh mục          Sở Tư pháp            Quý II\n"
            "     thủ tục tại các phòng ban và Sở Y tế\n"
            "5    Lập kế hoạch của tỉnh       Sở Xây dựng         Quý IV\n"
        )
    )
    plan = read_as(text, tmp_path)
    assert [(task.task, task.lead) for task in plan.tasks[1:4:2]] == [
        ("Công khai giá khám bệnh", ["Sở Y tế"]),
        ("Công bố danh mục thủ tục tại các phòng ban", ["Sở Tư pháp", "Sở Y tế"]),
    ]
    told = [found.row_id for found in plan.findings if found.code == "column.touching"]
    assert told == [plan.tasks[1].task_id]


def test_the_dash_of_a_range_opens_no_item() -> None:
    text = HEAD + (
        "1    Rà soát thủ tục             Sở Nội vụ           Giai đoạn 2022\n"
        "     cấp xã của tỉnh                                 - 2025\n"
        "2    Công khai thủ tục           Sở Tư pháp          - Tháng 3/2022\n"
        "     trên trang mạng                                 - 15/6/2022\n"
    )
    assert [row[3] for row in rows_of(text)[1:]] == [
        "Giai đoạn 2022 - 2025",
        "- Tháng 3/2022\n- 15/6/2022",
    ]


def test_first_lines_of_a_row_whose_number_stands_on_the_next_page() -> None:
    """WeasyPrint pushes some cells of a row to the next page whole, and cuts others."""
    text = HEAD + (
        "1    Rà soát thủ tục             Sở Nội vụ           Quý I\n"
        "     cấp xã của tỉnh\n"
        "2    Công khai thủ tục           Sở Tư pháp          Quý II\n"
        "     trên trang mạng\n"
        "     và niêm yết tại\n"
        "     trụ sở\n"
        "3    Công bố danh mục            Sở Tư pháp          Quý II\n"
        "     thủ tục cấp xã\n"
        "                                 Các sở, ban,        Trong năm\n"
        "\f4    Tổng kết                    ngành; UBND\n"
        "     công tác năm                cấp huyện\n"
        "5    Lập danh mục                Sở Y tế             Quý IV\n"
    )
    assert rows_of(text)[3:] == [
        ["3", "Công bố danh mục thủ tục cấp xã", "Sở Tư pháp", "Quý II"],
        ["4", "Tổng kết công tác năm", "Các sở, ban, ngành; UBND cấp huyện", "Trong năm"],
        ["5", "Lập danh mục", "Sở Y tế", "Quý IV"],
    ]


def test_a_blank_line_ends_a_paragraph_where_page_ends_are_marked(tmp_path: Path) -> None:
    title = "Kiểm soát thủ tục hành chính và nâng cao chất lượng phục vụ người dân năm 2024"
    prose = (
        "Năm 2023, người dân và doanh nghiệp trong tỉnh đã bớt phải đi lại; để giữ kết quả đó,\n"
        "cơ quan ban hành Kế hoạch với những việc sau đây theo hướng dẫn của cấp trên và của\n"
        "các bên có liên quan, đồng thời nêu rõ người làm, thời hạn, kinh phí và kết quả của\n"
        "từng việc để tiện theo dõi, đôn đốc và báo cáo định kỳ theo quy định hiện hành về\n"
        "chế độ thông tin của cơ quan hành chính trong tỉnh từ cấp tỉnh đến cấp xã.\n"
    )
    plan = read_as(f"KẾ HOẠCH\n{title}\n\n{prose}\n\fI. NHIỆM VỤ\n", tmp_path)
    assert plan.documents[0].title == title
    assert plan.documents[0].plan_year == 2024


def test_a_head_set_to_both_edges_is_one_head() -> None:
    text = (
        "TT   Nhiệm vụ                    Cơ quan chủ trì     Thời       gian\n"
        "1    Rà soát thủ tục             Sở Nội vụ           Quý I\n"
        "2    Công khai thủ tục           Sở Tư pháp          Trong tháng\n"
        "     trên trang mạng                                 12/2024\n"
    )
    assert rows_of(text)[0][3] == "Thời gian"
    assert rows_of(text)[2][3] == "Trong tháng 12/2024"


def test_the_head_row_that_a_page_cuts() -> None:
    text = (
        "TT   Nhiệm vụ                    Cơ quan chủ trì\n"
        "\f                                                     Thời gian       Kinh phí\n"
        "                                                     hoàn thành\n"
        "1    Rà soát thủ tục             Sở Nội vụ           Quý I           20\n"
        "2    Công khai thủ tục           Sở Tư pháp          Quý II          35\n"
    )
    assert rows_of(text)[0] == [
        "TT",
        "Nhiệm vụ",
        "Cơ quan chủ trì",
        "Thời gian hoàn thành",
        "Kinh phí",
    ]
    assert rows_of(text)[2] == ["2", "Công khai thủ tục", "Sở Tư pháp", "Quý II", "35"]


def test_a_cited_date_in_a_cell_is_no_dateline() -> None:
    text = HEAD + (
        "1    Rà soát theo Nghị định      Sở Nội vụ           Quý I\n"
        "     số 61/2018/NĐ-              và Sở Y tế\n"
        "     CP ngày 23/4/2018           của tỉnh\n"
        "2    Công khai thủ tục           Sở Tư pháp          Quý II\n"
    )
    assert [row[1] for row in rows_of(text)[1:]] == [
        "Rà soát theo Nghị định số 61/2018/NĐ-CP ngày 23/4/2018",
        "Công khai thủ tục",
    ]


def test_a_group_spans_the_table() -> None:
    text = HEAD + (
        "I    CẢI CÁCH THỂ CHẾ VÀ THỦ TỤC HÀNH CHÍNH NĂM 2024\n"
        "1    Rà soát thủ tục             Sở Nội vụ           Quý I\n"
        "2    Công khai thủ tục           Sở Tư pháp          Quý II\n"
    )
    assert rows_of(text)[1] == ["I", "CẢI CÁCH THỂ CHẾ VÀ THỦ TỤC HÀNH CHÍNH NĂM 2024", "", ""]


def test_a_head_shared_by_two_columns() -> None:
    text = (
        "TT   Nhiệm vụ               Trách nhiệm thực hiện           Thời gian\n"
        "                          Chủ trì          Phối hợp\n"
        "1    Rà soát thủ tục      Sở Nội vụ        Sở Tư pháp       Quý I\n"
        "2    Công khai thủ tục    Sở Tư pháp       UBND cấp xã      Quý II\n"
    )
    assert rows_of(text)[:3] == [
        ["TT", "Nhiệm vụ", "Trách nhiệm thực hiện", "(right)", "Thời gian"],
        ["(down)", "(down)", "Chủ trì", "Phối hợp", "(down)"],
        ["1", "Rà soát thủ tục", "Sở Nội vụ", "Sở Tư pháp", "Quý I"],
    ]


def test_a_page_end_and_a_number_alone_in_its_line() -> None:
    text = HEAD + (
        "1    Rà soát thủ tục             Sở Nội vụ           Quý I\n"
        "     cấp xã của tỉnh\n"
        "\n"
        "                                  7\n"
        "\f2    Công khai thủ tục           Sở Tư pháp          Tháng\n"
        "                                                     8/2024\n"
        "3    Tổng kết                    Sở Nội vụ           Quý IV\n"
    )
    assert [row[0] for row in rows_of(text)[1:]] == ["1", "2", "3"]
    assert rows_of(text)[2][3] == "Tháng 8/2024"


def test_a_page_whose_columns_stand_further_left() -> None:
    text = (
        "     "
        + HEAD
        + (
            "     1    Rà soát thủ tục             Sở Nội vụ           Quý I\n"
            "     2    Công khai thủ tục           Sở Tư pháp          Quý II\n"
            "\f3    Tổng hợp báo cáo            Sở Nội vụ           Quý III\n"
            "4    Tổng kết                    Sở Y tế             Quý IV\n"
        )
    )
    assert rows_of(text)[3:] == [
        ["3", "Tổng hợp báo cáo", "Sở Nội vụ", "Quý III"],
        ["4", "Tổng kết", "Sở Y tế", "Quý IV"],
    ]


@pytest.mark.parametrize(
    ("before", "after", "seam"),
    [
        ("NĐ-", "CP", ""),
        ("12/202", "1", ""),  # a column as narrow as a date
        ("22/12/2", "021", ""),
        ("Quý IV/2020", ".", ""),
        ("01/2", "022; 3", ""),
        ("ngày 15/6", "và 15/12", " "),
        ("15/6", "2021", " "),  # no year could be 62021
        ("Sở Nội", "vụ", " "),
        ("điểm 1/3", "2 lần", " "),
    ],
)
def test_what_stands_between_two_lines_of_a_cell(before: str, after: str, seam: str) -> None:
    assert wrap_seam(before, after) == seam


def test_a_time_with_a_capital_is_another_time() -> None:
    table = (
        "TT   Nhiệm vụ                    Chủ trì       Thời gian\n"
        "1    Lập danh mục hồ sơ và       Sở Nội vụ     Quý I/2021\n"
        "     tài liệu lưu trữ của các                  Thường\n"
        "     cơ quan trong tỉnh                        xuyên\n"
        "2    Mở lớp tập huấn             Sở Tư pháp    Quý II/2021\n"
    )
    assert rows_of(table)[1][3] == "Quý I/2021\nThường xuyên"


def test_the_text_behind_the_table_is_no_row() -> None:
    blocks = read_blocks(
        HEAD
        + (
            "1    Rà soát thủ tục             Sở Nội vụ           Quý I\n"
            "2    Công khai thủ tục           Sở Tư pháp          Quý II\n"
            "     III. TỔ CHỨC THỰC HIỆN\n"
            "     Sở Nội vụ theo dõi việc thực hiện Kế hoạch này và báo cáo UBND tỉnh.\n"
        )
    )
    assert [len(block.rows) for block in blocks if isinstance(block, TableBlock)] == [3]
    lines = [block.words.text for block in blocks if isinstance(block, Line)]
    assert lines[0] == "III. TỔ CHỨC THỰC HIỆN"


@pytest.mark.parametrize(
    "text",
    [
        # prose set to both edges
        "Nhiệm   vụ   của  các   cơ  quan   chủ   trì  trong   thời  gian   tới   là\n"
        "rà    soát   thủ   tục,   công   khai    kết   quả   và   kinh   phí   đã   chi.\n"
        "Thời   gian   thực   hiện   theo   kế   hoạch   của   Uỷ   ban   nhân   dân.\n",
        # a letterhead
        "  ỦY BAN NHÂN DÂN             CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "    TỈNH LONG AN                  Độc lập - Tự do - Hạnh phúc\n",
        # a signature
        "Nơi nhận:                               TM. ỦY BAN NHÂN DÂN\n"
        "- Như trên;                                  CHỦ TỊCH\n",
        # bullets set to the right
        "     - Thời gian:   Quý I năm 2024.\n     - Kinh phí:    Ngân sách tỉnh.\n",
    ],
    ids=["justified prose", "letterhead", "signature", "bullets"],
)
def test_wide_blanks_make_no_table(text: str) -> None:
    assert not [block for block in read_blocks(text) if isinstance(block, TableBlock)]


def test_paragraphs_begin_where_a_line_is_indented(tmp_path: Path) -> None:
    """Lines wrapped below an indented one are its paragraph, whatever they begin with."""
    first = "     1. Sở Nội vụ theo dõi việc thực hiện Kế hoạch này và báo cáo theo Chỉ thị số\n"
    text = (
        "     KẾ HOẠCH\n     Cải cách hành chính năm 2024\n\n     I. TỔ CHỨC THỰC HIỆN\n"
        + first
        + "26/CT-TTg ngày 05/9/2016 của Thủ tướng Chính phủ.\n"
        + first.replace("1.", "2.")
        + "27/CT-TTg ngày 05/9/2016 của Thủ tướng Chính phủ.\n"
    )
    sections = read_as(text, tmp_path).sections
    assert [section.path for section in sections] == ["I", "I/1", "I/2"]
    assert sections[1].text is not None
    assert sections[1].text.endswith(
        "theo Chỉ thị số 26/CT-TTg ngày 05/9/2016 của Thủ tướng Chính phủ."
    )


# --- as the real printer lays a page out ----------------------------------------------------------

_STYLE = (
    "@page{size:A4 landscape;margin:20mm} body{font:11pt 'DejaVu Sans', sans-serif}"
    "table{border-collapse:collapse;width:100%} td{border:1px solid;vertical-align:top;"
    "padding:0 5.4pt} td p{margin:0} div{margin:4pt 0;text-indent:10mm}"
)


def page_of(path: Path) -> str:
    """The plan as a web page, merged cells printed in every row."""
    parts: list[str] = []
    for block in authored_blocks(path):
        if isinstance(block, PlainTable):
            rows = [
                "".join(
                    f"<td>{''.join(f'<p>{html.escape(part)}</p>' for part in cell)}</td>"
                    for cell in row
                )
                for row in unmerged(block).rows
            ]
            parts.append("<table><tr>" + "</tr><tr>".join(rows) + "</tr></table>")
        else:
            parts.append(f"<div>{html.escape(block)}</div>")
    return f"<meta charset=utf-8><style>{_STYLE}</style>" + "".join(parts)


@pytest.mark.skipif(
    not (shutil.which("chromium") and shutil.which("pdftotext")),
    reason="chromium and pdftotext (poppler-utils) print the page",
)
def test_a_page_printed_and_read_by_pdftotext(tmp_path: Path) -> None:
    (path,) = [plan for plan in PLANS if plan.stem.startswith("mau-hai-phong")]
    page, printed = tmp_path / "plan.html", tmp_path / "plan.pdf"
    page.write_text(page_of(path), encoding="utf-8")
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    subprocess.run(
        [*command, f"--print-to-pdf={printed}", str(page)],
        check=True,
        capture_output=True,
        timeout=60,
    )
    laid = tmp_path / "laid.txt"
    subprocess.run(["pdftotext", "-layout", str(printed), str(laid)], check=True, timeout=60)
    expected = text_tables(path)
    # One row's cells touch ("0,2 tỷ đồng" and "Xã hội" "hóa"), which is told.
    found = form_tables(extract_file(laid), without_codes=OF_PAGES | {"column.touching"})
    tables = ("tasks", "assignments", "deliverables", "periods", "targets", "citations")
    assert form_differences({name: expected[name] for name in tables}, found) == []


def test_the_signer_stands_beside_the_recipients(tmp_path: Path) -> None:
    text = (
        "               KẾ HOẠCH\n     Công tác thủy lợi năm 2018\n\n"
        + HEAD
        + (
            "1    Rà soát thủ tục             Sở Nội vụ           Quý I\n"
            "2    Công khai thủ tục           Sở Tư pháp          Quý II\n"
            "     III- TỔ CHỨC THỰC HIỆN KẾ HOẠCH\n\n"
            "     1- Sở Nội vụ theo dõi, đôn đốc.\n\n"
            "Nơi nhận:                                  CỤC TRƯỞNG\n\n"
            "- Như trên;\n\n- Lưu VT.\n\n\n"
            "                                           Tên Người Mẫu\n"
        )
    )
    plan = read_as(text, tmp_path)
    (document,) = plan.documents
    assert (document.signer, document.signer_title) == ("Tên Người Mẫu", "Cục trưởng")
    assert [section.path for section in plan.sections] == ["III", "III/1"]
    assert [task.schedule for task in plan.tasks] == ["Quý I", "Quý II"]
