"""Texts of any size to see how reading time grows: tables in every style, and hostile runs.

Each shape is a function of a count (rows, sections, characters) that gives the text of one input.
The rows are made of the corpus' words; no two tasks share a number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from random import Random

from bench import corpus_words as words
from bench.corpus_tables import Line, write_table

Shape = Callable[[int], str]

_HEADS = [
    *("TT", "Nội dung nhiệm vụ", "Sản phẩm", "Cơ quan chủ trì"),
    *("Cơ quan phối hợp", "Thời gian thực hiện", "Kinh phí (triệu đồng)"),
]
_HEAD = """ỦY BAN NHÂN DÂN
TỈNH BẮC GIANG

Số: 51/KH-UBND

Bắc Giang, ngày 05 tháng 12 năm 2022

KẾ HOẠCH
Cải cách hành chính nhà nước năm 2023

I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
Nâng cao hiệu lực, hiệu quả hoạt động của các cơ quan nhà nước.
II. NỘI DUNG
Nhiệm vụ cụ thể được giao tại bảng sau:

"""
_END = (
    "\n\nIII. TỔ CHỨC THỰC HIỆN\nThủ trưởng các đơn vị chịu trách nhiệm thi hành Kế hoạch này./.\n"
)
_GROUP_EVERY = 50


def _rows(count: int) -> Iterator[Line]:
    """So many tasks, a group row before every fiftieth."""
    chance = Random(7)
    for number in range(1, count + 1):
        if number % _GROUP_EVERY == 1:
            area, _ = words.AREAS[number // _GROUP_EVERY % len(words.AREAS)]
            yield Line(["", area], group=True)
        lead, partner = chance.sample(words.BODIES, 2)
        schedule, _ = chance.choice(words.SCHEDULES)(chance, 2023)
        money, _, _ = words.budget(chance)
        yield Line(
            [
                str(number),
                f"{chance.choice(words.VERBS)} {chance.choice(words.OBJECTS)} đợt {number}",
                chance.choice(words.PRODUCTS)[0],
                chance.choice(lead[0]),
                chance.choice(partner[0]),
                schedule,
                money,
            ]
        )


def _plan(body: str) -> str:
    return _HEAD + body + _END


def _table(style: str, count: int) -> str:
    """One table without page breaks."""
    lines = write_table(_Unbroken(1), style, _HEADS, list(_rows(count)))
    return _plan("\n".join(lines))


class _Unbroken(Random):
    """Chance that never breaks a page."""

    def random(self) -> float:
        return 1.0


class _Broken(Random):
    """Chance that breaks pages, and cuts every other row there."""

    def random(self) -> float:
        return super().random() * 0.5


def _cut_rows(count: int) -> str:
    lines = write_table(_Broken(1), "tabs", _HEADS, list(_rows(count)))
    return _plan("\n".join(lines))


def _copied(count: int) -> str:
    """One cell a line, as copied out of a page; group rows left out."""
    lines = list(_HEADS)
    for row in _rows(count):
        if not row.group:
            lines += [cell.replace("\n", " ") or "\u00a0" for cell in row.cells]
    return _plan("\n".join(lines))


def _layout(count: int, page: int = 0) -> str:
    """Columns of blanks, each row on lines of its own; a form feed every ``page`` rows."""
    widths = [4, 36, 18, 24, 24, 22, 16]
    lines: list[str] = []
    for number, row in enumerate([Line(_HEADS), *(r for r in _rows(count) if not r.group)]):
        columns = [_wrapped(cell, width) for cell, width in zip(row.cells, widths, strict=True)]
        for at in range(max(len(column) for column in columns)):
            shown = [column[at] if at < len(column) else "" for column in columns]
            lines.append("  ".join(c.ljust(w) for c, w in zip(shown, widths, strict=True)).rstrip())
        lines.append("")
        if page and number and number % page == 0:
            lines.append("\f")
    return _plan("\n".join(lines))


def _wrapped(cell: str, width: int) -> list[str]:
    import textwrap

    return textwrap.wrap(cell, width, break_long_words=False) or [""]


def _labelled(count: int) -> str:
    """Tasks as numbered activities with labelled lines."""
    lines = []
    for row in _rows(count):
        if row.group:
            continue
        number, task, product, lead, partner, schedule, _ = row.cells
        lines += [
            f"{number}. {task}",
            f"- Sản phẩm: {product}",
            f"- Đơn vị chủ trì: {lead}",
            f"- Đơn vị phối hợp: {partner}",
            f"- Thời gian thực hiện: {schedule}".replace("\n", "; "),
        ]
    return _plan("\n".join(lines))


def _sections(count: int) -> str:
    return _plan(
        "\n".join(
            f"{n}. Yêu cầu thứ {n} đối với đơn vị\nThực hiện nghiêm túc." for n in range(1, count)
        )
    )


def _nested_sections(count: int) -> str:
    lines = []
    for n in range(1, count):
        lines.append(f"{n % 7 + 1}.{n % 5 + 1}.{n % 3 + 1}. Nội dung cần triển khai")
        lines.append("a) Rà soát văn bản;")
    return _plan("\n".join(lines))


def _same_section(count: int) -> str:
    return _plan("1. Mục đích\n" * count)


def _citations(count: int) -> str:
    return _plan(
        "\n".join(
            f"Căn cứ Nghị định số {n % 300 + 1}/{year}/NĐ-CP ngày 12/5/{year} của Chính phủ;"
            for n in range(count)
            for year in (2000 + n % 22,)
        )
    )


def _citation_list(count: int) -> str:
    listed = ", ".join(f"{n % 300 + 1}/2020/NĐ-CP" for n in range(count))
    return _plan(f"Thực hiện các Nghị định số {listed} ngày 12/5/2020 của Chính phủ.")


def _laws(count: int) -> str:
    return _plan("Căn cứ " + ", ".join(["Luật Tổ chức chính quyền địa phương"] * count) + ".")


def _targets(count: int) -> str:
    return _plan(
        "\n".join(f"- {n % 97 + 1}% hồ sơ được giải quyết đúng hạn;" for n in range(count))
    )


def _target_line(count: int) -> str:
    return _plan(
        "Phấn đấu " + ", ".join(f"{n % 97 + 1}% hồ sơ đúng hạn" for n in range(count)) + "."
    )


def _cell(words_: str, column: int, count: int, style: str = "tabs") -> str:
    """A table with one huge cell among small ones."""
    rows = [row for row in _rows(3) if not row.group]
    rows[1].cells[column] = words_ * count
    lines = write_table(_Unbroken(1), style, _HEADS, rows)
    return _plan("\n".join(lines))


def _run(piece: str, count: int) -> str:
    return _plan(f"Nội dung {piece * count} cuối cùng")


def _line(piece: str, count: int) -> str:
    """One line and nothing else."""
    return piece * count


def _nested_tags(count: int) -> str:
    return "<html><body>" + "<div>" * count + "Kế hoạch" + "</div>" * count


def _nested_tables(count: int) -> str:
    return "<html><body>" + "<table><tr><td>" * count + "Kế hoạch" + "</td></tr></table>" * count


def _open_tags(count: int) -> str:
    return "<html><body>" + "<td" * count


def _spans(count: int) -> str:
    """Rows whose cells claim huge spans."""
    rows = "<tr><td rowspan=65534 colspan=1000>a</td></tr>" * count
    head = "<tr>" + "".join(f"<th>{head}</th>" for head in _HEADS) + "</tr>"
    return f"<html><body><table>{head}{rows}</table>"


def _wide_rows(count: int) -> str:
    """One row of so many cells below a good header."""
    return _plan("\t".join(_HEADS) + "\n" + "\t".join(["1"] * count) + "\n")


def _documents(count: int) -> str:
    """So many short documents in one file."""
    return "\n".join(
        f"ỦY BAN NHÂN DÂN\nTỈNH BẮC GIANG\n\nSố: {n}/KH-UBND\n\n"
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Độc lập - Tự do - Hạnh phúc\n\nBắc Giang, ngày 05 tháng 12 năm 2022\n\nKẾ HOẠCH\n"
        f"Thực hiện việc số {n}\n\nI. MỤC ĐÍCH\nLàm tốt.\n\nNơi nhận:\n- Như trên;\n\n"
        "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nNguyễn Văn Mẫu\n"
        for n in range(1, count)
    )


def _appendices(count: int) -> str:
    return _plan(
        "\n".join(f"PHỤ LỤC {n}\nDANH MỤC NHIỆM VỤ\nMột dòng chữ." for n in range(1, count))
    )


def _tables(count: int) -> str:
    """So many small tables, each with its head."""
    table = "\n".join(write_table(_Unbroken(1), "tabs", _HEADS, list(_rows(2))))
    return _plan(f"{table}\n\nCác việc khác được giao như sau:\n\n" * count)


ROWS: dict[str, Shape] = {
    "rows, tabs": partial(_table, "tabs"),
    "rows, pipes": partial(_table, "pipes"),
    "rows, bars": partial(_table, "bars"),
    "rows, html": partial(_table, "html"),
    "rows, cut by pages": _cut_rows,
    "rows, laid out": _layout,
    "rows, laid out in pages": partial(_layout, page=25),
    "rows, copied": _copied,
    "rows, labelled": _labelled,
}
"""Counts are rows."""

PARTS: dict[str, Shape] = {
    "sections": _sections,
    "sections, nested": _nested_sections,
    "sections, one heading again and again": _same_section,
    "citations": _citations,
    "citations in one list": _citation_list,
    "laws in one sentence": _laws,
    "targets": _targets,
    "targets in one sentence": _target_line,
    "documents": _documents,
    "appendices": _appendices,
    "tables": _tables,
    "nested tags": _nested_tags,
    "nested tables": _nested_tables,
    "open tags": _open_tags,
    "huge spans": _spans,
    "cells in one row": _wide_rows,
}
"""Counts are parts: sections, citations, tags …"""

_PIECES = {
    "letters": "a",
    "digits": "7",
    "blanks": " ",
    "hyphens": "-",
    "dots": ".",
    "commas": ", ",
    "slashes": "/",
    "numbers": "1.",
    "dates": "1/1/2020, ",
    "brackets": "(",
    "brackets, shut": "()",
    "quotes": "“",
    "marks": "\u0301",
    "letters with marks": "a\u0323\u0302",
    "words": "kế hoạch ",
    "capitals": "KẾ HOẠCH ",
    "joined words": "và ",
    "bodies": "Sở Nội vụ, ",
    "bodies of a list": "các sở: ",
    "quarters": "quý II, ",
    "conditions": "sau khi ",
    "semicolons": "; ",
    "entities": "&amp;",
    "open entities": "&",
    "tags": "<b>",
    "open angles": "<",
    "backticks": "`",
    "asterisks": "*",
    "underscores": "_",
    "bars": "|",
    "tabs": "\t",
    "line ends": "\n",
    "blank lines": " \n",
    "hyphen lines": "-\n",
    "form feeds": "\f",
    "zero-width blanks": "\u200b",
    "no-break blanks": "\u00a0",
    "roman numbers": "I",
    "percents": "5% ",
    "colons": ": ",
    "mojibake": "Ã¡Âº",
    "a letter a line": "a\n",
    "a number a line": "1\n",
    "columns of blanks": "a   b\n",
}
RUNS: dict[str, Shape] = {f"run of {name}": partial(_run, piece) for name, piece in _PIECES.items()}
RUNS |= {f"line of {name}": partial(_line, piece) for name, piece in _PIECES.items()}
"""Counts are pieces of a character or a word or two."""

_COLUMNS = {
    "number": 0,
    "task": 1,
    "product": 2,
    "lead": 3,
    "partner": 4,
    "schedule": 5,
    "budget": 6,
}
CELLS: dict[str, Shape] = {
    f"{column} cell of {name}": partial(_cell, _PIECES[name], at)
    for column, at in _COLUMNS.items()
    for name in (
        *(
            "letters",
            "digits",
            "blanks",
            "hyphens",
            "dots",
            "commas",
            "slashes",
            "numbers",
            "dates",
        ),
        *("brackets", "brackets, shut", "quotes", "marks", "words", "capitals", "joined words"),
        *("bodies", "bodies of a list", "quarters", "conditions", "semicolons", "entities", "tags"),
        *("open angles", "roman numbers", "percents", "colons", "asterisks", "letters with marks"),
    )
}
"""Counts are pieces in one cell of a table."""

_PLACES = {
    "a cited decree": "Căn cứ Nghị định số {}",
    "a decree's date": "Căn cứ Nghị định số 12/2020/NĐ-CP ngày {}",
    "a decree's issuer": "Căn cứ Nghị định số 12/2020/NĐ-CP ngày 1/2/2020 của {}",
    "a law's title": "Căn cứ Luật {}",
    "a law's words": "Căn cứ Luật Tổ chức {} năm 2015",
    "a heading": "I. {}",
    "a heading with letter": "a) {}",
    "an article": "Điều 1. {}",
    "a bullet": "- Đến hết năm 2023, có ít nhất {} đạt 90% trở lên",
    "a share": "Phấn đấu 95% {} được giải quyết",
    "a count": "Có 12 {}; trên 80% {}",
    "a label": "Đơn vị chủ trì: {}",
    "a time label": "Thời gian thực hiện: {}",
    "words before a label": "1. {} Đơn vị chủ trì: Sở Nội vụ",
    "recipients": "Nơi nhận:\n- {}",
    "an authority": "TM. ỦY BAN NHÂN DÂN\n{}",
    "an appendix": "PHỤ LỤC I\n{}",
    "a caption": "(Kèm theo Kế hoạch số {})",
    "an open caption": "(Ban hành kèm theo Quyết định số 1/QĐ-UBND ngày {}",
    "an effect": "Kế hoạch này có hiệu lực thi hành kể từ ngày {}",
    "a report window": "Báo cáo quý I: tính từ ngày 15/12/2025 đến ngày {}",
    "small letters": "thực hiện {} theo quy định",
}
_FRONT = {
    "a number": "Số: {}\n\nKẾ HOẠCH\nNăm 2023\n",
    "a dateline": "Bắc Giang, ngày {}\n\nKẾ HOẠCH\nNăm 2023\n",
    "a title": "ỦY BAN NHÂN DÂN\nTỈNH BẮC GIANG\n\nSố: 5/KH-UBND\n\nKẾ HOẠCH\n{}\n\n",
    "a title line": "KẾ HOẠCH {}\n\nI. NỘI DUNG\n",
    "an issuer": "ỦY BAN NHÂN DÂN TỈNH {}\n\nSố: 5/KH-UBND\n\nKẾ HOẠCH\nNăm 2023\n",
    "a table head": "KẾ HOẠCH\nNăm 2023\n\nTT\tNhiệm vụ {}\tChủ trì\tThời gian\n1\ta\tb\tc\n",
    "an html table": "<table><tr><td>{}</td><td>x</td></tr></table>",
    "an html tag": "<html><body><p class='{}'>x</p>",
    "a comment": "<html><body><!-- {} <p>x</p>",
    "a script": "<html><body><script>{}<p>x</p>",
}


def _placed(template: str, piece: str, count: int) -> str:
    return _plan(template.replace("{}", piece * count) + "\n")


def _fronted(template: str, piece: str, count: int) -> str:
    return template.replace("{}", piece * count) + "\n"


PLACES: dict[str, Shape] = {
    f"{place} of {name}": partial(_placed, template, piece)
    for place, template in _PLACES.items()
    for name, piece in _PIECES.items()
}
PLACES |= {
    f"{place} of {name}": partial(_fronted, template, piece)
    for place, template in _FRONT.items()
    for name, piece in _PIECES.items()
}
"""Counts are pieces in one place of the prose."""
