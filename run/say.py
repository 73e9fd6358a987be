"""Lines on standard output."""

from __future__ import annotations

from contextlib import suppress


def say(text: str) -> None:
    """Print the text. That its reader has gone (``| head``) changes nothing about the run."""
    with suppress(BrokenPipeError):
        print(text, flush=True)
