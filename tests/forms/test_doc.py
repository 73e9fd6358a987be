"""Old Word files through LibreOffice, and what is said where that cannot be done."""

from __future__ import annotations

import subprocess
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest
from as_docx import write_docx
from form_inputs import OF_PAGES, PLANS, text_tables
from office import convert, needs_office
from plain_plan import authored_blocks, form_differences, form_tables

from extract.readers import InputError, doc, read
from extract.readers import office as libreoffice
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
    monkeypatch.setattr(libreoffice, "TIMEOUT", 0.5)
    with pytest.raises(UnreadableError, match="không chuyển xong"):
        doc.read_doc(OLE, "plan.doc", "")
    left = subprocess.run(["pgrep", "-f", "^sleep 60"], capture_output=True, check=False).stdout
    assert left == b""


class Listening(BaseHTTPRequestHandler):
    """Notes every path that it is asked for."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_error(404)

    do_HEAD = do_OPTIONS = do_GET  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:
        pass


FLAT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"
 office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>
<text:p>KẾ HOẠCH</text:p><text:p>Chuyển đổi số năm 2024</text:p>
<text:p><draw:frame svg:width="3cm" svg:height="3cm"><draw:image
 xlink:href="{address}/picture.png" xlink:type="simple"
 xlink:actuate="onLoad"/></draw:frame></text:p>
<text:section text:name="s"><text:section-source xlink:href="{file}" text:filter-name="Text"/>
<text:p>Nội dung cũ</text:p></text:section>
</office:text></office:body></office:document>
"""


@needs_office
def test_nothing_that_a_file_links_to_is_fetched(tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("lời của tệp khác", encoding="utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), Listening) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        path = tmp_path / "plan.doc"
        path.write_text(
            FLAT.format(
                address=f"http://127.0.0.1:{server.server_port}",
                file=(tmp_path / "other.txt").as_uri(),
            ),
            encoding="utf-8",
        )
        text = read(path).text
        server.shutdown()
    assert Listening.asked == []
    assert text.split("\n")[:2] == ["KẾ HOẠCH", "Chuyển đổi số năm 2024"]
    assert "Nội dung cũ" in text
    assert "lời của tệp khác" not in text


def test_entities_of_a_flat_file_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.doc"
    entity = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    path.write_text(FLAT.replace("<office:document ", f"{entity}<office:document ", 1))
    with pytest.raises(InputError, match="thực thể"):
        read(path)
