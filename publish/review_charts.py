"""The charts of the review page: their specs, made with altair, and the bundle that draws them.

``publish/page/charts.json`` holds what :func:`specs` makes, so that no run imports altair (a second
at start): ``python -m publish.review_charts > publish/page/charts.json`` writes it anew, and a test
fails when it is stale. The page fills in the data, so that charts follow filters and language.

The bundle (vega, vega-lite, vega-embed in one script) comes from the installed vl-convert, which
takes three seconds to put it together; it is kept in the user's cache folder by its version.
"""

from __future__ import annotations

import hashlib
import os
import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec

from publish.folder import cache_folder

_SNIPPET = "window.vegaEmbed = vegaEmbed;"
INSTALL = "pip install 'kehoach[review]'"

_INK = "#12446b"
_COLOURS = ["#12446b", "#c2703d", "#3f7f5f", "#8a5a9e", "#b8912f", "#5b8fb9", "#a34a5e", "#7d7d7d"]
"""Told apart by people who see few colours, and each at least 3 : 1 on white but the last two."""


def specs() -> dict[str, Any]:
    """Chart name → Vega-Lite spec with an empty data set ``figures``; needs altair.

    A figure has ``name`` and ``amount``, for budgets ``group`` too. No title or unit stands in a
    spec: the page says them in the language of the moment.
    """
    import altair as alt

    figures = alt.NamedData(name="figures")
    quarters = _bars(alt, figures).encode(
        x=alt.X(
            "name:N",
            sort=None,
            title=None,
            axis=alt.Axis(labelAngle=-40, labelLimit=130, labelOverlap=True),
        ),
        y=alt.Y("amount:Q", title=None, axis=alt.Axis(tickMinStep=1, format=",d")),
    )
    across = alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=190))
    leads = _bars(alt, figures).encode(
        x=alt.X("amount:Q", title=None, axis=alt.Axis(tickMinStep=1, tickCount=6, format=",d")),
        y=across,
    )
    money = alt.X("amount:Q", title=None, axis=alt.Axis(format=",~r", tickCount=4))
    areas = _bars(alt, figures).encode(x=money, y=across)
    budgets = _bars(alt, figures, colour=None).encode(
        x=alt.X("sum(amount):Q", title=None, axis=alt.Axis(format=",~r", tickCount=4)),
        y=across,
        color=alt.Color(
            "group:N",
            title=None,
            sort=None,
            scale=alt.Scale(range=_COLOURS),
            legend=alt.Legend(orient="bottom", columns=1, labelLimit=300, symbolType="square"),
        ),
    )
    charts = {"quarters": quarters, "leads": leads, "budgets": budgets, "areas": areas}
    return {name: _plain(chart) for name, chart in charts.items()}


def _bars(alt: Any, data: Any, colour: str | None = _INK) -> Any:
    """Bars as wide as their place; the page sets the height of charts that have a row a bar."""
    mark = {"color": colour} if colour else {"stroke": "white"}
    chart = alt.Chart(data).mark_bar(cursor="pointer", **mark)
    size = alt.AutoSizeParams(type="fit-x", contains="padding")
    return chart.properties(width="container", height=230, autosize=size)


def _plain(chart: Any) -> dict[str, Any]:
    text = {"labelColor": "#1d2733", "labelFontSize": 12}
    quiet = {"gridColor": "#e6e9ed", "domain": False, "ticks": False, "labelPadding": 6}
    chart = chart.configure_view(stroke=None).configure_legend(**text)
    chart = chart.configure_axis(**quiet, **text)
    made: dict[str, Any] = chart.to_dict()
    made.pop("$schema")  # an address, which the page has no use for
    return made


def bundle() -> bytes | None:
    """The script that draws the charts, fit to stand in a page; None without the extra ``review``.

    Taken from the cache folder where a run of the same version left it.
    """
    made_by = bundle_version()
    if made_by is None:
        return None
    kept = cache_folder() / f"vega-embed-{made_by}.js"
    try:
        return _checked(kept.read_bytes())
    except (OSError, ValueError):
        pass
    try:
        import vl_convert
    except ImportError:
        return None
    script = _embeddable(vl_convert.javascript_bundle(_SNIPPET).encode())
    with suppress(OSError):  # a run that may not keep it makes it again
        kept.parent.mkdir(parents=True, exist_ok=True)
        beside = kept.with_name(f"{kept.name}.{os.getpid()}")
        beside.write_bytes(hashlib.sha256(script).hexdigest().encode() + b"\n" + script)
        beside.replace(kept)
    return script


def bundle_version() -> str | None:
    """The version of the installed vl-convert; None where there is none."""
    # importlib.metadata would take as long as writing the page.
    found = find_spec("vl_convert")
    for place in (found and found.submodule_search_locations) or ():
        for about in Path(place).parent.glob("vl_convert_python-*.dist-info"):
            return about.name.removeprefix("vl_convert_python-").removesuffix(".dist-info")
    return None


def made_with() -> str:
    """What the page is made with beside the program's own modules: bundle, parts of the page."""
    with os.scandir(Path(__file__).parent / "page") as parts:
        about = sorted((one.name, one.stat().st_size, one.stat().st_mtime_ns) for one in parts)
    return f"{bundle_version()} {about}"


def _checked(kept: bytes) -> bytes:
    """The script behind its own hash; ValueError where they do not fit (a full disk, an editor)."""
    told, _, script = kept.partition(b"\n")
    if hashlib.sha256(script).hexdigest().encode() != told:
        raise ValueError("the kept bundle is damaged")
    return script


def _embeddable(script: bytes) -> bytes:
    """No end of a script element and no comment of HTML inside; in strings both mean the same."""
    return script.replace(b"</script", b"<\\/script").replace(b"<!--", b"<\\!--")


if __name__ == "__main__":
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(specs()), indent=1) + b"\n")
