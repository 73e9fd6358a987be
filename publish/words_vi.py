"""The Vietnamese descriptions of tables, columns and codes, for readers of the data package.

Only ``publish/schema.py`` and ``publish/codes.py`` read this; they raise on import where one of
the English words lacks its Vietnamese ones or the other way round. Labels (short names) are in
``publish/words.py``.
"""

from __future__ import annotations

PLACES_VI = {
    "line_start": "Dòng đầu tiên của các chữ đã đọc, tính từ 1",
    "line_end": "Dòng cuối cùng của các chữ đã đọc, tính cả dòng đó",
    "char_start": "Vị trí ký tự đầu trong văn bản nguồn đã giải mã, tính từ 0, không tính BOM",
    "char_end": "Vị trí ngay sau ký tự cuối",
    "page": "Trang, tính từ 1; chỉ có ở tệp chia trang",
    "bbox": "Khung trên trang, tính bằng điểm: trái, trên, phải, dưới; chỉ có ở tệp chia trang",
}

_DOCUMENT = "Văn bản chứa dòng này"
_TASK = "Nhiệm vụ của dòng này"
_IN_TASK = "Thứ tự trong nhiệm vụ, tính từ 1"
_IN_DOCUMENT = "Thứ tự trong văn bản, tính từ 1"
_RAW = "Nguyên văn như in trong văn bản"

TABLES_VI: dict[str, tuple[str, dict[str, str]]] = {
    "documents": (
        "Mỗi dòng là một văn bản hành chính; một tệp có thể chứa nhiều văn bản "
        "(quyết định và kế hoạch ban hành kèm theo)",
        {
            "document_id": "Mã cố định gồm mã tỉnh, số ký hiệu và năm; "
            "lấy từ mã băm của nội dung khi không biết số ký hiệu",
            "parent_document_id": "Văn bản ban hành văn bản này",
            "source_file": "Phần cuối ngắn nhất của đường dẫn đủ phân biệt các tệp đầu vào",
            "source_sha256": "Mã băm SHA-256 của tệp, viết theo hệ 16",
            "format": "Dạng tệp đã đọc",
            "doc_type": "Chữ viết tắt tên loại văn bản (Nghị định 30/2020/NĐ-CP, phụ lục III; "
            "thêm Luật, PL, NĐ, TT, TTLT, CV)",
            "number": "Số văn bản như in",
            "symbol": "Số và ký hiệu: 142/KH-UBND",
            "issued_on": "Ngày ban hành",
            "effective_on": "Ngày có hiệu lực, nếu văn bản nêu",
            "place": "Địa danh nơi ban hành",
            "issuer_id": "Mã cơ quan ban hành",
            "issuer": "Cơ quan ban hành, kèm tên tỉnh",
            "jurisdiction_code": "Mã tỉnh của Tổng cục Thống kê vào thời điểm ban hành: 01",
            "jurisdiction": "Tỉnh, thành phố vào thời điểm ban hành",
            "successor_code": "Mã tỉnh sau sắp xếp ngày 01/7/2025; giữ mã cũ nếu không thay đổi",
            "successor": "Tỉnh, thành phố sau sắp xếp ngày 01/7/2025",
            "title": "Trích yếu, không gồm tên loại văn bản",
            "plan_year": "Năm nêu trong trích yếu; để trống nếu nêu nhiều năm; "
            "quyết định lấy năm của kế hoạch kèm theo",
            "signer": "Họ tên người ký",
            "signer_title": "Chức vụ người ký",
            "section_count": "Số dòng trong bảng sections",
            "task_count": "Số dòng trong bảng tasks",
            "finding_count": "Số dòng trong bảng findings",
        },
    ),
    "sections": (
        "Mỗi dòng là một đề mục hoặc một khoản có đánh số, theo thứ tự trong văn bản",
        {
            "section_id": "document_id#đường dẫn",
            "document_id": _DOCUMENT,
            "parent_id": "Mục chứa mục này; để trống ở cấp trên cùng",
            "order": _IN_DOCUMENT,
            "level": "Cấp của mục; 1 là cấp trên cùng",
            "label": "Số hoặc chữ như in: II, 3, 2.1, Điều 1",
            "path": "Ký hiệu các mục từ trên xuống: IV/2/2.1",
            "title": "Tiêu đề; để trống với khoản viết liền sau số",
            "text": "Nội dung riêng của mục, không gồm các mục con",
        },
    ),
    "tasks": (
        "Mỗi dòng là một nhiệm vụ mà kế hoạch giao, thường là một dòng của phụ lục",
        {
            "task_id": "document_id/ và vị trí của nhiệm vụ: số, hoặc lĩnh vực và số, hoặc r12",
            "document_id": _DOCUMENT,
            "order": _IN_DOCUMENT,
            "form": "Cách kế hoạch trình bày nhiệm vụ",
            "task_no": "Số thứ tự như in: 1.10",
            "area": "Lĩnh vực như in, lấy cả từ ô gộp và dòng nhóm",
            "area_code": "Mã lĩnh vực cải cách; để trống nếu ngoài danh mục",
            "task": "Nội dung nhiệm vụ như in, không gồm số thứ tự",
            "deliverables": "Các sản phẩm như in; bảng deliverables có mỗi sản phẩm một dòng",
            "lead_ids": "Mã các cơ quan chủ trì theo thứ tự, không gồm cơ quan chỉ được mô tả",
            "lead": "Tên chuẩn các cơ quan chủ trì; cơ quan chỉ được mô tả thì giữ nguyên văn",
            "coordinating_ids": "Mã các cơ quan phối hợp theo thứ tự, "
            "không gồm cơ quan chỉ được mô tả",
            "coordinating": "Tên chuẩn các cơ quan phối hợp; "
            "cơ quan chỉ được mô tả thì giữ nguyên văn",
            "schedule": "Thời gian như in; bảng periods có từng phần đã đọc",
            "start_on": "Ngày bắt đầu sớm nhất trong các thời gian",
            "due_on": "Ngày cuối còn đúng hạn trong các thời gian; để trống nếu không có hạn",
            "budget": "Kinh phí như in",
            "budget_vnd": "Số tiền tính bằng đồng, chính xác",
            "budget_status": "Kế hoạch nói gì về kinh phí",
            "funding_source": "Nguồn kinh phí như in",
            "funded_by_ids": "Mã các cơ quan bố trí kinh phí, nếu ô nêu tên",
            "finding_codes": "Mã các lưu ý của nhiệm vụ",
        },
    ),
    "assignments": (
        "Mỗi dòng là một cơ quan với một vai trò trong một nhiệm vụ",
        {
            "task_id": _TASK,
            "document_id": _DOCUMENT,
            "order": _IN_TASK,
            "role": "Vai trò của cơ quan trong nhiệm vụ",
            "agency_id": "Mã cơ quan, giống nhau ở mọi tỉnh; để trống nếu chỉ được mô tả",
            "agency": "Tên chuẩn, không gồm tên tỉnh",
            "jurisdiction_code": "Mã tỉnh của cơ quan: tỉnh được nêu, nếu không thì tỉnh của "
            "văn bản; để trống với cơ quan trung ương",
            "kind": "Các chữ này chỉ loại gì",
            "registered": "Cơ quan có trong danh mục hay không",
            "scope": "Việc cơ quan này làm, hoặc phần giới hạn nhóm cơ quan, nếu ô nêu",
            "raw": "Nguyên văn riêng của cơ quan này",
        },
    ),
    "deliverables": (
        "Mỗi dòng là một sản phẩm của một nhiệm vụ",
        {
            "task_id": _TASK,
            "document_id": _DOCUMENT,
            "order": _IN_TASK,
            "text": "Sản phẩm như in",
            "type_codes": "Chữ viết tắt các loại văn bản của sản phẩm: KH, BC, QĐ",
            "due_on": "Ngày cuối còn đúng hạn, khi sản phẩm và thời gian ghép được từng cặp",
        },
    ),
    "periods": (
        "Mỗi dòng là một phần thời gian của một nhiệm vụ",
        {
            "task_id": _TASK,
            "document_id": _DOCUMENT,
            "order": _IN_TASK,
            "kind": "Loại thời gian",
            "start_on": "Ngày đầu; để trống nếu mở",
            "end_on": "Ngày cuối, tính cả ngày đó; để trống nếu mở",
            "edtf": "Theo ISO 8601-2 (EDTF mức 1–2); quý là 33–36: 2021-34",
            "rrule": "Quy tắc lặp RFC 5545, khi văn bản nêu tần suất: FREQ=MONTHLY;INTERVAL=3",
            "condition": "Các chữ từ khi, sau khi, theo, nếu trở đi",
            "raw": _RAW,
        },
    ),
    "targets": (
        "Mỗi dòng là một con số mà kế hoạch tự đặt ra, trong lời văn hoặc bảng chỉ tiêu",
        {
            "document_id": _DOCUMENT,
            "section_id": "Mục nêu chỉ tiêu",
            "order": _IN_DOCUMENT,
            "value": "Con số",
            "unit": "Đơn vị tính như in: %, UBND cấp xã",
            "comparator": "Kết quả phải so với con số thế nào",
            "subject": "Điều được đo",
            "raw": "Từ chữ ngay trước con số đến hết vế câu",
        },
    ),
    "citations": (
        "Mỗi dòng là một lần nhắc đến một văn bản khác",
        {
            "document_id": _DOCUMENT,
            "section_id": "Mục nhắc đến, nếu trong lời văn",
            "task_id": "Nhiệm vụ nhắc đến, nếu trong bảng",
            "order": _IN_DOCUMENT,
            "symbol": "Số và ký hiệu: 130/2005/NĐ-CP; luật không có",
            "doc_type": "Chữ viết tắt tên loại văn bản",
            "issuer_id": "Mã cơ quan ban hành, được nêu hoặc suy từ ký hiệu",
            "issued_on": "Ngày ban hành, nếu được nêu",
            "title": "Tên luật",
            "raw": _RAW,
        },
    ),
    "agencies": (
        "Mỗi dòng là một mã cơ quan có trong kết quả, có hay không có trong danh mục",
        {
            "agency_id": "Tên chuẩn viết thường không dấu, nối bằng gạch ngang, không gồm tên tỉnh",
            "agency": "Tên chuẩn, không gồm tên tỉnh",
            "kind": "Một cơ quan hay một nhóm cơ quan",
            "level": "Cấp chính quyền",
            "abbreviation": "Chữ viết tắt thường dùng",
            "successor_id": "Mã cơ quan kế thừa sau sắp xếp năm 2025",
            "english": "Tên tiếng Anh",
        },
    ),
    "findings": (
        "Mỗi dòng là một điều người phân tích cần biết: một chỗ đã sửa, chưa chắc, hoặc bị mất",
        {
            "document_id": "Văn bản liên quan; để trống nếu không đọc được văn bản nào",
            "source_file": "Tệp liên quan",
            "table": "Bảng chứa dòng liên quan",
            "row_id": "task_id, section_id hoặc document_id, "
            "thêm #bảng-thứ tự với dòng thuộc các bảng con",
            "severity": "Mức độ nghiêm trọng",
            "code": "Loại lưu ý",
            "message": "Nội dung lưu ý",
            "raw": _RAW,
            "value": "Giá trị đã sửa hoặc đã đọc",
        },
    ),
}
"""Table → (what one row is, column → what it holds)."""

CODES_VI: dict[str, dict[str, str]] = {
    "format": {
        "text": "Văn bản thuần",
        "html": "Trang web",
        "docx": "Word từ 2007",
        "doc": "Word trước 2007",
        "pdf": "PDF có chữ",
        "scan": "Bản quét",
        "xlsx": "Excel từ 2007",
        "xls": "Excel trước 2007",
    },
    "form": {"row": "Dòng trong bảng", "labelled": "Các dòng có nhãn thay cho bảng"},
    "area_code": {
        "leadership": "Chỉ đạo, điều hành",
        "institutions": "Cải cách thể chế",
        "procedures": "Cải cách thủ tục hành chính",
        "organization": "Cải cách tổ chức bộ máy",
        "civil_service": "Cải cách chế độ công vụ",
        "public_finance": "Cải cách tài chính công",
        "e_government": "Chính quyền điện tử, chính quyền số",
    },
    "budget_status": {
        "amount": "Có số tiền",
        "self_funded": "Đơn vị tự dự trù kinh phí",
        "per_regulation": "Theo quy định",
        "per_approved_plan": "Theo kế hoạch, dự toán được duyệt",
        "state_budget": "Ngân sách nhà nước bố trí",
        "unstated": "Ô để trống",
        "no_column": "Bảng không có cột kinh phí",
        "unresolved": "Chưa đọc được",
    },
    "role": {"lead": "Chủ trì", "coordinating": "Phối hợp"},
    "assignment_kind": {
        "organization": "Một cơ quan",
        "group": "Một nhóm cơ quan",
        "described": "Chỉ được mô tả",
    },
    "agency_kind": {"organization": "Một cơ quan", "group": "Một nhóm cơ quan"},
    "agency_level": {
        "central": "Trung ương",
        "province": "Cấp tỉnh",
        "district": "Cấp huyện",
        "commune": "Cấp xã",
    },
    "period_kind": {
        "day": "Ngày",
        "month": "Tháng",
        "quarter": "Quý",
        "half_year": "Nửa năm",
        "year": "Năm",
        "span": "Khoảng thời gian",
        "before": "Trước một thời hạn",
        "recurring": "Định kỳ",
        "continuous": "Thường xuyên",
        "done": "Đã hoàn thành",
        "conditional": "Theo điều kiện",
        "unresolved": "Chưa đọc được",
    },
    "comparator": {
        "=": "Bằng",
        ">=": "Từ … trở lên",
        ">": "Trên",
        "<=": "Không quá",
        "<": "Dưới",
    },
    "change": {"added": "Thêm", "dropped": "Bỏ", "changed": "Sửa"},
    "matched_by": {
        "number_and_text": "Cùng số, cùng nội dung",
        "text": "Cùng nội dung, khác số",
        "number": "Cùng số, nội dung đã sửa",
    },
    "severity": {"info": "Thông tin", "warning": "Cần kiểm tra", "error": "Lỗi"},
    "finding_code": {
        "row.joined": "Dòng bị ngắt trang, đã nối",
        "row.split": "Dòng gồm nhiều nhiệm vụ, đã tách",
        "row.split_ambiguous": "Dòng gồm nhiều nhiệm vụ, tách chưa chắc",
        "row.unread": "Dòng chưa đọc được",
        "column.shifted": "Dòng bị lệch cột, đã xếp lại",
        "table.without_tasks": "Bảng không giao nhiệm vụ",
        "table.no_rows": "Bảng không có dòng nào",
        "table.header_unread": "Không đọc được tiêu đề bảng",
        "table.flattened": "Bảng bị mất cột",
        "text.repaired": "Lỗi chữ đã sửa",
        "agency.described": "Cơ quan chỉ được mô tả",
        "agency.unregistered": "Cơ quan ngoài danh mục",
        "agency.expanded": "Tên viết tắt được giải theo văn bản",
        "agency.unresolved": "Chưa nhận ra cơ quan",
        "schedule.unresolved": "Chưa đọc được thời gian",
        "schedule.outside_plan_year": "Thời gian ngoài năm kế hoạch",
        "date.implausible": "Ngày tháng không hợp lý",
        "budget.unresolved": "Chưa đọc được kinh phí",
        "budget.sum_differs": "Tổng kinh phí không khớp",
        "budget.funder_differs": "Bên bố trí kinh phí không tham gia nhiệm vụ",
        "numbering.gap": "Thiếu số thứ tự",
        "numbering.duplicate": "Trùng số thứ tự",
        "labels.without_body": "Hoạt động không nêu cơ quan",
        "labels.unread": "Hoạt động chưa tách được",
        "labels.group_unclear": "Chưa rõ các dòng nhãn của mục nào",
        "assignment.same_body_twice": "Một cơ quan được nêu hai lần",
        "document.incomplete": "Thiếu số hoặc ngày văn bản",
        "document.no_tasks": "Tệp không có nhiệm vụ",
        "jurisdiction.inferred": "Tỉnh được suy ra",
        "document.duplicate": "Trùng mã văn bản",
        "input.failed": "Không đọc được tệp",
        "ocr.low_confidence": "Chữ nhận dạng không chắc chắn",
        "page.unread": "Trang không đọc được",
        "page.characters_lost": "Trang bị mất chữ",
        "page.left_out": "Phần trang web ngoài văn bản",
        "text.encoding_converted": "Đã chuyển từ bảng mã cũ",
    },
}
"""Code list → code → short Vietnamese label."""
