"""What a researcher reads about a thing: a title, facts and tables, as HTML and as plain text.

For JupyterLab and a terminal; no page of an annex shows it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import zip_longest

import pandas as pd

from . import language
from .language import Text
from .messages import _

Words = Text | str
Cell = Words | int
_WIDE = 100  # of plain text, in characters
_LEAST = 10  # of a column of it; texts of no more stay in a line
# The class twice, as JupyterLab's own rules for tables would win otherwise.
STYLE = (
    "<style>.listing.listing{text-align:left;max-width:75em;"
    "p{margin:.4em 0} .title{font-size:1.15em;font-weight:bold}"
    ".wide{overflow-x:auto;margin:.8em 0}"
    "table{table-layout:auto;border-collapse:collapse;margin:0}"
    "caption{caption-side:top;text-align:left;font-weight:bold;color:inherit;padding:.3em 0}"
    "th,td{text-align:left;vertical-align:top;padding:.25em 1em .25em 0;max-width:32em;"
    "border-bottom:1px solid #8886;white-space:normal;overflow-wrap:break-word}"
    ".facts td{overflow-wrap:anywhere}"
    ".short{white-space:nowrap}"
    ".figure{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}"
    "details{margin-left:1em} summary{margin-left:-1em;cursor:pointer}"
    "ul{margin:.2em 0;padding-left:1.2em}}</style>"
)


@dataclass(frozen=True)
class Grid:
    """A table with its caption. The first cell of a row is its header; whole numbers are aligned
    right. more: a sentence below it. stacked: whether plain text has a paragraph for each row, as
    for rows of long texts."""

    caption: Words
    heads: Sequence[Words]
    rows: Sequence[Sequence[Cell]]
    more: Words = ""
    stacked: bool = False


@dataclass(frozen=True)
class Listing:
    """A title, paragraphs, facts by their label, and tables; what is empty is left out."""

    title: Words
    paragraphs: Sequence[Words] = ()
    facts: Mapping[Text, Cell] | Mapping[str, Cell] = field(default_factory=dict)
    grids: Sequence[Grid] = ()

    @property
    def frame(self) -> pd.DataFrame:
        """The first table; its first column is the index."""
        first, *heads = map(shown, self.grids[0].heads)
        rows = [[c if isinstance(c, int) else shown(c) for c in row] for row in self.grids[0].rows]
        return pd.DataFrame(rows, columns=[first, *heads]).set_index(first)

    def _repr_html_(self) -> str:
        """As HTML with its own style; words of tables are escaped."""
        name = escape(shown(self.title))
        parts = [f'<p class="title">{name}</p>']
        parts += [f"<p>{_html(words)}</p>" for words in self.paragraphs if shown(words)]
        rows = "".join(
            f'<tr><th scope="row">{_html(label)}</th><td>{_html(cell)}</td></tr>'
            for label, cell in self.facts.items() if shown(cell)
        )  # fmt: skip
        if rows:
            parts.append(f'<table class="facts" aria-label="{name}"><tbody>{rows}</tbody></table>')
        parts += map(_grid_html, self.grids)
        return framed("".join(parts))

    def __repr__(self) -> str:
        """As plain text of at most a hundred characters a line, where words allow it."""
        parts = [shown(self.title), *("\n".join(wrapped(shown(each))) for each in self.paragraphs)]
        facts = [(f"{shown(label)}:", cell) for label, cell in self.facts.items() if shown(cell)]
        parts.append("\n".join(_aligned(facts)))
        for grid in self.grids:
            rows = _stacked(grid) if grid.stacked else _aligned([grid.heads, *grid.rows])
            parts.append("\n".join([shown(grid.caption), *rows, *wrapped(shown(grid.more))]))
        return "\n\n".join(filter(None, parts))


def framed(html: str) -> str:
    """HTML for an output of JupyterLab, with the style of listings and the current language."""
    return f'{STYLE}<div class="listing" lang="{language.current()}">{html}</div>'


def _grid_html(grid: Grid) -> str:
    kinds = [_kind([row[place] for row in grid.rows]) for place in range(len(grid.heads))]
    heads = (
        f'<th scope="col"{kind}>{_html(head)}</th>'
        for kind, head in zip(kinds, grid.heads, strict=True)
    )
    lines = []
    for first, *rest in grid.rows:
        cells = "".join(
            f"<td{kind}>{_html(cell)}</td>" for kind, cell in zip(kinds[1:], rest, strict=True)
        )
        lines.append(f'<tr><th scope="row"{kinds[0]}>{_html(first)}</th>{cells}</tr>')
    name = escape(shown(grid.caption))
    more = f"<p>{_html(grid.more)}</p>" if shown(grid.more) else ""
    return (
        f'<div class="wide" role="region" tabindex="0" aria-label="{name}"><table>'
        f"<caption>{name}</caption><thead><tr>{''.join(heads)}</tr></thead>"
        f"<tbody>{''.join(lines)}</tbody></table></div>{more}"
    )


def _kind(column: Sequence[Cell]) -> str:
    """The class attribute of the cells of a column: of numbers, or of texts that stay in a line."""
    if any(isinstance(cell, int) for cell in column):
        return ' class="figure"'
    return ' class="short"' if all(len(shown(cell)) <= _LEAST for cell in column) else ""


def shown(cell: Cell) -> str:
    """A cell as text in the current language."""
    return language.number(cell, "#,##0") if isinstance(cell, int) else language.text(cell)


def _html(cell: Cell) -> str:
    return escape(shown(cell)) if isinstance(cell, int) else language.marked(cell)


def _aligned(rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    """Rows as lines with aligned columns; long cells are wrapped in the width of their column."""
    texts = [[shown(cell) for cell in row] for row in rows]
    right = [any(isinstance(cell, int) for cell in column) for column in zip(*rows, strict=True)]
    widths = [max(len(text) for text in column) for column in zip(*texts, strict=True)]
    while sum(widths) + 2 * len(widths) > _WIDE and max(widths) > _LEAST:
        widths[widths.index(max(widths))] -= 1
    for row in texts:
        columns = (
            textwrap.wrap(text, width, break_on_hyphens=False) or [""]
            for text, width in zip(row, widths, strict=True)
        )
        for line in zip_longest(*columns, fillvalue=""):
            cells = zip(line, widths, right, strict=True)
            yield "  ".join(t.rjust(w) if r else t.ljust(w) for t, w, r in cells).rstrip()


def _stacked(grid: Grid) -> Iterator[str]:
    """A paragraph for each row: its first cell, and below it the others with their headers."""
    for first, *rest in grid.rows:
        yield shown(first)
        for head, cell in zip(grid.heads[1:], rest, strict=True):
            if shown(cell):
                yield from wrapped(language.labelled(shown(head), shown(cell)), "    ", "      ")


def wrapped(words: str, first: str = "", rest: str = "") -> list[str]:
    """Text as lines that begin with `first`, or `rest` for all but one; long words stay whole."""
    return textwrap.wrap(
        words, _WIDE, initial_indent=first, subsequent_indent=rest,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def few(words: Sequence[str], most: int, of: int | None = None, between: str = ", ") -> str:
    """The first different words of a list, and how many more there are, in the current language.
    of: the length of the list, if `words` are only its first ones."""
    more = (len(words) if of is None else of) - most
    return between.join([*dict.fromkeys(words[:most]), *([and_more(more)] if more > 0 else [])])


def and_more(number: int) -> str:
    """That a list goes on: `and 12 more`."""
    return language.text(_("and {} more")).format(shown(number))
