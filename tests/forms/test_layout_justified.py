"""Text as laid out: heads and cells that are set to both edges, touch, or stand in the middle."""

from __future__ import annotations

import pytest
from test_layout_text import rows_of

from extract.layout_pairs import belong_together


def test_heads_set_to_both_edges_that_nearly_touch() -> None:
    text = (
        "TT  Nhiệm vụ             Thời   hạn   hoàn Kết quả đầu Dự     trù Nguồn\n"
        "                         thành             ra          kinh phí   kinh phí\n"
        "                                                       (triệu\n"
        "                                                       đồng)\n"
        "1   Rà soát thủ tục      Quý I             Báo cáo     20         Xã hội hóa\n"
        "2   Công khai thủ tục    Quý II            Danh mục    35         NSNN\n"
        "    cấp xã\n"
    )
    assert rows_of(text) == [
        [
            "TT",
            "Nhiệm vụ",
            "Thời hạn hoàn thành",
            "Kết quả đầu ra",
            "Dự trù kinh phí (triệu đồng)",
            "Nguồn kinh phí",
        ],
        ["1", "Rà soát thủ tục", "Quý I", "Báo cáo", "20", "Xã hội hóa"],
        ["2", "Công khai thủ tục cấp xã", "Quý II", "Danh mục", "35", "NSNN"],
    ]


def test_heads_of_unlike_heights_in_the_middle() -> None:
    text = (
        "                                                          Dự trù\n"
        "     Nội\n"
        "T                             Cơ quan     Thời gian       kinh phí\n"
        "     dung    Nhiệm vụ\n"
        "T                             chủ trì     thực hiện       (triệu\n"
        "     CCHC\n"
        "                                                          đồng)\n"
        "1    Thể     1.1. Rà soát     Sở Nội vụ   Quý I           20\n"
        "     chế     thủ tục\n"
        "             1.2. Công khai   Sở Y tế     Quý II          35\n"
    )
    assert rows_of(text) == [
        [
            "TT",
            "Nội dung CCHC",
            "Nhiệm vụ",
            "Cơ quan chủ trì",
            "Thời gian thực hiện",
            "Dự trù kinh phí (triệu đồng)",
        ],
        ["1", "Thể chế", "1.1. Rà soát thủ tục", "Sở Nội vụ", "Quý I", "20"],
        ["", "", "1.2. Công khai", "Sở Y tế", "Quý II", "35"],
    ]


def test_heads_without_a_blank_between_them() -> None:
    text = (
        "TT   Nhiệm vụ             Kết quả đầu raDự    trù   Nguồn\n"
        "                                        kinh phí    kinh phí\n"
        "1    Rà soát thủ tục      Báo cáo       20          NSNN\n"
        "2    Công khai thủ tục    Danh mục      35          NSNN\n"
    )
    assert rows_of(text)[0] == [
        "TT",
        "Nhiệm vụ",
        "Kết quả đầu ra",
        "Dự trù kinh phí",
        "Nguồn kinh phí",
    ]


def test_cells_set_to_both_edges() -> None:
    """Each line of a cell begins at one place; the blanks inside of it lie anywhere."""
    text = (
        "TT   Nhiệm vụ                       Chủ trì          Thời gian      Sản phẩm\n"
        "1    Đơn giản hóa thủ tục theo Nghị Sở   Tư    pháp, Quý   một  và  Phương     án,\n"
        "     quyết   số  68/NQ-CP      ngày Văn      phòng   quý hai năm    kế      hoạch,\n"
        "     12/5/2020 của Chính phủ        UBND tỉnh        2022           quyết định\n"
        "2    Công    khai    thủ tục  trên  Sở Nội vụ và các Tháng     3,   Danh       mục\n"
        "     trang mạng của tỉnh            sở, ban, ngành   6, 9/2022      thủ tục\n"
        "3    Theo   dõi    thi  hành  pháp  Sở Tư pháp       Quý I          Báo cáo\n"
        "     luật\n"
    )
    assert [[" ".join(cell.split()) for cell in row] for row in rows_of(text)[1:]] == [
        [
            "1",
            "Đơn giản hóa thủ tục theo Nghị quyết số 68/NQ-CP ngày 12/5/2020 của Chính phủ",
            "Sở Tư pháp, Văn phòng UBND tỉnh",
            "Quý một và quý hai năm 2022",
            "Phương án, kế hoạch, quyết định",
        ],
        [
            "2",
            "Công khai thủ tục trên trang mạng của tỉnh",
            "Sở Nội vụ và các sở, ban, ngành",
            "Tháng 3, 6, 9/2022",
            "Danh mục thủ tục",
        ],
        ["3", "Theo dõi thi hành pháp luật", "Sở Tư pháp", "Quý I", "Báo cáo"],
    ]


def test_a_page_that_ends_with_a_cells_last_word_goes_on() -> None:
    text = (
        "TT   Nhiệm vụ                    Cơ quan chủ trì     Thời gian\n"
        "1    Rà soát thủ tục             Sở Nội vụ           Quý I\n"
        "2    Công khai thủ tục           Văn phòng           Quý II\n"
        "     trên trang mạng             UBND tỉnh\n"
        "                                 và các sở\n"
        "\f3    Tổng hợp báo cáo            Sở Nội vụ           Quý III\n"
        "4    Tổng kết                    Sở Y tế             Quý IV\n"
    )
    assert [row[0] for row in rows_of(text)] == ["TT", "1", "2", "3", "4"]


@pytest.mark.parametrize(
    ("before", "after", "together"),
    [
        ("Văn", "phòng", True),
        ("Sở", "Tư", True),
        ("Sở,", "ban,", True),
        ("Trong", "năm", True),
        ("Quý", "II/2021", True),
        ("Tháng", "3/2021", True),
        ("năm", "2021", True),
        ("năm", "50", False),  # an amount behind "Trong năm"
        ("vụ", "Các", False),
        ("tỉnh.", "Sở", False),
    ],
)
def test_words_that_belong_together(before: str, after: str, together: bool) -> None:
    assert belong_together(before, after) is together


def test_touching_cells_part_where_no_name_is_cut() -> None:
    text = (
        "TT   Nhiệm vụ                Sản phẩm           Chủ trì          Thời gian\n"
        "1    Rà soát văn bản         Kế hoạch của Sở    Sở Nội vụ        Quý I\n"
        "2    Công khai thủ tục       Quyết   định  của  Văn   phòng UBND Trong   năm\n"
        "     trên trang mạng         UBND tỉnh          tỉnh             2021\n"
        "3    Theo dõi thi hành       Báo cáo của tỉnh Sở Tư pháp         Quý IV\n"
        "     pháp luật               về kết quả         và các sở\n"
    )
    assert [[" ".join(cell.split()) for cell in row[2:]] for row in rows_of(text)[1:]] == [
        ["Kế hoạch của Sở", "Sở Nội vụ", "Quý I"],
        ["Quyết định của UBND tỉnh", "Văn phòng UBND tỉnh", "Trong năm 2021"],
        ["Báo cáo của tỉnh về kết quả", "Sở Tư pháp và các sở", "Quý IV"],
    ]


def test_a_tasks_number_that_touches_the_area_before_it() -> None:
    text = (
        "Lĩnh vực   Nhiệm vụ                Chủ trì       Thời gian\n"
        "Thể chế    1.1. Rà soát văn bản    Sở Tư pháp    Quý I\n"
        "           của tỉnh\n"
        "Cải cách 2.1. Công khai thủ tục    Sở Nội vụ     Quý II\n"
        "thủ tục  trên trang mạng           và Sở Y tế\n"
        "           2.2. Tổng kết           Sở Nội vụ     Quý IV\n"
    )
    assert [[" ".join(cell.split()) for cell in row] for row in rows_of(text)[1:]] == [
        ["Thể chế", "1.1. Rà soát văn bản của tỉnh", "Sở Tư pháp", "Quý I"],
        [
            "Cải cách thủ tục",
            "2.1. Công khai thủ tục trên trang mạng",
            "Sở Nội vụ và Sở Y tế",
            "Quý II",
        ],
        ["", "2.2. Tổng kết", "Sở Nội vụ", "Quý IV"],
    ]
