"""The summary of an annex, for a page over several annexes: title, languages, verdicts, key
figures."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from ...language import Text, given, languages
from ...tables import descriptor, frames, roles
from ...tables.overlaps import REPEATS
from ...tables.roles import Role
from ..register.entries import Register
from ..register.tested_claims import Claim

if TYPE_CHECKING:
    from ...tables.publication import Publication
    from ..pages.body import Body
    from ..pages.render import Page

NAME = "annex.json"
SCHEMA = Path(__file__).with_name("annex.schema.json")  # published beside the summary
FORMAT = 1  # raised when the form of the file changes


def summary(
    register: Register, told: Publication, bodies: Sequence[Body], fronts: Iterable[Page]
) -> str:
    """The summary as JSON text, in the form that `SCHEMA` describes. fronts: the front pages."""
    front = {page.lang: page.path for page in fronts}
    content = {
        "$schema": SCHEMA.name,
        "format": FORMAT,
        "languages": [{"language": lang, "front": front[lang]} for lang in languages()],
        "title": _words(told.title),
        "description": _words(told.description),
        "version": told.version,
        "created": told.created,
        "verdicts": _verdicts(register),
        "figures": {
            lang: [list(_parts(line, lang, register)) for line in _lines(bodies, lang)]
            for lang in languages()
        },
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"


def files(
    register: Register, told: Publication, bodies: Sequence[Body], fronts: Iterable[Page]
) -> dict[str, str | Path]:
    """The summary and its schema, by their paths in the annex; arguments as for `summary`."""
    return {NAME: summary(register, told, bodies, fronts), SCHEMA.name: SCHEMA}


def _words(text: Text) -> dict[str, str]:
    return dict(given(text))


def _verdicts(register: Register) -> dict[str, int]:
    """How many claims have each verdict. A claim that repeats another, as its row says, tests the
    same words in another way, and is not counted."""
    repeats: set[str] = set()
    if table := roles.tables(register.data).get(Role.CLAIMS):
        fields = descriptor.fields(descriptor.read(register.data)[table])
        columns = [name for name, field in fields.items() if field.get("overlap") == REPEATS]
        frame = frames.load(table, register.data)
        repeats = set(frame.id[frame[columns].notna().any(axis=1)])
    counted = Counter(_overall(each) for each in register.claims if each.id not in repeats)
    return dict(sorted(counted.items()))


def _overall(claim: Claim) -> str:
    """One verdict on a claim, as `claims.outside.overall` gives it for a table."""
    contradicted = claim.internal == "contradicted"
    return claim.internal if contradicted or claim.external is None else claim.external


def _lines(bodies: Sequence[Body], lang: str) -> list[str]:
    """The lines (HTML) of key figures: official ones or, without such, those of the pages."""
    own = [body for body in bodies if body.lang == lang]
    official = [line for body in own for line in body.columns["official"]]
    return official or list(dict.fromkeys(line for body in own for line in body.keys))


def _parts(html: str, lang: str, register: Register) -> Iterator[str | dict[str, str]]:
    """A line as words and numbers, each number with its entry."""
    body = LexborHTMLParser(html).body
    text = ""
    for node in body.traverse(include_text=True) if body is not None else ():
        if node.tag != "-text":
            continue
        id = node.parent.attributes.get("data-id") if node.parent is not None else None
        if id in register.entries:
            if text:
                yield text
            text = ""
            yield {"number": node.text_content or "", "entry": f"{lang}/{register.href(str(id))}"}
        else:
            text += node.text_content or ""
    if text:
        yield text
