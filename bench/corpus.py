"""Plans made to order, with what must come out of them: ``make_plan(number)``.

Every plan differs in province, year, areas, agencies, schedule and budget spellings, columns and
their order, heads, table style, page breaks and slips of the scan; the same number gives the same
plan. ``python -m bench corpus FOLDER COUNT`` writes them as files.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from random import Random

import msgspec

from bench import corpus_words as words
from bench.corpus_tables import STYLES, Line, write_table


class Task(msgspec.Struct, frozen=True):
    """What must come out of one task; ids in order of the cell, ``repaired`` where a slip of the
    scan in its lead is to be told."""

    number: str | None
    area: str
    area_code: str | None
    task: str
    deliverables: tuple[str, ...]
    type_codes: tuple[tuple[str, ...], ...]
    lead_ids: tuple[str, ...]
    coordinating_ids: tuple[str, ...]
    periods: tuple[words.Bounds, ...]
    budget_vnd: int | None
    budget_status: str
    repaired: bool = False


class MadePlan(msgspec.Struct, frozen=True):
    """One plan: its text and what must come out of it."""

    text: str
    symbol: str
    jurisdiction_code: str
    issued_on: datetime.date
    plan_year: int
    title: str
    tasks: tuple[Task, ...]
    style: str


HEADS = {
    "number": ("TT", "STT", "Số TT"),
    "task": ("Nhiệm vụ", "Nội dung nhiệm vụ", "Tên nhiệm vụ", "Nội dung công việc", "Hoạt động"),
    "deliverables": ("Sản phẩm", "Kết quả", "Sản phẩm đầu ra", "Kết quả đầu ra"),
    "lead": ("Cơ quan chủ trì", "Đơn vị chủ trì", "Chủ trì", "Đơn vị chủ trì thực hiện"),
    "coordinating": ("Cơ quan phối hợp", "Đơn vị phối hợp", "Phối hợp"),
    "schedule": ("Thời gian", "Thời gian thực hiện", "Thời hạn hoàn thành", "Tiến độ thực hiện"),
    "budget": ("Kinh phí (triệu đồng)", "Dự trù kinh phí (triệu đồng)"),
    "note": ("Ghi chú",),
    "area": ("Lĩnh vực", "Nhóm nhiệm vụ"),
    "bodies": ("Phân công thực hiện", "Trách nhiệm thực hiện"),
}
_ORDERS = (
    ("task", "deliverables", "lead", "coordinating", "schedule", "budget"),
    ("task", "lead", "coordinating", "schedule", "deliverables", "budget"),
    ("task", "deliverables", "schedule", "lead", "coordinating"),
    ("task", "lead", "coordinating", "deliverables", "schedule", "note"),
    ("task", "schedule", "lead", "deliverables", "coordinating"),
)


_OPENINGS = (("number",), ("number",), ("number",), ("number", "area"), ("area",), ())
"""Columns before the task: most tables number their rows, some name the area beside them."""
_NUMBERS = ("{}", "{}", "{}.", "{:02d}", "{}/")


def make_plan(number: int, tasks: int | None = None) -> MadePlan:
    """The plan of that number, with so many tasks (8 to 30 where none is said)."""
    chance = Random(number)
    province = chance.choice(words.PROVINCES)
    year = chance.randint(2012, 2024)
    day = datetime.date(year - 1, chance.randint(11, 12), chance.randint(1, 28))
    columns = chance.choice(_OPENINGS) + chance.choice(_ORDERS)
    if chance.random() < 0.15:
        columns = tuple("bodies" if one == "lead" else one for one in columns)
        columns = tuple(one for one in columns if one != "coordinating")
    made = tuple(_tasks(chance, year, tasks or chance.randint(8, 30), columns))
    symbol = f"{chance.randint(11, 399)}/KH-UBND"
    title = chance.choice(
        [
            f"Cải cách hành chính nhà nước năm {year}",
            f"Thực hiện công tác cải cách hành chính năm {year}",
            f"Nâng cao chất lượng phục vụ người dân năm {year}",
        ]
    )
    style = chance.choice(STYLES)
    heads = {column: chance.choice(HEADS[column]) for column in columns}
    lines = list(_lines(chance, made, columns))
    table = write_table(chance, style, [heads[column] for column in columns], lines)
    text = "\n".join([*_letterhead(province, symbol, day, title), *_prose(chance), *table, *_end()])
    return MadePlan(
        text,
        symbol,
        province.code,
        day,
        year,
        title,
        tuple(_seen(one, columns) for one, _ in made),
        style,
    )


def write_plans(folder: Path, count: int, first: int = 0) -> list[Path]:
    """Plan files ``plan-000001.txt`` … in the folder, a sub-folder a thousand."""
    paths = []
    for number in range(first, first + count):
        place = folder / f"{number // 1000:03d}"
        place.mkdir(parents=True, exist_ok=True)
        path = place / f"plan-{number:06d}.txt"
        path.write_text(make_plan(number).text, encoding="utf-8")
        paths.append(path)
    return paths


Cells = dict[str, str]
_SLIPS = 0.03
"""Share of leads that a scan misread."""


def _tasks(
    chance: Random, year: int, count: int, columns: tuple[str, ...]
) -> Iterator[tuple[Task, Cells]]:
    """Every task with the words of its cells by column."""
    areas = chance.sample(words.AREAS, min(len(words.AREAS), max(1, count // 5)))
    seen: set[str] = set()
    shown = chance.choice(_NUMBERS)
    for index, number in enumerate(range(1, count + 1)):
        area, code = areas[index * len(areas) // count]
        name = ""
        while not name or name in seen:
            name = (
                f"{chance.choice(words.VERBS)} {chance.choice(words.OBJECTS)}"
                f"{chance.choice(words.PLACES_OF_WORK)}"
            )
        seen.add(name)
        products = chance.sample(words.PRODUCTS, chance.choice([1, 1, 1, 2]))
        lead_words, leads, slip = _leads(chance)
        partner_words, partners = _partners(chance, leads)
        schedule, periods = chance.choice(words.SCHEDULES)(chance, year)
        money, dong, status = words.budget(chance)
        bullet = "- " if len(products) > 1 else ""
        cells = {
            "number": shown.format(number),
            "area": area,
            "bodies": f"Chủ trì: {lead_words}"
            + (f"\nPhối hợp: {partner_words}" if partner_words else ""),
            "task": name + chance.choice(["", ".", ";"]),
            "deliverables": "\n".join(bullet + product for product, _ in products),
            "lead": lead_words,
            "coordinating": partner_words,
            "schedule": schedule,
            "budget": money,
            "note": "",
        }
        yield (
            Task(
                shown.format(number).rstrip("./") if "number" in columns else None,
                area,
                code,
                name,
                tuple(product for product, _ in products),
                tuple(codes for _, codes in products),
                leads,
                partners,
                tuple(periods),
                dong,
                status,
                slip,
            ),
            cells,
        )


def _seen(task: Task, columns: tuple[str, ...]) -> Task:
    """The task as a table with these columns shows it."""
    if "budget" in columns:
        return task
    return msgspec.structs.replace(task, budget_vnd=None, budget_status="no_column")


def _leads(chance: Random) -> tuple[str, tuple[str, ...], bool]:
    """The words of the cell, the ids, and whether the words hold a slip of the scan."""
    if chance.random() < _SLIPS:
        shown_one, found_one = chance.choice(words.SLIPS)
        return shown_one, (found_one,), True
    bodies = chance.sample(words.BODIES, chance.choice([1, 1, 1, 2]))
    shown = [chance.choice(spellings) for spellings, _ in bodies]
    joined = chance.choice(["; ", ", ", "\n", " và "]).join(shown)
    return joined + chance.choice(["", "."]), tuple(found for _, found in bodies), False


def _partners(chance: Random, leads: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    bodies = [one for one in words.BODIES if one[1] not in leads]
    names = chance.sample(bodies, chance.choice([0, 0, 1, 2]))
    shown = [chance.choice(spellings) for spellings, _ in names]
    ids = [found for _, found in names]
    for spellings, found in chance.sample(words.GROUPS, chance.choice([0, 1, 1, 2])):
        if not set(found) & set(ids):
            shown.append(chance.choice(spellings))
            ids.extend(found)
    return chance.choice(["; ", "; ", "\n"]).join(shown), tuple(ids)


def _lines(
    chance: Random, made: tuple[tuple[Task, Cells], ...], columns: tuple[str, ...]
) -> Iterator[Line]:
    """The table's rows: areas in group rows, or in a cell of the first or each of their rows."""
    area = ""
    count = 0
    each = chance.random() < 0.5
    for task, cells in made:
        opens = task.area != area
        area = task.area
        if opens and "area" not in columns:
            count += 1
            label = _ROMAN[count - 1]
            yield Line([label, area] if "number" in columns else [f"{label}. {area}"], group=True)
        shown = dict(cells) if opens or each else {**cells, "area": ""}
        yield Line([shown[column] for column in columns])


_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def _letterhead(
    province: words.Province, symbol: str, day: datetime.date, title: str
) -> Iterator[str]:
    kind = "THÀNH PHỐ" if province.city else "TỈNH"
    yield "ỦY BAN NHÂN DÂN"
    yield f"{kind} {province.name.upper()}"
    yield ""
    yield f"Số: {symbol}"
    yield ""
    yield "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    yield "Độc lập - Tự do - Hạnh phúc"
    yield ""
    yield f"{province.name}, ngày {day.day:02d} tháng {day.month:02d} năm {day.year}"
    yield ""
    yield "KẾ HOẠCH"
    yield title
    yield ""


def _prose(chance: Random) -> Iterator[str]:
    yield "I. MỤC ĐÍCH, YÊU CẦU"
    yield "1. Mục đích"
    yield "Nâng cao hiệu lực, hiệu quả hoạt động của các cơ quan nhà nước."
    yield "2. Yêu cầu"
    yield "Các cơ quan, đơn vị triển khai nghiêm túc, đúng tiến độ."
    yield "II. NỘI DUNG"
    yield "Nhiệm vụ cụ thể được giao tại bảng sau:"
    yield ""


def _end() -> Iterator[str]:
    yield ""
    yield "III. TỔ CHỨC THỰC HIỆN"
    yield "Thủ trưởng các cơ quan, đơn vị chịu trách nhiệm thi hành Kế hoạch này./."
    yield ""
