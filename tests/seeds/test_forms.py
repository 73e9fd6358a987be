"""The real plans in other clothes: encodings, other table markup, page breaks, a lost column.

Each form must give the tables of the original text, spans, hashes and counts of findings apart.
The everyday run samples page breaks with a fixed seed; ``-m slow`` tries every one.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from seed_forms import (
    Cut,
    all_breaks,
    bars,
    blocks_of,
    droppable,
    html,
    html_over_lines,
    lines_of,
    pipes,
    row_numbers,
    several_cuts,
    single_cuts,
    with_break,
    with_cut,
    without_first_column,
)
from seed_spans import span_faults
from seed_tables import (
    Tables,
    extract,
    extracted,
    seed_names,
    seed_text,
    table_differences,
    tables_of,
)

from normalize.records import Plan

SEEDS = seed_names()
SAMPLE = 40
CUT = frozenset({"row.joined", "column.shifted"})
SHIFTED = frozenset({"column.shifted"})

by_seed = pytest.mark.parametrize("name", SEEDS, ids=lambda name: name[:3])


def read(path: Path, data: str | bytes, name: str) -> Plan:
    """The records of a form of the seed, written under the seed's own name."""
    (path / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    return extract(path / name)


@cache
def original(name: str, without_codes: frozenset[str], rewritten: bool) -> Tables:
    """The tables of the seed as it is."""
    return tables_of(extracted(name), without_codes=without_codes, rewritten=rewritten)


def changes(
    plan: Plan, name: str, without_codes: frozenset[str] = frozenset(), rewritten: bool = True
) -> list[str]:
    """What a form gives otherwise than the original, one line a cell."""
    return table_differences(
        original(name, without_codes, rewritten),
        tables_of(plan, without_codes=without_codes, rewritten=rewritten),
    )


def show(differences: list[str]) -> str:
    """The first differences, one a line."""
    return "\n" + "\n".join(differences[:40])


# Encodings


ENCODINGS: dict[str, tuple[Callable[[str], str], str, bytes]] = {
    "nfd": (lambda text: unicodedata.normalize("NFD", text), "utf-8", b""),
    "crlf": (lambda text: text.replace("\n", "\r\n"), "utf-8", b""),
    "utf-8-bom": (lambda text: text, "utf-8", b"\xef\xbb\xbf"),
    "utf-16-le": (lambda text: text, "utf-16-le", b"\xff\xfe"),
    "utf-16-be": (lambda text: text, "utf-16-be", b"\xfe\xff"),
    "all at once": (
        lambda text: unicodedata.normalize("NFD", text).replace("\n", "\r\n"),
        "utf-16-le",
        b"\xff\xfe",
    ),
}


@by_seed
@pytest.mark.parametrize("form", ENCODINGS)
def test_encodings_give_the_same_tables(form: str, name: str, tmp_path: Path) -> None:
    change, encoding, mark = ENCODINGS[form]
    text = change(seed_text(name))
    plan = read(tmp_path, mark + text.encode(encoding), name)
    differences = changes(plan, name, rewritten=False)
    assert not differences, show(differences)
    faults = span_faults(plan, text)
    assert not faults, show(faults)


# Table markup


@by_seed
@pytest.mark.parametrize("markup", [pipes, bars, html, html_over_lines])
def test_table_markup_gives_the_same_tables(
    markup: Callable[[list[list[str]], bool], list[str]], name: str, tmp_path: Path
) -> None:
    made: list[str] = []
    first = True
    for block in blocks_of(lines_of(name)):
        if isinstance(block, str):
            made.append(block)
        else:
            made += markup(block, first)
            first = False
    text = "\n".join(made)
    plan = read(tmp_path, text, name)
    differences = changes(plan, name, SHIFTED)
    assert not differences, show(differences)
    faults = span_faults(plan, text)
    assert not faults, show(faults)


# Page breaks between rows


def break_faults(name: str, places: list[tuple[int, str]], path: Path) -> list[str]:
    """One line for each break that changes the tables."""
    lines = lines_of(name)
    found = []
    for before, kind in places:
        differences = changes(read(path, with_break(lines, before, kind), name), name, CUT)
        if differences:
            found.append(f"before line {before + 1}, {kind}: {len(differences)}: {differences[0]}")
    return [f"{len(found)} of {len(places)} breaks change the tables", *found] if found else []


@by_seed
def test_page_break_between_rows(name: str, tmp_path: Path) -> None:
    places = random.Random(142).sample(all_breaks(name), SAMPLE)
    faults = break_faults(name, places, tmp_path)
    assert not faults, show(faults)


@pytest.mark.slow
@by_seed
def test_every_page_break_between_rows(name: str, tmp_path: Path) -> None:
    faults = break_faults(name, all_breaks(name), tmp_path)
    assert not faults, show(faults)


@by_seed
def test_page_breaks_between_all_rows_at_once(name: str, tmp_path: Path) -> None:
    lines = lines_of(name)
    rows = set(row_numbers(lines)[1:])
    texts: list[str] = []
    for index, line in enumerate(lines):
        if index in rows:
            texts.append("")
        texts.append(line.text)
    differences = changes(read(tmp_path, "\n".join(texts), name), name, CUT)
    assert not differences, show(differences)


# Page breaks inside cells


def cut_faults(name: str, cuts: list[Cut], path: Path) -> list[str]:
    """One line for each cut that changes the tables or is not told."""
    lines = lines_of(name)
    told = sum(finding.code == "row.joined" for finding in extracted(name).findings)
    found = []
    for cut in cuts:
        plan = read(path, with_cut(lines, cut), name)
        differences = changes(plan, name, CUT)
        joined = sum(finding.code == "row.joined" for finding in plan.findings)
        if joined != told + 1:
            differences.append(f"row.joined told {joined} times, not {told + 1}")
        if differences:
            where = ", ".join(
                f"column {column} behind {(lines[cut.line].cells or [])[column][:offset][-25:]!r}"
                for column, offset in cut.offsets
            )
            found.append(f"line {cut.line + 1}, {where}: {len(differences)}: {differences[0]}")
    return [f"{len(found)} of {len(cuts)} cuts change the tables", *found] if found else []


@by_seed
def test_page_break_inside_a_cell(name: str, tmp_path: Path) -> None:
    cuts = random.Random(4963).sample(single_cuts(lines_of(name)), SAMPLE)
    faults = cut_faults(name, cuts, tmp_path)
    assert not faults, show(faults)


@by_seed
def test_page_break_inside_several_cells(name: str, tmp_path: Path) -> None:
    cuts = several_cuts(lines_of(name), SAMPLE, random.Random(28))
    faults = cut_faults(name, cuts, tmp_path)
    assert not faults, show(faults)


@pytest.mark.slow
@by_seed
def test_every_page_break_inside_a_cell(name: str, tmp_path: Path) -> None:
    lines = lines_of(name)
    cuts = single_cuts(lines) + several_cuts(lines, 500, random.Random(2021))
    faults = cut_faults(name, cuts, tmp_path)
    assert not faults, show(faults)


# A page without its first column


@by_seed
def test_page_without_its_first_column(name: str, tmp_path: Path) -> None:
    lines = lines_of(name)
    chance = random.Random(80)
    runs = droppable(lines)
    parts = list(runs)
    for run in runs:
        start = chance.randrange(len(run))
        parts.append(run[start : chance.randint(start, len(run) - 1) + 1])
    found = []
    for part in parts:
        differences = changes(read(tmp_path, without_first_column(lines, part), name), name, CUT)
        if differences:
            where = f"lines {part[0] + 1}–{part[-1] + 1}"
            found.append(f"{where}: {len(differences)}: {differences[0]}")
    assert not found, show([f"{len(found)} of {len(parts)} pages change the tables", *found])
