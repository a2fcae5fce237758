"""Show a sentence, chart or table in a notebook: one output that contains every language.

JupyterLab shows the current language (`language("nl")`); the annex uses all. Every number
must be a `Quantity`. An output cites the sources of its quantities and those in `source`: ids of
quantities (`trade-03`) or series (`cbs-83028ned`), sections, or tables.
"""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Callable, Mapping, Sequence
from html import escape

import pandas as pd
from IPython.display import publish_display_data

from . import language
from .charts import Chart, own_chart, table_headers
from .charts.style import PUBLISHED
from .evidence import trail
from .evidence.arithmetic import Quantity
from .files.media_types import MIME
from .formats import csv_files, filled_text, html_tables
from .formats.html_tables import Column
from .language import Text, languages
from .statements import Check, stop_unless
from .tables import sources

__all__ = ["Column", "say", "show_chart", "show_table"]
__dir__ = __all__.copy  # what Tab offers: no modules that this one imports
Shown = Mapping[str, Column | Text | None] | Sequence[str] | None

ROLES = ("text", "through", "headline", "finding", "key", "official", "stated", "unknown")


def say(
    *words: str,
    source: Sequence[str] = (),
    role: str = "text",
    holds: Check | Sequence[Check] = (),
    **values,
) -> None:
    """Show a paragraph with the numbers in `values` filled in.

    words: the sentences in the languages of the project, in their order, or by language (`nl=...`);
    a draft needs one. They have fields such as `{growth:0.0%}`. After
    the colon: a number pattern, the same in all languages (`0`, `#,##0`, `0.0%`), `raw` (as
    printed), `range 0.0%` (the bounds), `money 0.0` (an amount) or `plural visit|visits` (the
    word). All sentences must use the same fields, and all of `values`: quantities, years
    (`language.year`), words, or lists of these. role: `headline` for the answer to
    the question of the notebook, also on the front page; `finding` for what its first chart shows
    and does not show; `key` for a figure shown large (the sentence must start with its field);
    `official`, `stated`, `unknown` for a line of the three columns of the front page: what official
    figures say, what is only stated, what is not known. holds: what the words say of rows
    (`statements`).

    Raises ValueError when a field is missing, unused or used in one language only, or has an
    invalid pattern; `EvidenceError` for a plain number, and when what the words say does not hold.

    >>> say("Het was {x:0.0}.", "It was {x:0.0}.", x=exports.to("EUR_m"))
    """
    if role not in ROLES:
        raise ValueError(f"role {role!r}; one of {', '.join(ROLES)}")
    by_name = {lang: values.pop(lang) for lang in languages() if lang in values}
    sentence = Text(*words, **by_name)
    if not (known := language.given(sentence).values()):
        ways = ", ".join(f"{lang}=..." for lang in languages())
        raise ValueError(f"a sentence without words; write say({ways})")
    filled_text.check(sentence, values)
    stop_unless(holds, language.text(sentence))
    if role == "key" and (other := [each for each in known if not each.startswith("{")]):
        raise ValueError(f"a key figure starts with its field, such as {{n:0}}: {other[0][:50]!r}")
    _publish(
        "text", role, source, list(html_tables.flat(values.values())),
        lambda: {"html": f"<p>{filled_text.fill(sentence, values)}</p>"},
    )  # fmt: skip


def show_chart(
    chart: Chart | Callable | object,
    *,
    caption: Text,
    data: pd.DataFrame | None = None,
    alt: Text | None = None,
    columns: Shown = None,
    labels: Mapping[str, Text] | None = None,
    same: Sequence[str] = (),
    height: float = own_chart.HEIGHT,
    lead: bool = False,
    source: Sequence[str] = (),
    holds: Check | Sequence[Check] = (),
    **values,
) -> None:
    """Show a chart with its caption, and its data as a table.

    chart: a chart of `charts`; or a function that draws on the axes that it is given, one
    for each panel (`def draw(axes): sns.regplot(..., ax=axes)`, `def draw(left, right): ...`),
    called for each language, for a desktop and for a phone; or a finished figure of matplotlib,
    pandas or seaborn, whose words are names that the frame has or that every language shares.
    caption: what was found, in a sentence: the title above the picture. lead: the chart that
    answers the question of the notebook, its first: it follows the answer at the top of the page,
    and stands on the front page. alt: the alternative text, for readers who
    can't see the chart; by default made from the data. Both may contain fields filled from
    `values`. holds: what the caption says of rows, as for `say`.

    For a function or figure only, as charts of `charts` bring their own: data: the frame
    that it shows, for the table behind it; without one, `alt` is needed. columns: those of the
    frame to show, or how (`{"x": Column(...)}`); by default all, named and written as the
    descriptor says. labels: headers of columns that the descriptor does not name (`{"x": Text(nl,
    en)}`). same: words in the picture that every language shares. height: of a panel, in inches.
    Names of columns and values in the picture are replaced by their labels, and numbers are written
    as the language does.

    Raises as `say` does, and `ChartError` for a picture that can't be read in every language.

    >>> show_chart(charts.lines(values), caption=Text("Per jaar", "By year"))
    """
    if not isinstance(chart, Chart):
        chart = own_chart.own(chart, data, columns=columns, labels=labels, same=same, height=height)
    elif data is not None or columns or labels or same or height != own_chart.HEIGHT:
        raise ValueError("data, columns, labels, same and height go with a chart of your own")
    filled_text.check(caption, values, *([] if alt is None else [alt]))
    stop_unless(holds, language.text(caption))
    sentences = chart.alt() if alt is None else [(alt, values)]
    every, shown = PUBLISHED in os.environ, language.current()

    def content() -> dict:
        has_data = bool(chart.columns)
        wide = chart.svg() if every or language.current() == shown else ""
        narrow = chart.svg(narrow=True) if every else ""
        if language.current() == languages()[-1]:
            chart.check()
        return {
            "wide": wide,
            "narrow": narrow,
            "alt": " ".join(filled_text.fill(words, own) for words, own in sentences),
            "caption": filled_text.fill(caption, values),
            "data": html_tables.table(chart.data, chart.columns) if has_data else "",
            "csv": csv_files.csv_text(chart.data, chart.columns) if has_data else "",
        }

    inside = html_tables.quantities(chart.data, list(chart.columns))
    told = (value for _, own in sentences for value in own.values())
    numbers = [*html_tables.flat(values.values()), *inside, *html_tables.flat(told)]
    _publish("chart", "lead" if lead else "chart", source, numbers, content)


def show_table(
    frame: pd.DataFrame,
    columns: Shown = None,
    *,
    caption: Text,
    labels: Mapping[str, Text] | None = None,
    apart: bool = False,
    source: Sequence[str] = (),
    holds: Check | Sequence[Check] = (),
    **values,
) -> None:
    """Show the named columns of a frame as a table; the first column holds the row headers.

    columns: names of columns, or how each is shown: a `Column`, a `Text` as its header, or `None`,
    as the descriptor says; by default all, as it says. labels: headers of columns that the
    descriptor does not name. apart: whether a long table gets a page of its own, with a link to it
    here. holds: what the caption says of rows, as for `say`.
    Of two columns `remark_nl` and `remark_en`, `remark` shows the one in the current language.
    Raises `ChartError` for a frame without rows, columns without a header and an index that would
    not be shown, ValueError if no columns are named, and as `say` does.

    >>> show_table(values.reset_index(), caption=Text("Per jaar", "By year"))
    """
    filled_text.check(caption, values)
    stop_unless(holds, language.text(caption))
    if columns is not None and not columns:
        raise ValueError(f"the table {language.text(caption)!r} has no columns")
    for name, column in columns.items() if isinstance(columns, Mapping) else ():
        if not isinstance(column, (Column, Text, type(None))):
            raise ValueError(f"column {name}: {column!r}; write Column(Text(...), ...)")
    shown = table_headers.headers(frame, columns, labels, "a table")

    def content() -> dict:
        title = filled_text.fill(caption, values)
        return {"html": html_tables.table(frame, shown), "caption": title}

    inside = html_tables.quantities(frame, list(shown))
    numbers = [*html_tables.flat(values.values()), *inside]
    _publish("table", "apart" if apart else "table", source, numbers, content)


def _publish(
    kind: str, role: str, source: Sequence[str], quantities: Sequence[Quantity], content
) -> None:
    if isinstance(source, str):
        raise ValueError(f"source={source!r}; write source=[{source!r}]")
    every = {}
    with language.lacking() as lacking:
        for lang in languages():
            with language.use(lang):
                every[lang] = content()
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
        "shown": list(dict.fromkeys(item.id for item in quantities)), "evidence": evidence, **every,
    }  # fmt: skip
    if lacking:
        bundle["untranslated"] = [text._asdict() for text in lacking]
    shown = _preview(kind, every[language.current()], cited)
    plain = f"<{kind}: {', '.join(item.id for item in cited)}>"
    publish_display_data({MIME: bundle, "text/html": shown, "text/plain": plain})


def _preview(kind: str, content: dict, cited: Sequence[sources.Source]) -> str:
    note = f'<p style="opacity:.75;font-size:.85em">{escape(sources.line(cited))}</p>'
    if kind == "text":
        return f'<div lang="{language.current()}">{content["html"]}{note}</div>'
    if kind == "chart":
        picture = base64.b64encode(content["wide"].encode()).decode()
        alt = escape(re.sub(r"<[^>]+>", "", content["alt"]), quote=True)
        image = f'<img alt="{alt}" src="data:image/svg+xml;base64,{picture}">'
        inside = f"{image}<figcaption>{content['caption']}{note}</figcaption>"
    else:
        table = html_tables.LOOK, content["html"]
        inside = f"<figcaption>{content['caption']}{note}</figcaption>".join(table)
    lang = language.current()
    return f'<figure class="shown" lang="{lang}" style="margin:1em 0">{inside}</figure>'
