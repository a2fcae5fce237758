"""The columns of a table in words: label, unit, allowed values, empty cells and meaning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from .. import language
from ..language import Text
from ..listing import Cell, Grid, few
from ..messages import _
from . import descriptor, display_names, overlaps

_VALUES, _RULES = 12, 4  # that are listed
_TYPES = {
    "integer": _("whole number"), "number": _("number"),
    "boolean": _("true or false"), "string": _("text"),
}  # fmt: skip
_PERIOD = _("year, month or day")
_HEADS = (
    _("column"), _("label"), _("unit"),
    _("values"), _("empty"), _("meaning"),
)  # fmt: skip


def grid(
    table: dict, frame: pd.DataFrame, known: Mapping[str, dict], named: Mapping[str, Text]
) -> Grid:
    """A row per column. known: all tables, named: the display names of units."""
    measured = {field["name"] for field in descriptor.measured(table)}
    measured |= {field["name"] for field in descriptor.copied(table, dict(known))}
    rows: list[list[Cell]] = []
    for name, field in descriptor.fields(table).items():
        empty = int(frame[name].isna().sum())
        label = descriptor.named(name, field)
        unit = _unit(field, named) if name in measured or "unit" in field else ""
        rows.append([name, label, unit, _values(field), empty, " ".join(_meaning(field, table))])
    return Grid(_("Columns"), _HEADS, rows, stacked=True)


def _unit(field: dict, named: Mapping[str, Text]) -> str:
    """The unit of a measured column and its name; that of each row stands in the column `unit`."""
    if "unit" not in field:
        return language.text(_("by row: column unit"))
    unit = field["unit"]
    label = language.text(display_names.unit_words(unit, named))
    return unit if label == unit else f"{unit} ({label})"


def _values(field: dict) -> str:
    """The type of a column, or the values that it may have, with their labels."""
    rules, labels = field.get("constraints", {}), descriptor.labels(field)
    if listed := rules.get("enum"):
        words = [language.text(labels[value]) if value in labels else "" for value in listed]
        told = [f"{v} ({w})" if w not in ("", v) else v for v, w in zip(listed, words, strict=True)]
        return few(told, _VALUES)
    kind = language.text(_PERIOD if field.get("period") else _TYPES[field["type"]])
    signs = {"minimum": "≥", "exclusiveMinimum": ">", "maximum": "≤", "exclusiveMaximum": "<"}
    bounds = [f"{sign} {rules[name]}" for name, sign in signs.items() if name in rules]
    if {"minimum", "maximum"} <= rules.keys():
        bounds = [f"{rules['minimum']}–{rules['maximum']}"]
    pattern = [rules["pattern"]] if "pattern" in rules and not field.get("period") else []
    return ", ".join([kind, *bounds, *pattern])


def _meaning(field: dict, table: dict) -> Iterator[str]:
    """Sentences: the description, the rows of other tables that the cells name, what overlaps."""
    if told := language.text(descriptor.described(field)):
        yield told
    for fields, target, wanted in descriptor.foreign_keys(table):
        if field["name"] in fields:
            leads = _("Refers to {}.")
            yield language.text(leads).format(f"{target}.{wanted[fields.index(field['name'])]}")
    if of := field.get("copyOf"):
        copy = _("Repeats {} of the row in {}.")
        yield language.text(copy).format(f"{of['resource']}.{of['field']}", of["key"])
    if "overlap" in field:
        yield _overlap(field["overlap"])


def _overlap(rule: object) -> str:
    """What the property `overlap` of a column says of sums and counts."""
    if rule == overlaps.REPEATS:
        repeats = _("A filled cell names the row that this row repeats: count only the empty ones.")
        return language.text(repeats)
    if parts := overlaps.named(rule):
        within = language.text(_("{} is part of {}"))
        told = few([within.format(value, ", ".join(of)) for value, of in parts.items()], _RULES)
        return language.text(_("Do not add up together: {}.").format(told))
    return language.text(
        _("Rows with different values count the same things: add up those of one value.")
    )
