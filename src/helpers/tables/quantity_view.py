"""What JupyterLab shows of a quantity, and its derivation as a tree: `quantity.trail()`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from .. import language
from ..evidence.arithmetic import Quantity
from ..evidence.derivation import Derivation
from ..listing import Listing, and_more, framed, wrapped
from ..messages import _
from . import quantity_words
from .row_places import RowPlaces

_INPUTS = 12  # of one number in a tree
_FIRST = 4  # of a number in a view of it alone
_DEPTH = 12  # of inputs of inputs in a tree
_STEPS = 300  # in a tree


def card(quantity: Quantity) -> str:
    """A quantity as HTML: value, range, unit and where it comes from."""
    places, origin = RowPlaces(), quantity.origin
    facts = _facts(quantity, places)
    if isinstance(origin, Derivation):
        for label, part in _inputs(origin, _FIRST):
            told = _titled(part, places)
            facts[language.text(_("input {}").format(label))] = f"{told} ({part.id})"
        if (more := len(origin.inputs) - _FIRST) > 0:
            facts[language.text(_("further"))] = and_more(more)
        facts[language.text(_("whole derivation"))] = ".trail()"
    title = quantity_words.value(quantity, places)
    return Listing(title, [quantity_words.name(quantity, places)], facts)._repr_html_()


class Trail:
    """The derivation of a quantity down to rows and sources: a tree to unfold in JupyterLab, and
    indented text elsewhere, both in the current language."""

    def __init__(self, quantity: Quantity):
        self.quantity = quantity

    def _repr_html_(self) -> str:
        return framed(_html(_Tree().step(self.quantity), unfolded=True))

    def __repr__(self) -> str:
        return "\n".join(_lines(_Tree().step(self.quantity), 0))


@dataclass
class _Step:
    """A number in a tree: a line about it, facts by label, its inputs, and what is left out."""

    line: str
    facts: dict[str, str] = field(default_factory=dict)
    inputs: list[_Step] = field(default_factory=list)
    more: str = ""


class _Tree:
    """Makes the steps of a tree; a number that occurs again is not unfolded again."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._places = RowPlaces()

    def step(self, quantity: Quantity, label: str = "", depth: int = 0) -> _Step:
        """A number and, down to a depth, its inputs. label: its name in the formula above it."""
        line = _titled(quantity, self._places)
        line = f"{label} = {line}" if label else line
        if quantity.id and quantity.id in self._seen:
            above = language.text(_("see above"))
            return _Step(f"{line} ({above})")
        self._seen.add(quantity.id)
        step, origin = _Step(line, _facts(quantity, self._places)), quantity.origin
        if not isinstance(origin, Derivation) or not origin.inputs:
            return step
        if depth >= _DEPTH or len(self._seen) >= _STEPS:
            first = next(iter(origin.inputs))
            step.more = language.text(_("Not unfolded further. The rest:"))
            step.more += f' quantity.origin.inputs["{first}"].trail()'
            return step
        step.inputs = [self.step(part, name, depth + 1) for name, part in _inputs(origin, _INPUTS)]
        if (more := len(origin.inputs) - _INPUTS) > 0:
            step.more = and_more(more)
        return step


def _titled(quantity: Quantity, places: RowPlaces) -> str:
    """A number with its unit, and what it is called."""
    own = quantity_words.value(quantity, places)
    return language.labelled(own, quantity_words.name(quantity, places))


def _inputs(origin: Derivation, most: int) -> Iterator[tuple[str, Quantity]]:
    """The first inputs of a derivation, by their names in the formula as it is shown."""
    for name, part in list(origin.inputs.items())[:most]:
        yield language.text(origin.called.get(name, "")) or name, part


def _facts(quantity: Quantity, places: RowPlaces) -> dict[str, str]:
    found = {}
    if quantity.origin is not None:
        found[language.text(_("may stand for"))] = quantity_words.bounds(quantity)
        found[language.text(_("unit"))] = quantity.unit
    if (whole := quantity.written_from) is not None:
        found[language.text(_("converted from"))] = quantity_words.value(whole, places)
    found |= quantity_words.evidence(quantity, places)
    if quantity.period:
        found[language.text(_("period"))] = "–".join(dict.fromkeys(quantity.period))
    return found | ({"id": quantity.id} if quantity.id else {})


def _html(step: _Step, unfolded: bool = False) -> str:
    facts = "".join(
        f"<li>{escape(language.labelled(k, words))}</li>" for k, words in step.facts.items()
    )
    inside = f"<ul>{facts}</ul>" + "".join(map(_html, step.inputs))
    inside += f"<p>{escape(step.more)}</p>" if step.more else ""
    if not (step.facts or step.inputs):
        return f"<p>{escape(step.line)}</p>"
    first, shown = " open" if unfolded else "", escape(step.line)
    return f"<details{first}><summary>{shown}</summary>{inside}</details>"


def _lines(step: _Step, depth: int) -> Iterator[str]:
    """The tree as text, its inputs indented below each number."""
    first, rest = "    " * depth, "    " * depth + "  "
    yield from wrapped(step.line, first, rest)
    for label, words in step.facts.items():
        yield from wrapped(language.labelled(label, words), f"{first}· ", rest)
    for part in step.inputs:
        yield from _lines(part, depth + 1)
    yield from wrapped(step.more, f"{first}    ", f"{rest}    ")
