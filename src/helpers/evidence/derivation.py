"""How a number was computed, with all texts of its entry in the register. A measure gives its own
name and texts, so that a new one needs an edit in one place only."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from .. import language
from ..errors import EvidenceError, Problem
from ..language import Text
from ..locales import SOURCE

if TYPE_CHECKING:
    from .arithmetic import Quantity

_NAMES = re.compile(r"[^\W\d]\w*")
_SYMBOL = re.compile(r"[a-z]|\w+\d")  # `a`, `a1` and `of_1` need no translation


_sound: dict[str, tuple] = {}  # the texts of each measure's last derivation, which are in order


class Later(Sequence[str]):
    """A sequence of texts that is made when it is first looked at: the keys of a million rows take
    longer to list than their values to add."""

    def __init__(self, make: Callable[[], Iterable[str]]):
        self._make = make

    @functools.cached_property
    def _made(self) -> tuple[str, ...]:
        return tuple(self._make())

    def __getitem__(self, position):
        return self._made[position]

    def __len__(self) -> int:
        return len(self._made)


@dataclass(frozen=True)
class Derivation:
    """How a number was computed.

    measure: an identifier, the prefix of the ids of its numbers. formula: an expression in the
    names of the inputs, or a description as `Text`. inputs: by name. rows: keys of the rows of
    `table` that were counted. sources: ids of the sources to cite for those rows.

    name: the display name of the measure, in which `{unit}` stands for the name of the unit; not
    needed if the formula is a `Text`. words: display names of the inputs, in their order
    (`Text("deel, geheel", "part, whole")`); inputs such as `a` and `a1` need none. of: the input
    that the register names after the measure (`share: exports`), the first if empty. percent:
    whether to show the ratio as a percentage. parts: what the id depends on besides, where the
    inputs are only the rows behind many numbers.

    Raises `EvidenceError` for every text that the register needs and does not get.
    """

    measure: str
    formula: str | Text
    inputs: Mapping[str, Quantity] = field(default_factory=dict)
    table: str = ""
    rows: Sequence[str] = ()
    sources: Sequence[str] = ()
    name: Text | None = None
    words: Text | None = None
    of: str = ""
    percent: bool = False
    parts: str = ""

    def __post_init__(self):
        texts = (self.measure, self.formula, tuple(self.inputs), self.name, self.words, self.of)
        if _sound.get(self.measure) == texts:
            return
        if problems := [Problem(f"the measure {self.measure!r}", *flaw) for flaw in self._flaws()]:
            raise EvidenceError(problems)
        _sound[self.measure] = texts

    def _flaws(self) -> Iterator[tuple[str, str, str]]:
        """Texts that the register needs and that are missing or wrong: found, expected, remedy."""
        if not (self.measure.isidentifier() and self.measure.isascii()):
            yield "no identifier", "letters, digits and _", 'Such as "per_inhabitant"'
        names = _NAMES.findall(self.formula) if isinstance(self.formula, str) else []
        prose = isinstance(self.formula, Text)
        named = isinstance(self.name, Text) and language.given(self.name)
        if not (named or (self.name is None and prose)):
            found = "no name" if self.name is None else f"the name {self.name!r}"
            yield found, "what it is called", f"Give one, such as name={_example('the double')}"
        for name in dict.fromkeys(names):
            if name not in self.inputs:
                remedy = "Pass it by that name, or write the formula in words, as a Text"
                yield f"{name!r} in the formula {self.formula!r}", "names of inputs only", remedy
        symbols = all(map(_SYMBOL.fullmatch, self.inputs))
        if not (self.words is None and symbols) and not self._words_fit():
            found = "no words for its inputs" if self.words is None else f"the words {self.words!r}"
            own = ", ".join(self.inputs).replace("_", " ")
            expected = f"{own!r} in English, a word for each input in any language"
            yield found, expected, f"Give words={_example(own)}"
        if self.of and self.of not in self.inputs:
            remedy = f"Give one of {', '.join(self.inputs)}, or leave it out"
            yield f"of={self.of!r}", "the name of an input", remedy

    def _words_fit(self) -> bool:
        """Whether `words` has a text for each input in each of its languages, the English one
        equal to its name."""
        if not isinstance(self.words, Text) or not (known := language.given(self.words)):
            return False
        return (
            {len(text.split(", ")) for text in known.values()} == {len(self.inputs)}
            and all(language.given(words).keys() == known.keys() for words in self.called.values())
            and all(
                words.word(SOURCE) in ("", name.replace("_", " "))
                for name, words in self.called.items()
            )
        )

    @property
    def texts(self) -> list[Text]:
        """Its name, its words and a formula in words, as far as it has them."""
        return [each for each in (self.name, self.words, self.formula) if isinstance(each, Text)]

    @property
    def adds(self) -> bool:
        """Whether it is the sum of its inputs."""
        return self.measure == "sum" and self.formula == " + ".join(self.inputs)

    @property
    def called(self) -> dict[str, Text]:
        """The display name of each input, by its name; empty when none has one."""
        none = [""] * len(self.inputs)
        parts = zip(*(t.split(", ") if t.strip() else none for t in self.words or ()), strict=True)
        return {name: Text(*each) for name, each in zip(self.inputs, parts, strict=False)}

    @property
    def id(self) -> str:
        """An id made from the calculation and the ids of its inputs, not from values, so that it
        stays the same when data is corrected. A formula in words counts in English, or in the first
        language that it has."""
        inputs = (f"{name}={item.id} in {item.unit}" for name, item in self.inputs.items())
        words = self.formula
        formula = words if isinstance(words, str) else language.english(words)
        parts = [formula, *inputs]
        text = "\n".join([*parts, self.table, *self.rows, *filter(None, [self.parts])])
        return f"{self.measure}-{hashlib.sha256(text.encode()).hexdigest()[:10]}"

    def record(self) -> dict:
        """As JSON data, for an output. of: the id of the input that is named after the measure;
        empty if the measure has no name."""
        first = "" if self.name is None else self.of or next(iter(self.inputs), "")
        name = self.name or self.formula
        assert isinstance(name, Text)  # by `__post_init__`, a formula has a name
        found = {
            "measure": self.measure,
            "name": name._asdict(),
            "formula": self.formula if isinstance(self.formula, str) else self.formula._asdict(),
            "inputs": {name: item.id for name, item in self.inputs.items()},
            "words": {name: words._asdict() for name, words in self.called.items()},
            "of": self.inputs[first].id if first else "",
            "percent": self.percent,
        }
        counted = {"table": self.table, "rows": list(self.rows)} if self.table else {}
        return found | counted


def _example(english: str) -> str:
    """A text in the languages of the project as code, with its English words."""
    words = (f"{lang}={english if lang == SOURCE else '...'!r}" for lang in language.languages())
    return f"Text({', '.join(words)})"


def shown_number(number) -> str:
    """A plain number in a formula: with all its digits, a negative one in parentheses."""
    text = str(number) if isinstance(number, Fraction) else format(Decimal(str(number)), "f")
    return f"(−{text[1:]})" if text.startswith("-") else text
