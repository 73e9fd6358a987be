"""Activities with labelled lines instead of a table: what a reader of such a plan would note down.

Each case is a small plan; expected rows read ``place | area | task | lead | partners | schedule``.
"""

from __future__ import annotations

import datetime
import itertools
import os
import random
import unicodedata
from pathlib import Path

import pytest
from plan_checks import assert_counts, assert_lists, tidy

from extract.labelled_words import find_labels, is_frame, may_be_bodies, names_duties
from normalize.records import Plan
from pipeline import extract_file

HEAD = """\
ỦY BAN NHÂN DÂN
TỈNH CÀ MAU

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 45/KH-UBND

Cà Mau, ngày 10 tháng 01 năm 2026

KẾ HOẠCH

Phát triển nghề cá năm 2026

"""
TAIL = """

Nơi nhận:
- Chủ trì: Sở Nội vụ;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Nguyễn Văn Mẫu
"""


def read(body: str, folder: Path, head: str = HEAD, tail: str = TAIL) -> Plan:
    path = folder / "ke-hoach.txt"
    path.write_text(head + body.strip("\n") + tail, encoding="utf-8")
    plan = extract_file(path)
    assert_counts(plan)
    assert_lists(plan)
    assert_spans(plan, path.read_text(encoding="utf-8"))
    return plan


def assert_spans(plan: Plan, text: str) -> None:
    """Every value of a task stands, as printed, where its row points; a task spans its heading."""
    for rows, column in ((plan.assignments, "raw"), (plan.periods, "raw")):
        for row in rows:
            there = tidy(text[row.at.char_start : row.at.char_end])
            assert there == getattr(row, column), there
    for product in plan.deliverables:
        there = tidy(text[product.at.char_start : product.at.char_end])
        assert there.rstrip(".,; ") == product.text
    for task in plan.tasks:
        there = tidy(text[task.at.char_start : task.at.char_end])
        assert task.task in there
        if task.task_no is not None:
            assert there.startswith((task.task_no, "(" + task.task_no)) or task.task_no in there


def table(plan: Plan) -> list[str]:
    return [
        " | ".join(
            (
                task.task_id.rsplit("/", 1)[1],
                task.area or "–",
                task.task,
                "; ".join(task.lead) or "–",
                "; ".join(task.coordinating) or "–",
                task.schedule or "–",
            )
        )
        for task in plan.tasks
    ]


CASES = {
    "a heading and bullets below it": (
        """
II. HOẠT ĐỘNG
1. Tập huấn khuyến ngư cho ngư dân
- Thời gian: Quý II/2026.
- Đơn vị chủ trì: Sở Nông nghiệp và Môi trường.
- Đơn vị phối hợp: Các sở, ngành; UBND các xã, phường.
- Sản phẩm: Báo cáo kết quả tập huấn.
2. Thả giống tái tạo nguồn lợi thủy sản
+ Chủ trì: Chi cục Thủy sản;
+ Phối hợp: Công an tỉnh;
+ Thời hạn hoàn thành: trước ngày 30/6/2026;
+ Địa điểm: cửa biển Rạch Gốc.
""",
        [
            "1 | HOẠT ĐỘNG | Tập huấn khuyến ngư cho ngư dân | Sở Nông nghiệp và Môi trường | "
            "Sở, ban, ngành tỉnh; UBND cấp xã | Quý II/2026",
            "2 | HOẠT ĐỘNG | Thả giống tái tạo nguồn lợi thủy sản | Chi cục Thủy sản | "
            "Công an tỉnh | trước ngày 30/6/2026",
        ],
    ),
    "several labels in one line, behind the clause, in brackets, after dashes": (
        """
1. Rà soát quy định. Cơ quan chủ trì: Sở Y tế; Cơ quan phối hợp: Sở Tài chính; Thời gian: Quý III.
2. Nâng cấp bến cá (Chủ trì: Sở Xây dựng; thời gian: Quý I)
3. Kiểm tra tàu cá
Cơ quan chủ trì: Công an tỉnh; Cơ quan phối hợp: Sở Nội vụ, thời gian: hàng quý.
4. Đóng tàu kiểm ngư - Thời gian: Tháng 1/2026 - Chủ trì: Sở Nội vụ - Phối hợp: Sở Tài chính
5. Bồi dưỡng thuyền viên – Chủ trì: Trường Chính trị tỉnh; Thời gian: tháng 7.
6. Đặt phao tiêu
- Chủ trì – Sở Xây dựng
- Thời gian – tháng 8/2026
""",
        [
            "1 | – | Rà soát quy định | Sở Y tế | Sở Tài chính | Quý III",
            "2 | – | Nâng cấp bến cá | Sở Xây dựng | – | Quý I",
            "3 | – | Kiểm tra tàu cá | Công an tỉnh | Sở Nội vụ | hàng quý",
            "4 | – | Đóng tàu kiểm ngư | Sở Nội vụ | Sở Tài chính | Tháng 1/2026",
            "5 | – | Bồi dưỡng thuyền viên | Trường Chính trị tỉnh | – | tháng 7",
            "6 | – | Đặt phao tiêu | Sở Xây dựng | – | tháng 8/2026",
        ],
    ),
    "values over several lines and bullets": (
        """
1. Xây dựng đề án nghề cá
- Sản phẩm:
+ Đề án phát triển nghề cá;
+ Tờ trình của Ủy ban nhân dân tỉnh.
- Đơn vị chủ trì:
+ Sở Nông nghiệp và Môi trường;
+ Sở Tài chính.
- Đơn vị phối hợp:
- Sở Nội vụ
- Sở Tư pháp
- Tiến độ: từ Quý I/2026
đến Quý III/2026.
2. Mở lớp
Đơn vị chủ trì
Sở Nội vụ
Thời gian
Tháng 5/2026
""",
        [
            "1 | – | Xây dựng đề án nghề cá | Sở Nông nghiệp và Môi trường; Sở Tài chính | "
            "Sở Nội vụ; Sở Tư pháp | từ Quý I/2026 đến Quý III/2026",
            "2 | – | Mở lớp | Sở Nội vụ | – | Tháng 5/2026",
        ],
    ),
    "lettered clauses that are labels": (
        """
II. NỘI DUNG
1. Tổng điều tra tàu cá
a) Nội dung: Thống kê toàn bộ tàu cá.
b) Đơn vị thực hiện: Chi cục Thủy sản.
c) Thời gian thực hiện: Tháng 5/2026.
d) Kết quả: Báo cáo thống kê
2. Truyền thông
a) Nội dung hoạt động
- Phát thanh.
- In pano.
b) Cơ quan chủ trì
Sở Văn hóa, Thể thao và Du lịch
c) Cơ quan phối hợp
- Sở Nội vụ
- UBND các xã
d) Tiến độ
Thường xuyên
3. Vận động
a) Biên soạn sổ tay.
b) In ấn pa nô.
c) Đơn vị chủ trì: Sở Tư pháp.
d) Thời gian: Quý II/2026.
""",
        [
            "1 | NỘI DUNG | Tổng điều tra tàu cá | Chi cục Thủy sản | – | Tháng 5/2026",
            "2 | NỘI DUNG | Truyền thông | Sở Văn hóa, Thể thao và Du lịch | "
            "Sở Nội vụ; UBND cấp xã | Thường xuyên",
            "3 | NỘI DUNG | Vận động | Sở Tư pháp | – | Quý II/2026",
        ],
    ),
    "a heading gives its labels to the clauses below it": (
        """
1. Tuyên truyền pháp luật thủy sản
- Đơn vị chủ trì: Sở Tư pháp.
- Thời gian: Quý II/2026.
a) Biên soạn sổ tay hỏi đáp.
b) Tổ chức hội nghị cho chủ tàu.
c) Phát thanh lưu động. Thời gian: Quý III/2026.
II. TẬP HUẤN (Cơ quan chủ trì: Sở Nội vụ)
1. Lớp thứ nhất. Thời gian: Quý I/2026.
2. Lớp thứ hai. Thời gian: Quý II/2026.
""",
        [
            "a | Tuyên truyền pháp luật thủy sản | Biên soạn sổ tay hỏi đáp | Sở Tư pháp | – | "
            "Quý II/2026",
            "b | Tuyên truyền pháp luật thủy sản | Tổ chức hội nghị cho chủ tàu | Sở Tư pháp | – | "
            "Quý II/2026",
            "c | Tuyên truyền pháp luật thủy sản | Phát thanh lưu động | Sở Tư pháp | – | "
            "Quý III/2026",
            "1 | TẬP HUẤN | Lớp thứ nhất | Sở Nội vụ | – | Quý I/2026",
            "2 | TẬP HUẤN | Lớp thứ hai | Sở Nội vụ | – | Quý II/2026",
        ],
    ),
    "labels of a sibling are given to nobody": (
        """
II. NỘI DUNG
1. Hội nghị triển khai
- Đơn vị chủ trì: Sở Nội vụ.
2. Thời gian: cả năm 2026.
3. Kinh phí thực hiện: 5 tỷ đồng.
4. Khảo sát
- Thời gian: Quý I/2026.
""",
        ["1 | NỘI DUNG | Hội nghị triển khai | Sở Nội vụ | – | –"],
    ),
    "bullets above deeper bullets, numbers in brackets": (
        """
2. Các hoạt động hưởng ứng
- Tổ chức lễ mít tinh
+ Thời gian: ngày 01/4/2026.
+ Chủ trì: Văn phòng UBND tỉnh.
- Tổ chức diễu hành tàu cá:
+ Thời gian: ngày 02/4/2026.
+ Chủ trì: Hội Nông dân tỉnh.
3. Hội thi
* Thi đan lưới
- Thời gian: tháng 5/2026
- Đơn vị chủ trì: Hội Nông dân tỉnh
4. Số hóa
(1) Số hóa hồ sơ tàu cá
- Chủ trì: Chi cục Thủy sản
- Thời gian: Quý I/2026
(2) Gắn thiết bị giám sát
- Chủ trì: Sở Nội vụ
- Thời gian: Quý II/2026
""",
        [
            "r1 | Các hoạt động hưởng ứng | Tổ chức lễ mít tinh | Văn phòng UBND tỉnh | – | "
            "ngày 01/4/2026",
            "r2 | Các hoạt động hưởng ứng | Tổ chức diễu hành tàu cá | Hội Nông dân tỉnh | – | "
            "ngày 02/4/2026",
            "r3 | Hội thi | Thi đan lưới | Hội Nông dân tỉnh | – | tháng 5/2026",
            "1 | Số hóa | Số hóa hồ sơ tàu cá | Chi cục Thủy sản | – | Quý I/2026",
            "2 | Số hóa | Gắn thiết bị giám sát | Sở Nội vụ | – | Quý II/2026",
        ],
    ),
    "plain title lines, and the words of an activity": (
        """
III. CÁC HOẠT ĐỘNG
Lễ khai mạc
Thời gian: 8 giờ 00, ngày 20/3/2026
Đơn vị chủ trì: Văn phòng UBND tỉnh
Hội chợ thủy sản
Thời gian: từ ngày 20/3 đến ngày 25/3/2026
Đơn vị chủ trì: Sở Công Thương
IV. KẾ HOẠCH THỰC HIỆN
- Nội dung: Thả giống tôm sú.
- Thời gian: tháng 4/2026.
- Đơn vị chủ trì: Chi cục Thủy sản.
- Nội dung: Dọn rác bãi biển.
- Thời gian: tháng 6/2026.
- Đơn vị chủ trì: Tỉnh đoàn.
""",
        [
            "r1 | CÁC HOẠT ĐỘNG | Lễ khai mạc | Văn phòng UBND tỉnh | – | 8 giờ 00, ngày 20/3/2026",
            "r2 | CÁC HOẠT ĐỘNG | Hội chợ thủy sản | Sở Công Thương | – | "
            "từ ngày 20/3 đến ngày 25/3/2026",
            "r3 | KẾ HOẠCH THỰC HIỆN | Thả giống tôm sú | Chi cục Thủy sản | – | tháng 4/2026",
            "r4 | KẾ HOẠCH THỰC HIỆN | Dọn rác bãi biển | Tỉnh đoàn | – | tháng 6/2026",
        ],
    ),
    "numbered words of an activity": (
        """
Hoạt động 1: Khảo sát vùng nuôi
- Thời gian: tháng 2/2026
- Chủ trì: Chi cục Thủy sản
Nhiệm vụ 2. Công bố bản đồ vùng nuôi
- Thời gian: tháng 9/2026
- Chủ trì: Sở Khoa học và Công nghệ
""",
        [
            "1 | – | Khảo sát vùng nuôi | Chi cục Thủy sản | – | tháng 2/2026",
            "2 | – | Công bố bản đồ vùng nuôi | Sở Khoa học và Công nghệ | – | tháng 9/2026",
        ],
    ),
    "clauses that open with the word for the activity": (
        """
1. Xây dựng văn bản quy phạm pháp luật
a) Nhiệm vụ: Xây dựng Quy chế về cảng cá.
- Cơ quan chủ trì: Sở Tư pháp.
- Thời gian trình: Tháng 10/2026.
b) Nhiệm vụ: Xây dựng Quy chế về tàu cá.
- Cơ quan chủ trì: Sở Nội vụ.
- Thời gian trình: Tháng 12/2026.
""",
        [
            "a | Xây dựng văn bản quy phạm pháp luật | Xây dựng Quy chế về cảng cá | Sở Tư pháp | "
            "– | Tháng 10/2026",
            "b | Xây dựng văn bản quy phạm pháp luật | Xây dựng Quy chế về tàu cá | Sở Nội vụ | "
            "– | Tháng 12/2026",
        ],
    ),
    "bullets with their labels in brackets": (
        """
1. Nhiệm vụ thường xuyên của ngành
- Xây dựng quy chế phối hợp (Chủ trì: Sở Nội vụ; phối hợp: Sở Tư pháp; thời gian: Quý I).
- Cấp phép khai thác (Cơ quan thực hiện: Chi cục Thủy sản).
- Các nội dung khác theo quy định.
""",
        [
            "r1 | Nhiệm vụ thường xuyên của ngành | Xây dựng quy chế phối hợp | Sở Nội vụ | "
            "Sở Tư pháp | Quý I",
            "r2 | Nhiệm vụ thường xuyên của ngành | Cấp phép khai thác | Chi cục Thủy sản | – | –",
        ],
    ),
    "details of an activity are no activities": (
        """
1. Ngày hội nghề cá
Ngày hội được tổ chức hằng năm.
- Nội dung:
+ Phần lễ: chào cờ, diễn văn.
+ Phần hội: đua thuyền (đơn vị thực hiện: Hội Nông dân tỉnh).
- Thời gian: ngày 01/4/2026.
- Đơn vị chủ trì: Sở Nội vụ.
Ban tổ chức do Chủ tịch UBND tỉnh thành lập.
- Kinh phí: 15 triệu đồng
2. Tuyên truyền, phổ biến
Tổ chức tuyên truyền bằng nhiều hình thức. Đa dạng hóa nội dung.
- Phát tờ rơi.
- Phát thanh.
Đơn vị chủ trì: Sở Tư pháp
Thời gian: Thường xuyên.
""",
        [
            "1 | – | Ngày hội nghề cá | Sở Nội vụ | – | ngày 01/4/2026",
            "2 | – | Tuyên truyền, phổ biến | Sở Tư pháp | – | Thường xuyên",
        ],
    ),
    "who leads beside who carries out": (
        """
1. Trưng bày hiện vật
- Đơn vị thực hiện: Chi cục Thủy sản.
- Đơn vị chủ trì: Sở Văn hóa, Thể thao và Du lịch.
- Đơn vị phối hợp: Sở Nội vụ.
2. Trồng rừng ngập mặn
- Đơn vị thực hiện: Chi cục Thủy sản.
- Đơn vị chủ trì: Sở Nội vụ.
3. Tuần tra
- Cơ quan chủ trì, phối hợp: Công an tỉnh chủ trì, phối hợp với Sở Nội vụ.
- Thời gian: thường xuyên.
4. Hỗ trợ ngư dân
- Phân công thực hiện: Sở Tài chính chủ trì, phối hợp với Sở Nội vụ.
- Thời gian: tháng 7/2026.
5. Rà soát thủ tục
- Giao Sở Nội vụ chủ trì, phối hợp với Sở Tư pháp.
- Thời gian: Quý II/2026.
""",
        [
            "1 | – | Trưng bày hiện vật | Sở Văn hóa, Thể thao và Du lịch | Sở Nội vụ | –",
            "2 | – | Trồng rừng ngập mặn | Sở Nội vụ | Chi cục Thủy sản | –",
            "3 | – | Tuần tra | Công an tỉnh | Sở Nội vụ | thường xuyên",
            "4 | – | Hỗ trợ ngư dân | Sở Tài chính | Sở Nội vụ | tháng 7/2026",
            "5 | – | Rà soát thủ tục | Sở Nội vụ | Sở Tư pháp | Quý II/2026",
        ],
    ),
    "a sentence behind the label keeps its bodies only": (
        """
1. Giải tỏa hành lang luồng lạch
a) Đơn vị thực hiện:
- Sở Xây dựng chủ trì, chỉ đạo các đơn vị quản lý luồng lạch rà soát, lập biên bản, vận động
người dân tự tháo dỡ công trình vi phạm trên toàn tuyến.
b) Thời gian thực hiện: Quý II/2026.
""",
        ["1 | – | Giải tỏa hành lang luồng lạch | Sở Xây dựng | – | Quý II/2026"],
    ),
    "the nearest heading is the area": (
        """
II. NỘI DUNG THỰC HIỆN
1. Nâng cao năng lực
1.1. Đào tạo cán bộ
Chủ trì: Sở Nội vụ. Thời gian hoàn thành: 30/9/2026.
2. Sơ kết, tổng kết
- Đơn vị chủ trì: Văn phòng UBND tỉnh
III. HỘI THI TÌM HIỂU PHÁP LUẬT
1. Thời gian: tháng 10/2026
2. Địa điểm: Trung tâm hội nghị tỉnh
3. Đơn vị chủ trì: Sở Tư pháp
""",
        [
            "1.1 | Nâng cao năng lực | Đào tạo cán bộ | Sở Nội vụ | – | 30/9/2026",
            "2 | NỘI DUNG THỰC HIỆN | Sơ kết, tổng kết | Văn phòng UBND tỉnh | – | –",
            "III | – | HỘI THI TÌM HIỂU PHÁP LUẬT | Sở Tư pháp | – | tháng 10/2026",
        ],
    ),
    "a number that others have too takes the numbers above it": (
        """
1. Khai thác
a) Cấp phép tàu cá
- Chủ trì: Chi cục Thủy sản. Thời gian: Quý I.
b) Đăng kiểm tàu cá
- Chủ trì: Sở Xây dựng. Thời gian: Quý II.
2. Nuôi trồng
a) Cấp mã số vùng nuôi
- Chủ trì: Chi cục Thủy sản. Thời gian: Quý III.
""",
        [
            "1.a | Khai thác | Cấp phép tàu cá | Chi cục Thủy sản | – | Quý I",
            "b | Khai thác | Đăng kiểm tàu cá | Sở Xây dựng | – | Quý II",
            "2.a | Nuôi trồng | Cấp mã số vùng nuôi | Chi cục Thủy sản | – | Quý III",
        ],
    ),
    "a lead that no label names, beside a label": (
        """
1. Khảo sát
- Sở Nội vụ chủ trì; phối hợp: Sở Tài chính; thời gian: Quý I.
2. Tổ chức triển lãm (Sở Y tế chủ trì; phối hợp: Sở Tư pháp)
3. Tập huấn - Sở Y tế, Sở Tư pháp chủ trì. Thời gian: Quý II
""",
        [
            "1 | – | Khảo sát | Sở Nội vụ | Sở Tài chính | Quý I",
            "2 | – | Tổ chức triển lãm | Sở Y tế | Sở Tư pháp | –",
            "3 | – | Tập huấn | Sở Y tế; Sở Tư pháp | – | Quý II",
        ],
    ),
    "words of a commune": (
        """
II. NHIỆM VỤ TRỌNG TÂM
1. Vệ sinh môi trường
- Chịu trách nhiệm: Công an xã
- Lực lượng: 50 người
- Hoàn thành: trước 31/10/2026
2. HỌP DÂN:
ĐẦU MỐI: VĂN PHÒNG UBND TỈNH. THỜI GIAN: THÁNG 4
""",
        [
            "1 | NHIỆM VỤ TRỌNG TÂM | Vệ sinh môi trường | Công an xã | – | trước 31/10/2026",
            "2 | NHIỆM VỤ TRỌNG TÂM | HỌP DÂN | Văn phòng UBND tỉnh | – | THÁNG 4",
        ],
    ),
    "markup of a page": (
        """
<p><b>1. Khảo sát bến cá</b></p><p>- <b>Cơ quan chủ trì:</b> <i>Sở Xây dựng</i>.</p>
<p>- Thời gian: Quý I/2026.</p>
<p>2. Nâng cấp</p><ul><li>Chủ trì: Sở Tài chính;</li><li>Thời gian: Quý II/2026.</li></ul>
""",
        [
            "1 | – | Khảo sát bến cá | Sở Xây dựng | – | Quý I/2026",
            "2 | – | Nâng cấp | Sở Tài chính | – | Quý II/2026",
        ],
    ),
    "emphasis of Markdown": (
        """
**1. Khảo sát nhu cầu**
- **Đơn vị chủ trì**: Sở Nội vụ
- **Thời gian:** Quý I/2026
""",
        ["1 | – | Khảo sát nhu cầu | Sở Nội vụ | – | Quý I/2026"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_activities(name: str, tmp_path: Path) -> None:
    body, expected = CASES[name]
    plan = read(body, tmp_path)
    assert table(plan) == expected
    assert {task.form for task in plan.tasks} == {"labelled"}


PROSE = {
    "headings that order the plan": """
II. CƠ QUAN CHỈ ĐẠO VÀ TỔ CHỨC THỰC HIỆN
1. Cơ quan chỉ đạo: UBND tỉnh.
2. Đơn vị chủ trì: Sở Công Thương.
3. Đơn vị phối hợp: các sở, ngành.
III. THỜI GIAN, ĐỊA ĐIỂM
- Thời gian: tháng 3/2026.
- Đơn vị thực hiện: Sở Công Thương.
IV. KINH PHÍ: Từ ngân sách tỉnh.
""",
    "time and place without a body": """
III. HỘI CHỢ
1. Hội chợ ngư cụ
- Thời gian: tháng 3/2026.
- Địa điểm: thành phố Cà Mau.
""",
    "sentences that assign": """
V. TỔ CHỨC THỰC HIỆN
1. Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính theo dõi việc thực hiện.
2. Giao Sở Tài chính chủ trì, bố trí kinh phí. Thời gian: trước ngày 30/3/2026.
3. Sở Xây dựng chủ trì nâng cấp bến cá; thời gian: Quý II/2026.
4. Các sở, ngành: phối hợp thực hiện.
""",
    "headings that name who has duties": """
1. Sở Tài chính
- Chủ trì: tham mưu bố trí kinh phí trước ngày 01/3/2026.
- Phối hợp: thẩm định dự toán.
2. Đề nghị Hội Nông dân tỉnh
a) Cơ quan phối hợp: Sở Nội vụ.
b) Thời gian: trước ngày 15/3/2026.
""",
    "labels below a sentence of a heading that orders the plan": """
IV. TỔ CHỨC THỰC HIỆN
Trong quá trình thực hiện, mọi vướng mắc được gửi về nơi chủ trì.
- Đơn vị chủ trì: Sở Nội vụ.
- Đơn vị phối hợp: Sở Tài chính.
V. PHÂN CÔNG
- Sở Y tế:
+ Chủ trì: Chi cục An toàn thực phẩm.
+ Thời gian: Quý I/2026.
- Công an tỉnh (phối hợp: Sở Nội vụ).
""",
    "verbs behind the label": """
1. Công tác thi đua
- Chủ trì: tham mưu khen thưởng; phối hợp: tổ chức hội nghị.
- Thời gian: Quý IV/2026.
""",
    "label words inside a sentence": """
1. Công tác kiểm tra
UBND tỉnh kiểm tra theo hai nội dung: thời gian: không quá 5 ngày; thành phần: do Sở quyết định.
2. Đơn vị thực hiện phải báo cáo. Thời gian tới các sở tiếp tục phối hợp: kiểm tra, giám sát.
""",
}


@pytest.mark.parametrize("name", PROSE)
def test_prose_is_no_task(name: str, tmp_path: Path) -> None:
    plan = read(PROSE[name], tmp_path)
    assert plan.tasks == []
    assert [found.code for found in plan.findings] == ["document.no_tasks"]


LABELS = {
    "Thời gian: Quý II": "schedule",
    "Đơn vị chủ trì: Sở Nội vụ": "lead",
    "Cơ quan phối hợp: Sở Tài chính": "coordinating",
    "Kinh phí: 20 triệu đồng": "budget",
}


def test_labels_in_any_order_and_dress(tmp_path: Path) -> None:
    """The same four labels in every order, with several bullets, colons and ends."""
    dresses = itertools.cycle(
        [
            ("- ", ": ", "."),
            ("+ ", " : ", ";"),
            ("", ": ", ""),
            ("• ", ":", ";"),
            ("– ", " – ", "."),
        ]
    )
    orders = list(itertools.permutations(LABELS))
    random.Random(3).shuffle(orders)
    lines = ["II. HOẠT ĐỘNG"]
    for number, order in enumerate(orders, 1):
        bullet, colon, end = next(dresses)
        lines.append(f"{number}. Thực hiện việc thứ {number}")
        lines += [bullet + line.replace(": ", colon) + end for line in order]
    plan = read("\n".join(lines), tmp_path)
    assert [task.task_no for task in plan.tasks] == [str(n) for n in range(1, len(orders) + 1)]
    for task in plan.tasks:
        assert (task.lead_ids, task.coordinating_ids) == (["so-noi-vu"], ["so-tai-chinh"])
        assert (task.schedule, task.due_on) == ("Quý II", datetime.date(2026, 6, 30))
        assert (task.budget, task.budget_vnd) == ("20 triệu đồng", 20_000_000)


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("- Cơ quan chủ trì: Sở Nội vụ", "lead"),
        ("Chủ trì thực hiện : Sở Nội vụ", "lead"),
        ("+ Cơ quan, đơn vị chủ trì: Sở Nội vụ", "lead"),
        ("Sở, ngành chủ trì thực hiện: Sở Nội vụ", "lead"),
        ("* Giao chủ trì: Sở Nội vụ", "lead"),
        ("Đơn vị thực hiện: Sở Nội vụ", "lead"),
        ("Đơn vị tổ chức: Sở Nội vụ", "lead"),
        ("Đơn vị chủ trì tham mưu: Sở Nội vụ", "lead"),
        ("Cơ quan phối hợp thực hiện: Sở Nội vụ", "coordinating"),
        ("Phối hợp: Sở Nội vụ", "coordinating"),
        ("Các đơn vị phối hợp tổ chức: Sở Nội vụ", "coordinating"),
        ("Cơ quan chủ trì, phối hợp: Sở Nội vụ", "lead_and_coordinating"),
        ("Thời hạn hoàn thành: Quý I", "schedule"),
        ("Thời gian (dự kiến): Quý I", "schedule"),
        ("- Thời gian và địa điểm tổ chức: Quý I", "schedule"),
        ("Tiến độ thực hiện: Quý I", "schedule"),
        ("Kết quả đầu ra: Báo cáo", "deliverables"),
        ("Kết quả/sản phẩm dự kiến: Báo cáo", "deliverables"),
        ("Dự kiến sản phẩm: Báo cáo", "deliverables"),
        ("Kinh phí thực hiện: 5 tỷ đồng", "budget"),
        ("Dự toán kinh phí năm 2026: 5 tỷ đồng", "budget"),
        ("Nguồn kinh phí: ngân sách tỉnh", "funding_source"),
        ("Địa điểm: thành phố Cà Mau", "other"),
        ("Nội dung hoạt động: khảo sát", "task"),
    ],
)
def test_words_of_labels(line: str, role: str) -> None:
    (label,) = find_labels(line)
    assert label.role == role
    assert line[label.behind :] == line.split(":", 1)[1].strip()


@pytest.mark.parametrize(
    "line",
    [
        "- Các cơ quan, đơn vị: chủ động thực hiện",
        "- Đối với các sở, ngành, đơn vị cấp tỉnh: Chủ động cân đối",
        "các Vụ: Pháp chế, Tài chính",
        "họp lúc 8:30 tại trụ sở",
        "Tổ chức thực hiện",
        "Thời gian tới, các đơn vị tiếp tục kiểm tra",
        "Đường dẫn: https://camau.gov.vn",
        "Kết quả bước đầu rất tốt: 5 xã đạt chuẩn",
    ],
)
def test_words_that_are_no_label(line: str) -> None:
    assert find_labels(line) == ()


def test_headings_that_name_no_activity() -> None:
    for title in ("NỘI DUNG VÀ TIẾN ĐỘ THỰC HIỆN", "Các hoạt động chính", "Kinh phí thực hiện"):
        assert is_frame(title)
    for title in ("Xây dựng kế hoạch", "Tổng kết", "Kiểm tra, giám sát", "Chương trình nghệ thuật"):
        assert not is_frame(title)
    for title in ("Sở Nội vụ", "Đề nghị Ủy ban MTTQ", "UBND các xã, phường", "Các cơ quan báo chí"):
        assert names_duties(title)
    for title in ("Giao lưu văn nghệ", "Hội thi nấu ăn", "Xây dựng phần mềm", "Ban hành quy chế"):
        assert not names_duties(title)


@pytest.mark.parametrize(
    ("words", "bodies"),
    [
        ("Sở Nội vụ", True),
        ("các sở, ngành", True),
        ("với Công an tỉnh", True),
        ("Tham mưu UBND tỉnh", False),
        ("tổ chức hội nghị", False),
        ("Hội nghị trực tuyến", False),
    ],
)
def test_words_that_may_name_bodies(words: str, bodies: bool) -> None:
    assert may_be_bodies(words, False) is bodies


def test_money(tmp_path: Path) -> None:
    plan = read(
        """
1. Mua phao
- Chủ trì: Chi cục Thủy sản
- Kinh phí (triệu đồng): 1.250
- Nguồn kinh phí: ngân sách tỉnh
2. Sửa phao
- Chủ trì: Chi cục Thủy sản
- Kinh phí: Ngân sách tỉnh và các nguồn hợp pháp khác.
3. Kiểm phao
- Chủ trì: Chi cục Thủy sản
4. Sơn phao
- Chủ trì: Chi cục Thủy sản
- Kinh phí thực hiện:
""",
        tmp_path,
    )
    assert [(t.budget, t.budget_vnd, t.budget_status, t.funding_source) for t in plan.tasks] == [
        ("1.250", 1_250_000_000, "amount", "ngân sách tỉnh"),
        (
            "Ngân sách tỉnh và các nguồn hợp pháp khác",
            None,
            "state_budget",
            "Ngân sách tỉnh và các nguồn hợp pháp khác",
        ),
        (None, None, "no_column", None),
        (None, None, "unstated", None),
    ]


def test_products_pair_off_with_dates(tmp_path: Path) -> None:
    plan = read(
        """
1. Xây dựng đề án
- Đơn vị chủ trì: Sở Nội vụ
- Sản phẩm:
+ Kế hoạch triển khai;
+ Báo cáo tổng kết.
- Thời gian:
+ Tháng 3/2026;
+ Tháng 11/2026.
""",
        tmp_path,
    )
    assert [(one.text, one.type_codes, one.due_on) for one in plan.deliverables] == [
        ("Kế hoạch triển khai", ["KH"], datetime.date(2026, 3, 31)),
        ("Báo cáo tổng kết", ["BC"], datetime.date(2026, 11, 30)),
    ]


def test_sections_targets_and_citations_stay_prose(tmp_path: Path) -> None:
    plan = read(
        """
1. Đào tạo thuyền trưởng
Phấn đấu 90% thuyền trưởng có chứng chỉ theo Quyết định số 12/2025/QĐ-UBND ngày 05/5/2025.
- Đơn vị chủ trì: Trường Chính trị tỉnh.
- Sản phẩm: 100% học viên được cấp chứng chỉ theo Nghị định số 26/2019/NĐ-CP.
- Kinh phí: trích 35% nguồn thu sự nghiệp.
""",
        tmp_path,
    )
    (section,) = plan.sections
    assert section.title == "Đào tạo thuyền trưởng"
    assert section.text is not None
    assert section.text.count("\n") == 3
    assert [(one.value, one.section_id) for one in plan.targets] == [(90.0, section.section_id)]
    assert [(one.symbol, one.section_id, one.task_id) for one in plan.citations] == [
        ("12/2025/QĐ-UBND", section.section_id, None),
        ("26/2019/NĐ-CP", section.section_id, None),
    ]


def test_a_table_beside_labelled_activities(tmp_path: Path) -> None:
    plan = read(
        """
II. NHIỆM VỤ
1. Khảo sát bến cá
- Đơn vị chủ trì: Sở Xây dựng.
- Thời gian: Quý I/2026.
III. BẢNG PHÂN CÔNG
STT\tNhiệm vụ\tĐơn vị chủ trì\tThời gian
1\tXây dựng đề cương\tSở Nội vụ\tQuý II/2026
2\tTổng hợp báo cáo\tSở Tài chính\tQuý IV/2026
IV. SAU HỘI NGHỊ
3. Công bố
- Đơn vị chủ trì: Sở Nội vụ.
""",
        tmp_path,
    )
    assert [(t.task_id.rsplit("/", 1)[1], t.form, t.task, t.order) for t in plan.tasks] == [
        ("II.1", "labelled", "Khảo sát bến cá", 1),
        ("1", "row", "Xây dựng đề cương", 2),
        ("2", "row", "Tổng hợp báo cáo", 3),
        ("3", "labelled", "Công bố", 4),
    ]


def test_labels_below_the_last_clause_are_told(tmp_path: Path) -> None:
    plan = read(
        """
1. Tuyên truyền pháp luật thủy sản
a) Biên soạn sổ tay hỏi đáp;
b) Tổ chức hội nghị cho chủ tàu.
- Đơn vị chủ trì: Sở Tư pháp.
- Thời gian: Quý II/2026.
""",
        tmp_path,
    )
    (task,) = plan.tasks
    assert (task.task_no, task.task) == ("b", "Tổ chức hội nghị cho chủ tàu")
    assert task.finding_codes == ["labels.group_unclear"]
    (found,) = plan.findings
    assert (found.row_id, found.severity) == (task.task_id, "warning")


def test_an_activity_without_a_body_is_told(tmp_path: Path) -> None:
    plan = read(
        """
1. Xây dựng trang tin nghề cá
- Thời gian: Quý II/2026.
- Sản phẩm: Trang tin điện tử.
2. Họp mặt
- Đơn vị chủ trì: Sở Nội vụ.
""",
        tmp_path,
    )
    assert [task.task for task in plan.tasks] == ["Họp mặt"]
    assert [(found.code, found.raw) for found in plan.findings] == [
        ("labels.without_body", "Xây dựng trang tin nghề cá")
    ]


def test_activities_that_cannot_be_parted_are_told(tmp_path: Path) -> None:
    plan = read(
        "1. Khảo sát bến cá. Cơ quan chủ trì: Sở Xây dựng. Thời gian: Quý I. Nâng cấp bến cá. "
        "Cơ quan chủ trì: Sở Tài chính. Thời gian: Quý II.",
        tmp_path,
    )
    assert plan.tasks == []
    assert [found.code for found in plan.findings] == ["document.no_tasks", "labels.unread"]


POURED = (
    "BỘ Y TẾ ------- CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc ------- "
    "Số: 77/KH-BYT Hà Nội, ngày 12 tháng 3 năm 2024 KẾ HOẠCH PHÒNG CHỐNG BỆNH MÙA HÈ NĂM 2024 "
    "I. MỤC ĐÍCH Giảm số ca mắc. II. NHIỆM VỤ CỤ THỂ 1. Tổ chức giám sát dịch tễ thường xuyên "
    "tại các cửa khẩu - Cơ quan chủ trì: Cục Y tế dự phòng. - Cơ quan phối hợp : Vụ Pháp chế. "
    "- Thời gian thực hiện : Quý II năm 2024. 2. Truyền thông a) Phát hành thông điệp. - Chủ trì "
    "thực hiện: Văn phòng Bộ - Đơn vị phối hợp: Thanh tra Bộ. b) Họp báo. - Chủ trì thực hiện: "
    "Vụ Pháp chế. - Thời gian thực hiện: Tháng 5/2024. 3. Kiểm tra a) Sản phẩm: Báo cáo kiểm tra. "
    "b) Cơ quan thực hiện: Thanh tra Bộ. c) Thời gian: trước ngày 30/9/2024. III. TỔ CHỨC THỰC "
    "HIỆN Các đơn vị nghiêm túc thực hiện. Nơi nhận: - Lưu: VT. BỘ TRƯỞNG Nguyễn Văn Mẫu\n"
)


@pytest.mark.parametrize("width", [0, 60, 100])
def test_a_poured_text(width: int, tmp_path: Path) -> None:
    """Without line ends, and wrapped at a width of its own."""
    text = POURED
    if width:
        words = POURED.split(" ")
        lines = [""]
        for word in words:
            if len(lines[-1]) + len(word) > width:
                lines.append("")
            lines[-1] = f"{lines[-1]} {word}".strip()
        text = "\n".join(lines)
    plan = read(text, tmp_path, head="", tail="")
    assert table(plan) == [
        "1 | NHIỆM VỤ CỤ THỂ | Tổ chức giám sát dịch tễ thường xuyên tại các cửa khẩu | "
        "Cục Y tế dự phòng | Vụ Pháp chế | Quý II năm 2024",
        "a | Truyền thông | Phát hành thông điệp | Văn phòng Bộ | Thanh tra Bộ | –",
        "b | Truyền thông | Họp báo | Vụ Pháp chế | – | Tháng 5/2024",
        "3 | NHIỆM VỤ CỤ THỂ | Kiểm tra | Thanh tra Bộ | – | trước ngày 30/9/2024",
    ]
    assert [one.due_on for one in plan.deliverables] == [datetime.date(2024, 9, 29)]


def test_wrapped_lines(tmp_path: Path) -> None:
    plan = read(
        """
II. NHIỆM VỤ CỤ THỂ
     1. Điều tra, đánh giá nguồn lợi thủy sản vùng ven bờ và vùng lộng của tỉnh,
xây dựng bản đồ phân bố các loài có giá trị kinh tế cao để phục vụ việc cấp phép
khai thác và bảo vệ nguồn lợi thủy sản trên địa bàn.
     - Đơn vị chủ trì: Sở Nông nghiệp và Môi trường.
     - Đơn vị phối hợp: Bộ Chỉ huy Bộ đội Biên phòng tỉnh, Công an tỉnh, các sở,
ngành có liên quan và Ủy ban nhân dân các xã, phường ven biển.
     - Hình thức thực hiện: Khảo sát thực địa tại các xã ven biển, phỏng vấn ngư
dân và thu thập số liệu của các trạm kiểm ngư trên toàn tuyến biển của cả tỉnh.
Kinh phí: Ngân sách tỉnh.
     - Thời gian: từ ngày 01/3/2026
đến ngày 30/9/2026.
""",
        tmp_path,
    )
    (task,) = plan.tasks
    assert task.task.endswith("trên địa bàn")
    assert task.lead_ids == ["so-nong-nghiep-va-moi-truong"]
    assert task.coordinating_ids == [
        "bo-chi-huy-bo-doi-bien-phong-tinh",
        "cong-an-tinh",
        "so-ban-nganh-tinh",
        "ubnd-cap-xa",
    ]
    assert (task.start_on, task.due_on) == (
        datetime.date(2026, 3, 1),
        datetime.date(2026, 9, 30),
    )
    assert task.budget == "Ngân sách tỉnh"


def test_other_spellings_of_the_file(tmp_path: Path) -> None:
    """NFD and CRLF give the same tasks."""
    body, expected = CASES["values over several lines and bullets"]
    text = unicodedata.normalize("NFD", HEAD + body.strip() + TAIL).replace("\n", "\r\n")
    path = tmp_path / "nfd.txt"
    path.write_bytes(text.encode())
    plan = extract_file(path)
    assert table(plan) == expected
    assert_spans(plan, text)


def test_a_list_without_bullets_ends_before_the_next_heading(tmp_path: Path) -> None:
    plan = read(
        """
II. HOẠT ĐỘNG
Hội thi tay nghề
Đơn vị chủ trì: Sở Nội vụ
Sản phẩm:
Báo cáo hội thi
Biên bản hội thi
Hội thao
Đơn vị chủ trì: Sở Y tế
""",
        tmp_path,
    )
    assert [(task.task, task.deliverables) for task in plan.tasks] == [
        ("Hội thi tay nghề", ["Báo cáo hội thi", "Biên bản hội thi"]),
        ("Hội thao", []),
    ]


# --- real plans -------------------------------------------------------------------------------


def real(name: str) -> Plan:
    """One of the real plans beside the project; skips the test where it is missing."""
    named = os.environ.get("PLAN_SEEDS")
    seeds = Path(named) if named else Path(__file__).parents[3] / "shared" / "seeds"
    path = seeds.parent / "plans" / name
    if not path.is_file():
        pytest.skip(f"the real plan {name} is not in {path.parent} (PLAN_SEEDS names its sibling)")
    return extract_file(path)


def test_the_festival_plan() -> None:
    """Ten activities, each on its day; what orders the plan is none of them."""
    plan = real("hanoi_KH173_2026_festival.txt")
    day = datetime.date
    expected = [
        ("2.1", day(2026, 9, 11), day(2026, 9, 11), 5),
        ("2.2", day(2026, 9, 12), day(2026, 9, 12), 2),
        ("2.3", day(2026, 9, 13), day(2026, 9, 13), 2),
        ("2.4", day(2026, 9, 18), day(2026, 9, 18), 2),
        ("2.5", day(2026, 9, 19), day(2026, 9, 19), 3),
        ("2.6", day(2026, 9, 20), day(2026, 9, 20), 4),
        ("3.1", day(2026, 9, 11), day(2026, 9, 20), None),
        ("3.2", day(2026, 9, 11), day(2026, 12, 31), None),
        ("3.3", day(2026, 10, 10), day(2026, 10, 10), 1),
        ("4", day(2026, 4, 1), None, 6),
    ]
    assert [(t.task_no, t.start_on, t.due_on) for t in plan.tasks] == [
        (number, start, due) for number, start, due, _ in expected
    ]
    for task, (number, _, _, partners) in zip(plan.tasks, expected, strict=True):
        assert task.task_id.endswith(f"/{number}")
        assert len(task.lead) == 1
        assert (task.lead_ids == ["so-van-hoa-va-the-thao"]) is (number != "3.3")
        assert partners is None or len(task.coordinating) == partners
        assert task.budget is not None
    areas = ["Các hoạt động chính"] * 6 + ["Các hoạt động phụ trợ"] * 3
    assert [task.area for task in plan.tasks] == [*areas, "CHỦ ĐỀ, NỘI DUNG CÁC HOẠT ĐỘNG"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "103_QĐ_BGTVT.txt",
            [
                ("2.1", ["don-vi-thuoc-bo", "van-phong-bo", "thanh-tra-bo"], "2025-02-27"),
                ("2.2", ["don-vi-thuoc-bo"], "2025-12-31"),
            ],
        ),
        (
            "1044_QĐ_TTg.txt",
            [
                ("a", ["bo-giao-thong-van-tai"], "None"),
                ("b", ["bo-giao-thong-van-tai", "ubnd-cap-tinh"], "None"),
            ],
        ),
        (
            "1687_QĐ_BXD.txt",
            [
                ("1", ["vu-ke-hoach-tai-chinh"], "None"),
                ("2", ["cuc-phat-trien-do-thi"], None),
                ("3", ["cuc-duong-bo-viet-nam"], None),
                ("4", ["cuc-duong-bo-viet-nam"], None),
                ("5", None, "None"),
            ],
        ),
        (
            "2514_KH_UBND.txt",
            [
                ("1", ["so-giao-thong-van-tai"], "None"),
                ("a", ["so-ban-nganh-tinh", "ubnd-cap-huyen", "co-quan-lien-quan"], "None"),
                (
                    "b",
                    ["dai-phat-thanh-va-truyen-hinh-tinh", "bao-tinh", "co-quan-bao-chi"],
                    "None",
                ),
            ],
        ),
        (
            "28_KH_UBND.txt",
            [
                ("1", ["cong-an-tinh", "so-giao-thong-van-tai", "so-tu-phap"], "None"),
                ("a", ["ban-an-toan-giao-thong-tinh", "so-thong-tin-va-truyen-thong"], "None"),
                (
                    "b",
                    [
                        "ban-an-toan-giao-thong-tinh",
                        "so-van-hoa-the-thao-va-du-lich",
                        "so-thong-tin-va-truyen-thong",
                    ],
                    "None",
                ),
            ],
        ),
        (
            "3626_QĐ_UBND.txt",
            [
                ("1", ["so-giao-thong-van-tai"], "None"),
                ("2", ["so-giao-thong-van-tai"], "None"),
                ("3", ["so-tu-phap"], "2024-12-31"),
            ],
        ),
        (
            "84_KH_UBND.txt",
            [
                ("1", ["ubnd-cap-huyen", "ubnd-thanh-pho-nam-dinh"], "2022-12-31"),
                ("2", None, "None"),
            ],
        ),
    ],
)
def test_poured_plans(name: str, expected: list[tuple[str, list[str] | None, str | None]]) -> None:
    """Number, leads and last day of every task that stands in the file before it breaks off."""
    plan = real(f"cut/{name}")
    assert [task.task_no for task in plan.tasks] == [number for number, _, _ in expected]
    for task, (_, leads, due) in zip(plan.tasks, expected, strict=True):
        assert leads is None or task.lead_ids == leads
        assert due is None or str(task.due_on) == due
