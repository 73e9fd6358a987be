"""A plan of our own whose words try to get out of the page, and out of step with its offsets."""

from __future__ import annotations

BREAKS_OUT = "</script><script>window.broken = 1</script>"
BREAKS_IN = '"><img src="x" onerror="window.broken = 1">'

TEXT = (
    "ỦY BAN NHÂN DÂN\nTỈNH LONG AN\n\nSố: 7/KH-UBND\n\n"
    "Long An, ngày 10 tháng 01 năm 2022\n\n"
    "KẾ HOẠCH\n\nThử nghiệm năm 2022\n\nI. MỤC TIÊU\n\n"
    # Letters outside the basic plane: one character here, two in JavaScript.
    "- Chữ cổ 𠀀𠀁 và hình 😀 đứng trước bảng; {{index}} {{script}} & &lt;b&gt;.\n"
    f"- Dòng có {BREAKS_OUT} và {BREAKS_IN}.\n"
    "- Dấu ngắt dòng lạ:\u2028sau nó là câu này.\u2029Và câu này.\n\n"
    "TT\tNhiệm vụ\tSản phẩm\tCơ quan chủ trì\tThời gian\tKinh phí (triệu đồng)\n"
    f"1\tRà soát 😀 hồ sơ lưu trữ {BREAKS_OUT}\tBáo cáo\tSở Nội vụ\tQuý II/2022\t12\n"
    f"2\tTập huấn cán bộ {BREAKS_IN}\tKế hoạch\tSở Tư pháp\tTrước ngày 15/6/2022\t2\n"
)
"""Two tasks in a table of tabs; every field's words stand in a cell of their own."""
