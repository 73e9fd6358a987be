"""No input makes the command write outside its output folder, open the network or run a program."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_WATCHED = """
import os, sys

out = os.path.realpath(sys.argv[1])
cache = os.path.realpath(os.environ["XDG_CACHE_HOME"])  # libraries of the review page, no input
faults = []

def watch(event, args):
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "subprocess.")) or (
        event in ("os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn")
    ):
        faults.append(f"{event} {args!r}")
    elif event == "open" and args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC):
        where(event, args[0])
    elif event in ("os.mkdir", "os.remove", "os.rmdir", "os.truncate", "shutil.rmtree"):
        where(event, args[0])
    elif event in ("os.rename", "os.link", "os.symlink"):
        where(event, args[0])
        where(event, args[1])

def where(event, path):
    if isinstance(path, int) or path in ("/dev/null",):
        return
    path = os.path.realpath(os.fsdecode(path))
    if not (path + os.sep).startswith((out + os.sep, cache + os.sep)):
        faults.append(f"{event} {path}")

import pipeline
sys.addaudithook(watch)
status = pipeline.main([*sys.argv[2:], "--out", out])
print("\\n".join(["FAULTS", *faults]))
sys.exit(status)
"""

_PAGE = """<!doctype html><html><head><link rel="stylesheet" href="http://127.0.0.1:9/a.css">
<script src="http://127.0.0.1:9/a.js"></script><meta http-equiv="refresh" content="0;url=file:///">
</head><body><img src="http://127.0.0.1:9/a.png"><iframe src="ftp://127.0.0.1:9/"></iframe>
<h1>KẾ HOẠCH</h1><p>Thực hiện việc thử năm 2023</p><p>Số: ../../../etc/KH-UBND</p>
<p>I. MỤC ĐÍCH</p><p>Thử.</p></body></html>"""

_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override '
    'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/'
    '2006/relationships/{}" Target="{}"{}/></Relationships>'
)
_BODY = (
    '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e SYSTEM "http://127.0.0.1:9/e">]>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    "<w:p><w:r><w:t>KẾ HOẠCH {}</w:t></w:r></w:p></w:body></w:document>"
)


def _word_file(path: Path, entity: str) -> Path:
    """A Word file whose parts point at the network, one of them also outside the package."""
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr(
            "_rels/.rels", _RELATIONS.format("officeDocument", "word/document.xml", "")
        )
        external = ("attachedTemplate", "http://127.0.0.1:9/t.dotm", ' TargetMode="External"')
        package.writestr("word/_rels/document.xml.rels", _RELATIONS.format(*external))
        package.writestr("word/document.xml", _BODY.format(entity))
        package.writestr("../outside.xml", "<a/>")
    return path


@pytest.fixture
def inputs(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "in"
    folder.mkdir()
    page = folder / "page.html"
    page.write_text(_PAGE, encoding="utf-8")
    odd = folder / "odd.txt"
    odd.write_text("Số: ../../x/KH-UBND\n\nKẾ HOẠCH\n../../../tmp/x\n\nI. ~/x\n$(touch x)\n")
    word = [_word_file(folder / "plain.docx", "x"), _word_file(folder / "entity.docx", "&e;")]
    samples = sorted((ROOT / "data" / "raw").glob("*.txt"))
    return [*samples, page, odd, *word]


def test_nothing_is_reached_but_the_output_folder(tmp_path: Path, inputs: list[Path]) -> None:
    home, here, cache, out = (tmp_path / name for name in ("home", "here", "cache", "out"))
    home.mkdir()
    here.mkdir()
    cache.mkdir()
    paths = {"PYTHONPATH": ROOT, "HOME": home, "TMPDIR": home, "XDG_CACHE_HOME": cache}
    done = subprocess.run(
        [sys.executable, "-B", "-c", _WATCHED, str(out), *map(str, inputs)],
        cwd=here,
        env={"PATH": "", **{name: str(path) for name, path in paths.items()}},
        capture_output=True,
        text=True,
    )
    assert done.returncode in (0, 1), done.stderr
    assert done.stdout.partition("FAULTS")[2].split("\n")[1:] == [""]
    # Writers in C are not seen by the hook: what else lies on the disk tells of them.
    assert not list(home.iterdir())
    assert not list(here.iterdir())
    assert {path.name for path in tmp_path.iterdir()} == {"cache", "here", "home", "in", "out"}
    made = [path for path in inputs if path.parent == tmp_path / "in"]
    assert sorted((tmp_path / "in").iterdir()) == sorted(made)
    assert (out / "tasks.parquet").is_file()
