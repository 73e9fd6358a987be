"""LibreOffice, which turns old and foreign office files into the ones that we read ourselves."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from pathlib import Path

_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>1</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
"""A plan is read as it lies there: nothing that it links to is fetched, no macro runs."""
TIMEOUT = 120
"""Seconds that one conversion may take."""


class ConversionError(Exception):
    """LibreOffice made nothing of the file; ``overdue`` where its time was over."""

    def __init__(self, overdue: bool) -> None:
        super().__init__("overdue" if overdue else "nothing came")
        self.overdue = overdue


def convert(launcher: str, data: bytes, suffix: str, target: str) -> bytes:
    """What LibreOffice makes of a file's bytes, in a profile of its own.

    ``suffix`` is the kind of file that the bytes are ("doc"), ``target`` the wanted one with its
    filter ("docx:MS Word 2007 XML"). Raises ConversionError.
    """
    with tempfile.TemporaryDirectory(prefix="kehoach-") as name:
        folder = Path(name)
        source = folder / f"plan.{suffix}"
        source.write_bytes(data)
        profile = folder / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        command = [
            launcher,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            target,
            "--outdir",
            str(folder / "out"),
            str(source),
        ]
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            process.wait(TIMEOUT)
        except subprocess.TimeoutExpired as error:
            raise ConversionError(True) from error
        finally:
            # The launcher has children of its own; none may outlive this call.
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        made = folder / "out" / f"plan.{target.partition(':')[0]}"
        if not made.is_file():
            raise ConversionError(False)
        return made.read_bytes()
