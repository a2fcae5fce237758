"""The outputs of a notebook that a page can show: what helpers.present makes, by its form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from ...evidence.trail import MIME
from ...language import LANGUAGES
from .form import fits

_BESIDE = {MIME, "text/html", "text/plain"}  # what JupyterLab shows is no part of a page
_BOTH = dict.fromkeys(LANGUAGES, str)
_SOURCE = {
    **dict.fromkeys(("id", "group", "work", "lang", "url"), str),
    **dict.fromkeys(("label", "place", "detail"), _BOTH),
}
_CONTENT = {
    "text": {"html": str},
    "table": dict.fromkeys(("html", "caption"), str),
    "chart": dict.fromkeys(("wide", "narrow", "alt", "caption", "data", "csv"), str),
}


def ours(data: Mapping[str, object]) -> bool:
    """Whether an output, by its MIME types, was made by helpers.present and has nothing with it
    that a page does not show."""
    bundle = data.get(MIME)
    if not _BESIDE.issuperset(data) or not isinstance(bundle, dict):
        return False
    content = _CONTENT.get(str(bundle.get("kind")))
    form = {
        "role": str, "sources": [_SOURCE], "shown": [str], "evidence": [{"id": str}],
        **dict.fromkeys(LANGUAGES, content),
    }  # fmt: skip
    return content is not None and fits(bundle, form)


def given(book) -> Counter[str]:
    """How many charts and tables a notebook showed, to be found again on its page."""
    outputs = (output.get("data", {}) for cell in book.cells for output in cell.get("outputs", []))
    kinds = Counter(data[MIME]["kind"] for data in outputs if ours(data))
    return Counter({kind: kinds[kind] for kind in ("chart", "table")})


def way_out(data: Mapping[str, object], kind: str) -> tuple[str, str, str]:
    """What an output is that no page shows, what would be right, and what its author can do."""
    if 'class="dataframe"' in str(data.get("text/html")):
        expected = "a table of present.show_table, or a last line that shows nothing"
        remedy = "End that line with a semicolon, or give its value a name, to show nothing"
        return "a table of pandas", expected, remedy
    found = ", ".join(data) or kind
    if any(each.startswith("image/") for each in data):
        expected = "a chart of helpers.charts that present.show_chart shows"
        return found, expected, "Draw it so, or close it in its cell with plt.close()"
    return found, "text, or an output of present.say, show_chart or show_table", ""
