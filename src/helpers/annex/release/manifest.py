"""The manifest: the annex for programs, with its inputs, files, numbers and verdicts."""

from __future__ import annotations

import hashlib
import itertools
import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from ...errors import AnnexError, Problem, quoted, visible
from ...files import reading, schemas
from ...language import Text, english, worded
from ...limits import MANIFEST_PROBLEMS
from ...tables import descriptor, frames
from ..register.entries import Entry, Register
from ..register.tested_claims import Claim
from . import short_form

NAME = "manifest.json"
SCHEMA = Path(__file__).with_name("manifest.schema.json")  # published beside the manifest
FORMAT = 7  # raised when the form of the file changes
DIGITS = 8  # hexadecimal digits of a row's digest: enough to notice a change
_SOURCES = ("id", "table_id", "title", "url", "hand", "retrieved_via")
# Of a derivation, what pages call it: alike for all numbers of a measure, and a tenth of the file.
_FOR_PAGES = {"name", "words", "of", "percent"}


def numbers(register: Register) -> dict[str, str]:
    """The parts of a manifest that need no file of the annex, by name, as JSON text."""
    quantities = [_quantity(entry) for entry in register.entries.values()]
    origins = (entry.record.get("row") for entry in register.entries.values())
    series = {row["source"] for row in origins if row}
    return _parts({
        "quantities": sorted(quantities, key=lambda quantity: quantity["id"]),
        "claims": [_claim(claim) for claim in register.claims],
        "publishers": [
            {name: str(getattr(row, name)) for name in _SOURCES}
            | {"publisher": english(worded(row, "publisher"))}
            for row in register.publishers
            if row.id in series
        ],
    })  # fmt: skip


def manifest(
    data: Path,
    known: Mapping[str, str],
    digests: Mapping[str, str],
    counted: Mapping[str, int],
    inputs: Mapping[str, str],
    contents: Mapping[str, str],
    versions: Mapping[str, str],
    outputs: Mapping[str, str | bytes | Path],
) -> str:
    """The manifest as JSON text, in the form that `SCHEMA` describes.

    known: of `numbers`. digests: of `digests`. counted: numerals by kind. inputs: SHA-256 of each
    input's bytes, contents: SHA-256 of its content as it is read, both by path in the project.
    versions: of python and packages. outputs: every file of the annex except the manifest.
    """
    content: dict = {
        "$schema": SCHEMA.name,
        "format": FORMAT,
        "inputs": dict(inputs),
        "contents": dict(contents),
        "outputs": {name: _output(content) for name, content in outputs.items()},
        "environment": dict(versions),
        "tables": {
            name: {"path": f"data/{resource['path']}", "rows": digests[name]}
            for name, resource in descriptor.read(data).items()
        },
        "coverage": dict(counted),
    }
    return _joined({**known, **{name: _json(part) for name, part in content.items()}})


def checksum(content: dict) -> str:
    """SHA-256 of the file that a build writes for a manifest."""
    return _sha256(_joined(_parts(content)).encode())


def _parts(content: dict) -> dict[str, str]:
    """The parts of a manifest in its short form, by name, as JSON text."""
    return {name: _json(part) for name, part in short_form.shortened(content).items()}


def _json(part: object) -> str:
    """JSON text; equal content gives equal text."""
    return json.dumps(part, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _joined(parts: Mapping[str, str]) -> str:
    """The manifest that has these parts."""
    return "{" + ",".join(f'"{name}":{parts[name]}' for name in sorted(parts)) + "}\n"


def digests(data: Path) -> dict[str, str]:
    """What `rows` gives for each table."""
    return {name: rows(name, data) for name in descriptor.read(data)}


def rows(table: str, data: Path) -> str:
    """The first `DIGITS` digits of the SHA-256 of each row's parsed values, joined for all rows."""
    frame = frames.load(table, data)
    names = "\x1f".join(frame.columns)
    lines = ("\x1f".join(map(str, row)) for row in frame.itertuples(index=False))
    return "".join(_sha256(f"{names}\x1e{line}".encode())[:DIGITS] for line in lines)


def read(folder: Path) -> dict:
    """The manifest of an annex.

    Raises `AnnexError` when there is none, or it has another format or does not fit the schema.
    """
    path = folder / NAME
    expected = "the manifest of an annex that `annex build` made"
    text = reading.content(path, expected)
    try:
        content = reading.parsed(text, parse_int=_integer, parse_float=_finite)
        json.dumps(content, ensure_ascii=False).encode()  # raises for lone surrogates
    except (ValueError, RecursionError) as error:
        raise AnnexError(Problem(str(path), quoted(str(error)), expected)) from None
    found = content.get("format") if isinstance(content, dict) else None
    if not isinstance(content, dict) or not isinstance(found, int) or found != FORMAT:
        found = quoted(f"format {found}")
        raise AnnexError(Problem(str(path), found, f"format {FORMAT}", "Build that annex anew"))
    problems = [*itertools.islice(_schema_problems(path, content), MANIFEST_PROBLEMS)]
    full, faults = short_form.full(content) if not problems else (content, [])
    problems += [Problem(str(path), *fault) for fault in faults]
    if problems := problems or [*_other_problems(path, full)]:
        raise AnnexError(problems)
    return full


def _schema_problems(path: Path, content: dict) -> Iterator[Problem]:
    """Every violation of the schema, with its place in the manifest."""
    for error in schemas.faults(SCHEMA, content):
        steps = (quoted(step) if isinstance(step, str) else step for step in error.absolute_path)
        place = "".join(f"[{step}]" for step in steps)
        rule = f"{error.validator} {json.dumps(error.validator_value)}"
        expected = f"{rule}: {error.schema.get('description', '')}"
        where = f"{path}, {place}" if place else str(path)
        yield Problem(where, repr(error.message[:200]), expected)


def _other_problems(path: Path, content: dict) -> Iterator[Problem]:
    """Violations that a schema can't express: paths that leave the annex, duplicate ids."""
    for name in itertools.filterfalse(_inside, content["outputs"]):
        yield Problem(str(path), f"output {quoted(name)}", "a file inside the annex")
    for name in ("quantities", "claims"):
        ids = Counter(item["id"] for item in content[name])
        for id, number in ids.items():
            if number > 1:
                yield Problem(str(path), f"{quoted(id)} {number} times in {name}", "once")


def _inside(name: str) -> bool:
    """Whether `name` is a relative path inside the annex, without invisible characters."""
    path = PurePosixPath(name)
    if name in ("", ".", NAME) or path.is_absolute():
        return False
    if visible(name) != name or len(name.splitlines()) > 1 or "\t" in name:
        return False
    return ".." not in path.parts and all(len(part.encode()) <= 255 for part in path.parts)


def _finite(digits: str) -> float:
    found = float(digits)
    return found if math.isfinite(found) else reading.no_number(digits)


def _integer(digits: str) -> int:
    if len(digits) > 30:
        raise ValueError(f"a number of {len(digits)} digits")
    return int(digits)


def _output(content: str | bytes | Path) -> dict:
    content = content.read_bytes() if isinstance(content, Path) else content
    content = content.encode() if isinstance(content, str) else content
    return {"sha256": _sha256(content), "bytes": len(content)}


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _quantity(entry: Entry) -> dict:
    found: dict[str, object] = {"claims": entry.claims, "pages": entry.pages}
    if "place" in entry.about:
        found["place"] = entry.about["place"]._asdict()
    if derivation := entry.record.get("derivation"):
        found["derivation"] = {k: v for k, v in derivation.items() if k not in _FOR_PAGES}
    return {k: v for k, v in (entry.record | found).items() if v != []}


def _claim(claim: Claim) -> dict:
    texts = {"statement": claim.statement}
    return {
        "id": claim.id,
        "section": claim.section,
        **{name: text._asdict() for name, text in texts.items() if isinstance(text, Text)},
        "operation": claim.rule,
        "rows": [{"table": used.table, "rows": list(used.keys)} for used in claim.used],
        "internal": claim.internal,
        "external": claim.external,
        "external_kind": claim.kind,
        **{name: claim.ids.get(name) for name in ("stated", "computed")},
        "official": [figure.id for figure in claim.official],
    }
