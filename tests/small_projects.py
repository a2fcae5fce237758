"""Tiny projects in any languages, for tests of what a build makes of them: a few made-up numbers,
some visits, and one notebook."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

WORDS = {"de": "Brücke", "en": "bridge", "fr": "pont", "nl": "brug"}  # one that tells them apart
CODE = """from helpers import counts, tables
from helpers.language import Text
from helpers.present import say, show_chart, show_table"""


def texts(name: str, langs: Sequence[str], words: str = "{}") -> dict[str, str]:
    """A text of the descriptor or of a row in each language: plain in the last one."""
    own = {lang: words.format(WORDS[lang]) for lang in langs}
    return {name if lang == langs[-1] else f"{name}_{lang}": own[lang] for lang in langs}


def _field(name: str, langs: Sequence[str], kind: str = "string", **more) -> dict:
    return {"name": name, "type": kind, **texts("title", langs, f"{name} {{}}"), **more}


def _category(value: str, langs: Sequence[str]) -> dict:
    return {"value": value, **texts("label", langs, f"{value} {{}}")}


def _table(name: str, langs: Sequence[str], key: list[str], fields: list[dict], **more) -> dict:
    schema = {"fields": fields, "primaryKey": key, **more}
    title = texts("title", langs, f"{name} {{}}")
    return {"name": name, "path": f"{name}.csv", **title, "schema": schema}


def _link(column: str, table: str, key: str) -> dict:
    return {"fields": [column], "reference": {"resource": table, "fields": [key]}}


def descriptor(langs: Sequence[str], documents: list[dict], licence: bool = True) -> dict:
    """Of a project whose tables are those of `ROWS`."""
    filled = {"constraints": {"required": True}}
    named = lambda name, **more: [_field(each, langs, **more) for each in texts(name, langs)]  # noqa: E731
    cited = [_field("document", langs, **filled)] * (len(documents) > 1)
    units = {
        "categories": [_category("EUR", langs)],
        "constraints": {"enum": ["EUR"], "required": True},
    }
    theme = {
        "categories": [_category("trade", langs)],
        "constraints": {"enum": ["trade"], "required": True},
    }
    hand = {
        "categories": [_category("first", langs)],
        "constraints": {"enum": ["first"], "required": True},
    }
    plain = lambda *names: [_field(name, langs) for name in names]  # noqa: E731
    source = {"foreignKeys": [_link("source", "sources", "id")]}
    return {
        "name": "small",
        **texts("title", langs, "The {}"),
        **texts("description", langs, "Of a {}."),
        "annex": {
            "languages": [*langs],
            "documents": documents,
            "roles": {"reported": "quantities", "sources": "sources"},
            **(texts("licence", langs, "Free, as a {}.") if licence else {}),
        },
        "resources": [
            _table("quantities", langs, ["id"], [
                _field("id", langs, **filled), _field("theme", langs, **theme), *cited,
                *plain("raw", "hedge"), _field("value", langs, "number"),
                _field("last_digit", langs, "number"), _field("unit", langs, **units),
                *named("subject", **filled), *plain("footnote"), *named("note"),
            ]),
            _table("sources", langs, ["id"], [
                _field("id", langs, **filled), *named("publisher", **filled), *plain("table_id"),
                _field("title", langs, **filled), _field("language", langs, **filled),
                *plain("url", "retrieved_via"), *named("attribution"),
                _field("hand", langs, **hand),
            ]),
            _table("visits", langs, ["id"], [
                _field("id", langs, **filled), _field("year", langs, "integer"), *plain("source"),
            ], **source) | {"row": texts("label", langs, "visits of a {}")},
        ],
    }  # fmt: skip


def rows(langs: Sequence[str], documents: list[dict]) -> dict[str, list[dict]]:
    """The rows of each table. Numbers are of each document, in turn."""
    names = [each["name"] for each in documents]
    cited = [{"document": name} if len(names) > 1 else {} for name in names]
    return {
        "quantities": [
            {"id": f"trade-{number:02}", "theme": "trade", **cited[number % len(names)],
             "raw": str(number), "value": str(number), "last_digit": "1", "unit": "EUR",
             **texts("subject", langs, f"sum {'abc'[number]} of a {{}}")}
            for number in range(3)
        ],
        "sources": [
            {"id": "paper-1", **texts("publisher", langs, "Paper of the {}"), "title": "News",
             "language": "en", "url": "https://example.org/1", "hand": "first",
             **texts("attribution", langs, "Paper, News")},
        ],
        "visits": [
            {"id": "visit-01", "year": "1995", "source": "paper-1"},
            {"id": "visit-02", "year": "1996", "source": "paper-1"},
        ],
    }  # fmt: skip


def _csv(table: dict, own: list[dict]) -> str:
    text = io.StringIO()
    names = [field["name"] for field in table["schema"]["fields"]]
    made = csv.DictWriter(text, names, lineterminator="\n")
    made.writeheader()
    made.writerows(own)
    return text.getvalue()


def prose(langs: Sequence[str], words: str, tagged: bool = True) -> list:
    """A cell of prose for each language."""
    return [
        new_markdown_cell(words.replace("{}", WORDS[lang]), metadata={"tags": [lang] * tagged})
        for lang in langs
    ]


def sentence(langs: Sequence[str], words: str, *more: str) -> str:
    """The code that says something in each language."""
    said = [f'{lang}="{words.format(WORDS[lang])}"' for lang in langs]
    return f"say({', '.join([*said, *more])})"


def theme(langs: Sequence[str], *code: str, title: str = "Question: {}?", tagged: bool = True):
    """A notebook with all that a theme must have. code: of further cells."""
    source = 'source=["visits"]'
    said = [
        sentence(langs, "{}: A", 'role="through"', source),
        sentence(langs, "{}: B", 'role="headline"', source),
        sentence(langs, "{}: C", 'role="finding"', source),
    ]
    cells = [*prose(langs, f"# {title}", tagged), new_code_cell(CODE), *map(new_code_cell, said),
             *prose(langs, "## Part: {}\n\nWords: {}.", tagged),
             *map(new_code_cell, code)]  # fmt: skip
    short = {lang: title.format(WORDS[lang]).rstrip("?") for lang in langs}
    return new_notebook(cells=cells, metadata={"annex": short})


def write(
    root: Path, langs: Sequence[str], documents: list[dict], licence: bool = True, **books
) -> Path:
    """Write a project: its descriptor, tables and notebooks, by name after an underscore."""
    (root / "data").mkdir(parents=True)
    (root / "notebooks").mkdir()
    package = descriptor(langs, documents, licence)
    text = json.dumps(package, ensure_ascii=False, indent=1)
    (root / "data" / "datapackage.json").write_text(text, encoding="utf-8")
    for table in package["resources"]:
        own = rows(langs, documents)[table["name"]]
        (root / "data" / table["path"]).write_text(_csv(table, own), encoding="utf-8")
    for name, book in books.items():
        nbformat.write(book, root / "notebooks" / f"{name.removeprefix('_')}.ipynb")
    return root
