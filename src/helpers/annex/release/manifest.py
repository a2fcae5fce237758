"""The annex for machines: what it was made of, what it consists of, every number and verdict."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from ...errors import AnnexError, Problem, quoted, visible
from ...files import reading
from ...language import Text, is_missing
from ...tables import descriptor, frames
from ..register.entries import Claim, Entry, Register
from ..run.form import NUMBER, fits

NAME = "manifest.json"
FORMAT = 5  # raised when the form of the file changes
DIGITS = 8  # of the digest of a row: enough to see that it changed, short enough for all rows
_SOURCES = ("id", "publisher", "table_id", "title", "url", "hand", "retrieved_via")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_FORM = {
    "format": int,
    "inputs": {str: str},
    "contents": {str: str},
    "outputs": {str: {"sha256": str, "bytes": int}},
    "environment": {str: str},
    "tables": {str: {"path": str, "rows": str}},
    "quantities": [{"id": str, "value": NUMBER, "low": NUMBER, "high": NUMBER, "unit": str}],
    "claims": [{"id": str, "internal": str, "rows": [{"table": str, "rows": [str]}]}],
    "publishers": [{str: str}],
    "coverage": {str: int},
}
# Of a quantity: where it comes from, one of both.
_ROW = {"row": {"table": str, "key": str}}
_DERIVED = {"derivation": {"measure": str, "inputs": {str: str}}}
_COUNTED = {"derivation": {"table": str, "rows": [str]}}
_PAGES = {"pages": [str]}
_NAMED = dict.fromkeys(("stated", "computed", "official"), (str, None))


def manifest(
    register: Register,
    counted: Mapping[str, int],
    inputs: Mapping[str, str],
    contents: Mapping[str, str],
    versions: Mapping[str, str],
    outputs: Mapping[str, str | bytes | Path],
) -> str:
    """The manifest as JSON text.

    `inputs`: SHA-256 of every file that the annex was made of, by its path in the project;
    `contents`: of what a build reads of a notebook (cells, tags, short names) or JSON file,
    whatever way it is written; `outputs`: SHA-256 and bytes of every file of the annex but this
    one; `environment`: versions of python and of the packages of the lock file; `tables`: path of
    every table, and the first digits of the digest of each row, in their order, as one text.
    `quantities`: as `trail.record` gives them, with the place in the evaluation, claims and pages,
    where there are any; what a row is called and its note stand in the table that it names.
    `claims`: statement, operation, rows, verdicts, remark, and the ids of what is stated, computed
    and officially given. `publishers`: of the series. `coverage`: numerals by kind.
    """
    quantities = [_quantity(entry) for entry in register.entries.values()]
    content = {
        "format": FORMAT,
        "inputs": dict(inputs),
        "contents": dict(contents),
        "outputs": {name: _output(content) for name, content in outputs.items()},
        "environment": dict(versions),
        "tables": {
            name: {"path": f"data/{resource['path']}", "rows": rows(name, register.data)}
            for name, resource in descriptor.read(register.data).items()
        },
        "quantities": sorted(quantities, key=lambda quantity: quantity["id"]),
        "claims": [_claim(claim) for claim in register.claims],
        "publishers": [
            {name: str(getattr(row, name)) for name in _SOURCES} for row in register.publishers()
        ],
        "coverage": dict(counted),
    }
    return _written(content)


def checksum(content: dict) -> str:
    """SHA-256 of a manifest as a build writes it."""
    return _sha256(_written(content).encode())


def _written(content: dict) -> str:
    """A manifest as text: the same content is always the same text."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text + "\n"


def rows(table: str, data: Path) -> str:
    """The first digits of a digest of each row of a table, by the values that it is read as."""
    frame = frames.load(table, data)
    names = "\x1f".join(frame.columns)
    lines = ("\x1f".join(map(str, row)) for row in frame.itertuples(index=False))
    return "".join(_sha256(f"{names}\x1e{line}".encode())[:DIGITS] for line in lines)


def read(folder: Path) -> dict:
    """The manifest of an annex.

    Raises `AnnexError` when there is none, or it is not one that this version writes.
    """
    path = folder / NAME
    expected = "the manifest of an annex that `annex build` made"
    text = reading.content(path, expected)
    try:
        content = reading.parsed(text, parse_int=_counted, parse_float=_finite)
        json.dumps(content, ensure_ascii=False).encode()  # halves of characters have no encoding
    except (ValueError, RecursionError) as error:
        raise AnnexError(Problem(str(path), quoted(str(error)), expected)) from None
    if not fits(content, {"format": int}) or content["format"] != FORMAT:
        found = quoted(f"format {content.get('format') if isinstance(content, dict) else None}")
        raise AnnexError(Problem(str(path), found, f"format {FORMAT}", "Build that annex anew"))
    if problems := [Problem(str(path), found, right) for found, right in _strange(content)]:
        raise AnnexError(problems)
    return content


def _strange(content: dict) -> Iterator[tuple[str, str]]:
    """What is not as this version writes it."""
    for name, form in _FORM.items():
        if not fits(content.get(name), form):
            yield f"{name} of another form", f"{name} as `annex build` writes it"
            return
    for name, output in content["outputs"].items():
        if not _inside(name) or not _DIGEST.fullmatch(output["sha256"]) or output["bytes"] < 0:
            yield f"output {quoted(name)}", "a file inside the annex, its SHA-256 and bytes"
    for name in ("quantities", "claims"):
        ids = Counter(item["id"] for item in content[name])
        yield from ((f"{quoted(id)} {n} times in {name}", "once") for id, n in ids.items() if n > 1)
    for item in content["quantities"]:
        parts = _PAGES if "pages" in item else {}
        counted = {"table", "rows"} & {*item.get("derivation", ())} if fits(item, _DERIVED) else ()
        if counted:
            parts = {**parts, **_COUNTED}
        if not fits(item, parts) or fits(item, _ROW) == fits(item, _DERIVED):
            yield f"quantity {quoted(item['id'])}", "a row or a derivation, and pages by name"
    for item in content["claims"]:
        if not fits({**dict.fromkeys(_NAMED), **item}, _NAMED):
            yield f"claim {quoted(item['id'])}", "ids of numbers, or none"


def _inside(name: str) -> bool:
    """Whether a name is that of a file inside the annex, all of which is seen."""
    path = PurePosixPath(name)
    if name in ("", ".", NAME) or path.is_absolute():
        return False
    if visible(name) != name or len(name.splitlines()) > 1 or "\t" in name:
        return False
    return ".." not in path.parts and all(len(part.encode()) <= 255 for part in path.parts)


def _finite(digits: str) -> float:
    found = float(digits)
    return found if math.isfinite(found) else reading.no_number(digits)


def _counted(digits: str) -> int:
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
    found = {"claims": entry.claims, "pages": entry.pages}
    if "place" in entry.about:
        found["place"] = entry.about["place"]._asdict()
    return {k: v for k, v in (entry.record | found).items() if v != []}


def _claim(claim: Claim) -> dict:
    row = claim.row
    texts = {"statement": claim.statement, "remark": claim.remark}
    return {
        "id": claim.id,
        "section": row.section,
        **{name: text._asdict() for name, text in texts.items() if isinstance(text, Text)},
        "operation": row.operation,
        "rows": [{"table": used.table, "rows": list(used.keys)} for used in claim.used],
        "internal": row.internal,
        "external": None if is_missing(row.external) else row.external,
        **{name: claim.ids.get(name) for name in ("stated", "computed", "official")},
    }
