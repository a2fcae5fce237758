"""Charts and tables of `present` as HTML, in the current language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from ... import language
from . import seen_language
from .labels import WORDS
from .markup import anchor, captioned, plain

NARROW = "53.5rem"  # up to this width of a window, a page shows the pictures for a phone


@dataclass(frozen=True)
class Apart:
    """A table on a page of its own. name: of that page. label: such as `Table 3`. html: the table
    with its caption. sources: that it cites."""

    name: str
    label: str
    html: str
    sources: list[dict]


def label(kind: str, number: int) -> str:
    """How a page names a chart or table: `Figure 2`."""
    return f"{language.text(WORDS[kind])} {number}"


def chart_files(stem: str, content: dict) -> dict[str, str]:
    """The files of a chart, by path in the annex."""
    files = {f"charts/{stem}-{layout}.svg": content[layout] for layout in ("wide", "narrow")}
    if content["data"]:  # the byte order mark tells spreadsheet programs that it is UTF-8
        files[f"charts/{stem}.csv"] = "\ufeff" + content["csv"]
    return files


def chart(name: str, stem: str, content: dict) -> str:
    """A chart with its caption above it and its data below. name: `label`. stem: of its files."""
    address = f"../charts/{quote(stem)}"
    wide, narrow = (size(content[layout]) for layout in ("wide", "narrow"))
    return (
        f'<figure class="chart" id="{anchor(name)}">'
        f"<figcaption>{_caption(name, content)}</figcaption><picture>"
        f'<source media="(max-width: {NARROW})" srcset="{address}-narrow.svg" {narrow}>'
        f'<img src="{address}-wide.svg" alt="{escape(plain(content["alt"]))}"{_foreign(content)} '
        f"{wide}>"
        f"</picture>{_data(name, address, content)}</figure>"
    )


def small(stem: str, content: dict) -> dict[str, str]:
    """The picture of a chart for the front page: `file`, `alt`, `rest` of its attributes."""
    return {
        "file": f"charts/{quote(stem)}-narrow.svg",
        "alt": plain(content["alt"]),
        "rest": f"{_foreign(content)} {size(content['narrow'])}",
    }


def _foreign(content: dict) -> str:
    """The `lang` attribute of a picture whose words are in another language than the page."""
    return language.foreign(seen_language.language_of(content["alt"], language.current()))


def _caption(name: str, content: dict) -> str:
    return f'<p><span class="label">{name}.</span> {content["caption"]}</p>'


def _data(name: str, address: str, content: dict) -> str:
    """The folded description of a chart and, if it has data, their table and CSV file."""
    inside = language.lowered(name, language.current())
    words = escape(language.text(WORDS["data"].format(inside)))
    description = escape(language.text(WORDS["description"]))
    told = f"<p><b>{language.labelled(description, '').rstrip()}</b> {content['alt']}</p>"
    if not content["data"]:
        return f'<details class="data"><summary>{description}</summary>{told}</details>'
    get = escape(language.text(WORDS["download"].format(inside)))
    table = captioned(content["data"], words)
    return (
        f'<details class="data"><summary>{words}</summary>{told}'
        f'<section class="table" tabindex="0" aria-label="{words}">{table}</section>'
        f'<p><a href="{address}.csv" download>{get}</a></p></details>'
    )


def table(name: str, content: dict) -> str:
    """A table with its caption, in a region that scrolls. name: `label`."""
    inside = captioned(content["html"], f"<div>{_caption(name, content)}</div>")
    told = escape(f"{name}, {language.text(WORDS['scroll'])}")
    return (
        f'<section class="table" tabindex="0" aria-label="{told}" '
        f'id="{anchor(name)}">{inside}</section>'
    )


def pointer(page: str, name: str, content: dict) -> str:
    """What stands in place of a table that has a page of its own: its caption and a link."""
    inside = language.lowered(name, language.current())
    words = escape(language.text(WORDS["open_table"].format(inside)))
    return (
        f'<div class="pointer" id="{anchor(name)}">{_caption(name, content)}'
        f'<p><a class="apart" href="{quote(page)}.html">{words}</a></p></div>'
    )


def size(svg: str) -> str:
    """The `width` and `height` attributes of an image, in pixels; the SVG has points."""
    width, height = re.findall(r'width="([\d.]+)pt" height="([\d.]+)pt"', svg)[0]
    return f'width="{float(width) / 0.75:.0f}" height="{float(height) / 0.75:.0f}"'
