"""The annex for machines: what it was made of, what it consists of, every number and verdict."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from .. import package, tables
from ..errors import AnnexError, Problem
from ..language import Text, is_missing
from .register import Claim, Entry, Register

NAME = "manifest.json"
FORMAT = 4  # raised when the form of the file changes
DIGITS = 8  # of the digest of a row: enough to see that it changed, short enough for all rows
_SOURCES = ("id", "publisher", "table_id", "title", "url", "hand", "retrieved_via")
_FORM = {
    "inputs": dict, "outputs": dict, "environment": dict, "tables": dict, "quantities": list,
    "claims": list, "publishers": list, "coverage": dict,
}  # fmt: skip


def manifest(
    register: Register,
    counted: Mapping[str, int],
    inputs: Mapping[str, str],
    versions: Mapping[str, str],
    files: Mapping[str, str | bytes | Path],
) -> str:
    """The manifest as JSON text.

    `inputs`: SHA-256 of every file that the annex was made of, by its path in the project;
    `outputs`: SHA-256 and bytes of every file of the annex but this one; `environment`: versions
    of python and of the packages of the lock file; `tables`: path of every table, and the first
    digits of the digest of each row, in their order, as one text. `quantities`: as `trail.record`
    gives them, with the place in the evaluation, claims and pages, where there are any; what a row
    is called and its note stand in the table that it names. `claims`: statement, operation, rows,
    verdicts, remark, and the ids of what is stated, computed and officially given. `publishers`: of
    the series. `coverage`: numerals by kind.
    """
    quantities = [_quantity(entry) for entry in register.entries.values()]
    content = {
        "format": FORMAT,
        "inputs": dict(sorted(inputs.items())),
        "outputs": {name: _output(files[name]) for name in sorted(files)},
        "environment": dict(versions),
        "tables": {
            name: {"path": f"data/{resource['path']}", "rows": rows(name, register.data)}
            for name, resource in package.read(register.data).items()
        },
        "quantities": sorted(quantities, key=lambda quantity: quantity["id"]),
        "claims": [_claim(claim) for claim in register.claims],
        "publishers": [
            {name: str(getattr(row, name)) for name in _SOURCES} for row in register.publishers()
        ],
        "coverage": dict(sorted(counted.items())),
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"


def rows(table: str, data: Path) -> str:
    """The first digits of a digest of each row of a table, by the values that it is read as."""
    frame = tables.load(table, data)
    names = "\x1f".join(frame.columns)
    lines = ("\x1f".join(map(str, row)) for row in frame.itertuples(index=False))
    return "".join(_sha256(f"{names}\x1e{line}".encode())[:DIGITS] for line in lines)


def read(folder: Path) -> dict:
    """The manifest of an annex.

    Raises `AnnexError` when there is none, or it is not one that this version writes.
    """
    path = folder / NAME
    expected = "the manifest of an annex that `annex build` made"
    try:
        content = json.loads(path.read_bytes(), object_pairs_hook=_once)
    except FileNotFoundError:
        raise AnnexError(Problem(str(path), "no such file", expected)) from None
    except (OSError, ValueError, RecursionError) as error:
        raise AnnexError(Problem(str(path), str(error), expected)) from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        found = f"format {content.get('format') if isinstance(content, dict) else None!r}"
        raise AnnexError(Problem(str(path), found, f"format {FORMAT}; build that annex anew"))
    if problems := [Problem(str(path), found, right) for found, right in _form(content)]:
        raise AnnexError(problems)
    return content


def _form(content: dict):
    for name, kind in _FORM.items():
        if not isinstance(content.get(name), kind):
            yield f"{name} = {str(content.get(name))[:40]!r}", f"{name} as `annex build` writes it"
            return
    for name, output in content["outputs"].items():
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\0" in name or name in ("", ".", NAME):
            yield f"output {name!r}", "the path of a file inside the annex"
        if not isinstance(output, dict) or set(output) != {"sha256", "bytes"}:
            yield f"output {name!r} = {str(output)[:40]}", "its sha256 and bytes"
    for name in ("quantities", "claims"):
        if not all(isinstance(item, dict) and "id" in item for item in content[name]):
            yield f"{name} without an id", "an id for each"


def _once(pairs: list[tuple[str, object]]) -> dict:
    """A JSON object; a name that stands in it twice would be read differently by others."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the name {twice!r} twice in one object")
    return found


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
