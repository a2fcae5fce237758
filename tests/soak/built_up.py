"""Build a data folder up from nothing, property by property and cell by cell, with slips between,
and ask the check after each step: it tells problems with their places, never a traceback.

    python tests/soak/built_up.py [--steps N] [--seed S]

Each round ends with the whole folder, in which nothing is wrong. Prints the figures in a line; exit
code 1 for a traceback, a problem without a place, or a whole folder that is refused.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

from helpers.annex.register.entries import Register
from helpers.annex.rules import known_words
from helpers.claims import checks
from helpers.errors import AnnexError

_LABELLED = {"value": "a", "label": "A", "label_nl": "A"}
_KNOWN = {
    "theme": [{**_LABELLED, "value": "trade"}],
    "hand": [{**_LABELLED, "value": "first"}],
    "unit": [
        {**_LABELLED, "value": "jobs", "whole": True},
        {**_LABELLED, "value": "rank", "exact": True},
    ],
    "indicator": [{**_LABELLED, "value": "posts", "unit": "jobs"}],
}
_SECTION = {"fields": ["section"], "reference": {"resource": "sections", "fields": ["section"]}}
_TABLES = {  # header and rows; the key; foreign keys
    "quantities": (
        "id,theme,section,raw,hedge,value,last_digit,unit,year,subject_nl,subject_en,footnote,"
        "note_nl,note_en\n"
        "trade-01,trade,5.1,12,ruim,12,1,jobs,2017,banen,jobs,4,,\n"
        "trade-02,trade,5.1,tweede,,2,0,rank,,plaats,place,,noot,note\n",
        ["id"], [_SECTION],
    ),
    "hedges": ("hedge,below,above\nruim,0,0.5\n", ["hedge"], []),
    "sections": ("section\n5.1\n", ["section"], []),
    "statistics_sources": (
        "id,publisher,publisher_nl,table_id,title,language,url,retrieved_via,attribution,"
        "attribution_nl,hand\n"
        "cbs,CBS,CBS,,Posts,en,https://example.org,,CBS,CBS,first\n",
        ["id"], [],
    ),
    "posts": (
        "year,indicator,value,last_digit,unit,source,listed,cost\n"
        "2016,posts,11,1,jobs,cbs,true,1.5\n2017,posts,12,1,jobs,cbs,false,2.5\n"
        "2018,posts,13,1,jobs,cbs,,\n",
        ["year", "indicator"],
        [{"fields": ["source"], "reference": {"resource": "statistics_sources", "fields": ["id"]}}],
    ),
    "claims": (
        "id,section,statement_nl,statement_en,operation,inputs,claimed,series,remark_nl,remark_en\n"
        'claim-1,5.1,Banen,Jobs,same,,trade-01,"posts:year=2017",,\n',
        ["id"],
        [
            _SECTION,
            {"fields": ["claimed"], "reference": {"resource": "quantities", "fields": ["id"]}},
        ],
    ),
}  # fmt: skip
_ROLES = {
    "quantities": "reported", "hedges": "hedges", "sections": "sections", "claims": "claims",
    "statistics_sources": "sources",
}  # fmt: skip
_TYPES = {
    "year": "integer", "value": "number", "last_digit": "number", "below": "number",
    "above": "number", "listed": "boolean", "cost": "number",
}  # fmt: skip
_MORE = {  # of columns
    "cost": {"last_digit": 0.5, "unit": "EUR"},
    "listed": {"sameFor": ["year"]},
    "year": {"constraints": {"minimum": 1980, "exclusiveMaximum": 2100}},
}
_ODD = [
    None, True, 0, -1, 1.5, "", "x", "value", "id", "string", "integer", [], ["year"], [["year"]],
    {}, {"x": 1}, "(", float("inf"), 10**400, "\u202e", [{"name": "x", "type": "string"}],
]  # fmt: skip
_CELLS = [
    "", "x", "1,521", "-1", "0", "0.001", "NA", " 5", "1e6", "½", "9" * 30, "a\nb", "\u202e",
    "rank", "trade", "2017", "true", "12000", "furlongs", "EUR/jobs/x",
]  # fmt: skip
Edit = tuple[tuple, object]  # where in the folder, and what stands there


def whole() -> list[Edit]:
    """The sound folder as single edits: properties by their way into the descriptor, cells by
    file, row (0 for the header) and column."""
    edits: list[Edit] = [
        (("package", *way), value)
        for way, value in _leaves({
            "annex": {
                "languages": ["nl", "en"],
                "documents": [{
                    "name": "report", "title": "R", "title_nl": "R", "language": "nl",
                    "headings": {"section": {"label": "section", "label_nl": "paragraaf"}},
                }],
                "roles": {role: name for name, role in _ROLES.items()},
            },
            "title": "Small", "title_nl": "Klein", "description": "A", "description_nl": "Een",
            "resources": [_described(name, *rest) for name, rest in _TABLES.items()],
        })
    ]  # fmt: skip
    for name, (text, *_) in _TABLES.items():
        header, *rows = csv.reader(io.StringIO(text))
        edits += [((name, 0, column), column) for column in header]
        edits += [
            ((name, number, column), cell)
            for number, row in enumerate(rows, 1)
            for column, cell in zip(header, row, strict=True)
            if cell
        ]
    return edits


def _described(name: str, text: str, key: list, foreign: list) -> dict:
    fields = []
    for column in text.partition("\n")[0].split(","):
        field = {"name": column, "type": _TYPES.get(column, "string"), **_MORE.get(column, {})}
        field |= {"title": column, "title_nl": column}
        if column in _KNOWN:
            words = [word["value"] for word in _KNOWN[column]]
            field |= {"categories": _KNOWN[column], "constraints": {"enum": words}}
        fields.append(field)
    schema = {"fields": fields, "primaryKey": key, **({"foreignKeys": foreign} if foreign else {})}
    words = {"title": name, "title_nl": name}
    return {"name": name, "path": f"{name}.csv", "schema": schema, **words}


def _leaves(thing, way: tuple = ()) -> Iterator[Edit]:
    if not isinstance(thing, (dict, list)):
        yield way, thing
        return
    for key, value in thing.items() if isinstance(thing, dict) else enumerate(thing):
        yield from _leaves(value, (*way, key))


class Folder:
    """A data folder made of the edits so far."""

    def __init__(self, path: Path):
        self.path, self.edits = path, {}
        self._written: dict[str, bytes] = {}

    def write(self) -> None:
        """Every file as the edits have it; files without edits are gone."""
        package: dict = {}
        cells: dict[str, dict] = {name: {} for name in _TABLES}
        for (first, *way), value in self.edits.items():
            if first == "package":
                _put(package, way, value)
            else:
                cells[first].setdefault(way[0], {})[way[1]] = value
        files = {"datapackage.json": json.dumps(_listed(package)).encode()}
        files |= {f"{name}.csv": _csv(name, rows) for name, rows in cells.items() if rows}
        for name in self._written.keys() - files.keys():
            (self.path / name).unlink()
        for name, content in files.items():
            if self._written.get(name) != content:
                (self.path / name).write_bytes(content)
        self._written = files


def _put(thing: dict, way: list, value: object) -> None:
    """Lists are kept by number until all is there: their items come in any order."""
    for part in way[:-1]:
        if not isinstance(thing.get(part), dict):
            thing[part] = {}
        thing = thing[part]
    thing[way[-1]] = value


def _listed(thing):
    if not isinstance(thing, dict):
        return thing
    if thing and all(isinstance(key, int) for key in thing):
        return [_listed(thing[key]) for key in sorted(thing)]
    return {str(key): _listed(value) for key, value in thing.items()}


def _csv(name: str, rows: dict) -> bytes:
    header = _TABLES[name][0].partition("\n")[0].split(",")
    columns = [column for column in header if column in rows.get(0, {})]
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    for number in sorted({0, *rows}):
        row = rows.get(number, {})
        writer.writerow([row.get(column, "") for column in columns])
    return stream.getvalue().encode("utf-8", "surrogatepass")


def orders(rng: Random, edits: list[Edit]) -> Iterator[list[Edit]]:
    """Edits in which a folder grows, over and over: in any order; table by table, what makes a
    table readable first; and the whole with a few parts away."""
    while True:
        mixed = rng.sample(edits, len(edits))
        yield mixed
        names = rng.sample(list(_TABLES), len(_TABLES))
        numbers = {n: names.index(name) for n, name in enumerate(_TABLES)}

        def place(edit: Edit, numbers=numbers, names=names) -> tuple:
            first, *way = edit[0]
            if first == "package":
                table = numbers[way[1]] if way[0] == "resources" else -1
                return table, way[-1] not in ("name", "path", "type")
            return names.index(first), way[0] > 1  # the header and a row first

        yield sorted(mixed, key=place)


def steps(folder: Folder, rng: Random) -> Iterator[str]:
    """One edit after another, for ever; a slip now and then, mended some steps later. Gives `whole`
    when the folder is complete, else what was done."""
    edits = whole()
    for order in orders(rng, edits):
        folder.edits = {}
        for edit in order:
            folder.edits |= dict([edit])
            yield "edit"
            if rng.random() < 0.3:
                yield from _slip(folder, rng)
        yield "whole"
        for _ in range(len(edits)):
            yield from _slip(folder, rng)


def _slip(folder: Folder, rng: Random) -> Iterator[str]:
    """Something is put where it does not belong, or is gone; then all is as it was."""
    before = dict(folder.edits)
    for _ in range(rng.choice([1, 1, 2, 4])):
        way = rng.choice(list(folder.edits))
        kind = rng.choice(["gone", "column", "field", "field", "odd", "part", "misspelt", "row"])
        if kind == "field":  # a column, in its table and in the descriptor
            gone = _column(folder, rng)
        elif kind in ("column", "part", "row"):  # all that lies below a place, or a column
            depth = rng.randrange(1, len(way) + 1)
            gone = [w for w in folder.edits if _below(w, way, depth, kind)]
        else:
            gone = [way]
        for place in gone:
            folder.edits.pop(place, None)
        if kind == "odd":
            folder.edits[way] = rng.choice(_ODD if way[0] == "package" else _CELLS)
        elif kind == "misspelt" and way[0] == "package":
            folder.edits[(*way[:-1], f"{way[-1]}x")] = before.get(way)
        if not folder.edits:
            break
    yield "slip"
    folder.edits = before


def _column(folder: Folder, rng: Random) -> list[tuple]:
    number, name = rng.choice(list(enumerate(_TABLES)))
    header = _TABLES[name][0].partition("\n")[0].split(",")
    place = rng.randrange(len(header))
    field = ("package", "resources", number, "schema", "fields", place)
    return [
        way for way in folder.edits
        if way[:6] == field or (way[0] == name and way[2] == header[place])
    ]  # fmt: skip


def _below(way: tuple, chosen: tuple, depth: int, kind: str) -> bool:
    if kind == "part" or chosen[0] == "package":
        return way[:depth] == chosen[:depth]
    same = way[0] == chosen[0] and way[0] != "package"
    return same and (way[2] == chosen[2] if kind == "column" else way[1] == chosen[1])


def judged(folder: Folder) -> tuple[str, list]:
    """What the check says: `refused`, `sound`, or what should not be; and the problems."""
    folder.write()
    try:
        problems = checks.problems(folder.path)
    except Exception as error:
        return f"traceback: check: {type(error).__name__}: {error}", []
    for problem in problems:
        placed = str(problem.place).startswith((str(folder.path), *_TABLES, "claims.csv"))
        if not (placed and problem.found and problem.expected) or "\n" in str(problem):
            return f"no place: {problem}", problems
    if problems:
        return "refused", problems
    try:  # what a build makes of the tables
        ledger = checks.sound(folder.path)
        if ledger is not None:
            known_words.words(folder.path)
            known_words.cited(folder.path)
            register = Register(folder.path, ledger).printed([])
            assert register.publishers is not None
    except AnnexError as error:
        return f"sound, and no register: {error}", []
    except Exception as error:
        return f"traceback: register: {type(error).__name__}: {error}", []
    return "sound", []


def campaign(path: Path, count: int, seed: int) -> tuple[Counter[str], dict[str, str]]:
    """Figures of `count` steps, and an example of each thing that should not be."""
    folder, figures, examples = Folder(path), Counter(), {}
    for done, _ in zip(steps(folder, Random(seed)), range(count), strict=False):
        verdict, problems = judged(folder)
        figures["steps"] += 1
        figures["problems"] += len(problems)
        kind = verdict.partition(":")[0]
        if done == "whole" and kind != "sound":
            kind, verdict = "whole and refused", f"whole and refused: {problems[:2]} {verdict}"
        figures[kind] += 1
        figures["whole"] += done == "whole"
        if kind not in ("refused", "sound"):
            examples.setdefault(verdict[:200], json.dumps(_slipped(folder), default=str)[:300])
    return figures, examples


def _slipped(folder: Folder) -> list:
    """How a folder differs from the whole."""
    known = dict(whole())
    odd = [(w, v) for w, v in folder.edits.items() if known.get(w, "?") != v]
    return [odd, [way for way in known if way not in folder.edits][:8]]


def main() -> int:
    """Run the campaign."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--steps", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=2020)
    chosen, start = parser.parse_args(), time.monotonic()
    with tempfile.TemporaryDirectory() as path:
        figures, examples = campaign(Path(path), chosen.steps, chosen.seed)
    for verdict, how in examples.items():
        print(f"{verdict}\n    {how}")
    wrong = figures.total() and sum(
        figures[kind] for kind in figures
        if kind not in ("steps", "problems", "refused", "sound", "whole")
    )  # fmt: skip
    print(
        f"steps {figures['steps']}, refused {figures['refused']}, sound {figures['sound']}, "
        f"whole folders {figures['whole']}, problems told {figures['problems']}, tracebacks "
        f"{figures['traceback']}, without a place {figures['no place']}, other {wrong}; "
        f"{time.monotonic() - start:.0f} s"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
