"""Ranks, rates, movements, lists and bare counts among the targets of a plan's prose."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.targets import GOALS, REPORT, find_targets
from pipeline import extract_file

Row = tuple[float, str, str, str]


def measured(text: str, under: str = "") -> list[Row]:
    return [
        (one.value, one.unit, one.comparator, one.subject)
        for one in find_targets(text, 2026, under)
    ]


@pytest.mark.parametrize(
    ("text", "value", "comparator", "subject"),
    [
        ("Chỉ số chuyển đổi số xếp thứ 20/34 tỉnh, thành phố", 20, "=", "Chỉ số chuyển đổi số"),
        ("Chỉ số PCI đứng thứ 3 toàn quốc.", 3, "=", "Chỉ số PCI"),
        ("Phấn đấu PAPI đạt vị trí thứ 12/63", 12, "=", "PAPI"),
        # the best rank is 1: a group and "trở lên" bound from above
        ("Chỉ số PCI xếp thứ 25 trở lên", 25, "<=", "Chỉ số PCI"),
        ("Chỉ số PAR INDEX xếp hạng 15/34 tỉnh trở lên", 15, "<=", "Chỉ số PAR INDEX"),
        ("Phấn đấu Chỉ số SIPAS vào nhóm 10 tỉnh dẫn đầu", 10, "<=", "Chỉ số SIPAS"),
        ("Chỉ số PGI thuộc nhóm 15 địa phương có điểm cao nhất", 15, "<=", "Chỉ số PGI"),
        ("Chỉ số DTI đứng trong top 5 cả nước", 5, "<=", "Chỉ số DTI"),
    ],
)
def test_ranks(text: str, value: float, comparator: str, subject: str) -> None:
    assert measured(text) == [(value, "hạng", comparator, subject)]


def test_a_range_of_ranks_is_two_figures() -> None:
    assert measured("Chỉ số PCI xếp hạng từ 15 đến 20") == [
        (15, "hạng", ">=", "Chỉ số PCI"),
        (20, "hạng", "<=", "Chỉ số PCI"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Năm 2023, PCI xếp thứ 45/63 tỉnh, thành phố",  # reported
        "Chỉ số PCI đã đứng thứ 12 cả nước",
        "Họp giao ban vào sáng thứ 2 hằng tuần",
        "Khách sạn được xếp hạng 4 sao",
        "Giao nhóm 2 chuẩn bị hội trường",
        "Chia thành nhóm 10 người để thảo luận",
        "Vị trí 1 đặt tại cổng chính",
    ],
)
def test_what_is_no_rank(text: str) -> None:
    assert measured(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # units with what they are counted by
        ("Năng suất lúa đạt 65 tạ/ha", [(65, "tạ/ha", "=", "Năng suất lúa")]),
        (
            "Số tiêu chí bình quân đạt 15,5 tiêu chí/xã",
            [(15.5, "tiêu chí/xã", "=", "Số tiêu chí bình quân")],
        ),
        (
            "Tỷ số giới tính khi sinh dưới 109 bé trai/100 bé gái",
            [(109, "bé trai/100 bé gái", "<", "Tỷ số giới tính khi sinh")],
        ),
        (
            "Nhân lực nghiên cứu đạt 12 người trên một vạn dân.",
            [(12, "người trên một vạn dân", "=", "Nhân lực nghiên cứu")],
        ),
        (
            "Đạt 12 bác sĩ/vạn dân, 32 giường bệnh/vạn dân",
            [(12, "bác sĩ/vạn dân", "=", "Đạt"), (32, "giường bệnh/vạn dân", "=", "Đạt")],
        ),
        (
            "Diện tích nhà ở bình quân đạt 28 m2 sàn/người",
            [(28, "m2 sàn/người", "=", "Diện tích nhà ở bình quân")],
        ),
        # what is counted by is no figure itself
        (
            "Số bác sĩ trên 10.000 dân đạt 11,5; số giường bệnh trên 10.000 dân đạt 30",
            [
                (11.5, "", "=", "Số bác sĩ trên 10.000 dân"),
                (30, "", "=", "số giường bệnh trên 10.000 dân"),
            ],
        ),
        (
            "Giá trị sản phẩm trên 1 ha đất trồng trọt đạt 150 triệu đồng",
            [(150, "triệu đồng", "=", "Giá trị sản phẩm trên 1 ha đất trồng trọt")],
        ),
        ("Thu hút trên 10.000 người tham gia", [(10000, "người", ">", "Thu hút tham gia")]),
        # where things stand is no target, also of counts and times
        (
            "Rút ngắn thời gian chờ từ 60 phút xuống còn 30 phút",
            [(30, "phút", "=", "thời gian chờ")],
        ),
        (
            "Nâng số hợp tác xã từ 120 hợp tác xã lên 150 hợp tác xã",
            [(150, "hợp tác xã", "=", "số hợp tác xã")],
        ),
        ("Tuổi thọ trung bình đạt 75 tuổi", [(75, "tuổi", "=", "Tuổi thọ trung bình")]),
        # lists that say the unit again
        (
            "Tổng đàn trâu đạt 45.000 con, đàn bò 120.000 con",
            [(45000, "con", "=", "Tổng đàn trâu"), (120000, "con", "=", "đàn bò")],
        ),
        (
            "Giải quyết việc làm mới cho 90.000 lao động, bình quân mỗi năm 15.000 lao động",
            [
                (90000, "lao động", "=", "Giải quyết việc làm mới cho"),
                (15000, "lao động", "=", "Giải quyết việc làm mới cho"),
            ],
        ),
        # points are no shares
        (
            "Giảm từ 1 đến 2 điểm phần trăm tỷ lệ hộ nghèo",
            [
                (1, "điểm %", ">=", "Giảm tỷ lệ hộ nghèo"),
                (2, "điểm %", "<=", "Giảm tỷ lệ hộ nghèo"),
            ],
        ),
        # "cộng đồng" is nothing that is added
        (
            "Tổng thu từ du lịch cộng đồng đạt 1.800 tỷ đồng",
            [(1800, "tỷ đồng", "=", "Tổng thu từ du lịch cộng đồng")],
        ),
        # a goal's year before the figure says nothing of what is measured
        (
            "Thu nhập bình quân đầu người đến năm 2030 đạt 90 triệu đồng/người/năm",
            [(90, "triệu đồng/người/năm", "=", "Thu nhập bình quân đầu người")],
        ),
        # commas inside the subject
        (
            "Bệnh Dại ở chó, mèo đạt tối thiểu 70% tổng đàn",
            [(70, "%", ">=", "Bệnh Dại ở chó, mèo")],
        ),
        (
            "Giải quyết, xét xử các vụ án dân sự đạt 85% trở lên",
            [(85, "%", ">=", "Giải quyết, xét xử các vụ án dân sự")],
        ),
        ("Số bài báo quốc tế: ≥ 150 bài.", [(150, "bài", ">=", "Số bài báo quốc tế")]),
        (
            "Chỉ số phát triển con người đạt trên 0,75",
            [(0.75, "", ">", "Chỉ số phát triển con người")],
        ),
        (
            "Nâng tỷ lệ che phủ rừng từ 42,66% năm 2025 lên 45,5% vào năm 2030",
            [(45.5, "%", "=", "tỷ lệ che phủ rừng")],
        ),
        ("Tỷ lệ hộ nghèo năm 2026 còn 1,5%", [(1.5, "%", "=", "Tỷ lệ hộ nghèo")]),
        (
            "Tỷ trọng học từ xa đạt từ 10% trở lên đối với đại học, 5% trở lên đối với phổ thông",
            [
                (10, "%", ">=", "Tỷ trọng học từ xa"),
                (5, "%", ">=", "Tỷ trọng học từ xa đối với phổ thông"),
            ],
        ),
        (
            "Mức thu nhập của người dân tăng gấp 2 lần so với năm 2020",
            [(2, "lần", "=", "Mức thu nhập của người dân")],
        ),
        (
            "Phấn đấu 100% (45/45) xã, phường hoàn thành",
            [(100, "%", "=", "xã, phường hoàn thành")],
        ),
        (
            "Giảm tỷ suất tử vong mẹ xuống dưới 42/100.000 trẻ đẻ sống",
            [(42, "/100.000 trẻ đẻ sống", "<", "tỷ suất tử vong mẹ")],
        ),
        ("Cải thiện ít nhất 5 bậc Chỉ số PCI", [(5, "bậc", ">=", "Chỉ số PCI")]),
        ("Đạt và vượt 15/15 chỉ tiêu", [(15, "chỉ tiêu", ">=", "chỉ tiêu")]),
        ("Ngày 15/10.000 hộ dân được tuyên truyền", []),
        ("5/7 khoa đạt chuẩn", [(5, "khoa", "=", "đạt chuẩn")]),
        ("Kiểm tra 02 lớp/năm; kiểm tra 01 cuộc/quý", []),
    ],
)
def test_counts(text: str, expected: list[Row]) -> None:
    assert measured(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Xây dựng 03 mô hình điểm", [(3, "mô hình điểm", "=", "Xây dựng")]),
        ("- Hỗ trợ 1.000 vé xe", [(1000, "vé xe", "=", "Hỗ trợ")]),
        ("Mầm non: 4.200 cháu.", [(4200, "cháu", "=", "Mầm non")]),
        (
            "Tuyển dụng: 85 chỉ tiêu; 12 giáo viên",
            [(85, "chỉ tiêu", "=", "Tuyển dụng"), (12, "giáo viên", "=", "Tuyển dụng")],
        ),
        ("Tỷ lệ bản án bị hủy không quá 1,5%", [(1.5, "%", "<=", "Tỷ lệ bản án bị hủy")]),
        ("Trồng rừng: bình quân 600 ha/năm", [(600, "ha/năm", "=", "Trồng rừng")]),
        (
            "Mỗi xã có từ 02 đến 03 tổ công nghệ số",
            [(2, "tổ công nghệ số", ">=", "Mỗi xã"), (3, "tổ công nghệ số", "<=", "Mỗi xã")],
        ),
        ("Đưa 5.000 hộ lên sàn thương mại", [(5000, "hộ", "=", "Đưa lên sàn thương mại")]),
        (
            "Trồng 5 triệu cây xanh, 2.000 ha rừng phòng hộ",
            [(5, "triệu cây xanh", "=", "Trồng"), (2000, "ha", "=", "Trồng rừng phòng hộ")],
        ),
        ("- 02 sáng kiến", [(2, "sáng kiến", "=", "sáng kiến")]),
        ("Diện tích rừng phòng hộ 1.520 ha", [(1520, "ha", "=", "Diện tích rừng phòng hộ")]),
        ("kinh phí từ xã hội chiếm hơn 60%", [(60, "%", ">", "kinh phí từ xã hội")]),
    ],
)
def test_bare_counts_under_a_heading_of_goals_only(text: str, expected: list[Row]) -> None:
    assert measured(text, under=GOALS) == expected
    assert measured(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Tổng diện tích 1.250 ha, gồm 3 phân khu",
        "Thực hiện 05 nhiệm vụ, 03 đột phá trong năm",
        "Họp 01 lần/quý; báo cáo trước ngày 15/6",
        "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 gồm 3 phần",
    ],
)
def test_what_is_no_target_under_goals_either(text: str) -> None:
    assert measured(text, under=GOALS) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tỷ lệ trẻ đến trường đạt 98%, số giáo viên: 42 người", []),
        (
            "Tỷ lệ hộ nghèo còn 2,5%, phấn đấu năm 2026 còn 1,5%",
            [(1.5, "%", "=", "Tỷ lệ hộ nghèo")],
        ),
    ],
)
def test_under_a_heading_of_results_only_what_says_so_is_a_goal(
    text: str, expected: list[Row]
) -> None:
    assert measured(text, under=REPORT) == expected


def test_a_part_of_the_economy_is_no_contribution_that_is_paid() -> None:
    assert measured("Kinh tế tư nhân đóng góp 55 - 58% GDP") == [
        (55, "%", ">=", "Kinh tế tư nhân"),
        (58, "%", "<=", "Kinh tế tư nhân"),
    ]
    assert measured("Nhân dân đóng góp 30% kinh phí") == []


def test_what_becomes_of_a_share_is_no_count_of_its_own() -> None:
    text = "Trên 95% trẻ em được tiêm đủ 02 mũi vắc xin"
    assert measured(text, under=GOALS) == [(95, "%", ">", "trẻ em được tiêm đủ 02 mũi vắc xin")]


def test_the_nearest_heading_tells_goals_from_reports(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(
        "KẾ HOẠCH\nPhát triển giáo dục năm 2026\n\n"
        "I. KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU NĂM 2025\nTỷ lệ trẻ đến trường đạt 98%.\n"
        "II. MỤC TIÊU\n1. Mục tiêu chung\nNâng cao chất lượng.\n"
        "2. Năm 2026\na) Trường lớp\nXây dựng 09 phòng học.\n"
        "III. KIỂM TRA, ĐÁNH GIÁ\nKiểm tra ít nhất 03 trường.\n",
        encoding="utf-8",
    )
    plan = extract_file(path)
    assert [(one.value, one.unit) for one in plan.targets] == [
        (9, "phòng học"),
        (3, "trường"),
    ]
