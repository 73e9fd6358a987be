"""The review page as a step of the run."""

from __future__ import annotations

import sys
from collections.abc import Collection
from pathlib import Path

from publish import review_charts
from run.publisher import HandedOver, Step

MOST_DOCUMENTS = 1_000
"""A run of more documents writes no page unless asked: it would be tens of megabytes."""


def review_step(*, forced: bool) -> tuple[str, Step]:
    """The step, and its name, which tells of everything that the page hangs on beside the run.

    A run of more than :data:`MOST_DOCUMENTS` documents gets no page unless ``forced``, and a line
    on standard error says so.
    """
    # What writes the page is loaded when there is one to write: a run without news has none.
    return f"review {review_charts.made_with()} {forced}", _forced if forced else _usual


def _usual(handed: HandedOver) -> None:
    from publish.review_rows import Tables

    documents = Tables(handed.folder).document_count()
    if documents <= MOST_DOCUMENTS:
        _forced(handed)
        return
    print(
        f"Không ghi trang rà soát: {documents:,} văn bản, nhiều hơn {MOST_DOCUMENTS:,}. "
        "Thêm --review nếu vẫn cần",
        file=sys.stderr,
    )


def _forced(handed: HandedOver) -> None:
    from publish.review import write_review

    written = write_review(handed.folder, handed.text_of, lambda name: Path(handed.paths[name]))
    if not written.has_charts:
        print(
            f"Trang rà soát không có biểu đồ. Cài bằng lệnh: {review_charts.INSTALL}",
            file=sys.stderr,
        )


def remove_old_pages(out: Path, kept: Collection[str]) -> None:
    """Remove the pages that an earlier run left and this one did not make: they tell of other
    tables. ``kept`` are the files of this run by their path in the output folder.
    """
    if "review.html" in kept and not (out / "review").is_dir():
        return
    from publish.review import remove_old

    remove_old(out, kept)
