"""Show a sentence, chart or table in a notebook: one output that contains both languages.

JupyterLab shows the current language (`helpers.language("nl")`); the annex uses both. Every number
must be a `Quantity`. An output cites the sources of its quantities and those in `source`: ids of
quantities (`trade-03`) or series (`cbs-83028ned`), sections, or tables.
"""

from __future__ import annotations

import base64
import re
import string
from collections.abc import Mapping, Sequence
from html import escape

import pandas as pd
from IPython.display import publish_display_data

from . import language
from .charts import Chart
from .errors import EvidenceError, Problem
from .evidence import trail
from .evidence.quantities import Quantity
from .evidence.trail import MIME
from .formats import csv_files, html_tables, value_format
from .formats.html_tables import Column
from .language import LANGUAGES, Text
from .tables import sources

__all__ = ["Column", "say", "show_chart", "show_table"]


def __dir__() -> list[str]:
    """What Tab offers: no modules that this one imports."""
    return __all__


_ID = re.compile(r"[a-z]+-\d{2,3}")
ROLES = ("text", "through", "headline", "finding", "key")


def say(
    nl: str = "", en: str = "", *, source: Sequence[str] = (), role: str = "text", **values
) -> None:
    """Show a paragraph with the numbers in `values` filled in.

    nl, en: the sentences, of which a draft needs one, with fields such as `{growth:0.0%}`. After
    the colon: a number pattern, the same in all languages (`0`, `#,##0`, `0.0%`), `raw` (as
    printed), `range 0.0%` (the bounds), `money 0.0` (an amount) or `plural visit|visits` (the
    word). All sentences must use the same fields, and all of `values`: quantities, years
    (`language.year`), words, or lists of these. role: `finding` for the conclusion of the notebook,
    `headline` for its summary on the front page, `key` for a figure shown large there (the sentence
    must start with its field).

    Raises ValueError when a field is missing, unused or used in one language only, or has an
    invalid pattern; `EvidenceError` for a plain number.
    """
    if role not in ROLES:
        raise ValueError(f"role {role!r}; one of {', '.join(ROLES)}")
    words = Text(nl, en)
    if not (known := language.given(words).values()):
        raise ValueError("a sentence without words; write say(nl=..., en=...)")
    _same_fields(words, values)
    if role == "key" and (other := [each for each in known if not each.startswith("{")]):
        raise ValueError(f"a key figure starts with its field, such as {{n:0}}: {other[0][:50]!r}")
    _publish(
        "text", role, source, list(html_tables.flat(values.values())),
        lambda: {"html": f"<p>{_fill(words, values)}</p>"},
    )  # fmt: skip


def show_chart(
    chart: Chart, *, caption: Text, alt: Text, source: Sequence[str] = (), **values
) -> None:
    """Show a chart with its caption, and its data as a table.

    caption: a sentence that says how to read the chart. alt: the alternative text, for readers who
    can't see the chart. Both may contain fields filled from `values`. Raises as `say` does.
    """
    _same_fields(caption, values, alt)

    def content() -> dict:
        return {
            "wide": chart.svg(),
            "narrow": chart.svg(narrow=True),
            "alt": _fill(alt, values),
            "caption": _fill(caption, values),
            "data": html_tables.table(chart.data, chart.columns),
            "csv": csv_files.csv_text(chart.data, chart.columns),
        }

    inside = html_tables.quantities(chart.data, list(chart.columns))
    _publish("chart", "chart", source, [*html_tables.flat(values.values()), *inside], content)


def show_table(
    frame: pd.DataFrame,
    columns: Mapping[str, Column],
    *,
    caption: Text,
    source: Sequence[str] = (),
    **values,
) -> None:
    """Show the named columns of a frame as a table; the first column holds the row headers.

    Of two columns `remark_nl` and `remark_en`, `remark` shows the one in the current language.
    Raises ValueError for a table without rows or columns, and as `say` does.
    """
    _same_fields(caption, values)
    if frame.empty:
        raise ValueError(f"the table {language.text(caption)!r} has no rows")
    if not columns:
        raise ValueError(f"the table {language.text(caption)!r} has no columns")
    for name, column in columns.items():
        if not isinstance(column, Column):
            raise ValueError(f"column {name}: {column!r}; write Column(Text(nl, en), ...)")

    def content() -> dict:
        title = _fill(caption, values)
        return {"html": html_tables.table(frame, columns), "caption": title}

    inside = html_tables.quantities(frame, list(columns))
    _publish("table", "table", source, [*html_tables.flat(values.values()), *inside], content)


def _same_fields(words: Text, values: Mapping, *more: Text) -> None:
    """Check that all languages of a text use the same fields, and that `values` has exactly those.

    Raises ValueError if not, and `EvidenceError` for a text with digits among the values: such a
    number would have no evidence."""
    used: set[str] = set()
    for text in (words, *more):
        if not isinstance(text, Text):
            raise ValueError(f"{str(text)[:50]!r} in one language; write Text(nl, en)")
        fields = {lang: _fields(words) for lang, words in language.given(text).items()}
        named = set().union(*fields.values())
        for lang, own in fields.items():
            if lacking := ", ".join(sorted(named - own.keys())):
                which = f"the {language.NAMES[lang]} of {language.text(text)[:50]!r}"
                raise ValueError(f"fields differ: {which} lacks {lacking}")
        for name in sorted(named):
            patterns = [sorted(own[name]) for own in fields.values() if own[name]]
            if any(each != patterns[0] for each in patterns):
                shown = " and ".join(map(str, patterns))
                raise ValueError(f"patterns of {name} differ: {shown}; write the same in both")
        used |= named
    if used != set(values):
        raise ValueError(f"fields and values differ in {', '.join(sorted(used ^ set(values)))}")
    for name, value in values.items():
        for text in html_tables.items([value]):
            if isinstance(text, str) and any(map(str.isdigit, text)) and not _ID.fullmatch(text):
                expected = "a quantity, a year (language.year), or words without a figure"
                raise EvidenceError(Problem(f"the value {name}", repr(text), expected))


def _publish(
    kind: str, role: str, source: Sequence[str], quantities: Sequence[Quantity], content
) -> None:
    if isinstance(source, str):
        raise ValueError(f"source={source!r}; write source=[{source!r}]")
    both = {}
    with language.lacking() as lacking:
        for lang in LANGUAGES:
            with language.use(lang):
                both[lang] = content()
    rows, counted = trail.sources(quantities)
    cited = sources.cite_all(dict.fromkeys([*(source or counted), *rows]))
    if not cited:
        ways = "show quantities, or name one: source=[a section, the id of a number, or a table]"
        raise ValueError(f"a {kind} without a source; {ways}")
    walked = list(trail.walk(quantities))
    evidence = [trail.record(item) for item in walked]
    derived = (text for item in walked for text in getattr(item.origin, "texts", ()))
    lacking |= dict.fromkeys(filter(language.is_lacking, derived))
    bundle = {
        "kind": kind, "role": role, "sources": [item.record() for item in cited],
        "shown": list(dict.fromkeys(item.id for item in quantities)), "evidence": evidence, **both,
    }  # fmt: skip
    if lacking:
        bundle["untranslated"] = [text._asdict() for text in lacking]
    shown = _preview(kind, both[language.current()], cited)
    plain = f"<{kind}: {', '.join(item.id for item in cited)}>"
    publish_display_data({MIME: bundle, "text/html": shown, "text/plain": plain})


def _preview(kind: str, content: dict, cited: Sequence[sources.Source]) -> str:
    note = f'<p style="color:#52606d;font-size:.85em">{escape(sources.line(cited))}</p>'
    if kind == "text":
        return f'<div lang="{language.current()}">{content["html"]}{note}</div>'
    if kind == "chart":
        picture = base64.b64encode(content["wide"].encode()).decode()
        alt = escape(re.sub(r"<[^>]+>", "", content["alt"]), quote=True)
        image = f'<img alt="{alt}" src="data:image/svg+xml;base64,{picture}">'
        inside = f"{image}<figcaption>{content['caption']}{note}</figcaption>"
    else:
        inside = f"<figcaption>{content['caption']}{note}</figcaption>{content['html']}"
    return f'<figure lang="{language.current()}">{inside}</figure>'


def _fields(words: str) -> dict[str, set[str]]:
    """The fields of a text by name, each with the set of its number patterns."""
    found: dict[str, set[str]] = {}
    for _, name, spec, conversion in string.Formatter().parse(words):
        if name is None or spec is None:  # text after the last field
            continue
        if conversion:
            raise ValueError(f"{{{name}!{conversion}}} in {words[:50]!r}; write {{{name}}}")
        if not name.isidentifier():
            raise ValueError(f"{{{name}}} in {words[:50]!r}; write {{x:0.0}}, with x=a quantity")
        patterns = found.setdefault(name, set())
        if spec != "raw" and not spec.startswith("plural "):
            patterns.add(spec)
    return found


def _fill(text: Text, values: Mapping) -> str:
    """The text as HTML, with its fields filled in and linked to their evidence. Where it lacks the
    current language, it is in another, with the numbers in that language too, and says so."""
    parts, words, lang = [], language.text(text), language.shown_in(text)
    with language.use(lang):
        for between, name, spec, _ in string.Formatter().parse(words):
            parts.append(escape(between, quote=False))
            if name is not None:
                parts.append(value_format.marked(values[name], spec or ""))
    html = "".join(parts)
    return html if lang == language.current() else f"<span{language.foreign(lang)}>{html}</span>"
