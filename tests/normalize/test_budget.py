"""Budget cells: exact amounts, statuses, who pays, where the money comes from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.budget import is_total_label, read_budget, read_total
from normalize.money import unit_of

MILLION = "triệu đồng"


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [
        ("50", MILLION, 50_000_000),
        ("0", MILLION, 0),
        ("1.500", MILLION, 1_500_000_000),
        ("1,500", MILLION, 1_500_000_000),
        ("1 500", MILLION, 1_500_000_000),
        ("1.234,5", MILLION, 1_234_500_000),
        ("1,234.5", MILLION, 1_234_500_000),
        ("29,3", MILLION, 29_300_000),
        ("0,5", MILLION, 500_000),
        ("0,125", MILLION, 125_000),
        ("50", "ĐVT: 1.000 đồng", 50_000),
        ("50", "nghìn đồng", 50_000),
        ("1,5", "tỷ đồng", 1_500_000_000),
        # The cell's own unit goes before the head's.
        ("1.500 triệu đồng", None, 1_500_000_000),
        ("1.500 triệu đồng", "đồng", 1_500_000_000),
        ("150 tr.đ", MILLION, 150_000_000),
        ("150 trđ", None, 150_000_000),
        ("500.000.000đ", MILLION, 500_000_000),
        ("500.000.000 VNĐ", None, 500_000_000),
        ("500.000.000", "đồng", 500_000_000),
        # Parts that each name their source are summed; parts of other kinds are not.
        ("NSTW: 200 triệu; NSĐP: 300 triệu", None, 500_000_000),
        ("Ngân sách tỉnh: 500; Xã hội hóa: 100", MILLION, 600_000_000),
        ("- NSNN: 1.000\n- Khác: 200", MILLION, 1_200_000_000),
        ("500.000.000", None, 500_000_000),
        ("750 nghìn đồng", None, 750_000),
        ("750 ngàn đồng", None, 750_000),
        ("1,5 tỷ", MILLION, 1_500_000_000),
        ("1,5 tỉ đồng", MILLION, 1_500_000_000),
        ("1,250 tỷ đồng", None, 1_250_000_000),
        ("1.250 tỷ đồng", None, 1_250_000_000_000),
        ("29,3 tỷ đồng", None, 29_300_000_000),
        ("2 tỷ 300 triệu đồng", None, 2_300_000_000),
        ("2 tỷ, 300 triệu 500 nghìn đồng", None, 2_300_500_000),
        ("khoảng 50 triệu đồng", None, 50_000_000),
        ("Dự kiến: 50", MILLION, 50_000_000),
        ("NSNN: 50", MILLION, 50_000_000),
        ("Năm 2021: 50 triệu đồng", None, 50_000_000),
        ("NSNN 1.500 triệu đồng (chi thường xuyên: hội thảo).", None, 1_500_000_000),
        # The sum where the cell names it, or states it before its parts.
        ("Tổng: 500 triệu đồng; tỉnh: 300 triệu đồng, huyện: 200 triệu đồng", None, 500_000_000),
        ("NS tỉnh: 300 triệu đồng; tổng cộng: 500 triệu đồng", None, 500_000_000),
        ("500 triệu đồng, trong đó năm 2021: 300 triệu đồng", None, 500_000_000),
        ("30.000 triệu đồng (năm 2026: 500; năm 2027: 29.500)", None, 30_000_000_000),
        # Amounts in words, alone or repeating the figures.
        ("Hai tỷ ba trăm triệu đồng", None, 2_300_000_000),
        ("Năm trăm triệu đồng", MILLION, 500_000_000),
        ("Một tỷ không trăm lẻ năm triệu đồng", None, 1_005_000_000),
        ("Ba trăm hai mươi lăm triệu, sáu trăm nghìn đồng", None, 325_600_000),
        ("Hai triệu rưỡi", None, 2_500_000),
        ("50.000.000 đồng (Bằng chữ: Năm mươi triệu đồng chẵn)", None, 50_000_000),
        ("NS tỉnh: Hai trăm triệu đồng; NS xã: một trăm triệu đồng", None, 300_000_000),
        ("NSTW 800; NSĐP 400; khác 100", MILLION, 1_300_000_000),
        ("Không", MILLION, 0),
        ("Không sử dụng kinh phí", MILLION, 0),
    ],
)
def test_amount(text: str, unit: str | None, amount: int) -> None:
    found = read_budget(text, unit)
    assert (found.amount, found.status, found.notes) == (amount, "amount", ())


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("5", None),  # five of what?
        ("500.000.000", MILLION),  # no task costs 500 000 milliards: the unit is another
        ("1.50.000", MILLION),
        ("50 - 70 triệu đồng", None),
        ("50 triệu đồng/xã", None),
        ("300 triệu đồng; 200 triệu đồng", None),
        ("1 tỷ 500", MILLION),
        ("100.000 USD", None),
        ("0,00000001", MILLION),
        ("Năm 2021", MILLION),
        ("Hai năm", MILLION),
        ("04 lớp", MILLION),
        # The price of one is not what all cost.
        ("5 lớp x 20 triệu đồng", None),
        ("02 lớp, mỗi lớp 50 triệu đồng", None),
        ("mỗi xã: 20", MILLION),
        # Words that say another amount than the figures; a part without a word for its source.
        ("50.000.000 đồng (Năm triệu đồng)", None),
        ("NSTW 800; tỉnh 400", MILLION),
        ("Chưa bố trí kinh phí", MILLION),
        ("Sở Nội vụ", MILLION),
        # Money from society or abroad: read, but no status of the contract says so.
        ("Nguồn kinh phí xã hội hóa", MILLION),
    ],
)
def test_unresolved_is_told(text: str, unit: str | None) -> None:
    found = read_budget(text, unit)
    assert (found.amount, found.status) == (None, "unresolved")
    assert [note.code for note in found.notes] == ["budget.unresolved"]


@pytest.mark.parametrize(
    ("text", "status", "funders"),
    [
        ("", "unstated", []),
        ("-", "unstated", []),
        ("…", "unstated", []),
        ("Các cơ quan, đơn vị dự trù kinh phí riêng.", "self_funded", ["Các cơ quan, đơn vị"]),
        (
            "Văn phòng Đoàn ĐBQH, HĐND và UBND tỉnh dự trù kinh phí riêng",
            "self_funded",
            ["Văn phòng Đoàn ĐBQH, HĐND và UBND tỉnh"],
        ),
        ("Sở Nội vụ tự cân đối", "self_funded", ["Sở Nội vụ"]),
        ("Ngân sách tỉnh; không sử dụng ngân sách huyện", "state_budget", []),
        ("Sở Nội vụ tự cân đối, không sử dụng ngân sách", "self_funded", ["Sở Nội vụ"]),
        ("Do Sở Nội vụ tự đảm bảo", "self_funded", ["Sở Nội vụ"]),
        ("UBND cấp huyện chủ động bố trí kinh phí", "self_funded", ["UBND cấp huyện"]),
        ("Từ nguồn kinh phí được giao của đơn vị", "self_funded", ["đơn vị"]),
        ("Trong dự toán được giao", "self_funded", []),
        ("Lồng ghép", "self_funded", []),
        ("Chi thường xuyên của cơ quan chủ trì", "self_funded", ["cơ quan chủ trì"]),
        ("Theo Kế hoạch được phê duyệt.", "per_approved_plan", []),
        ("Theo dự toán được duyệt", "per_approved_plan", []),
        ("Kinh phí xây dựng VBQPPL theo quy định.", "per_regulation", []),
        ("Kinh phí xây dựng VBQPP L theo quy định.", "per_regulation", []),
        ("Thực hiện theo quy định hiện hành", "per_regulation", []),
        ("UBND tỉnh bố trí phí theo ngân sách của tỉnh.", "state_budget", ["UBND tỉnh"]),
        ("Sở Tài chính bố trí", "state_budget", ["Sở Tài chính"]),
        ("Ngân sách nhà nước", "state_budget", []),
        ("NSNN", "state_budget", []),
        ("NSTW, NSĐP", "state_budget", []),
        ("Chi thường xuyên", "state_budget", []),
        ("Ngân sách tỉnh theo quy định", "state_budget", []),
        ("Ngân sách Thành phố và các nguồn kinh phí hợp pháp khác", "state_budget", []),
    ],
)
def test_status_and_funders(text: str, status: str, funders: list[str]) -> None:
    found = read_budget(text, MILLION)
    assert (found.amount, found.status, found.notes) == (None, status, ())
    assert [text[start:end] for start, end in found.funder_spans] == funders


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [
        ("Năm 2022: 500 triệu; năm 2023: 700 triệu", None, 1_200_000_000),
        ("2026: 500; 2027: 700", MILLION, 1_200_000_000),
        ("- Năm 2026: 200 triệu đồng\n- Năm 2027: Ba trăm triệu đồng", None, 500_000_000),
    ],
)
def test_amounts_a_year_are_summed_and_told(text: str, unit: str | None, amount: int) -> None:
    found = read_budget(text, unit)
    assert (found.amount, found.status) == (amount, "amount")
    assert [(note.code, note.value) for note in found.notes] == [("budget.summed", str(amount))]


@pytest.mark.parametrize(
    "text",
    [
        "Năm 2022: 500 triệu; năm 2022: 700 triệu",  # one year twice
        "Năm 2022: 500 triệu; hội nghị: 700 triệu",
        "Năm 2022: 500 triệu; năm 2023: 700 triệu/xã",
    ],
)
def test_other_lists_of_amounts_are_no_sum(text: str) -> None:
    assert read_budget(text, None).amount is None


def test_a_law_s_name_is_no_source() -> None:
    found = read_budget("Theo quy định của Luật Ngân sách nhà nước", None)
    assert (found.status, found.source_spans) == ("per_regulation", ())


def test_no_column() -> None:
    assert read_budget(None, None).status == "no_column"
    assert read_budget("", None, has_column=False).status == "no_column"


def test_a_slip_is_repaired_and_told() -> None:
    text = "Sở Tư pháp dự trừ kinh phí riêng."
    found = read_budget(text, MILLION)
    assert found.status == "self_funded"
    (note,) = found.notes
    assert (note.code, note.raw, note.value) == ("text.repaired", "dự trừ", "dự trù")
    assert text[note.start : note.end] == "dự trừ"
    assert [text[start:end] for start, end in found.funder_spans] == ["Sở Tư pháp"]


@pytest.mark.parametrize(
    "text",
    [
        "Không sử dụng ngân sách",
        "Không sử dụng ngân sách nhà nước",
        "không thuộc nguồn NSNN",
        "Không dùng nguồn kinh phí từ ngân sách; xã hội hóa 100%",
    ],
)
def test_a_budget_that_is_denied_does_not_pay(text: str) -> None:
    """Who does is not said."""
    found = read_budget(text, MILLION)
    assert (found.amount, found.status) == (None, "unresolved")
    assert [note.code for note in found.notes] == ["budget.unresolved"]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("NSNN 1.500 triệu đồng", "NSNN"),
        ("NSNN: 50", "NSNN"),
        ("ODA", "ODA"),
        ("Nguồn kinh phí xã hội hóa", "Nguồn kinh phí xã hội hóa"),
        ("500 triệu đồng (sự nghiệp KH&CN)", "sự nghiệp KH&CN"),
        ("Ngân sách tỉnh, vốn vay ODA", "Ngân sách tỉnh, vốn vay ODA"),
        ("Ngân sách nhà nước giai đoạn 2026 - 2030: 5 tỷ đồng", "Ngân sách nhà nước"),
        ("UBND tỉnh bố trí phí theo ngân sách của tỉnh.", "ngân sách của tỉnh"),
        ("50", None),
        ("NSNN, XHH", "NSNN, XHH"),
        ("XHH", "XHH"),
        ("50% NSNN, 50% XHH", "NSNN; XHH"),
        ("1.200 (NSTW: 800; NSĐP: 400)", "NSTW; NSĐP"),
        ("Tổng 900, trong đó NS tỉnh 600, dân góp 300", "NS tỉnh; dân góp"),
        ("NS huyện: 200; NS huyện: 100", "NS huyện"),
        ("Không sử dụng ngân sách nhà nước", None),
        ("Không sử dụng ngân sách, xã hội hóa", "xã hội hóa"),
        ("Sở Nội vụ dự trù kinh phí riêng", None),
    ],
)
def test_source(text: str, source: str | None) -> None:
    spans = read_budget(text, MILLION).source_spans
    assert ("; ".join(text[slice(*span)] for span in spans) or None) == source


@pytest.mark.parametrize(
    ("unit", "times"),
    [
        (None, None),
        ("", None),
        ("đồng", 1),
        ("1.000 đồng", 1000),
        ("(1.000đ)", 1000),
        ("Nghìn đồng", 1000),
        ("ĐVT: triệu đồng", 10**6),
        ("Tr.đ", 10**6),
        ("TRIỆU ĐỒNG", 10**6),
        ("tỉ đồng", 10**9),
        ("nghìn tỷ đồng", 10**12),
        ("lượt người", None),
    ],
)
def test_unit(unit: str | None, times: int | None) -> None:
    assert unit_of(unit) == times


@pytest.mark.parametrize(
    ("text", "unit", "total"),
    [
        ("455", MILLION, 455_000_000),
        ("Tổng cộng: 1.455", MILLION, 1_455_000_000),
        ("30.000 triệu đồng", None, 30_000_000_000),
        ("", MILLION, None),
        ("theo dự toán", MILLION, None),
    ],
)
def test_total(text: str, unit: str | None, total: int | None) -> None:
    assert read_total(text, unit) == total


@pytest.mark.parametrize(
    ("text", "is_label"),
    [
        ("Tổng cộng", True),
        ("TỔNG CỘNG:", True),
        ("Tổng số", True),
        ("Cộng", True),
        ("TỔNG KINH PHÍ", True),
        ("Tổng kinh phí thực hiện (I + II)", True),
        ("Cộng đồng doanh nghiệp", False),
        ("Tổng kết công tác CCHC", False),
        ("Tổng hợp", False),
        ("Tổng số hồ sơ giải quyết", False),
        ("", False),
    ],
)
def test_total_label(text: str, is_label: bool) -> None:
    assert is_total_label(text) is is_label


@given(st.integers(0, 99_999), st.sampled_from([".", ",", " "]))
def test_any_grouping_is_the_same_amount(millions: int, by: str) -> None:
    grouped = f"{millions:,}".replace(",", by)
    expected = millions * 10**6
    assert read_budget(grouped, MILLION).amount == expected
    assert read_budget(f"{grouped} triệu đồng", None).amount == expected
    assert read_budget(f"NSNN: {grouped} TRIỆU ĐỒNG.", None).amount == expected
    assert read_budget(f"{expected:,}".replace(",", ".") + " đồng", MILLION).amount == expected


@given(
    st.lists(
        st.sampled_from(
            "50 1.500 triệu đồng tỷ NSNN theo quy định Sở Nội vụ dự trù ; - ( )".split()
        ),
        max_size=12,
    ).map(" ".join)
)
def test_every_reading_is_whole(text: str) -> None:
    found = read_budget(text, MILLION)
    assert (found.amount is not None) == (found.status == "amount")
    assert (found.status == "unresolved") == any(n.code == "budget.unresolved" for n in found.notes)
    for start, end in found.funder_spans:
        assert 0 <= start < end <= len(text)


@pytest.mark.parametrize(
    ("text", "amount", "slip"),
    [
        ("10 triêu đồng", 10_000_000, ("triêu", "triệu")),
        ("1,5 tỳ đồng", 1_500_000_000, ("tỳ đồng", "tỷ")),
        ("5.000.000 đông", 5_000_000, ("đông", "đồng")),
    ],
)
def test_a_slip_in_the_unit(text: str, amount: int, slip: tuple[str, str]) -> None:
    found = read_budget(text, None)
    assert (found.amount, found.status) == (amount, "amount")
    assert [(note.code, note.raw, note.value) for note in found.notes] == [("text.repaired", *slip)]


def test_a_word_like_a_unit_is_no_money() -> None:
    found = read_budget("Do cổ đông đóng góp", None)
    assert (found.amount, found.status) == (None, "unresolved")
    assert [note.code for note in found.notes] == ["budget.unresolved"]
