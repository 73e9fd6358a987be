"""The words of the table of changes that ``pipeline.py diff`` writes; see ``publish/words.py``."""

from __future__ import annotations

from publish.words import TableWords, Words

CHANGES = TableWords(
    "One difference between two plans: a task added or dropped, or one field of a task",
    "Thay đổi",
    {
        "change": Words("What happened to the task", "Thay đổi", "change"),
        "task": Words("The task without its number, as the new plan has it", "Nhiệm vụ"),
        "field": Words("The column of tasks that differs; null for a whole task", "Trường"),
        "old_value": Words("Its value in the old plan, lists joined with “; ”", "Giá trị cũ"),
        "new_value": Words("Its value in the new plan, lists joined with “; ”", "Giá trị mới"),
        "matched_by": Words(
            "What makes the two the same task; null for a whole task", "Ghép theo", "matched_by"
        ),
        "similarity": Words(
            "How alike the words of both are, from 0 to 100 (share of letters in the same order)",
            "Độ giống",
        ),
        "old_task_id": Words("The task in the old plan", "Mã nhiệm vụ cũ"),
        "new_task_id": Words("The task in the new plan", "Mã nhiệm vụ mới"),
        "old_document_id": Words("Its document in the old plan", "Mã văn bản cũ"),
        "new_document_id": Words("Its document in the new plan", "Mã văn bản mới"),
        "old_source_file": Words("The old file", "Tệp cũ"),
        "old_line_start": Words("First line of the task there, from 1", "Dòng đầu cũ"),
        "old_line_end": Words("Last line, that line included", "Dòng cuối cũ"),
        "new_source_file": Words("The new file", "Tệp mới"),
        "new_line_start": Words("First line of the task there, from 1", "Dòng đầu mới"),
        "new_line_end": Words("Last line, that line included", "Dòng cuối mới"),
    },
)

CHANGES_VI: tuple[str, dict[str, str]] = (
    "Mỗi dòng là một điểm khác giữa hai kế hoạch: thêm, bỏ một nhiệm vụ, hoặc một trường được sửa",
    {
        "change": "Nhiệm vụ được thêm, bỏ hay sửa",
        "task": "Nội dung nhiệm vụ theo kế hoạch mới, không gồm số thứ tự",
        "field": "Cột của bảng tasks có giá trị khác; để trống nếu thêm hoặc bỏ cả nhiệm vụ",
        "old_value": "Giá trị trong kế hoạch cũ; danh sách nối bằng “; ”",
        "new_value": "Giá trị trong kế hoạch mới; danh sách nối bằng “; ”",
        "matched_by": "Vì sao coi là cùng một nhiệm vụ; để trống nếu thêm hoặc bỏ",
        "similarity": "Mức giống nhau của lời văn, từ 0 đến 100",
        "old_task_id": "Nhiệm vụ trong kế hoạch cũ",
        "new_task_id": "Nhiệm vụ trong kế hoạch mới",
        "old_document_id": "Văn bản của kế hoạch cũ",
        "new_document_id": "Văn bản của kế hoạch mới",
        "old_source_file": "Tệp cũ",
        "old_line_start": "Dòng đầu của nhiệm vụ trong tệp cũ, tính từ 1",
        "old_line_end": "Dòng cuối, tính cả dòng đó",
        "new_source_file": "Tệp mới",
        "new_line_start": "Dòng đầu của nhiệm vụ trong tệp mới, tính từ 1",
        "new_line_end": "Dòng cuối, tính cả dòng đó",
    },
)
