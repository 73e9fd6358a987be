"""Targets: words → value, unit, comparator, subject, worked out by hand from the contract."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.targets import Target, find_indicator_targets, find_targets
from normalize.lexicon import entries
from normalize.text import key, tidy

Row = tuple[float, str, str, str]


def measured(text: str) -> list[Row]:
    """(value, unit, comparator, subject) of each target."""
    return [(one.value, one.unit, one.comparator, one.subject) for one in find_targets(text)]


PROSE: list[tuple[str, list[Row]]] = [
    # the subject stands behind the figure
    (
        "- Có 100% văn bản do UBND tỉnh ban hành đúng thẩm quyền, hình thức, trình tự; bảo đảm",
        [(100, "%", "=", "văn bản do UBND tỉnh ban hành đúng thẩm quyền, hình thức, trình tự")],
    ),
    ("Trên 98% hồ sơ giải quyết đúng hạn.", [(98, "%", ">", "hồ sơ giải quyết đúng hạn")]),
    (
        "Tối thiểu 50% hồ sơ được tiếp nhận trực tuyến.",
        [(50, "%", ">=", "hồ sơ được tiếp nhận trực tuyến")],
    ),
    (
        "Từ 90% trở lên cơ quan được đánh giá hoàn thành tốt nhiệm vụ",
        [(90, "%", ">=", "cơ quan được đánh giá hoàn thành tốt nhiệm vụ")],
    ),
    (
        "Có trên 85% sự hài lòng của cá nhân, tổ chức (SIPAS)",
        [(85, "%", ">", "sự hài lòng của cá nhân, tổ chức (SIPAS)")],
    ),
    # "đã" far behind, in what qualifies the noun, does not make it the past
    (
        "Có 100% cơ quan bố trí công chức theo vị trí việc làm đã được UBND tỉnh phê duyệt.",
        [
            (
                100,
                "%",
                "=",
                "cơ quan bố trí công chức theo vị trí việc làm đã được UBND tỉnh phê duyệt",
            )
        ],
    ),
    # a colon between digits and points in numbers end nothing
    (
        "Có 95,5% cơ quan áp dụng hệ thống theo TCVN ISO 9001:2015.",
        [(95.5, "%", "=", "cơ quan áp dụng hệ thống theo TCVN ISO 9001:2015")],
    ),
    # semicolons in brackets neither
    (
        "100% văn bản (gồm văn bản giấy; trừ văn bản mật) được ký số; 80% khác",
        [
            (100, "%", "=", "văn bản (gồm văn bản giấy; trừ văn bản mật) được ký số"),
            (80, "%", "=", "khác"),
        ],
    ),
    # the subject stands before the figure
    (
        "Tỷ lệ hồ sơ giải quyết trực tuyến mức độ 3, 4 trên tổng số hồ sơ đạt từ 40% trở lên;",
        [(40, "%", ">=", "Tỷ lệ hồ sơ giải quyết trực tuyến mức độ 3, 4 trên tổng số hồ sơ")],
    ),
    (
        "Phấn đấu tỷ lệ hồ sơ đúng hạn đạt trên 98%.",
        [(98, "%", ">", "tỷ lệ hồ sơ đúng hạn")],
    ),
    ("Chỉ số SIPAS đạt trên 85 điểm", [(85, "điểm", ">", "Chỉ số SIPAS")]),
    ("Tỷ lệ văn bản điện tử: 100%.", [(100, "%", "=", "Tỷ lệ văn bản điện tử")]),
    ("Tỷ lệ suy dinh dưỡng không quá 10%.", [(10, "%", "<=", "Tỷ lệ suy dinh dưỡng")]),
    ("Tỷ lệ hộ nghèo giảm xuống còn dưới 2%", [(2, "%", "<", "Tỷ lệ hộ nghèo")]),
    (
        "Tỷ lệ giải ngân vốn đầu tư công đạt 100% kế hoạch giao",
        [(100, "%", "=", "Tỷ lệ giải ngân vốn đầu tư công")],
    ),
    (
        "Công chức có trình độ đại học chiếm 85% vào năm 2025.",
        [(85, "%", "=", "Công chức có trình độ đại học")],
    ),
    # where things stand is no target
    ("Nâng tỷ lệ che phủ rừng từ 54% lên 56%.", [(56, "%", "=", "tỷ lệ che phủ rừng")]),
    # on both sides of it
    (
        "có 100% cán bộ xã đạt chuẩn theo quy định, riêng công chức xã có 70% đạt trình độ đại học",
        [
            (100, "%", "=", "cán bộ xã đạt chuẩn theo quy định"),
            (70, "%", "=", "công chức xã đạt trình độ đại học"),
        ],
    ),
    # a verb that is measured stays, "bảo đảm" does not
    ("tích hợp 10% các dịch vụ công", [(10, "%", "=", "tích hợp các dịch vụ công")]),
    ("Giảm tối thiểu 20% vụ ùn tắc", [(20, "%", ">=", "Giảm vụ ùn tắc")]),
    ("Bảo đảm 100% các xã có điểm bưu chính", [(100, "%", "=", "các xã có điểm bưu chính")]),
    # shared predicate
    (
        "80% hồ sơ tại cấp tỉnh và 60% hồ sơ tại cấp huyện, cấp xã được xử lý trên mạng",
        [
            (80, "%", "=", "hồ sơ tại cấp tỉnh được xử lý trên mạng"),
            (60, "%", "=", "hồ sơ tại cấp huyện, cấp xã được xử lý trên mạng"),
        ],
    ),
    (
        "100% cơ quan (đối tượng bắt buộc áp dụng) và 188 UBND cấp xã thực hiện duy trì hệ thống",
        [
            (100, "%", "=", "cơ quan (đối tượng bắt buộc áp dụng) thực hiện duy trì hệ thống"),
            (188, "UBND cấp xã", "=", "thực hiện duy trì hệ thống"),
        ],
    ),
    (
        "80% trở lên số hộ dân được dùng nước sạch, 95% hộ dân có điện và 100% xã có đường ô tô",
        [
            (80, "%", ">=", "số hộ dân được dùng nước sạch"),
            (95, "%", "=", "hộ dân có điện"),
            (100, "%", "=", "xã có đường ô tô"),
        ],
    ),
    # shared verb and comparator
    (
        "giảm tối thiểu 10% số đơn vị sự nghiệp và 10% biên chế so với năm 2021",
        [
            (10, "%", ">=", "giảm số đơn vị sự nghiệp"),
            (10, "%", ">=", "giảm biên chế so với năm 2021"),
        ],
    ),
    # shared subject
    (
        "Tỷ lệ hồ sơ trực tuyến cấp tỉnh đạt 100%, cấp huyện đạt 90%, cấp xã đạt 80%.",
        [
            (100, "%", "=", "Tỷ lệ hồ sơ trực tuyến cấp tỉnh"),
            (90, "%", "=", "Tỷ lệ hồ sơ trực tuyến cấp huyện"),
            (80, "%", "=", "Tỷ lệ hồ sơ trực tuyến cấp xã"),
        ],
    ),
    # ranges are two figures
    (
        "giảm từ 5% đến 10% số vụ tai nạn",
        [(5, "%", ">=", "giảm số vụ tai nạn"), (10, "%", "<=", "giảm số vụ tai nạn")],
    ),
    (
        "giảm từ 5%-10% số vụ, số người bị thương so với năm 2016;",
        [
            (5, "%", ">=", "giảm số vụ, số người bị thương so với năm 2016"),
            (10, "%", "<=", "giảm số vụ, số người bị thương so với năm 2016"),
        ],
    ),
    (
        "Tốc độ tăng trưởng kinh tế đạt 8 - 8,5%/năm.",
        [
            (8, "%/năm", ">=", "Tốc độ tăng trưởng kinh tế"),
            (8.5, "%/năm", "<=", "Tốc độ tăng trưởng kinh tế"),
        ],
    ),
    # the clause ends where another thought begins
    (
        "Giảm ít nhất 50% số vụ cháy, không để xảy ra cháy lớn.",
        [(50, "%", ">=", "Giảm số vụ cháy")],
    ),
    (
        "giảm tối thiểu 5% số vụ, số người chết: đối với nơi tăng phải giảm tối thiểu 10% số vụ",
        [
            (5, "%", ">=", "giảm số vụ, số người chết"),
            (10, "%", ">=", "giảm số vụ"),
        ],
    ),
    # the goal behind the report; its subject is said before
    (
        "Tính đến ngày 31/12/2023, có 95% thủ tục được cung cấp; phấn đấu năm 2024 đạt 100%.",
        [(100, "%", "=", "thủ tục được cung cấp")],
    ),
    # counts
    ("Ít nhất 06 nhiệm vụ KH&CN được triển khai", [(6, "nhiệm vụ KH&CN", ">=", "được triển khai")]),
    ("ít nhất 800 lượt người được đào tạo", [(800, "lượt người", ">=", "được đào tạo")]),
    ("Hoàn thành 03 công trình.", [(3, "công trình", "=", "Hoàn thành")]),
    (
        "tạo việc làm cho 20.000 lao động",
        [(20000, "lao động", "=", "tạo việc làm cho")],
    ),
    (
        "Có 15 xã đạt chuẩn nông thôn mới, 03 huyện đạt chuẩn nông thôn mới.",
        [
            (15, "xã", "=", "đạt chuẩn nông thôn mới"),
            (3, "huyện", "=", "đạt chuẩn nông thôn mới"),
        ],
    ),
    (
        "Kiểm tra 02 lần/năm. 120 UBND cấp xã dùng chung một phần mềm.",
        [(120, "UBND cấp xã", "=", "dùng chung một phần mềm")],
    ),
    # a bounded time is a figure of the indicator that opens the clause, and of nothing else
    (
        "- Thời gian giải quyết không quá 03 ngày làm việc",
        [(3, "ngày làm việc", "<=", "Thời gian giải quyết")],
    ),
    (
        "thu nhập bình quân đầu người đạt 80 triệu đồng/năm",
        [(80, "triệu đồng/năm", "=", "thu nhập bình quân đầu người")],
    ),
    # an indicator that opens the clause says what its count is to reach
    (
        "Số doanh nghiệp thành lập mới đạt 350 doanh nghiệp",
        [(350, "doanh nghiệp", "=", "Số doanh nghiệp thành lập mới")],
    ),
    (
        "Chỉ số PAR INDEX tăng từ 02 bậc trở lên",
        [(2, "bậc", ">=", "Chỉ số PAR INDEX tăng")],
    ),
    # the goal's year opens the sentence
    (
        "Đến năm 2025: 30 xã đạt chuẩn nông thôn mới",
        [(30, "xã", "=", "đạt chuẩn nông thôn mới")],
    ),
    # lengths, areas and weights count where the words say that they are to be reached
    ("Trồng mới 5.000 ha rừng", [(5000, "ha", "=", "Trồng mới rừng")]),
    ("Kiên cố hóa 150 km đường thôn", [(150, "km", "=", "Kiên cố hóa đường thôn")]),
    ("Hoàn thành 20 km đường", [(20, "km", "=", "Hoàn thành đường")]),
    ("Sản lượng thủy sản đạt 250.000 tấn", [(250000, "tấn", "=", "Sản lượng thủy sản")]),
    ("Có thêm 6 xã đạt chuẩn", [(6, "xã", "=", "đạt chuẩn")]),
    ("Lắp ống dài 12 m trên tuyến đường 15 km", []),
    # what is cut or saved is no support that is paid
    ("Giảm 10% chi phí tuân thủ", [(10, "%", "=", "Giảm chi phí tuân thủ")]),
    ("Tiết kiệm thêm 10% chi thường xuyên", [(10, "%", "=", "Tiết kiệm chi thường xuyên")]),
    ("Hỗ trợ 50% kinh phí cho hộ nghèo", []),
    ("Hỗ trợ tối đa 20 triệu đồng mỗi hộ", []),
    (
        "Hỗ trợ đầu tư ít nhất 20 công trình hạ tầng",
        [(20, "công trình hạ tầng", ">=", "Hỗ trợ đầu tư")],
    ),
    ("Không để xảy ra quá 2% hồ sơ quá hạn", [(2, "%", "<=", "hồ sơ quá hạn")]),
    # an age tells who is meant
    (
        "Tỷ suất tử vong trẻ em dưới 5 tuổi còn dưới 18‰",
        [(18, "‰", "<", "Tỷ suất tử vong trẻ em dưới 5 tuổi")],
    ),
    # "trở lên" behind a unit, a colon behind an indicator, a range that ends below its figure
    (
        "Điểm chỉ số đạt 66 điểm trở lên, trong nhóm dẫn đầu",
        [(66, "điểm", ">=", "Điểm chỉ số")],
    ),
    ("Số hợp tác xã đạt 30 hợp tác xã trở lên", [(30, "hợp tác xã", ">=", "Số hợp tác xã")]),
    ("Diện tích trồng mới: 1.500 ha", [(1500, "ha", "=", "Diện tích trồng mới")]),
    ("Sản lượng lương thực: 250.000 tấn", [(250000, "tấn", "=", "Sản lượng lương thực")]),
    (
        "Từ 80% đến dưới 90% hồ sơ đúng hạn",
        [(80, "%", ">=", "hồ sơ đúng hạn"), (90, "%", "<", "hồ sơ đúng hạn")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), PROSE, ids=[text[:40] for text, _ in PROSE])
def test_targets_in_prose(text: str, expected: list[Row]) -> None:
    assert measured(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        # the past
        "Riêng trong năm 2023 đã xử lý trên 7.600 đảng viên vi phạm",
        "lực lượng phát hiện 6.760 trường hợp vi phạm; trong đó có 03 trường hợp",
        "Năm 2023, tai nạn giảm 5,6% so với cùng kỳ.",
        "95% thủ tục đã được tích hợp lên Cổng dịch vụ công.",
        "Tính đến tháng 6, tỷ lệ hồ sơ đúng hạn đạt 97%",
        # frequencies, durations, levels, ordinals, dates, standards
        "Họp định kỳ 01 lần/quý; kiểm tra tối thiểu 02 lần/năm.",
        "không để xảy ra ùn tắc kéo dài trên 30 phút",
        "02 cơ quan: Sở Nội vụ, Sở Tư pháp",
        "03 đơn vị thuộc Sở",
        "dịch vụ công trực tuyến tối thiểu mức độ 3, mức độ 4",
        "kỳ họp thứ 8, Quốc hội khóa XV; Điều 5; quốc lộ 1A; ngày 20/5/2021",
        "theo tiêu chuẩn TCVN ISO 9001:2015",
        "tập trung thực hiện tốt 08 nhóm nhiệm vụ trọng tâm sau:",
        "năm học 2021-2022 có 12 lớp, 350 học sinh",
        # money
        "Kinh phí thực hiện đạt 500 triệu đồng.",
        "Ngân sách tỉnh hỗ trợ 70% kinh phí, ngân sách huyện đối ứng 30%.",
        "nguồn thu được trích lại 35% của Trung tâm",
        "",
    ],
)
def test_what_is_no_target(text: str) -> None:
    assert measured(text) == []


def test_the_plan_year_tells_report_and_target_apart() -> None:
    text = "Tỷ lệ hồ sơ trực tuyến đạt 95% năm 2020"
    assert find_targets(text, 2021) == ()
    assert [one.value for one in find_targets(text, 2020)] == [95]
    # a base of comparison is not the figure's time
    assert len(find_targets("giảm 5% số vụ so với năm 2020", 2021)) == 1


RAW = [
    ("; Trên 98% hồ sơ đúng hạn.", ["Trên 98% hồ sơ đúng hạn"]),
    ("Phấn đấu có 100% xã đạt chuẩn", ["Phấn đấu có 100% xã đạt chuẩn"]),
    ("hồ sơ, bảo đảm 100% xã đạt chuẩn", ["bảo đảm 100% xã đạt chuẩn"]),
    (
        "80% hồ sơ tỉnh và 60% hồ sơ xã được xử lý (trừ hồ sơ mật); khác",
        [
            "80% hồ sơ tỉnh và 60% hồ sơ xã được xử lý (trừ hồ sơ mật)",
            "60% hồ sơ xã được xử lý (trừ hồ sơ mật)",
        ],
    ),
    ("giảm từ 5% đến 10% số vụ", ["giảm từ 5% đến 10% số vụ", "đến 10% số vụ"]),
]


@pytest.mark.parametrize(("text", "expected"), RAW)
def test_raw_runs_from_the_word_before_the_figure(text: str, expected: list[str]) -> None:
    found = find_targets(text)
    assert [one.raw for one in found] == expected
    for one in found:
        assert one.raw == tidy(text[one.start : one.end])


CELLS: list[tuple[str, str | None, str, list[Row]]] = [
    ("Tỷ lệ hồ sơ đúng hạn", "%", "≥ 95", [(95, "%", ">=", "Tỷ lệ hồ sơ đúng hạn")]),
    ("Tỷ lệ hồ sơ (%)", None, "Trên 98%", [(98, "%", ">", "Tỷ lệ hồ sơ")]),
    ("Tỷ lệ", "%", "100", [(100, "%", "=", "Tỷ lệ")]),
    ("Tỷ lệ", "%", "80-85%", [(80, "%", ">=", "Tỷ lệ"), (85, "%", "<=", "Tỷ lệ")]),
    ("Tỷ lệ", "%", "từ 40% trở lên", [(40, "%", ">=", "Tỷ lệ")]),
    ("Tỷ lệ", "-", "không quá 10%", [(10, "%", "<=", "Tỷ lệ")]),
    ("Tỷ lệ", "%", "đạt 95%", [(95, "%", "=", "Tỷ lệ")]),
    ("Tỷ lệ", "%", "100% (26/26 xã)", [(100, "%", "=", "Tỷ lệ")]),
    ("Số hộ", None, "1.500 hộ", [(1500, "hộ", "=", "Số hộ")]),
    ("Số xã đạt chuẩn", "xã", "15", [(15, "xã", "=", "Số xã đạt chuẩn")]),
    ("Thu ngân sách", "Tỷ đồng", " 12.345,6 ", [(12345.6, "Tỷ đồng", "=", "Thu ngân sách")]),
    ("Số vụ tai nạn", "vụ", "Giảm 5%", [(5, "%", "=", "Giảm số vụ tai nạn")]),
    # no figures, or none that can be read for certain
    ("Hoàn thành đề án", None, "Quý IV/2025", []),
    ("Hoàn thành đề án", None, "31/12/2025", []),
    ("Năm hoàn thành", None, "2025", []),
    ("Số xã", "xã", "15/20", []),
    ("Xếp hạng", None, "Nhóm 10 tỉnh dẫn đầu", []),
    ("Đề án", None, "Đạt", []),
]


@pytest.mark.parametrize(("indicator", "unit", "value", "expected"), CELLS)
def test_targets_in_a_table_of_indicators(
    indicator: str, unit: str | None, value: str, expected: list[Row]
) -> None:
    found = find_indicator_targets(indicator, unit, value)
    assert [(one.value, one.unit, one.comparator, one.subject) for one in found] == expected
    for one in found:
        assert one.raw == tidy(value[one.start : one.end]) == tidy(value)


def test_no_phrase_of_the_lexicon_stands_twice_under_one_kind() -> None:
    seen: set[tuple[str, str]] = set()
    for row in entries("target_words"):
        mark = (row["kind"], key(row["name"]))
        assert mark not in seen
        seen.add(mark)


TEXTS = [text for text, _ in PROSE]


@given(st.sampled_from(TEXTS), st.randoms(use_true_random=False))
def test_a_line_break_counts_as_a_blank(text: str, random: object) -> None:
    assert hasattr(random, "random")
    broken = "".join("\n" if char == " " and random.random() < 0.3 else char for char in text)
    assert find_targets(broken) == find_targets(text)


@given(st.sampled_from(TEXTS))
def test_a_sentence_before_shifts_the_offsets_and_nothing_else(text: str) -> None:
    lead = "Nội dung như sau. "
    moved = [
        Target(
            one.value,
            one.unit,
            one.comparator,
            one.subject,
            one.raw,
            one.start - len(lead),
            one.end - len(lead),
        )
        for one in find_targets(lead + text[:1].upper() + text[1:])
    ]
    assert moved == list(find_targets(text[:1].upper() + text[1:]))


@given(st.integers(0, 99), st.integers(0, 9), st.sampled_from(["=", ">", ">=", "<=", "<"]))
def test_a_figure_is_read_as_printed(whole: int, tenth: int, comparator: str) -> None:
    said = {"=": "", ">": "trên ", ">=": "ít nhất ", "<=": "không quá ", "<": "dưới "}[comparator]
    (one,) = find_targets(f"Có {said}{whole},{tenth}% hộ dân được cấp nước")
    assert (one.value, one.comparator) == (whole + tenth / 10, comparator)
    assert one.subject == "hộ dân được cấp nước"
