"""Documents, their frames and their section trees, in every way a file can be laid out."""

from __future__ import annotations

import pytest

from extract import extract_documents
from extract.outline import heading_of, is_title
from extract.source import Source
from normalize.raw import RawDocument

DECISION = """\
ỦY BAN NHÂN DÂN
TỈNH HOA LƯ

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 12/QĐ-UBND

Hoa Lư, ngày 05 tháng 02 năm 2023

QUYẾT ĐỊNH

Về việc ban hành Kế hoạch trồng cây
năm 2023

ỦY BAN NHÂN DÂN TỈNH HOA LƯ

Căn cứ Luật Lâm nghiệp ngày 15/11/2017;

QUYẾT ĐỊNH:

Điều 1. Ban hành kèm theo Quyết định này Kế hoạch trồng cây năm 2023.

Điều 2. Quyết định này có hiệu lực kể từ ngày ký.

Nơi nhận:

- Như Điều 2;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Người Ký Mẫu

KẾ HOẠCH

Trồng cây năm 2023

(Ban hành kèm theo Quyết định số 12/QĐ-UBND ngày 05/02/2023 của UBND tỉnh Hoa Lư)

I. MỤC TIÊU

- Trồng mới rừng phòng hộ ven sông và ven biển của tỉnh trong năm

nay theo đúng quy hoạch.

3

II. NHIỆM VỤ

1. Chuẩn bị

a) Rà soát quỹ đất.

b) Chọn giống cây.

đ) Lập dự toán.

2. Các sở, ngành phối hợp thực hiện theo chức năng được giao của mình.

KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Người Ký Khác

PHỤ LỤC II

PHÂN CÔNG NHIỆM VỤ

(Kèm theo Kế hoạch trồng cây)

TT\tNhiệm vụ\tCơ quan chủ trì\tThời gian
1\tRà soát quỹ đất\tSở Y tế\tQuý I
"""


def read(text: str) -> list[RawDocument]:
    return extract_documents(Source(text, name="x"))


def test_a_decision_and_the_plan_that_it_issues() -> None:
    decision, plan = read(DECISION)
    assert decision.type_words == "QUYẾT ĐỊNH"
    assert [line.text for line in decision.issuer] == ["ỦY BAN NHÂN DÂN", "TỈNH HOA LƯ"]
    assert decision.symbol is not None
    assert decision.symbol.text == "12/QĐ-UBND"
    assert decision.title is not None
    assert decision.title.text == "Về việc ban hành Kế hoạch trồng cây năm 2023"
    assert [s.path for s in decision.sections] == ["Điều 1", "Điều 2"]
    assert decision.effective is not None
    assert plan.parent == 0
    assert plan.type_words == "KẾ HOẠCH"
    assert plan.title is not None
    assert plan.title.text == "Trồng cây năm 2023"
    assert len(plan.tasks) == 1


def test_signers() -> None:
    found = [
        (d.signature.title.text, d.signature.name.text)
        for d in read(DECISION)
        if d.signature and d.signature.title and d.signature.name
    ]
    assert found == [("CHỦ TỊCH", "Người Ký Mẫu"), ("PHÓ CHỦ TỊCH", "Người Ký Khác")]


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", "CHỦ TỊCH"),
        ("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        ("TL. CHỦ TỊCH\nKT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
        ("TUQ. CHỦ TỊCH\nGIÁM ĐỐC SỞ NỘI VỤ", "GIÁM ĐỐC"),
        # A further post of the one who signs is none of this document.
        ("TRƯỞNG BAN\nCHỦ TỊCH UBND TỈNH", "TRƯỞNG BAN"),
        ("KT. TRƯỞNG BAN\nPHÓ TRƯỞNG BAN\nPHÓ CHỦ TỊCH UBND TỈNH", "PHÓ TRƯỞNG BAN"),
    ],
)
def test_the_title_that_signs(lines: str, title: str) -> None:
    (plan,) = read(f"KẾ HOẠCH\nTrồng cây\n\nI. MỤC TIÊU\n\nNăm 2023.\n\n{lines}\n\nNgười Ký Mẫu\n")
    assert plan.signature is not None
    assert plan.signature.title is not None
    assert plan.signature.title.text == title


def test_the_line_of_who_decides_is_no_part_of_a_title_in_small_letters() -> None:
    text = DECISION.replace(
        "\n\nỦY BAN NHÂN DÂN TỈNH HOA LƯ\n\n", "\nỦY BAN NHÂN DÂN TỈNH HOA LƯ\n"
    )
    assert text != DECISION
    title = read(text)[0].title
    assert title is not None
    assert title.text == "Về việc ban hành Kế hoạch trồng cây năm 2023"


def test_section_tree_of_the_plan() -> None:
    plan = read(DECISION)[1]
    assert [(s.path, s.level, s.title.text if s.title else None) for s in plan.sections] == [
        ("I", 1, "MỤC TIÊU"),
        ("II", 1, "NHIỆM VỤ"),
        ("II/1", 2, "Chuẩn bị"),
        ("II/1/a", 3, None),
        ("II/1/b", 3, None),
        ("II/1/đ", 3, None),
        ("II/2", 2, None),
        ("Phụ lục II", 1, "PHÂN CÔNG NHIỆM VỤ"),
    ]


def test_a_paragraph_that_a_page_cut_is_one_again() -> None:
    plan = read(DECISION)[1]
    assert [words.text for words in plan.sections[0].paragraphs] == [
        "- Trồng mới rừng phòng hộ ven sông và ven biển của tỉnh trong năm nay theo đúng quy hoạch."
    ]


def test_a_poured_text_gives_the_same_frame_and_sections() -> None:
    """All on a few wrapped lines, as portals hand plans out."""
    flat = (
        "ỦY BAN NHÂN DÂN TỈNH HOA LƯ ------- CỘNG HÒA XÃ HỘI\n  CHỦ NGHĨA VIỆT NAM Độc lập - Tự do"
        " - Hạnh phúc --------------- Số: 12/KH-UBND Hoa Lư, ngày 05\n  tháng 02 năm 2023 KẾ HOẠCH"
        " TRỒNG CÂY PHÂN TÁN NĂM 2023 Thực hiện Nghị quyết của Hội đồng nhân dân\ntỉnh, Ủy ban"
        " nhân dân tỉnh ban hành Kế hoạch như sau: I. MỤC ĐÍCH,\nYÊU CẦU 1. Mục đích - Trồng mới"
        " rừng ven sông. - Bảo vệ rừng\nphòng hộ. 2. Yêu cầu a) Đúng khoản 2. Điều 3 của Luật;\n"
        "b) Đúng tiến độ. II. TỔ CHỨC THỰC HIỆN 1. Sở Y tế chủ trì, phối hợp\nvới các sở."
    )
    (plan,) = read(flat)
    assert plan.symbol is not None
    assert plan.symbol.text == "12/KH-UBND"
    assert plan.dateline is not None
    assert plan.dateline.text == "Hoa Lư, ngày 05 tháng 02 năm 2023"
    assert plan.title is not None
    assert plan.title.text == "TRỒNG CÂY PHÂN TÁN NĂM 2023"
    assert [(s.path, s.title.text if s.title else None) for s in plan.sections] == [
        ("I", "MỤC ĐÍCH, YÊU CẦU"),
        ("I/1", "Mục đích"),
        ("I/2", "Yêu cầu"),
        ("I/2/a", None),
        ("I/2/b", None),
        ("II", "TỔ CHỨC THỰC HIỆN"),
        ("II/1", None),
    ]
    assert [words.text for words in plan.sections[1].paragraphs] == [
        "- Trồng mới rừng ven sông.",
        "- Bảo vệ rừng phòng hộ.",
    ]


def test_a_share_opens_a_clause_of_poured_text_and_a_dash_of_a_range_none() -> None:
    flat = (
        "ỦY BAN NHÂN DÂN TỈNH HOA LƯ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc"
        " Số: 12/KH-UBND KẾ HOẠCH TRỒNG CÂY PHÂN TÁN NĂM 2023 I. MỤC TIÊU 1. Chỉ tiêu a) Giảm 5% -"
        " 10% số vụ cháy. b) 90% hộ dân ký cam kết."
    )
    (plan,) = read(flat)
    said = {s.path: [words.text for words in s.paragraphs] for s in plan.sections}
    assert said["I/1/a"] == ["Giảm 5% - 10% số vụ cháy."]
    assert said["I/1/b"] == ["90% hộ dân ký cam kết."]


def test_letterhead_and_signature_as_tables_are_no_task_tables() -> None:
    text = (
        "| BỘ NỘI VỤ ------- | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc |\n"
        "| --- | --- |\n| Số: 7/KH-BNV | *Hà Nội, ngày 3 tháng 2 năm 2024* |\n"
        "KẾ HOẠCH\nCẢI CÁCH NĂM 2024\nI. MỤC TIÊU\n1. Rà soát văn bản.\n"
        "| *Nơi nhận:* - Lưu: VT. | KT. BỘ TRƯỞNG THỨ TRƯỞNG     Người Ký Mẫu |\n| --- | --- |\n"
    )
    (plan,) = read(text)
    assert plan.symbol is not None
    assert plan.symbol.text == "7/KH-BNV"
    assert [line.text for line in plan.issuer] == ["BỘ NỘI VỤ"]
    assert plan.signature is not None
    assert plan.signature.title is not None
    assert plan.signature.title.text == "THỨ TRƯỞNG"
    assert plan.signature.name is not None
    assert plan.signature.name.text == "Người Ký Mẫu"
    assert plan.notes == ()


def test_an_appendix_that_came_alone() -> None:
    text = (
        "PHỤ LỤC I: PHÂN CÔNG NHIỆM VỤ\n(Kèm theo Kế hoạch số:      /KH-UBND ngày    tháng    năm"
        " 2026 của Ủy ban nhân dân tỉnh Hoa Lư)\n\nNhiệm vụ\tCơ quan chủ trì\tTiến độ\n"
        "1. Rà soát\tSở Y tế\tQuý I\n"
    )
    (plan,) = read(text)
    assert plan.type_words is None
    assert len(plan.appendix_references) == 1
    assert [s.label for s in plan.sections] == ["Phụ lục I"]
    assert len(plan.tasks) == 1


@pytest.mark.parametrize(
    ("text", "scheme", "label"),
    [
        ("Phần I. QUY ĐỊNH CHUNG", "part", "Phần I"),
        ("Phần thứ hai", "part", "Phần thứ hai"),
        ("Chương II", "chapter", "Chương II"),
        ("Mục 1. Hồ sơ", "division", "Mục 1"),
        ("Điều 12. Hiệu lực", "article", "Điều 12"),
        ("IV. TỔ CHỨC", "roman", "IV"),
        ("2.1. Sở Y tế", "dotted", "2.1"),
        ("2.1 Sở Y tế", "dotted", "2.1"),
        ("3. Yêu cầu", "number", "3"),
        ("3/ Yêu cầu", "number", "3"),
        ("đ) Lập dự toán", "letter", "đ"),
        ("a/ Lập dự toán", "letter", "a"),
        ("C. KINH PHÍ", "capital", "C"),
        # The party's way of numbering.
        ("I- MỤC ĐÍCH", "roman", "I"),
        ("1- Mục đích", "number", "1"),
        ("2 - Yêu cầu", "number", "2"),
        ("2.1- Các cấp ủy", "dotted", "2.1"),
    ],
)
def test_headings(text: str, scheme: str, label: str) -> None:
    found = heading_of(text)
    assert found is not None
    assert (found.scheme, found.label) == (scheme, label)


@pytest.mark.parametrize(
    "text",
    [
        "- Rà soát",
        "+ Rà soát",
        "2021 là năm đầu",
        "1.500 hộ dân",
        "Có 3. việc",
        "(1) Hồ sơ",
        "Mục tiêu",
        # A symbol or a range at the head of a line that was wrapped.
        "18-CT/TW ngày 04/9/2012",
        "45- KL/TW của Ban Bí thư",
        "5 - 10 ngày",
        "V/v trồng cây",
    ],
)
def test_no_headings(text: str) -> None:
    assert heading_of(text) is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("CẢI CÁCH THỂ CHẾ", True),
        ("Cải cách thể chế", True),
        ("Chỉ tiêu cụ thể:", True),
        ("Sở Nội vụ", True),
        ("Trung tâm Phục vụ hành chính công.", False),  # only what follows can make it one
        ("Các sở, ngành xây dựng kế hoạch của mình và gửi về Sở Nội vụ trước ngày 15.", False),
        ("Rà soát văn bản; báo cáo kết quả;", False),
        ("Nâng cao nhận thức. Tăng cường kiểm tra", False),
    ],
)
def test_titles(text: str, title: bool) -> None:
    assert is_title(text, "number") is title


@pytest.mark.parametrize(
    ("below", "title"), [("- Chủ trì việc này.", "Sở Du lịch"), ("2. Sở Y tế.", None)]
)
def test_a_full_stop_is_decided_by_what_follows(below: str, title: str | None) -> None:
    (plan,) = read(f"KẾ HOẠCH\nNăm 2024\n\nI. TỔ CHỨC\n\n1. Sở Du lịch.\n\n{below}\n")
    section = plan.sections[1]
    assert (section.title.text if section.title else None) == title


MARKDOWN = """\
**ỦY BAN NHÂN DÂN TỈNH HOA LƯ**

Số: 12/KH-UBND

# KẾ HOẠCH

**Trồng cây năm 2023**

## I. MỤC TIÊU

### 1. Mục tiêu chung

Phủ xanh đồi trọc.

## II. NHIỆM VỤ

| TT | Nhiệm vụ | Cơ quan chủ trì | Thời gian |
|:-:|-|:-|-:|
| 1 | Ươm cây | Sở Xây dựng | - |
"""


def test_headings_in_markdown() -> None:
    (plan,) = read(MARKDOWN)
    assert plan.title is not None
    assert plan.title.text == "Trồng cây năm 2023"
    assert [(s.path, s.title.text if s.title else None) for s in plan.sections] == [
        ("I", "MỤC TIÊU"),
        ("I/1", "Mục tiêu chung"),
        ("II", "NHIỆM VỤ"),
    ]
    assert [task.task.text for task in plan.tasks] == ["Ươm cây"]


UNSIGNED = """\
ỦY BAN NHÂN DÂN
TỈNH HOA LƯ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
QUYẾT ĐỊNH
Ban hành Kế hoạch trồng cây năm 2023
Điều 1. Ban hành kèm theo Quyết định này Kế hoạch trồng cây.
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

ỦY BAN NHÂN DÂN
TỈNH HOA LƯ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
KẾ HOẠCH
Trồng cây năm 2023
I. MỤC TIÊU
Phủ xanh đồi trọc.
PHỤ LỤC 01
PHÂN CÔNG
STT\tNhiệm vụ\tCơ quan chủ trì\tThời gian
1\tƯơm cây\tSở Xây dựng\tTháng 6
2\tTrồng cây\tSở Y tế\tQuý IV
PHỤ LỤC 02
DỰ TOÁN
STT\tNội dung\tĐơn vị thực hiện\tKinh phí (đồng)
1\tMua cây giống\tSở Nội vụ\t200.000.000
"""


def test_a_letterhead_below_a_signature_without_a_name() -> None:
    decision, plan = read(UNSIGNED)
    assert decision.signature is not None
    assert decision.signature.name is None
    assert [line.text for line in plan.issuer] == ["ỦY BAN NHÂN DÂN", "TỈNH HOA LƯ"]


def test_appendices_whose_tables_follow_each_other_without_a_blank_line() -> None:
    _, plan = read(UNSIGNED)
    assert [s.path for s in plan.sections] == ["I", "Phụ lục 01", "Phụ lục 02"]
    assert [(t.task.text, t.schedule and t.schedule.text) for t in plan.tasks] == [
        ("Ươm cây", "Tháng 6"),
        ("Trồng cây", "Quý IV"),
        ("Mua cây giống", None),
    ]


@pytest.mark.parametrize(
    "between", ["", "III. KINH PHÍ\nDo ngân sách bảo đảm.\n", "Bảng 2. Dự toán chi tiết\n"]
)
def test_another_table_begins_with_its_own_header(between: str) -> None:
    text = UNSIGNED.replace("PHỤ LỤC 02\nDỰ TOÁN\n", between)
    _, plan = read(text)
    assert [(t.task.text, t.budget and t.budget.text) for t in plan.tasks] == [
        ("Ươm cây", None),
        ("Trồng cây", None),
        ("Mua cây giống", "200.000.000"),
    ]


def test_two_columns_of_a_letterhead_poured_together() -> None:
    text = (
        "UBND TỈNH HOA LƯ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM SỞ NỘI VỤ Độc lập - Tự do - Hạnh"
        " phúc Số: 321/KH-SNV Hoa Lư, ngày 20 tháng 3 năm 2019 KẾ HOẠCH Trồng cây năm 2019 Căn"
        " cứ tình hình thực tế, Sở Nội vụ lập kế hoạch như sau: I. MỤC TIÊU 1. Mục đích - Phủ"
        " xanh đồi trọc. - Giữ nước. II. NHIỆM VỤ 1. Ươm cây a) Chọn giống; b) Làm đất."
    )
    (plan,) = read(text)
    assert [line.text for line in plan.issuer] == ["UBND TỈNH HOA LƯ", "SỞ NỘI VỤ"]


def test_when_a_joint_circular_takes_effect() -> None:
    (found,) = read(
        "THÔNG TƯ LIÊN TỊCH\nHướng dẫn trồng cây\n\nĐiều 1. Hiệu lực\n"
        "Thông tư liên tịch này có hiệu lực thi hành từ ngày 01/7/2012.\n"
    )
    assert found.effective is not None


def test_a_letterhead_in_small_letters_with_a_short_date() -> None:
    (plan,) = read(
        "Ủy ban nhân dân tỉnh Hoa Lư\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Độc lập - Tự do - Hạnh phúc\nSố: 12/KH-UBND\nHoa Lư, ngày 05/01/2022\n"
        "KẾ HOẠCH\nTrồng cây\n\nI. MỤC TIÊU\n\nPhủ xanh đồi trọc.\n"
    )
    assert [line.text for line in plan.issuer] == ["Ủy ban nhân dân tỉnh Hoa Lư"]
    assert plan.dateline is not None
    assert plan.dateline.text == "Hoa Lư, ngày 05/01/2022"
