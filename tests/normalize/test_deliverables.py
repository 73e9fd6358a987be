"""The products of a cell and the document types that they name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.deliverables import read_deliverables, type_codes
from normalize.text import tidy


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Kế hoạch", "KH"),
        ("Báo cáo năm 2020", "BC"),
        ("KẾ HOẠCH, BÁO CÁO", "KH BC"),
        ("Kế hoạch và báo cáo kết quả thực hiện", "KH BC"),
        ("Kế hoạch, báo cáo đánh giá kết quả", "KH BC"),
        ("Phương án/Kế hoạch/Quyết định", "PA KH QĐ"),
        ("Thông báo hoặc biên bản kiểm tra", "TB BB"),
        ("Chương trình, kế hoạch công tác", "CTr KH"),
        ("Luật, Nghị định, Thông tư", "Luật NĐ TT"),
        ("Biên bản ghi nhớ, hợp đồng", "BGN HĐ"),
        ("Thông tư liên tịch", "TTLT"),
        ("02 báo cáo", "BC"),
        ("Tờ trình và dự thảo Quyết định", "TTr QĐ"),
        ("Dự thảo Nghị quyết của HĐND tỉnh", "NQ"),
        ("Nghị quyết của HĐND tỉnh, Quyết định của UBND tỉnh", "NQ QĐ"),
        # What a product is about is no product.
        ("Quyết định phê duyệt kế hoạch", "QĐ"),
        ("Quyết định ban hành Kế hoạch của UBND tỉnh", "QĐ"),
        ("Quyết định phê duyệt Kế hoạch, Đề án", "QĐ"),
        ("Báo cáo thực hiện Kế hoạch, Chương trình", "BC"),
        ("Báo cáo của Sở Kế hoạch và Đầu tư", "BC"),
        ("Báo cáo của các Sở: Tài chính, Kế hoạch và Đầu tư", "BC"),
        ("Nghị định sửa đổi, bổ sung Nghị định số 06/2022/NĐ-CP", "NĐ"),
        ("Kế hoạch (ban hành kèm theo Quyết định)", "KH"),
        # No decision approves the report that follows it.
        ("Quyết định phê duyệt Kế hoạch/Báo cáo kết quả", "QĐ BC"),
        ("Quyết định phê duyệt kế hoạch, Báo cáo kết quả", "QĐ BC"),
        # "Văn bản" is of any type until a type follows.
        ("Văn bản thẩm định", ""),
        ("Văn bản của UBND tỉnh", ""),
        ("Văn bản triển khai Kế hoạch", ""),
        ("Văn bản báo cáo kết quả thực hiện", "BC"),
        ("Hội nghị hoặc văn bản hướng dẫn nghiệp vụ", "HD"),
        ("Quyết định hoặc văn bản phê duyệt", "QĐ"),
        ("Các Quyết định, văn bản chỉ đạo", "QĐ"),
        ("Văn bản của UBND tỉnh (Kế hoạch/Công văn)", "KH CV"),
        ("Công văn hướng dẫn", "CV"),
        # Making a document yields it.
        ("Ban hành Kế hoạch", "KH"),
        ("UBND tỉnh ban hành Quyết định", "QĐ"),
        ("Tham mưu UBND tỉnh ban hành Kế hoạch", "KH"),
        # No documents.
        ("Các lớp tập huấn", ""),
        ("Chuyên trang, chuyên mục", ""),
        ("Kết quả thực hiện kế hoạch", ""),
        ("Hội nghị triển khai Kế hoạch", ""),
        # Abbreviations in capitals stand for types, not those of a body or a field.
        ("QĐ của Chủ tịch UBND tỉnh", "QĐ"),
        ("QĐ/KH", "QĐ KH"),
        ("Nghị quyết, QĐ", "NQ QĐ"),
        ("TTr của UBND tỉnh", "TTr"),
        ("Ban hành QĐ", "QĐ"),
        ("Phần mềm KH&CN", ""),
        ("Báo cáo của Sở KH&ĐT", "BC"),
        ("kh", ""),
        ("Đề cương báo cáo", ""),
        ("Danh mục Quyết định, Chỉ thị", ""),
        ("Tài liệu hướng dẫn", ""),
        ("Chương trình truyền hình", ""),
        ("Lập đề nghị xây dựng văn bản quy phạm pháp luật", ""),
    ],
)
def test_type_codes(text: str, codes: str) -> None:
    assert type_codes(text) == tuple(codes.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("-", []),
        ("Không", []),
        ("Kế hoạch.", ["Kế hoạch"]),
        ("- Kế hoạch. - Báo cáo.", ["Kế hoạch", "Báo cáo"]),
        ("- Kế hoạch kiểm tra.- Quyết định;", ["Kế hoạch kiểm tra", "Quyết định"]),
        ("Kế hoạch\nBáo cáo", ["Kế hoạch", "Báo cáo"]),
        ("Kế hoạch và báo cáo", ["Kế hoạch và báo cáo"]),
        ("Kế hoạch; Báo cáo", ["Kế hoạch", "Báo cáo"]),
        (
            "Danh mục dự án; bảng cân đối; bộ tiêu chí; văn bản kiến nghị",
            ["Danh mục dự án", "bảng cân đối", "bộ tiêu chí", "văn bản kiến nghị"],
        ),
        # Bodies, and words that go on, are no products of their own.
        ("Quyết định của các sở; UBND cấp huyện", ["Quyết định của các sở; UBND cấp huyện"]),
        ("Báo cáo về kiểm tra; giám sát", ["Báo cáo về kiểm tra; giám sát"]),
        ("Kế hoạch (của Sở; của Phòng)", ["Kế hoạch (của Sở; của Phòng)"]),
        ("Báo cáo của Sở; Thanh tra; Quyết định", ["Báo cáo của Sở; Thanh tra", "Quyết định"]),
    ],
)
def test_products_of_a_cell(text: str, expected: list[str]) -> None:
    assert [one.text for one in read_deliverables(text)] == expected


WORDS = st.lists(
    st.sampled_from("Kế hoạch; Báo cáo - Quyết định ( ) / UBND tỉnh và . \n của , Sở".split(" ")),
    max_size=14,
).map(" ".join)


@given(WORDS)
def test_a_product_points_at_its_words(text: str) -> None:
    end = 0
    for one in read_deliverables(text):
        assert end <= one.start < one.end
        assert one.text == tidy(text[one.start : one.end])
        assert not one.text.endswith((".", ",", ";"))
        end = one.end


@given(WORDS)
def test_a_product_read_again_is_itself(text: str) -> None:
    for one in read_deliverables(text):
        assert type_codes(one.text) == one.type_codes
