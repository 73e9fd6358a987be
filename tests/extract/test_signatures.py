"""The lines of a signature: who signs, in whose name, whatever the letters."""

from __future__ import annotations

import pytest

from extract import extract_documents
from extract.signatures import person_in
from extract.source import Source
from normalize.document_rows import document_facts
from normalize.raw import RawDocument

PLAN = "KẾ HOẠCH\nTrồng cây\n\nI. MỤC TIÊU\n\nNăm 2023.\n\n{}\n"


def read(text: str) -> RawDocument:
    (plan,) = extract_documents(Source(text, name="x"))
    return plan


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Trần Văn Mẫu", "Trần Văn Mẫu"),
        ("TRẦN VĂN MẪU", "TRẦN VĂN MẪU"),
        ("Đại tá Trần Văn Mẫu", "Trần Văn Mẫu"),
        ("Thiếu tướng TRẦN VĂN MẪU", "TRẦN VĂN MẪU"),
        ("PGS.TS. Trần Văn Mẫu", "Trần Văn Mẫu"),
        ("TS.BS Trần Văn Mẫu", "Trần Văn Mẫu"),
        ("BSCKII. Trần Văn Mẫu", "Trần Văn Mẫu"),
        ("NGƯT. ThS. Trần Văn Mẫu", "Trần Văn Mẫu"),
        # no person
        ("Đại tá", None),
        ("PHÓ CHỦ TỊCH UBND TỈNH", None),
        ("Phó Giám đốc", None),
        ("Sở Nội Vụ", None),
        ("Trần Văn Mẫu, Chủ tịch", None),
        # Titles whose marks a scan lost or changed.
        ("Pho Chủ Tịch", None),
        ("PHO CHU TICH", None),
        ("Giam Đôc", None),
        ("Chu Tich", None),
        ("Phó Giam Đốc Sở Y Tế", None),
        ("Trương Phòng", None),
        ("Pho Viên Trưởng", None),
        # Persons whose names begin like one.
        ("Vũ Trường Giang", "Vũ Trường Giang"),
        ("Phó Đức Mẫu", "Phó Đức Mẫu"),
        ("Chu Thị Mẫu", "Chu Thị Mẫu"),
    ],
)
def test_the_person_in_a_line(line: str, name: str | None) -> None:
    start = person_in(line)
    assert (None if start is None else line[start:]) == name


@pytest.mark.parametrize(
    ("lines", "title", "name"),
    [
        ("Giám đốc\nTrần Văn Mẫu", "Giám đốc", "Trần Văn Mẫu"),
        ("KT. Giám đốc\nPhó Giám đốc\n(Đã ký)\nTrần Văn Mẫu", "Phó Giám đốc", "Trần Văn Mẫu"),
        ("TM. Ủy ban nhân dân\nChủ tịch\nTrần Văn Mẫu", "Chủ tịch", "Trần Văn Mẫu"),
        ("Nơi nhận:\n- Lưu: VT.\nHiệu trưởng\nTS. Trần Văn Mẫu", "Hiệu trưởng", "Trần Văn Mẫu"),
        ("GIÁM ĐỐC\nĐại tá Trần Văn Mẫu", "GIÁM ĐỐC", "Trần Văn Mẫu"),
        ("CHÍNH ỦY\nĐại tá\nTrần Văn Mẫu", "CHÍNH ỦY", "Trần Văn Mẫu"),
        ("TRƯỞNG CÔNG AN XÃ\n(đã ký)\nTrung tá Trần Văn Mẫu", "TRƯỞNG CÔNG AN", "Trần Văn Mẫu"),
        # A further post of the signer between the mark and the name.
        ("TRƯỞNG BAN\n(Đã ký)\nPHÓ CHỦ TỊCH UBND TỈNH\nTrần Văn Mẫu", "TRƯỞNG BAN", "Trần Văn Mẫu"),
        # The recipients stand below the signature.
        ("Trưởng phòng\nTrần Văn Mẫu\nNơi nhận:\n- Lưu: VT.", "Trưởng phòng", "Trần Văn Mẫu"),
    ],
)
def test_a_signature(lines: str, title: str, name: str) -> None:
    signature = read(PLAN.format(lines)).signature
    assert signature is not None
    assert signature.title is not None
    assert signature.name is not None
    assert (signature.title.text, signature.name.text) == (title, name)


def test_a_title_amid_the_text_signs_nothing() -> None:
    text = "Trưởng ban\nTrần Văn Mẫu\nII. TỔ CHỨC THỰC HIỆN\n1. Văn phòng theo dõi việc thực hiện."
    plan = read(PLAN.format(text))
    assert plan.signature is None
    assert [one.label for one in plan.sections] == ["I", "II", "1"]


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        ("KT. CHỦ TỊCH\nPho Chủ Tịch\nTrần Văn Mẫu", "Trần Văn Mẫu"),
        ("KT. CHỦ TỊCH\nPHO CHU TICH\nTrần Văn Mẫu", "Trần Văn Mẫu"),
        ("KT. CHỦ TỊCH\nPhó Chu Tịch", None),
    ],
)
def test_a_title_that_lost_its_marks_is_mended_and_told(lines: str, name: str | None) -> None:
    facts = document_facts(read(PLAN.format(lines)), None, [])
    assert (facts.signer, facts.signer_title) == (name, "Phó Chủ tịch")
    told = [(note.raw, note.value) for note in facts.notes if note.code == "text.repaired"]
    assert told == [(lines.split("\n")[1], "Phó Chủ tịch")]
