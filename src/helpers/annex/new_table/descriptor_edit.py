"""Edits of a descriptor as a text, which keep its layout: only what is added is new."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

_WIDTH = 100  # characters of a line
_DECODER = json.JSONDecoder()
_BLANK = re.compile(r"[\s,:]*")


def laid_out(value: object, step: str = " ", before: str = "") -> str:
    """A value as JSON: on one line where it fits there, otherwise one line for each of its parts.

    step: by which each level is indented. before: the indentation of the line that it stands on."""
    line = json.dumps(value, ensure_ascii=False)
    inside = before + step
    if not value or not isinstance(value, (dict, list)) or len(before) + len(line) <= _WIDTH:
        return line
    if isinstance(value, list):
        parts, (first, last) = [laid_out(each, step, inside) for each in value], "[]"
    else:
        parts, (first, last) = [
            f"{json.dumps(name, ensure_ascii=False)}: {laid_out(each, step, inside)}"
            for name, each in value.items()
        ], "{}"  # fmt: skip
    return f"{first}\n{inside}" + f",\n{inside}".join(parts) + f"\n{before}{last}"


def added(text: str, path: Sequence[str], value: object, name: str = "") -> str:
    """The text of a JSON object with a value added at the end of the list or object at a path.

    path: names, from the outermost object. name: of the value, in an object.

    Raises KeyError where there is no such list or object."""
    begin, end = _span(text, path)
    body = text[begin + 1 : end - 1]
    last = begin + 1 + len(body.rstrip())
    label = f"{json.dumps(name, ensure_ascii=False)}: " if name else ""
    comma = "," if body.strip() else ""
    if "\n" not in text[begin:end] and body.strip():
        one_line = label + json.dumps(value, ensure_ascii=False)
        return f"{text[:last]}, {one_line}{text[last:]}"
    outer = _indent(text, begin)
    step = _step(text)
    inner = _indent(text, begin + 1 + len(body) - len(body.lstrip())) if comma else outer + step
    item = f"{label}{laid_out(value, step, inner)}"
    rest = text[last : end - 1] if comma else f"\n{outer}"
    return f"{text[:last]}{comma}\n{inner}{item}{rest}{text[end - 1 :]}"


def _span(text: str, path: Sequence[str]) -> tuple[int, int]:
    """Where the value at a path begins and ends."""
    begin, end = _next(text, 0), len(text.rstrip())
    for name in path:
        begin, end = dict(_members(text, begin))[name]
    return begin, end


def _members(text: str, at: int) -> Iterator[tuple[str, tuple[int, int]]]:
    """The names in the object that begins at a place, and where their values begin and end."""
    at = _next(text, at + 1)
    while text[at] != "}":
        name, at = _DECODER.raw_decode(text, at)
        begin = _next(text, at)
        _value, at = _DECODER.raw_decode(text, begin)
        yield name, (begin, at)
        at = _next(text, at)


def _next(text: str, at: int) -> int:
    found: Any = _BLANK.match(text, at)
    return found.end()


def _indent(text: str, at: int) -> str:
    """The indentation of the line that a place is in."""
    line = text[text.rfind("\n", 0, at) + 1 :]
    return line[: len(line) - len(line.lstrip(" \t"))]


def _step(text: str) -> str:
    found = re.search(r"\n([ \t]+)\S", text)
    return found[1] if found else " "
