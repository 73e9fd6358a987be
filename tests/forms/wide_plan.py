"""A plan of our own with nine columns: heads over two columns, groups, empty cells, a total."""

from __future__ import annotations

_HEAD = (
    '<tr><td rowspan="2">STT</td><td rowspan="2">Nhiệm vụ</td><td colspan="2">Trách nhiệm thực hiện'
    '</td><td colspan="2">Thời gian</td><td rowspan="2">Sản phẩm</td><td rowspan="2">Kinh phí '
    '(triệu đồng)</td><td rowspan="2">Ghi chú</td></tr><tr><td>Chủ trì</td><td>Phối hợp</td>'
    "<td>Bắt đầu</td><td>Hoàn thành</td></tr>"
)
_AREAS = ("Hoàn thiện thể chế", "Cải cách thủ tục hành chính", "Xây dựng chính quyền số")
_TASKS = (
    "Rà soát, sửa đổi quy định về tiếp nhận hồ sơ theo Nghị định số 61/2018/NĐ-CP ngày 23/4/2018",
    "Xây dựng phần mềm quản lý văn bản dùng chung cho các cơ quan trong tỉnh",
    "Tập huấn cho công chức cấp xã về chữ ký số",
    "Kiểm tra việc niêm yết công khai thủ tục",
    "Đánh giá mức độ hài lòng của người dân, doanh nghiệp",
)
_LEADS = ("Sở Nội vụ", "Sở Tài chính", "Văn phòng UBND tỉnh", "Sở Khoa học và Công nghệ")
_PARTNERS = (
    "Các sở, ban, ngành; UBND cấp huyện",
    "Sở Tư pháp, Sở Tài chính",
    "UBND cấp huyện, cấp xã",
    "",
)
_ENDS = ("Tháng 11/2024", "Quý IV/2024", "30/6/2024")
_PRODUCTS = (
    "Quyết định của UBND tỉnh",
    "<p>- Kế hoạch</p><p>- Báo cáo kết quả thực hiện</p>",
    "Báo cáo",
    "Phần mềm được nghiệm thu",
)
_SUMS = (0, 15, 120, 1250)
ROWS_OF_A_GROUP = 8


def wide_plan() -> str:
    """The plan's text form."""
    rows, total = [], 0
    for area, name in enumerate(_AREAS, 1):
        rows.append(f'<tr><td>{"I" * area}</td><td colspan="8">{name}</td></tr>')
        for number in range(1, ROWS_OF_A_GROUP + 1):
            step = area * ROWS_OF_A_GROUP + number
            money = _SUMS[step % 4]
            total += money
            cells = (
                str(number),
                _TASKS[step % 5],
                _LEADS[step * 3 % 4],
                _PARTNERS[step // 2 % 4],
                "Quý I/2024",
                _ENDS[step % 3],
                _PRODUCTS[step // 3 % 4],
                f"{money:,}".replace(",", "."),
                "",
            )
            rows.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
    sums = ("", "Tổng cộng", *[""] * 5, f"{total:,}".replace(",", "."), "")
    rows.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in sums) + "</tr>")
    return (
        "ỦY BAN NHÂN DÂN\nTỈNH HÀ NAM\nSố: 12/KH-UBND\n\nHà Nam, ngày 05 tháng 01 năm 2024\n\n"
        "KẾ HOẠCH\nCải cách hành chính năm 2024\n\nI. MỤC ĐÍCH\n\n1. Nâng cao chất lượng phục vụ."
        "\n\nPHỤ LỤC\nNHIỆM VỤ NĂM 2024\n(Kèm theo Kế hoạch số 12/KH-UBND ngày 05/01/2024 của UBND "
        "tỉnh Hà Nam)\n\n<table>\n" + _HEAD + "\n".join(rows) + "\n</table>\n"
    )
