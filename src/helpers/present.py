"""What a notebook shows: a sentence, a chart, a table, each in both languages in one output.

JupyterLab shows the reader's language (`language.choose("nl")`); the annex takes both. Every
output names its sources: ids of quantities (`trade-03`), of official series (`cbs-83028ned`) or
sections of the evaluation (`5.1.2`, `Appendix 3`).
"""

from __future__ import annotations

import base64
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from numbers import Number

import pandas as pd
from IPython.display import publish_display_data

from . import language, sources
from .charts import Chart
from .language import LANGUAGES, Text

MIME = "application/vnd.evidence.v1+json"


def say(nl: str, en: str, *, source: Sequence[str], role: str = "text", **values) -> None:
    """Show a paragraph whose figures come from `values`.

    nl, en: the sentences, with fields such as `{growth:0.0%}`; what follows the colon is a
    Unicode number pattern. Both languages must use the same fields, and all of `values`.
    role: `finding` for the finding, `headline` for its one line on the front page.

    Raises ValueError when a field is missing, unused, or used in one language only.
    """
    used = {lang: _fields(words) for lang, words in (("nl", nl), ("en", en))}
    for lang, fields in used.items():
        if fields != set(values):
            differ = ", ".join(sorted(fields ^ set(values)))
            raise ValueError(f"{lang}: fields and values differ in {differ}")
    words = Text(nl, en)
    _publish(
        "text", role, source, lambda: {"html": f"<p>{_fill(language.text(words), values)}</p>"}
    )


def show_chart(chart: Chart, *, caption: Text, alt: Text, source: Sequence[str], **values) -> None:
    """Show a chart with its caption.

    caption: the reading, as a sentence. alt: what a reader who can't see it should know. Both may
    hold fields filled from `values`, as in `say`.
    """

    def content() -> dict:
        return {
            "wide": chart.svg(),
            "narrow": chart.svg(narrow=True),
            "alt": _plain(language.text(alt), values),
            "caption": _fill(language.text(caption), values),
        }

    _publish("chart", "chart", source, content)


@dataclass(frozen=True)
class Column:
    """How a column of a table is shown.

    label: its heading, unit included. pattern: of its numbers. names: what its values are called.
    missing: the words for a missing value; unknown unless the table says otherwise.
    """

    label: Text
    pattern: str = "#,##0.###"
    names: Mapping[str, Text] | None = None
    missing: Text = language.UNKNOWN


def show_table(
    frame: pd.DataFrame,
    columns: Mapping[str, Column],
    *,
    caption: Text,
    source: Sequence[str],
    **values,
) -> None:
    """Show the named columns of a frame as a table; the first column heads its rows.

    A column `remark` that exists as `remark_nl` and `remark_en` is shown in the reader's language.
    """
    if frame.empty:
        raise ValueError(f"the table {caption.en!r} has no rows")

    def content() -> dict:
        title = _fill(language.text(caption), values)
        return {"html": _table(frame, columns), "caption": title}

    _publish("table", "table", source, content)


def _publish(kind: str, role: str, source: Sequence[str], content) -> None:
    cited = [sources.cite(item) for item in source]
    both = {}
    for lang in LANGUAGES:
        with language.use(lang):
            both[lang] = content()
    bundle = {"kind": kind, "role": role, "sources": [item.record() for item in cited], **both}
    shown = _in_jupyterlab(kind, both[language.current()], cited)
    plain = f"<{kind}: {', '.join(source)}>"
    publish_display_data({MIME: bundle, "text/html": shown, "text/plain": plain})


def _in_jupyterlab(kind: str, content: dict, cited: Sequence[sources.Source]) -> str:
    note = escape(sources.line(cited))
    note = f'<p style="color:#52606d;font-size:.85em">{note}</p>'
    if kind == "text":
        return f'<div lang="{language.current()}">{content["html"]}{note}</div>'
    if kind == "chart":
        picture = base64.b64encode(content["wide"].encode()).decode()
        image = f'<img alt="{escape(content["alt"])}" src="data:image/svg+xml;base64,{picture}">'
        inside = f"{image}<figcaption>{content['caption']}{note}</figcaption>"
    else:
        inside = f"<figcaption>{content['caption']}{note}</figcaption>{content['html']}"
    return f'<figure lang="{language.current()}">{inside}</figure>'


def _fields(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}


class _Filler(string.Formatter):
    """Fills fields as the current language writes them, marked up as data."""

    def __init__(self, markup: bool):
        self.markup = markup

    def format_field(self, value, spec: str) -> str:
        written = _written(value, spec)
        if not self.markup:
            return written
        if not isinstance(value, Number) or language.is_missing(value):
            return f'<span class="value">{escape(written)}</span>'
        return f'<data value="{escape(str(value))}">{escape(written)}</data>'


def _fill(words: str, values: Mapping) -> str:
    return _Filler(markup=True).format(escape(words, quote=False), **values)


def _plain(words: str, values: Mapping) -> str:
    return _Filler(markup=False).format(words, **values)


def _written(value, spec: str = "") -> str:
    if isinstance(value, (Text, str)):
        return language.text(value)
    if isinstance(value, pd.Period):
        return language.period(value)
    if isinstance(value, (list, tuple)):
        return language.join(value)
    return language.number(value, spec or "#,##0.###")


def _table(frame: pd.DataFrame, columns: Mapping[str, Column]) -> str:
    shown = {
        name: [_cell(record, name, column) for record in frame.to_dict("records")]
        for name, column in columns.items()
    }
    kinds = {name: _class(frame, name, cells) for name, cells in shown.items()}
    head = "".join(
        f'<th scope="col"{kinds[name]}>{escape(language.text(column.label))}</th>'
        for name, column in columns.items()
    )
    rows = []
    for cells in zip(*shown.values(), strict=True):
        first, *rest = zip(kinds.values(), map(escape, cells), strict=True)
        row = f'<th scope="row"{first[0]}>{first[1]}</th>'
        rows.append(row + "".join(f"<td{kind}>{cell}</td>" for kind, cell in rest))
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _class(frame: pd.DataFrame, name: str, cells: Sequence[str]) -> str:
    """How a column is set: figures to the right, short words unbroken, long text with room."""
    if name in frame and pd.api.types.is_numeric_dtype(frame[name]):
        return ' class="figure"'
    longest = max(map(len, cells))
    return ' class="short"' if longest <= 20 else ' class="long"' if longest > 40 else ""


def _cell(record: Mapping, name: str, column: Column) -> str:
    value = record[name] if name in record else record[f"{name}_{language.current()}"]
    if language.is_missing(value):
        return language.text(column.missing)
    if column.names:
        return language.text(column.names[str(value)])
    return _written(value, column.pattern)
