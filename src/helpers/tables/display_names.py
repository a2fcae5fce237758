"""Display names of tables, of the values of their columns, and of units, in each language."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..errors import DataError, Problem
from ..evidence.units import label, unnamed
from ..files import reading
from ..language import Text, has_words, languages, lowered, worded
from ..messages import _
from . import descriptor

YEAR = "year"  # the column of a table's years


def names(data: Path | str | None = None) -> list[str]:
    """The names of all tables, in the order of the descriptor.

    >>> tables.names()[:2]
    ['quantities', 'hedges']
    """
    return list(descriptor.read(descriptor.folder(data)))


def titles() -> dict[str, Text]:
    """The titles of all tables, by name.

    >>> tables.titles()["missions"].en
    'Missions'
    """
    resources = descriptor.read(descriptor.folder())
    return {name: descriptor.named(name, resource) for name, resource in resources.items()}


def labels(name: str, column: str, data: Path | str | None = None) -> dict[str, Text]:
    """The labels of the values of a column with `categories`, by value.

    Raises `DataError` when the column has none.

    >>> tables.labels("missions", "direction")["outgoing"]
    Text(nl='uitgaand', en='outgoing')
    """
    if found := known_labels(name, column, data):
        return found
    place = f"{descriptor.FILE}, table {name}, column {column}"
    raise DataError(Problem(place, "no `categories`", "labels there"))


def known_labels(name: str, column: str, data: Path | str | None = None) -> dict[str, Text]:
    """As `labels`, empty for a column without `categories` and one that the table does not have."""
    resources = descriptor.read(descriptor.folder(data))
    fields = descriptor.fields(resources[name]) if name in resources else {}
    return descriptor.labels(fields.get(column, {}))


def units(data: Path | str | None = None) -> dict[str, Text]:
    """The display names of the units that tables use: of values, their singular as a denominator
    (`/jobs`), of rows (`missions.rows`), and of distinct values of a column (`missions.year`).

    >>> tables.units()["foreign_investment.rows"].en
    'rows'
    """
    folder = descriptor.folder(data)
    return dict(reading.once(("units", folder, languages()), lambda: _units(folder)))


def _units(data: Path) -> dict[str, Text]:
    found: dict[str, Text] = {}
    for name, resource in descriptor.read(data).items():
        found[f"{name}.rows"] = rows_called(resource)
        for column, field in descriptor.fields(resource).items():
            found[f"{name}.{column}"] = descriptor.named(column, field)
            if column == "unit":
                found |= descriptor.labels(field)
                ones = descriptor.labels(field, "one").items()
                found |= {f"/{unit}": one for unit, one in ones}
    return found


def rows_called(resource: dict) -> Text:
    """What the rows of a table are: `visits`."""
    row = resource.get("row", {})
    return worded(row, "label") if has_words(row, "label") else _("rows")


def whole_units(data: Path) -> set[str]:
    """The units whose values are whole numbers (`whole` in the descriptor), such as companies."""
    fields = (f for table in descriptor.read(data).values() for f in table["schema"]["fields"])
    return {c["value"] for f in fields for c in f.get("categories", []) if c.get("whole")}


def unit_label(unit: str, data: Path | str | None = None) -> Text:
    """The display name of a unit.

    Raises `EvidenceError` for a unit that neither the tables nor `evidence.units` name.

    >>> tables.unit_label("EUR_m/projects").en
    'million euros per projects'
    """
    return label(unit, units(data))


def unit_words(unit: str, named: Mapping[str, Text]) -> Text:
    """The display name of a unit for somebody who explores: of one that nothing names, the unit
    itself. named: those of the tables."""
    return Text.same(unit) if unnamed(unit, named) else label(unit, named)


def row_name(resource: dict, row) -> Text:
    """What a row of a table is called: its `subject`, or else the labels of its key's values, the
    year last: `exports, all goods, 2018`. row: its cells by column, as a mapping or
    series."""
    if has_words(row, "subject"):
        return worded(row, "subject")
    fields, key = descriptor.fields(resource), descriptor.primary_key(resource)
    parts: list[Text] = []
    for column in sorted(key, key=lambda name: name == YEAR):
        value = str(row[column])
        own = [each for each in fields[column].get("categories", []) if each["value"] == value]
        label = descriptor.labels({"categories": own}).get(value, Text.same(value))
        parts.append(inside(value, label) if parts else label)
    return Text(*(", ".join(part) for part in zip(*parts, strict=True)))


def inside(value: str, label: Text) -> Text:
    """The label of a value as it stands inside a sentence: with a small first letter, unless the
    value has a capital itself, as a name has, the label has one further on (`Gross GDP`), or the
    language writes nouns so."""
    return Text(*(
        words if value[:1].isupper() or any(map(str.isupper, words[1:])) else lowered(words, lang)
        for lang, words in zip(languages(), label, strict=True)
    ))  # fmt: skip
