"""How a number was computed, with all that its entry in the register says of it: a measure is
named where it is written."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..errors import EvidenceError, Problem
from ..language import Text

if TYPE_CHECKING:
    from .quantities import Quantity

_NAMES = re.compile(r"[^\W\d]\w*")
_SIGN = re.compile(r"[a-z]|\w+\d")  # `a`, `a1` and `of_1` stand as they are in any language


@dataclass(frozen=True)
class Derivation:
    """How a number was computed.

    measure: a word that begins the ids of its numbers. formula: in the names of the inputs, or a
    rule in words of both languages. inputs: by name. rows: keys of the rows of `table` that were
    counted. sources: what is to be cited for those rows.

    name: what the measure is called; `{unit}` in it stands for the name of the unit. A rule in
    words needs no other name. words: what the inputs are called, in their order
    (`Text("deel, geheel", "part, whole")`); inputs such as `a` and `a1` need none. of: the input
    that is named behind the measure (`share: exports`), the first if empty. percent: whether a
    reader expects its ratio as a percentage.

    Raises `EvidenceError` for what the register would lack.
    """

    measure: str
    formula: str | Text
    inputs: Mapping[str, Quantity] = field(default_factory=dict)
    table: str = ""
    rows: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    name: Text | None = None
    words: Text | None = None
    of: str = ""
    percent: bool = False

    def __post_init__(self):
        if problems := [Problem(f"the measure {self.measure!r}", *told) for told in self._flaws()]:
            raise EvidenceError(problems)

    def _flaws(self) -> Iterator[tuple[str, str, str]]:
        """What the register would lack: found, expected, remedy."""
        if not (self.measure.isidentifier() and self.measure.isascii()):
            yield "no word for an id", "letters, digits and _", 'Such as "per_inhabitant"'
        prose = isinstance(self.formula, Text)
        if not (self.name is None and prose) and not _told([self.name]):
            found = "no name" if self.name is None else f"the name {self.name!r}"
            remedy = 'Give one, such as name=Text("het dubbele", "the double")'
            yield found, "what it is called in both languages", remedy
        for name in [] if prose else dict.fromkeys(_NAMES.findall(self.formula)):
            if name not in self.inputs:
                remedy = "Pass it by that name, or write the formula as Text(nl, en)"
                yield f"{name!r} in the formula {self.formula!r}", "names of inputs only", remedy
        signs = all(map(_SIGN.fullmatch, self.inputs))
        if not (self.words is None and signs) and not self._named():
            found = "no words for its inputs" if self.words is None else f"the words {self.words!r}"
            english = ", ".join(self.inputs).replace("_", " ")
            expected = f"{english!r} in English, and a word for each in the other language"
            yield found, expected, f'Give words=Text("...", {english!r})'
        if self.of and self.of not in self.inputs:
            remedy = f"Give one of {', '.join(self.inputs)}, or leave it out"
            yield f"of={self.of!r}", "the name of an input", remedy

    def _named(self) -> bool:
        """Whether the words are those of the inputs, in their order."""
        counts = {len(text.split(", ")) for text in self.words} if _told([self.words]) else set()
        return (
            counts == {len(self.inputs)}
            and _told(self.called.values())
            and all(words.en == name.replace("_", " ") for name, words in self.called.items())
        )

    @property
    def called(self) -> dict[str, Text]:
        """The words of each input, by its name; empty when all stand as they are."""
        parts = zip(*(text.split(", ") for text in self.words or ()), strict=True)
        return {name: Text(*each) for name, each in zip(self.inputs, parts, strict=False)}

    @property
    def id(self) -> str:
        """The same for the same calculation on the same inputs, whatever their values are."""
        inputs = (f"{name}={item.id} in {item.unit}" for name, item in self.inputs.items())
        parts = [self.formula if isinstance(self.formula, str) else self.formula.en, *inputs]
        text = "\n".join([*parts, self.table, *self.rows])
        return f"{self.measure}-{hashlib.sha256(text.encode()).hexdigest()[:10]}"

    def record(self) -> dict:
        """As plain data, for an output. of: the id of the number that the measure is of; empty
        where its name needs none."""
        first = "" if self.name is None else self.of or next(iter(self.inputs), "")
        found = {
            "measure": self.measure,
            "name": (self.name or self.formula)._asdict(),
            "formula": self.formula if isinstance(self.formula, str) else self.formula._asdict(),
            "inputs": {name: item.id for name, item in self.inputs.items()},
            "words": {name: words._asdict() for name, words in self.called.items()},
            "of": self.inputs[first].id if first else "",
            "percent": self.percent,
        }
        counted = {"table": self.table, "rows": list(self.rows)} if self.table else {}
        return found | counted


def _told(named: Iterable[object]) -> bool:
    """Whether each has words in every language."""
    return all(isinstance(words, Text) and all(map(str.strip, words)) for words in named)
