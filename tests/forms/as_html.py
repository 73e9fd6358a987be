"""Plans as saved web pages: a portal's page, nested layout tables, Word's own HTML."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence

from plain_plan import PlainTable

Blocks = Sequence[str | PlainTable]

MENU = (
    "Trang chủ|Giới thiệu|Cơ cấu tổ chức|Tin tức - Sự kiện|Công báo|Văn bản chỉ đạo điều hành|"
    "Thủ tục hành chính|Dịch vụ công trực tuyến|Quy hoạch, kế hoạch|Chiến lược phát triển|Liên hệ"
).split("|")
NEWS = (
    "Kế hoạch số 12/KH-UBND về phòng, chống dịch trên địa bàn tỉnh",
    "QUYẾT ĐỊNH phê duyệt chủ trương đầu tư tuyến đường ven biển",
    "Sở Nội vụ chủ trì, phối hợp với Sở Tài chính tổ chức hội nghị tổng kết",
    "Hội nghị giao ban quý III/2021 với UBND các huyện, thị xã, thành phố",
)


def page(blocks: Blocks) -> str:
    """A page of its own: nothing but the plan."""
    return _html(_head("Văn bản"), body(blocks))


def portal(blocks: Blocks) -> str:
    """The plan in the middle of a portal's page, marked up with the elements made for it."""
    return _html(
        _head("Cổng thông tin điện tử"),
        f"""<header><a href="/">CỔNG THÔNG TIN ĐIỆN TỬ</a><p>Thứ Hai, ngày 14 tháng 6 năm 2021</p>
<nav><ul>{_links(MENU)}</ul></nav></header>
<div class="crumbs"><a href="/">Trang chủ</a> » <a href="/vb">Văn bản</a> » <a>Kế hoạch</a></div>
<div class="row"><div class="col-3"><h3>THÔNG BÁO</h3><ul>{_links(NEWS)}</ul>
<p>Tiếp công dân định kỳ ngày 15 hằng tháng tại Trụ sở; mọi phản ánh xin gửi về Văn phòng UBND.</p>
<form><select><option>-- Liên kết --</option><option>Bộ Nội vụ</option></select></form></div>
<div class="col-9"><div class="article">
<script>var x = "<p>KẾ HOẠCH</p>";</script>
{body(blocks)}
</div><div class="share"><a href="#">Chia sẻ</a> <a href="#">In trang</a></div>
<h4>Các tin khác</h4><ul>{_links(NEWS, " (14/06/2021)")}</ul></div></div>
<footer><p>ỦY BAN NHÂN DÂN TỈNH</p><p>Chịu trách nhiệm: Ban Biên tập. Số 1 đường Trần Phú.</p>
<p>Lượt truy cập: 1.234.567</p></footer>""",
    )


def nested(blocks: Blocks) -> str:
    """A page of the old kind: tables in tables set its parts beside each other."""
    menu = "".join(f"<tr><td><a href='/{i}'>{one}</a></td></tr>" for i, one in enumerate(MENU))
    news = "".join(f"<li><a href=n{i}>{html.escape(one)}</a>" for i, one in enumerate(NEWS))
    return _html(
        _head("UBND"),
        f"""<table width=100%><tr><td colspan=3><img src=banner.gif>
<font size=1>Hôm nay, thứ hai ngày 14/06/2021</font></td></tr>
<tr valign=top><td width=150><table border=0>{menu}</table></td>
<td><table width="100%"><tr><td><b>Chỉ đạo điều hành</b></td></tr>
<tr><td>{body(blocks, paragraph="{}<br>")}</td></tr>
<tr><td><hr>Các tin đã đưa:<ul>{news}</ul></td></tr></table></td>
<td width=120><table><tr><td>QUẢNG CÁO</td></tr></table></td></tr>
<tr><td colspan=3>Bản quyền © 2005. Giấy phép số 12/GP-BC.</td></tr></table>""",
    )


_WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office">
<head>
<meta http-equiv=Content-Type content="text/html; charset=utf-8">
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View></w:WordDocument></xml><![endif]-->
<style>
<!--
 p.MsoNormal {font-family:"Times New Roman";}
-->
</style>
</head>
<body lang=EN-US>
<div class=WordSection1>
PLAN</div>
</body>
</html>"""
_WORD_PARAGRAPH = """<p class=MsoNormal style='margin-bottom:6.0pt;text-align:justify;
mso-margin-top-alt:auto'><span lang=VI
style='font-size:13.0pt;mso-bidi-font-family:"Times New Roman"'>{}<o:p></o:p></span></p>

"""


def word(blocks: Blocks) -> str:
    """As Word saves a page: names of its own, conditional comments, tags broken over lines."""

    def paragraph(text: str) -> str:
        return _WORD_PARAGRAPH.format(wrapped(text))

    return _WORD.replace("PLAN", body(blocks, wrap=paragraph, cell=paragraph))


def wrapped(text: str, width: int = 70) -> str:
    """Escaped words with the line ends that an editor of pages puts between them."""
    lines: list[str] = [""]
    for word_ in html.escape(text, quote=False).split(" "):
        if len(lines[-1]) + len(word_) > width:
            lines.append(word_)
        else:
            lines[-1] = f"{lines[-1]} {word_}".lstrip()
    return "\n".join(lines)


def body(
    blocks: Blocks,
    paragraph: str = "<p>{}</p>",
    wrap: Callable[[str], str] | None = None,
    cell: Callable[[str], str] | None = None,
) -> str:
    """Paragraphs and tables; a gap is an empty paragraph."""
    made: list[str] = []
    for block in blocks:
        if isinstance(block, PlainTable):
            made.append(table(block, cell or _cell))
        elif block:
            made.append(wrap(block) if wrap else paragraph.format(wrapped(block)))
        else:
            made.append(wrap("\u00a0") if wrap else paragraph.format("&nbsp;"))
    return "\n".join(made)


def _cell(text: str) -> str:
    return f"<p>{html.escape(text, quote=False)}</p>"


def table(block: PlainTable, cell: Callable[[str], str]) -> str:
    """A table with its merged cells as rowspan and colspan."""
    made = ["<table border=1 cellspacing=0>"]
    for index, (row, covered) in enumerate(zip(block.rows, block.covered, strict=True)):
        made.append(" <tr>")
        for column, (paragraphs, mark) in enumerate(zip(row, covered, strict=True)):
            if mark:
                continue
            right = _run(covered, column, "right")
            down = 1
            while index + down < len(block.covered) and column < len(block.covered[index + down]):
                if block.covered[index + down][column] != "down":
                    break
                down += 1
            spans = (f" colspan={right}" if right > 1 else "") + (
                f' rowspan="{down}"' if down > 1 else ""
            )
            words = "".join(map(cell, paragraphs)) or cell("\u00a0")
            made.append(f"  <td{spans} style='border:solid\n  1.0pt'>{words}</td>")
        made.append(" </tr>")
    return "\n".join([*made, "</table>"])


def _run(covered: Sequence[str], column: int, mark: str) -> int:
    size = 1
    while column + size < len(covered) and covered[column + size] == mark:
        size += 1
    return size


def _links(names: Sequence[str], behind: str = "") -> str:
    return "\n".join(
        f'<li><a href="/{i}" title="{html.escape(one)}">{html.escape(one)}</a>{behind}</li>'
        for i, one in enumerate(names)
    )


def _head(title: str) -> str:
    return f'<meta charset="utf-8"><title>{title}</title><style>td {{border: 1px}}</style>'


def _html(head: str, content: str) -> str:
    return f"""<!DOCTYPE html>
<html lang=vi><head>{head}</head>
<body>
{content}
</body></html>
"""
