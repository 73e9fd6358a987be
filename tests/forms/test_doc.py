"""Old Word files through LibreOffice, and what is said where that cannot be done."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from as_docx import write_docx
from form_inputs import OF_PAGES, PLANS, text_tables
from office import convert, needs_office
from plain_plan import authored_blocks, form_differences, form_tables

from extract.readers import InputError, doc, read
from extract.readers.unreadable import UnreadableError
from pipeline import extract_file

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument".encode("utf-16-le")


@needs_office
@pytest.mark.parametrize(
    ("path", "target"),
    [
        (PLANS[0], "doc:MS Word 97"),
        pytest.param(PLANS[-1], "rtf:Rich Text Format", marks=pytest.mark.slow),
        pytest.param(PLANS[-2], "odt", marks=pytest.mark.slow),
    ],
    ids=["doc", "rtf", "odt"],
)
def test_a_plan_in_an_old_form(path: Path, target: str, tmp_path: Path) -> None:
    written = write_docx(authored_blocks(path), tmp_path / "plan.docx")
    old = convert(written, target, tmp_path / "old")
    plan = extract_file(old)
    assert {row.format for row in plan.documents} == {"doc"}
    found = form_tables(plan, without_codes=OF_PAGES)
    assert form_differences(text_tables(path), found) == []


def test_without_libreoffice_the_message_names_the_install_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    path = tmp_path / "plan.doc"
    path.write_bytes(OLE)
    with pytest.raises(InputError, match="sudo apt install libreoffice-writer-nogui"):
        read(path)


@needs_office
@pytest.mark.slow
def test_a_broken_old_file(tmp_path: Path) -> None:
    path = tmp_path / "plan.doc"
    path.write_bytes(OLE)
    with pytest.raises(InputError, match="hỏng"):
        read(path)


def test_a_conversion_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nsleep 60 & sleep 60\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(doc, "TIMEOUT", 0.5)
    with pytest.raises(UnreadableError, match="không chuyển xong"):
        doc.read_doc(OLE, "plan.doc", "")
    left = subprocess.run(["pgrep", "-f", "^sleep 60"], capture_output=True, check=False).stdout
    assert left == b""
