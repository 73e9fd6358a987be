"""The command: what it reads, what it leaves behind, and how it ends."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import unicodedata
from hashlib import sha256
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from extract.readers import InputError
from normalize.records import Plan
from pipeline import extract_file, main
from run.inputs import find_inputs, shortest_names

ROOT = Path(__file__).resolve().parent.parent
PLAN = (
    "ỦY BAN NHÂN DÂN\nTỈNH LONG AN\n\nSố: {number}/KH-UBND\n\n"
    "Long An, ngày 10 tháng 01 năm 2022\n\n"
    "KẾ HOẠCH\n\nThử nghiệm năm 2022\n\nI. MỤC TIÊU\n\n- Thực hiện Nghị quyết số 76/NQ-CP ngày"
    " 15/7/2021 của Chính phủ.\n\nTT\tNhiệm vụ\tSản phẩm\tCơ quan chủ trì\tThời gian\n"
    "1\tRà soát hồ sơ\tBáo cáo\tSở Nội vụ\tQuý II/2022\n"
    "2\tTập huấn\tKế hoạch\tSở Tư pháp\tTrước ngày 15/6/2022\n"
)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN.format(number=5), encoding="utf-8")
    return path


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_one_plan(plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert main([str(plan), "--out", str(out)]) == 0
    (document,) = rows(out, "documents")
    assert document["document_id"] == "80-5-kh-ubnd-2022"
    assert document["issuer"] == "UBND tỉnh Long An"
    assert (document["successor_code"], document["successor"]) == ("80", "Tây Ninh")
    tasks = rows(out, "tasks")
    assert [task["task_id"] for task in tasks] == ["80-5-kh-ubnd-2022/1", "80-5-kh-ubnd-2022/2"]
    assert [task["due_on"] for task in tasks] == ["2022-06-30", "2022-06-14"]
    assert [task["lead_ids"] for task in tasks] == ["so-noi-vu", "so-tu-phap"]
    assert "2" in capsys.readouterr().out


def test_every_span_leads_back_to_its_words(plan: Path) -> None:
    text = plan.read_text(encoding="utf-8")
    found = extract_file(plan)
    places = [(row.at, row.raw) for row in found.assignments]
    places += [(row.at, row.raw) for row in found.periods]
    places += [(row.at, row.raw) for row in found.citations]
    assert len(places) == 5
    for at, raw in places:
        assert text[at.char_start : at.char_end] == raw
    for product in found.deliverables:
        assert text[product.at.char_start : product.at.char_end] == product.text
    (citation,) = found.citations
    assert (citation.at.line_start, citation.at.line_end) == (14, 14)


def tables(plan: Plan) -> list[object]:
    """All rows without places and hashes."""
    made: list[object] = []
    for name in Plan.__struct_fields__:
        for row in getattr(plan, name):
            fields = {f: getattr(row, f) for f in row.__struct_fields__}
            fields.pop("at", None)
            fields.pop("source_sha256", None)
            made.append(fields)
    return made


@pytest.mark.parametrize(
    "data",
    [
        PLAN.format(number=5).encode("utf-8-sig"),
        PLAN.format(number=5).replace("\n", "\r\n").encode(),
        PLAN.format(number=5).encode("utf-16"),
        unicodedata.normalize("NFD", PLAN.format(number=5)).encode(),
    ],
    ids=["bom", "crlf", "utf-16", "nfd"],
)
def test_encodings_give_the_same_tables(plan: Path, tmp_path: Path, data: bytes) -> None:
    other = tmp_path / "other" / "plan.txt"
    other.parent.mkdir()
    other.write_bytes(data)
    assert tables(extract_file(other)) == tables(extract_file(plan))


def test_a_failed_input_does_not_stop_the_others(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.txt"
    broken.write_bytes("Kế hoạch ".encode() + b"\xff\xfe\xfd")
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    out = tmp_path / "out"
    assert main([str(plan), str(broken), str(empty), "--out", str(out)]) == 1
    failed = [row for row in rows(out, "findings") if row["code"] == "input.failed"]
    assert [row["source_file"] for row in failed] == ["broken.txt", "empty.txt"]
    assert all(row["severity"] == "error" for row in failed)
    assert len(rows(out, "tasks")) == 2
    errors = capsys.readouterr().err
    assert "broken.txt" in errors
    assert "13" in errors  # the broken byte's offset: "Kế hoạch " takes 13 bytes
    assert "empty.txt" in errors


def test_wrong_usage_writes_nothing(plan: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert main([str(plan), str(tmp_path / "missing.txt"), "--out", str(out)]) == 2
    assert not out.exists()
    with pytest.raises(SystemExit) as ended:
        main(["--no-such-option"])
    assert ended.value.code == 2
    with pytest.raises(SystemExit) as ended:
        main([])
    assert ended.value.code == 2


def test_two_runs_give_the_same_bytes(plan: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    main([str(plan), "--out", str(first)])
    main([str(plan), "--out", str(second)])
    names = sorted(path.name for path in first.iterdir() if path.is_file())
    assert len(names) == 22  # ten tables in two forms, the data package, the review page
    assert all((first / name).read_bytes() == (second / name).read_bytes() for name in names)


def test_documents_that_share_an_id(plan: Path, tmp_path: Path) -> None:
    other = tmp_path / "later.txt"
    other.write_text(plan.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    out = tmp_path / "out"
    assert main([str(plan), str(other), "--out", str(out)]) == 0
    kept, renamed = rows(out, "documents")  # rows go by file name: later.txt, then plan.txt
    assert [kept["source_file"], renamed["source_file"]] == ["later.txt", "plan.txt"]
    assert kept["document_id"] == "80-5-kh-ubnd-2022"
    name = renamed["document_id"]
    assert name == f"80-5-kh-ubnd-2022-{sha256(plan.read_bytes()).hexdigest()[:8]}"
    ids = ["80-5-kh-ubnd-2022/1", "80-5-kh-ubnd-2022/2", f"{name}/1", f"{name}/2"]
    assert [row["task_id"] for row in rows(out, "tasks")] == ids
    assert pq.read_table(out / "tasks.parquet").column("task_id").to_pylist() == ids
    (told,) = [row for row in rows(out, "findings") if row["code"] == "document.duplicate"]
    assert (told["document_id"], told["source_file"]) == (name, "plan.txt")


def test_shortest_names() -> None:
    paths = [Path("/a/x/plan.txt"), Path("/a/y/plan.txt"), Path("/a/y/other.txt")]
    assert shortest_names(paths) == ["x/plan.txt", "y/plan.txt", "other.txt"]


def test_a_missing_file_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"missing\.txt"):
        extract_file(tmp_path / "missing.txt")


def test_the_command_loads_neither_pandas_nor_underthesea(plan: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from pipeline import main; main(sys.argv[1:]);"
        "sys.exit(any(name in sys.modules for name in ('pandas', 'underthesea')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(plan), "--out", str(tmp_path / "out")],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()


def test_misspelt_syllables_bring_the_repair(tmp_path: Path) -> None:
    """Slips are mended in canonical columns; what is printed stays as printed."""
    path = tmp_path / "slips.txt"
    text = PLAN.format(number=6).replace("Thử nghiệm năm", "Bảo đảm an tòan năm")
    path.write_text(text.replace("Quý II", "Qúy II"), encoding="utf-8")
    found = extract_file(path)
    assert found.documents[0].title == "Bảo đảm an toàn năm 2022"
    assert found.tasks[0].schedule == "Qúy II/2022"
    assert found.periods[0].kind == "quarter"
    assert "text.repaired" in [row.code for row in found.findings]


def test_a_folder_that_holds_its_own_output(plan: Path, tmp_path: Path) -> None:
    """Tables, workbook and page that a run wrote into the folder of the plans are no plans."""
    (tmp_path / "plan.txt").write_bytes(plan.read_bytes())
    call = [str(tmp_path), "--out", str(tmp_path), "--xlsx"]
    assert main(call) == 0
    before = (tmp_path / "tasks.csv").read_bytes()
    assert main([*call, "--fresh"]) == 0
    assert (tmp_path / "tasks.csv").read_bytes() == before
    # A table of somebody else's in a folder that no run wrote into is an input like any other.
    other = tmp_path / "other"
    other.mkdir()
    (other / "tasks.csv").write_bytes(plan.read_bytes())
    assert [one.name for one in find_inputs([str(other)])[0]] == ["tasks.csv"]


def test_a_reader_that_goes_away_changes_nothing(plan: Path, tmp_path: Path) -> None:
    """``pipeline.py … | head -0``: no traceback, status and tables as ever."""
    command = [sys.executable, "pipeline.py", str(plan), "--out", str(tmp_path)]
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(command, cwd=ROOT, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")
    assert (tmp_path / "tasks.csv").is_file()
