"""What holds of every input, tried on real plans cut, shuffled and salted, and on noise."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bench.caches import forget_values
from bench.fuzz_targets import TEXT_TARGETS, document, records, source_of
from bench.invariants import same
from bench.mutate import KINDS, Edit, dictionary, mutate, noise, texts
from extract.readers.unreadable import UnreadableError
from normalize.records import Plan

EDITS = st.lists(
    st.builds(
        Edit,
        kind=st.sampled_from(KINDS),
        at=st.floats(0, 1),
        to=st.floats(0, 1),
        piece=st.integers(0, len(dictionary()) - 1),
        count=st.integers(0, 3000),
    ),
    min_size=1,
    max_size=12,
)
PLANS = st.builds(mutate, st.sampled_from(texts()), EDITS)
CELLS = st.lists(st.sampled_from(dictionary()) | st.text(max_size=6), max_size=14).map(" ".join)
FEW = settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
SOME = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
MANY = settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))


@FEW
@given(PLANS)
def test_a_mutated_plan_gives_sound_tables(text: str) -> None:
    document(text)


@FEW
@given(EDITS.map(lambda edits: noise(edits * 6)))
def test_noise_gives_sound_tables(text: str) -> None:
    document(text)


@pytest.mark.parametrize("target", [name for name in TEXT_TARGETS if name != "document"])
@SOME
@given(CELLS)
def test_a_grammar_reads_any_cell(target: str, text: str) -> None:
    TEXT_TARGETS[target](text)


@pytest.mark.slow
@MANY
@given(PLANS)
def test_many_mutated_plans_give_sound_tables(text: str) -> None:
    document(text)


@pytest.mark.parametrize(
    "rewritten",
    [
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="crlf"),
        pytest.param(lambda text: unicodedata.normalize("NFD", text), id="nfd"),
        pytest.param(lambda text: "\ufeff" + text, id="byte-order mark"),
    ],
)
@FEW
@given(PLANS)
def test_a_text_written_otherwise_gives_the_same_tables(rewritten: object, text: str) -> None:
    assert callable(rewritten)
    # What mixes forms is itself no spelling of one text: start from a plain one.
    text = unicodedata.normalize("NFC", text).replace("\r", "").lstrip("\ufeff")
    assume(text.strip())
    try:
        plain = records(source_of(text))
    except UnreadableError:
        with pytest.raises(UnreadableError):
            source_of(rewritten(text))
        return
    assert words_of(records(source_of(rewritten(text)))) == words_of(plain)


@FEW
@given(PLANS)
def test_a_process_that_read_nothing_before_gives_the_same(text: str) -> None:
    try:
        source = source_of(text)
    except UnreadableError:
        return
    warm = records(source)
    forget_values()
    assert same(records(source), warm)


def words_of(plan: Plan) -> list[list[tuple[object, ...]]]:
    """All rows without places and hashes."""
    left_out = {"at", "source_sha256"}
    return [
        [
            tuple(getattr(row, name) for name in row.__struct_fields__ if name not in left_out)
            for row in getattr(plan, table)
        ]
        for table in plan.__struct_fields__
    ]
