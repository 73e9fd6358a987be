"""Two versions of a plan, task by task: what was added, dropped and changed, and nothing else."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from small_run import finished

from pipeline import extract_file, main
from publish.diff import (
    FIELDS,
    Compared,
    Side,
    compare,
    report,
    side_of_folder,
    side_of_plan,
    words,
)
from publish.matching import match_tasks
from publish.schema import TASK_CHANGES, arrow_schema

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "data" / "raw" / "mau-hai-phong-2022.txt"
ID = "31-5-kh-ubnd-2022"

A = "Rà soát, đơn giản hóa thủ tục hành chính trong lĩnh vực đất đai"
B = "Tập huấn nghiệp vụ cho công chức bộ phận một cửa cấp xã"
C = "Khảo sát sự hài lòng của người dân về dịch vụ y tế"
D = "Nâng cấp phần mềm quản lý văn bản của thành phố"
B_REWORDED = "Mở lớp tập huấn nghiệp vụ cho cán bộ, công chức làm việc tại bộ phận một cửa"


def document(name: str = ID, **changed: Any) -> dict[str, Any]:
    fields = {
        "document_id": name,
        "source_file": "plan.txt",
        "jurisdiction_code": "31",
        "doc_type": "KH",
        "title": "Cải cách hành chính năm 2022",
        "symbol": None,
    }
    return {**fields, **changed}


def task(number: str, text: str, document_id: str = ID, **changed: Any) -> dict[str, Any]:
    fields: dict[str, Any] = dict.fromkeys(FIELDS)
    return {
        **fields,
        "document_id": document_id,
        "task_id": f"{document_id}/{number}",
        "task_no": number,
        "area": "Thể chế",
        "task": text,
        "lead": ["Sở Nội vụ"],
        "coordinating": [],
        "deliverables": ["Báo cáo"],
        "funded_by_ids": [],
        "line_start": 7,
        "line_end": 8,
        **changed,
    }


def side(*tasks: dict[str, Any], documents: list[dict[str, Any]] | None = None) -> Side:
    return Side(documents or [document()], tasks, frozenset(FIELDS))


def told(found: Compared) -> set[tuple[str, str | None, str | None, str | None]]:
    """(change, number in the new plan or, dropped, in the old one, field, new value)."""
    return {
        (row.change, (row.new_task_id or row.old_task_id or "")[len(ID) + 1 :], row.field, new)
        for row in found.changes
        for new in [row.new_value]
    }


def test_nothing_changed() -> None:
    same = side(task("1", A), task("2", B))
    assert compare(same, same).changes == []
    assert report(compare(same, same)) == (
        "tasks         added 0, dropped 0, changed 0, unchanged 2"
    )


def test_added_dropped_and_changed_field_by_field() -> None:
    old = side(task("1", A, due_on=datetime.date(2022, 3, 31)), task("2", B), task("3", C))
    new = side(
        task("1", A, due_on=datetime.date(2022, 6, 30), lead=["Sở Tư pháp", "Sở Nội vụ"]),
        task("2", B),
        task("4", D),
    )
    found = compare(old, new)
    assert told(found) == {
        ("changed", "1", "due_on", "2022-06-30"),
        ("changed", "1", "lead", "Sở Tư pháp; Sở Nội vụ"),
        ("added", "4", None, None),
        ("dropped", "3", None, None),
    }
    first = found.changes[0]
    assert (first.old_value, first.matched_by, first.similarity) == (
        "Sở Nội vụ",
        "number_and_text",
        100.0,
    )
    assert (first.old_source_file, first.old_line_start, first.new_line_end) == ("plan.txt", 7, 8)


def test_a_task_put_in_front_renumbers_the_rest_and_no_more() -> None:
    old = side(task("1", A), task("2", B), task("3", C))
    new = side(task("1", D), task("2", A), task("3", B), task("4", C))
    assert told(compare(old, new)) == {
        ("added", "1", None, None),
        ("changed", "2", "task_no", "2"),
        ("changed", "3", "task_no", "3"),
        ("changed", "4", "task_no", "4"),
    }


def test_reworded_with_its_number_is_the_same_task() -> None:
    found = compare(side(task("1", A), task("2", B)), side(task("1", A), task("2", B_REWORDED)))
    assert told(found) == {("changed", "2", "task", B_REWORDED)}
    (row,) = found.changes
    assert row.matched_by == "number"
    assert row.similarity is not None
    assert row.similarity < 75


def test_another_task_in_the_place_of_one_is_another_task() -> None:
    found = compare(side(task("1", A), task("2", B)), side(task("1", A), task("2", D)))
    assert told(found) == {("added", "2", None, None), ("dropped", "2", None, None)}


def test_nearly_the_same_words_under_another_number() -> None:
    nearly = A.replace("trong lĩnh vực", "thuộc lĩnh vực")
    found = compare(side(task("1", B), task("2", A)), side(task("1", nearly), task("2", B)))
    assert ("changed", "1", "task", nearly) in told(found)
    assert {row.change for row in found.changes} == {"changed"}
    assert {row.matched_by for row in found.changes} == {"text"}


def test_the_best_pairs_over_all_not_the_first() -> None:
    # Each new task is like both old ones; only crosswise do all find a partner that is nearest.
    one, two = f"{A} cấp xã năm 2022", f"{A} cấp huyện năm 2022"
    old = side(task("1", one), task("2", two))
    new = side(task("8", two + " và 2023"), task("9", one + " và 2023"))
    pairs = {(row.old_task_id, row.new_task_id) for row in compare(old, new).changes if row.field}
    assert pairs == {(f"{ID}/2", f"{ID}/8"), (f"{ID}/1", f"{ID}/9")}


def test_tasks_with_the_same_words_go_by_what_else_they_say() -> None:
    old = side(task("1", A, lead=["Sở Y tế"]), task("2", A, lead=["Sở Xây dựng"]))
    new = side(task("5", A, lead=["Sở Xây dựng"]), task("6", A, lead=["Sở Y tế"]))
    assert {row.field for row in compare(old, new).changes} == {"task_no"}


def test_white_space_and_unicode_forms_are_no_change() -> None:
    decomposed = "Ra\u0300 soa\u0301t" + A[7:]
    found = compare(side(task("1", A)), side(task("1", decomposed.replace(" ", "  ", 1))))
    assert found.changes == []


def test_two_plans_with_numbers_of_their_own() -> None:
    other = "31-9-kh-ubnd-2023"
    new = side(task("1", A, other), documents=[document(other, title="Một kế hoạch khác")])
    assert compare(side(task("1", A)), new).changes == []


def test_documents_of_a_folder_are_paired_by_what_they_share() -> None:
    renamed, strange = "31-6-kh-ubnd-2022", "80-1-kh-ubnd-2022"
    old = side(
        *(task(str(n), text) for n, text in enumerate((A, B, C), 1)),
        task("1", D, "80-0-kh-ubnd-2022"),
        documents=[
            document(title="Về nước sạch"),
            document("80-0-kh-ubnd-2022", jurisdiction_code="80", title="Về đường bộ"),
        ],
    )
    new = side(
        *(task(str(n), text, renamed) for n, text in enumerate((A, B, C), 1)),
        task("1", "Việc chưa từng có", strange),
        documents=[
            document(strange, jurisdiction_code="80", title="Về nước sạch"),
            document(renamed, title="Tên mới hẳn"),
        ],
    )
    found = compare(old, new)
    assert {(row.change, row.new_task_id or row.old_task_id) for row in found.changes} == {
        ("added", f"{strange}/1"),
        ("dropped", "80-0-kh-ubnd-2022/1"),
    }


def test_every_task_stands_in_one_match() -> None:
    old = [task(str(n), f"{A} số {n % 40}") for n in range(300)]
    new = [task(str(n), f"{A} số {n % 37} mới") for n in range(280)]
    made = match_tasks([document()], old, [document()], new)
    assert sorted(m.old["task_id"] for m in made if m.old) == sorted(t["task_id"] for t in old)
    assert sorted(m.new["task_id"] for m in made if m.new) == sorted(t["task_id"] for t in new)


def test_values_as_words() -> None:
    assert words([]) is None
    assert words(["a", "b"]) == "a; b"
    assert words(0) == "0"
    assert words(datetime.date(2022, 1, 5)) == "2022-01-05"


def edited(tmp_path: Path) -> Path:
    """The sample with one task dropped, one put in, one date and one sum changed."""
    text = SAMPLE.read_text(encoding="utf-8-sig")
    for before, after in (
        ("Đến hết tháng 10/2022", "Đến hết tháng 11/2022"),
        ("| 1.050 |", "| 1.250 |"),
    ):
        assert text.count(before) == 1
        text = text.replace(before, after)
    lines = text.splitlines()
    (gone,) = [line for line in lines if line.startswith("| 2 | Trang bị máy trạm")]
    lines[lines.index(gone)] = (
        "| 2 | Số hóa hồ sơ lưu trữ của chi cục | Chủ trì: Sở Nội vụ | Quý IV/2022 "
        "| Cơ sở dữ liệu | 15 | NSNN |"
    )
    path = tmp_path / "new.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_the_command_on_two_plans(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert main(["diff", str(SAMPLE), str(edited(tmp_path)), "--out", str(out)]) == 0
    printed = capsys.readouterr().out
    assert "  + 2. Số hóa hồ sơ lưu trữ của chi cục\n" in printed
    assert "  - 2. Trang bị máy trạm cho bộ phận một cửa\n" in printed
    assert "      due_on: 2022-10-31 → 2022-11-30\n" in printed
    assert "tasks         added 1, dropped 1, changed 2, unchanged 12" in printed
    table = pq.ParquetFile(out / "task_changes.parquet").read()
    assert table.schema.equals(arrow_schema("task_changes"), check_metadata=True)
    rows = {(row["change"], row["field"], row["new_value"]) for row in table.to_pylist()}
    assert rows == {
        ("added", None, None),
        ("dropped", None, None),
        ("changed", "schedule", "Đến hết tháng 11/2022"),
        ("changed", "due_on", "2022-11-30"),
        ("changed", "budget", "1.250"),
        ("changed", "budget_vnd", "1250000000"),
    }
    header = (out / "task_changes.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert header == ",".join(column.name for column in TASK_CHANGES.columns)


def test_folders_and_plans_compare_alike(tmp_path: Path) -> None:
    old, new = extract_file(SAMPLE), extract_file(edited(tmp_path))
    finished(tmp_path / "old", old)
    finished(tmp_path / "new", new)
    by_folder = compare(side_of_folder(tmp_path / "old"), side_of_folder(tmp_path / "new"))
    assert by_folder.changes == compare(side_of_plan(old), side_of_plan(new)).changes


def test_a_run_of_an_older_version(tmp_path: Path) -> None:
    plan = extract_file(SAMPLE)
    finished(tmp_path, plan)
    path = tmp_path / "tasks.parquet"
    pq.write_table(pq.ParquetFile(path).read().drop_columns(["funding_source"]), path)
    assert compare(side_of_folder(tmp_path), side_of_plan(plan)).changes == []


def test_what_cannot_be_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "torn").mkdir()
    for name in ("documents", "tasks"):
        (tmp_path / "torn" / f"{name}.parquet").write_bytes(b"PAR1 torn")
    out = tmp_path / "out"
    for wrong, said in (
        ("empty", "không có bảng documents.parquet. Chỉ ra thư mục kết quả"),
        ("torn", "không phải tệp Parquet trọn vẹn"),
        ("nothing.txt", "nothing.txt"),
    ):
        assert main(["diff", str(SAMPLE), str(tmp_path / wrong), "--out", str(out)]) == 2
        assert said in capsys.readouterr().err
    assert not out.exists()
