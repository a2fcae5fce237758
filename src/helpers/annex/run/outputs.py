"""Which outputs of a notebook a page can show: those of `present`, validated by schema."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache

import fastjsonschema

from ...errors import LIBRARY
from ...files.media_types import MIME
from ...locales import languages
from .notebook_files import OR_EXPLORE

_MIME_TYPES = {MIME, "text/html", "text/plain"}  # the last two are for JupyterLab
_TEXT = {"type": "string"}
_COLOUR = re.compile(r"\x1b\[.*?[@-~]")  # as nbconvert has it, which takes long to load
# What JupyterLab shows of the value of a last line, by what its HTML has: what it is, and what a
# page shows instead.
_VIEWS = {
    'class="dataframe"': ("a table of pandas", "a table of present.show_table"),
    'class="listing"': (
        "what JupyterLab shows of a number, its trail() or describe()",
        "a sentence of present.say",
    ),
}


def _object_schema(parts: Mapping[str, object]) -> dict:
    """The JSON Schema of an object with at least these properties."""
    return {"type": "object", "required": [*parts], "properties": parts}


_CONTENT = {
    "text": ("html",),
    "table": ("html", "caption"),
    "chart": ("wide", "narrow", "alt", "caption", "data", "csv"),
}


@cache
def _validator(kind: str, langs: tuple[str, ...]) -> Callable[[object], object]:
    """The compiled validator of bundles of one kind. A build validates each output several times,
    which would take jsonschema half a second."""
    translated = _object_schema(dict.fromkeys(langs, _TEXT))
    source = {
        **dict.fromkeys(("id", "group", "work", "lang", "url"), _TEXT),
        **dict.fromkeys(("label", "place", "detail"), translated),
    }
    bundle = {
        "role": _TEXT,
        "sources": {"type": "array", "items": _object_schema(source)},
        "shown": {"type": "array", "items": _TEXT},
        "evidence": {"type": "array", "items": _object_schema({"id": _TEXT})},
    }
    content = _object_schema(dict.fromkeys(_CONTENT[kind], _TEXT))
    return fastjsonschema.compile(_object_schema(bundle | dict.fromkeys(langs, content)))


def from_present(data: Mapping[str, object]) -> bool:
    """Whether `present` made an output, and nothing was added that a page does not show.

    data: the output's content by MIME type.
    """
    bundle = data.get(MIME)
    if not _MIME_TYPES.issuperset(data) or not isinstance(bundle, dict):
        return False
    if (kind := str(bundle.get("kind"))) not in _CONTENT:
        return False
    try:
        _validator(kind, languages())(bundle)
    except fastjsonschema.JsonSchemaValueException:
        return False
    return True


def display_counts(book) -> Counter[str]:
    """The numbers of charts, tables and tables apart in the outputs of a notebook, which its page
    must have; an apart one as a link to its own page."""
    outputs = (output.get("data", {}) for cell in book.cells for output in cell.get("outputs", []))
    shown = [data[MIME] for data in outputs if from_present(data)]
    kinds = Counter("apart" if s["role"] == "apart" else s["kind"] for s in shown)
    return Counter({kind: kinds[kind] for kind in ("chart", "table", "apart")})


def plain(text: str) -> str:
    """A text without what colours it in a terminal."""
    return _COLOUR.sub("", text)


def unshown(data: Mapping[str, object], kind: str) -> tuple[str, str, str]:
    """Found, expected and remedy for an output that no page shows. kind: its `output_type`."""
    for mark, (view, instead) in _VIEWS.items():
        if mark in str(data.get("text/html")):
            expected = f"{instead}, or a last line that shows nothing"
            remedy = "End that line with a semicolon, or give its value a name, to show nothing"
            return view, expected, f"{remedy}. {OR_EXPLORE}"
    found = ", ".join(data) or kind
    if any(each.startswith("image/") for each in data):
        expected = f"a chart of {LIBRARY}.charts that present.show_chart shows"
        remedy = f"Draw it so, or close it in its cell with plt.close(). {OR_EXPLORE}"
        return found, expected, remedy
    return found, "text, or an output of present.say, show_chart or show_table", OR_EXPLORE


# Expected and remedy where two outputs disagree about a number.
ONE_VALUE = (
    "one value for one formula and its inputs",
    "Name one of the two measures otherwise, or correct its calculation",
)


def add_evidence(known: dict[str, dict], records: Iterable[dict]) -> Iterator[str]:
    """Add records of numbers to those `known`, by id; yield the ids that are known with another
    value: a reader who follows one of the two numbers would find the other."""
    for record in records:
        if known.setdefault(record["id"], record) != record:
            yield record["id"]
