"""The process that atheris runs in: ``python -m bench.fuzz_child TARGET CORPUS [OPTIONS]``."""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["extract", "normalize"]):
    from bench import fuzz_targets

from bench.mutate import KINDS, Edit, mutate, texts


def from_bytes(data: bytes) -> str:
    """The bytes as a text, or as edits of a real plan: their first byte tells which."""
    if not data or data[0] % 2:
        return data[1:].decode("utf-8", "replace")
    chosen = atheris.FuzzedDataProvider(data[1:])
    plans = texts()
    plan = plans[chosen.ConsumeIntInRange(0, len(plans) - 1)]
    edits: list[Edit] = []
    while chosen.remaining_bytes() > 8 and len(edits) < 40:
        edits.append(
            Edit(
                KINDS[chosen.ConsumeIntInRange(0, len(KINDS) - 1)],
                chosen.ConsumeProbability(),
                chosen.ConsumeProbability(),
                chosen.ConsumeIntInRange(0, 1 << 20),
                chosen.ConsumeIntInRange(0, 3_000),
            )
        )
    return mutate(plan, edits)


def main() -> None:
    """Hands the command line to libFuzzer; ends the process."""
    target = sys.argv[1]

    def feed(data: bytes) -> None:
        if target == "file":
            fuzz_targets.file(data)
        elif target == "document":
            fuzz_targets.document(from_bytes(data))
        else:
            fuzz_targets.TEXT_TARGETS[target](data.decode("utf-8", "replace"))

    atheris.Setup([sys.argv[0], *sys.argv[2:]], feed)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
