"""A folder of broken, locked, lying and hostile files among good ones: the good ones are done."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import docx
import openpyxl
import pyarrow.parquet as pq
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from pipeline import main

ROWS = [
    ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian"],
    ["1", "Rà soát danh mục", "Sở Y tế", "Quý I/2024"],
]
ENTITY = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>'


def pdf(lock: StandardEncryption | None = None) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, encrypt=lock)
    canvas.drawString(72, 500, "words of a plan")
    canvas.save()
    return stream.getvalue()


def word() -> bytes:
    stream = io.BytesIO()
    made = docx.Document()
    table = made.add_table(len(ROWS), len(ROWS[0]))
    for number, row in enumerate(ROWS):
        for cell, words in zip(table.rows[number].cells, row, strict=True):
            cell.text = words
    made.save(stream)
    return stream.getvalue()


def sheet() -> bytes:
    stream = io.BytesIO()
    made = openpyxl.Workbook()
    for row in ROWS:
        made.active.append(row)
    made.save(stream)
    return stream.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The package with this part added or put in place of its own."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
        new.writestr(name, content)
    return stream.getvalue()


def understated(data: bytes, name: str) -> bytes:
    """A package whose list says that this part of 3 MB unpacks to 500 000 bytes."""
    size = 3 * 2**20
    found = with_part(data, name, b" " * size)
    assert struct.pack("<I", size) in found
    return found.replace(struct.pack("<I", size), struct.pack("<I", 500_000))


def rows(out: Path, table: str, column: str) -> list[str]:
    """One column of a written table."""
    found: list[str] = pq.read_table(out / f"{table}.parquet").column(column).to_pylist()
    return found


def test_the_good_files_of_a_bad_folder_are_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good_pdf, good_word, good_sheet = pdf(), word(), sheet()
    good = {
        "a-word-file.pdf": good_word,
        "a-sheet.docx": good_sheet,
        "a-pdf.xlsx": good_pdf,
        "a-text.xls": "KẾ HOẠCH\nChuyển đổi số\n".encode(),
        "locked-by-its-owner.pdf": pdf(StandardEncryption("", ownerPassword="owner")),
        "climbing-out.docx": with_part(good_word, "../../evil.txt", b"evil"),
        "climbing-out.xlsx": with_part(good_sheet, "../../evil.txt", b"evil"),
    }
    bad = {
        "locked.pdf": (pdf(StandardEncryption("secret")), "mật khẩu"),
        "cut.pdf": (good_pdf[: len(good_pdf) // 2], "cắt cụt"),
        "head.pdf": (b"%PDF-1.7\n", "cắt cụt"),
        "empty.pdf": (b"", "rỗng"),
        "empty.docx": (b"", "rỗng"),
        "bomb.docx": (with_part(good_word, "word/a.xml", bytes(3 * 2**20)), "nén bất thường"),
        "bomb.xlsx": (
            with_part(good_sheet, "xl/sharedStrings.xml", bytes(3 * 2**20)),
            "nén bất thường",
        ),
        "understated.xlsx": (understated(good_sheet, "xl/sharedStrings.xml"), "hỏng"),
        "entity.docx": (with_part(good_word, "word/document.xml", ENTITY), "thực thể"),
        "entity.xlsx": (with_part(good_sheet, "xl/workbook.xml", ENTITY), "thực thể"),
        "entity-in-utf-16.docx": (
            with_part(good_word, "word/document.xml", ENTITY.decode().encode("utf-16")),
            "thực thể",
        ),
        "no-image.png": (b"\x89PNG\r\n\x1a\n" + bytes(20), "ảnh bị hỏng"),
        "no-book.xls": (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "Workbook\0".encode("utf-16-le"),
            "bảng tính bị hỏng",
        ),
    }
    folder, out = tmp_path / "plans", tmp_path / "out"
    folder.mkdir()
    for name, data in good.items():
        (folder / name).write_bytes(data)
    for name, (data, _) in bad.items():
        (folder / name).write_bytes(data)

    assert main([str(folder), "--out", str(out), "--jobs", "1", "--no-review"]) == 1

    told = capsys.readouterr().err.splitlines()
    for name, (_, reason) in bad.items():
        (line,) = [line for line in told if f"/{name}:" in line]
        assert reason in line
        assert " at 0x" not in line  # the same on every run
    codes = rows(out, "findings", "code")
    assert codes.count("input.failed") == len(bad)
    documents = dict(
        zip(rows(out, "documents", "source_file"), rows(out, "documents", "format"), strict=True)
    )
    forms = {Path(name).name: form for name, form in documents.items()}
    assert forms == {
        "a-word-file.pdf": "docx",
        "a-sheet.docx": "xlsx",
        "a-pdf.xlsx": "pdf",
        "a-text.xls": "text",
        "locked-by-its-owner.pdf": "pdf",
        "climbing-out.docx": "docx",
        "climbing-out.xlsx": "xlsx",
    }
    assert set(rows(out, "tasks", "task")) == {"Rà soát danh mục"}
    assert {path.name for path in tmp_path.iterdir()} == {"plans", "out"}
    assert not (tmp_path.parent / "evil.txt").exists()
