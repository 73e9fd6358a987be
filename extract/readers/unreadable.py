"""Why bytes cannot be read, told by the reader that tried."""

from __future__ import annotations


class UnreadableError(Exception):
    """Bytes that a reader cannot turn into a text: what is wrong, what to do (in Vietnamese)."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem}. {remedy}")
        self.problem = problem
        self.remedy = remedy


def missing_extra(what: str, extra: str) -> UnreadableError:
    """The packages of an extra are not installed: names the line that installs them."""
    return UnreadableError(
        f"chưa cài gói để đọc {what}", f"Cài bằng lệnh: pip install 'kehoach[{extra}]'"
    )


def missing_program(what: str, packages: str) -> UnreadableError:
    """A program of the system is missing: names the line that installs it on Debian or Ubuntu."""
    return UnreadableError(f"máy chưa có {what}", f"Cài bằng lệnh: sudo apt install {packages}")
