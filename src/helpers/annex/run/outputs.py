"""The outputs of a notebook that a page can show: what helpers.present makes, by its form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache

import fastjsonschema

from ...evidence.trail import MIME
from ...language import LANGUAGES

_BESIDE = {MIME, "text/html", "text/plain"}  # what JupyterLab shows is no part of a page
_TEXT = {"type": "string"}


def _object(parts: Mapping[str, object]) -> dict:
    """The JSON Schema of an object with at least these properties."""
    return {"type": "object", "required": [*parts], "properties": parts}


_BOTH = _object(dict.fromkeys(LANGUAGES, _TEXT))
_SOURCE = {
    **dict.fromkeys(("id", "group", "work", "lang", "url"), _TEXT),
    **dict.fromkeys(("label", "place", "detail"), _BOTH),
}
_BUNDLE = {
    "role": _TEXT,
    "sources": {"type": "array", "items": _object(_SOURCE)},
    "shown": {"type": "array", "items": _TEXT},
    "evidence": {"type": "array", "items": _object({"id": _TEXT})},
}
_CONTENT = {
    "text": ("html",),
    "table": ("html", "caption"),
    "chart": ("wide", "narrow", "alt", "caption", "data", "csv"),
}


@cache
def _form(kind: str) -> Callable[[object], object]:
    """What raises an error for a bundle of another form. It is compiled, as a build asks it of each
    output several times, and jsonschema would take half a second for that."""
    content = _object(dict.fromkeys(_CONTENT[kind], _TEXT))
    return fastjsonschema.compile(_object(_BUNDLE | dict.fromkeys(LANGUAGES, content)))


def ours(data: Mapping[str, object]) -> bool:
    """Whether an output, by its MIME types, was made by helpers.present and has nothing with it
    that a page does not show."""
    bundle = data.get(MIME)
    if not _BESIDE.issuperset(data) or not isinstance(bundle, dict):
        return False
    if (kind := str(bundle.get("kind"))) not in _CONTENT:
        return False
    try:
        _form(kind)(bundle)
    except fastjsonschema.JsonSchemaValueException:
        return False
    return True


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
