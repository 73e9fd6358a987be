"""Laid-out text whose columns stand one blank apart: what heads and labels tell all the same."""

from __future__ import annotations

from test_layout_doubt import cells_of


def test_labels_part_an_area_from_its_tasks() -> None:
    """On such a page one blank parts both columns; the labels stand one below the other."""
    text = (
        "Nhóm      Nhiệm vụ cụ thể                Cơ quan chủ trì      Thời gian\n"
        "nhiệm vụ\n"
        "Cải cách 4.1. Sắp xếp đơn vị sự          Sở Nội vụ            Quý I\n"
        "tổ chức nghiệp theo đề án của\n"
        "bộ máy tỉnh và kế hoạch                  và Sở Y tế\n"
        "         4.2. Rà soát chức năng          Sở Tư pháp           Quý II\n"
        "         của các chi cục\n"
        "Cải cách 5.1. Bồi dưỡng kỹ năng          Sở Tài chính         Quý III\n"
        "công vụ giao tiếp                        và Sở Y tế\n"
    )
    assert cells_of(text)[1:] == [
        [
            "Cải cách tổ chức bộ máy",
            "4.1. Sắp xếp đơn vị sự nghiệp theo đề án của tỉnh và kế hoạch",
            "Sở Nội vụ và Sở Y tế",
            "Quý I",
        ],
        ["", "4.2. Rà soát chức năng của các chi cục", "Sở Tư pháp", "Quý II"],
        [
            "Cải cách công vụ",
            "5.1. Bồi dưỡng kỹ năng giao tiếp",
            "Sở Tài chính và Sở Y tế",
            "Quý III",
        ],
    ]


def test_a_number_inside_a_task_is_no_label_of_another() -> None:
    """One task that names a number, and no column in line with it."""
    text = (
        "Nhóm           Nhiệm vụ cụ thể           Cơ quan chủ trì      Thời gian\n"
        "Thể chế        Thực hiện mục 4.1. Sắp    Sở Nội vụ            Quý I\n"
        "               xếp đơn vị\n"
        "Công vụ        Rà soát chức năng         Sở Tư pháp           Quý II\n"
    )
    assert [row[:2] for row in cells_of(text)[1:]] == [
        ["Thể chế", "Thực hiện mục 4.1. Sắp xếp đơn vị"],
        ["Công vụ", "Rà soát chức năng"],
    ]


def test_two_heads_with_one_blank_between_them() -> None:
    text = (
        "Nhóm     Nhiệm vụ cụ thể               Sản phẩm        Cơ quan chủ trì Cơ quan phối hợp"
        "        Thời gian\n"
        "nhiệm                                                                           "
        "        thực hiện\n"
        "vụ\n"
        "Công      1.1. Ban hành và tổ chức      - Quyết định    Văn phòng        Các sở, ngành;"
        "          Quý I\n"
        "tác chỉ   thực hiện kế hoạch            - Báo cáo       UBND tỉnh        UBND cấp huyện\n"
        "đạo       năm 2019\n"
        "          1.2. Kiểm tra việc trả        - Kế hoạch      Sở Nội vụ        Các sở: Tư pháp,"
        "        Quý II\n"
        "          kết quả qua bưu chính                                          Tài chính\n"
    )
    assert cells_of(text)[0] == [
        "Nhóm nhiệm vụ",
        "Nhiệm vụ cụ thể",
        "Sản phẩm",
        "Cơ quan chủ trì",
        "Cơ quan phối hợp",
        "Thời gian thực hiện",
    ]
    assert [row[3] for row in cells_of(text)[1:]] == ["Văn phòng UBND tỉnh", "Sở Nội vụ"]
