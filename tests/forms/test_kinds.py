"""What a file is told by its bytes; a folder means every readable file in it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from extract.readers import InputError, read
from extract.readers.kinds import kind_of
from pipeline import main, source_text

PLAN = (
    "ỦY BAN NHÂN DÂN\nTỈNH BẮC GIANG\nSố: 12/KH-UBND\n\nKẾ HOẠCH\nChuyển đổi số năm 2023\n\n"
    "TT\tNhiệm vụ\tCơ quan chủ trì\tThời gian\n"
    "1\tXây dựng kho dữ liệu dùng chung\tSở Thông tin và Truyền thông\tQuý III/2023\n"
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def package(*names: str, mime: str = "") -> bytes:
    """A zip file with empty parts of these names, its MIME type first where it has one."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        if mime:
            file.writestr(zipfile.ZipInfo("mimetype"), mime)
        for name in names:
            file.writestr(zipfile.ZipInfo(name), "")
    return stream.getvalue()


XML = b'<?xml version="1.0"?>\n'
WORD_2003 = b'<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">'


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\x00\x00junk before the head\n%PDF-1.4\n", "pdf"),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "image"),
        (b"\xff\xd8\xff\xe0" + bytes(20), "image"),
        (b"II*\x00" + bytes(20), "image"),
        (b"MM\x00*" + bytes(20), "image"),
        (package("[Content_Types].xml", "word/document.xml"), "docx"),
        (package("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
        (package("content.xml", mime="application/vnd.oasis.opendocument.text"), "doc"),
        (package("content.xml", mime="application/vnd.oasis.opendocument.spreadsheet"), "xlsx"),
        (package("photo.raw"), "archive"),
        (package("word/document.xml")[:40], "docx"),  # cut off: its reader says what is wrong
        (OLE + "WordDocument".encode("utf-16-le"), "doc"),
        (OLE + "Workbook\0".encode("utf-16-le"), "xls"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (OLE, "binary"),
        (rb"{\rtf1\ansi K\'d5 ho\'b9ch}", "doc"),
        (b"\x1f\x8b\x08" + bytes(20), "archive"),
        (b"Rar!\x1a\x07\x01\x00", "archive"),
        (b"BM" + bytes(20), "binary"),
        (XML + b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "sheet-xml"),
        (XML + WORD_2003, "doc"),
        (XML + b'<html xmlns="http://www.w3.org/1999/xhtml"><body>', "text"),
        (PLAN.encode(), "text"),
        (PLAN.encode("utf-16"), "text"),
        (b"<html><body><p>plan</p></body></html>", "text"),
    ],
)
def test_the_bytes_tell_the_kind(data: bytes, kind: str) -> None:
    assert kind_of(data) == kind


@pytest.mark.parametrize("name", ["plan.pdf", "plan.docx", "plan.png", "plan"])
def test_a_name_that_lies_changes_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(PLAN.encode())
    source = read(tmp_path / name)
    assert (source.format, source.text) == ("text", PLAN)
    assert source_text(tmp_path / name) == PLAN


def test_a_file_with_a_password_says_so(tmp_path: Path) -> None:
    path = tmp_path / "plan.docx"
    path.write_bytes(OLE + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(InputError, match="mật khẩu"):
        read(path)


def test_an_archive_is_to_be_unpacked_first(tmp_path: Path) -> None:
    path = tmp_path / "plans.zip"
    path.write_bytes(package("a/plan.txt"))
    with pytest.raises(InputError, match="Giải nén"):
        read(path)


def test_a_folder_is_every_readable_file_in_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "plan.dat").write_bytes(PLAN.encode())
    (folder / "film.mp4").write_bytes(b"\x00\x00\x00\x20ftypisom" + bytes(50))
    (folder / ".hidden").write_bytes(PLAN.encode())
    (folder / "~$plan.docx").write_bytes(bytes(30))
    assert main([str(folder), "--out", str(tmp_path / "out")]) == 0
    told = capsys.readouterr().err
    assert "film.mp4" in told
    assert "plan.dat" not in told
    assert (tmp_path / "out" / "tasks.parquet").exists()


def test_an_unreadable_file_that_is_named_is_a_failure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(b"\x00\x00\x00\x20ftypisom" + bytes(50))
    assert main([str(film), "--out", str(tmp_path / "out")]) == 1
    assert "film.mp4" in capsys.readouterr().err
