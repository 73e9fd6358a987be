"""What a call asks for beside the tables: a workbook, calendars, databases.

Workbook and calendars appear in the output folder with the tables or not at all. Databases are
loaded when the tables lie there; one that refuses costs neither the tables nor the other ones.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from publish import calendars, database, workbook
from publish.finished import Finished
from run.inputs import UsageError
from run.publisher import HandedOver, Step
from run.say import say


def targets(options: argparse.Namespace) -> list[database.Target]:
    """The databases that the call names, each of which answers.

    Raises UsageError, before anything is read or written, for a kind that is unknown, a package
    that is missing, and a database that refuses.
    """
    try:
        if options.xlsx:
            workbook.check_workbook()
        if options.calendar:
            calendars.check_calendars()
        made = [database.target(text) for text in options.to]
        for one in made:
            database.reach(one)
    except (
        workbook.WorkbookError,
        calendars.CalendarError,
        database.TargetError,
        database.DatabaseError,
    ) as error:
        raise UsageError(str(error)) from error
    return made


def steps(options: argparse.Namespace) -> dict[str, Step]:
    """The steps of a run that write further files beside the tables."""
    made: dict[str, Step] = {}
    if options.xlsx:
        made["workbook"] = _workbook
    if options.calendar:
        made["calendars"] = _calendars
    return made


def _workbook(handed: HandedOver) -> None:
    run = Finished(handed.folder)
    for text in workbook.write_workbook(run, handed.folder / workbook.NAME):
        print(f"Lưu ý: {text}", file=sys.stderr)


def _calendars(handed: HandedOver) -> None:
    calendars.write_calendars(Finished(handed.folder), handed.folder / calendars.FOLDER)


def load(out: Path, wanted: Sequence[database.Target]) -> bool:
    """Load the tables of a folder into each database; False where one of them refused."""
    if not wanted:
        return True
    run = Finished(out)
    well = True
    for target in wanted:
        try:
            say(f"loaded into   {database.load(run, target)}")
        except database.DatabaseError as error:
            print(f"Lỗi: {error}", file=sys.stderr)
            well = False
    return well
