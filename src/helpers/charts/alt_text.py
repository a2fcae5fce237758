"""Alternative text for a chart, from its data: what a reader who can't see it would look for.

Each function gives sentences in every language; their numbers are fields, filled in and linked to
their evidence as those of a caption.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from .. import language
from ..evidence.arithmetic import Quantity
from ..evidence.derivation import Derivation
from ..evidence.reductions import row_count
from ..evidence.rows import natural_order
from ..language import Text, is_missing
from ..messages import COLON, SEMICOLON, _
from .sentences import YEAR, Sentence, Words

HIGHEST, LOWEST = _("highest"), _("lowest")
LARGEST, SMALLEST = _("largest"), _("smallest")
MOST = 6  # more series than this are named, and only the highest and lowest described


def lines(
    series: Mapping[Text, Sequence[tuple[int, Any]]], unit: Text, pattern: str,
    breaks: Sequence[int] = (), stated: Text | None = None, kind: Text | None = None,
) -> list[Sentence]:  # fmt: skip
    """From where to where each line goes, its highest and lowest value, and where it is cut.

    series: the years and values of each line, by its name; missing values are gaps. stated: what
    the values are that stand beside the lines, if any."""
    years = [year for points in series.values() for year, __ in points]
    line = _("line") if len(series) == 1 else _("lines")
    start = Words()(kind or line)(", <unit>, ", unit=_short(unit))
    _span(start, years)
    told = [start.end()]
    if len(series) > MOST:
        told.append(Words()("<names>", names=list(series)).end())
        every = [(name, *point) for name, points in series.items() for point in _known(points)]
        for which, (name, year, value) in _ends(HIGHEST, LOWEST, every):
            words = Words()(which)(_(": <x>, <name>, <at>"), x=(value, pattern), name=name,
                                    at=language.year(year))  # fmt: skip
            told.append(words.end())
    else:
        told += [_line(name, points, pattern) for name, points in series.items()]
    if breaks:
        at = [language.year(year) for year in sorted(breaks)]
        told.append(Words()(_("change of method in <at>"), at=at).end())
    if stated is not None:
        told.append(Words()(_("diamonds: <what>"), what=stated).end())
    return told


def _line(name: Text, points: Sequence[tuple[int, Any]], pattern: str) -> Sentence:
    known = _known(points)
    (a, first), (b, last) = known[0], known[-1]
    words = Words()(_("<name>: "), name=name) if any(name) else Words()
    at, to = language.year(a), language.year(b)
    if len(known) == 1:
        words(_("<x> in <at>"), x=(first, pattern), at=at)
    elif len({float(value) for __, value in known}) == 1:
        words(_("<x> from <at> to <to>"),
              x=(first, pattern), at=at, to=to)  # fmt: skip
    else:
        words(_("from <x> in <at> to <y> in <to>"),
              x=(first, pattern), at=at, y=(last, pattern), to=to)  # fmt: skip
        for which, (__, value) in _ends(HIGHEST, LOWEST, known):
            if float(value) not in (float(first), float(last)):
                held = [language.year(at) for at, other in known if float(other) == float(value)]
                words(", ")(which)(" ")(_("<x> in <at>"), x=(value, pattern), at=held[:MOST])
                _more(words, held)
    lost = sorted(year for year, value in points if is_missing(value))
    if lost:
        years = [language.year(year) for year in lost[:MOST]]
        words(_("; unknown in <at>"), at=years)
        _more(words, lost)
    return words.end()


def _more(words: Words, all_of: Sequence) -> None:
    """Say that there are more than the `MOST` that are named, if so."""
    if len(all_of) > MOST:
        words(_(" and more"))


def bars(
    sizes: Mapping[tuple[Text, ...], Any], unit: Text, pattern: str, kind: Text | None = None,
    reach: bool = False, highlight: Text | None = None,
) -> list[Sentence]:  # fmt: skip
    """Each value if they are few; else the largest and the smallest with their names, which are
    unknown, and the one to highlight; and the total of counts. sizes: the value by its names.
    kind: what the marks are. reach: whether the marks show the range of each value too."""
    known = [(names, value) for names, value in sizes.items() if not is_missing(value)]
    kind = kind or _("bars")
    start = Words()("<kind>", kind=kind)
    told = [(start(", <unit>", unit=_short(unit)) if any(unit) else start).end()]
    if not known:
        return [*told, Words()(_("all unknown")).end()]
    if len(sizes) <= MOST:
        return told + _each(sizes, pattern, reach) + _total(sizes, pattern)
    ends = _ends(LARGEST, SMALLEST, known)
    if same := len({float(value) for __, value in known}) == 1:
        ends = [(_("all equal"), known[0])]
    for which, (__, end) in ends:
        holders = [names for names, value in known if float(value) == float(end)]
        words = Words()(which)(_(": <x>"), x=(end, pattern))
        if not same and len(holders) > MOST:  # such as the zeros of a sparse table
            words(_(" (several times)"))
        elif not same or len(known) == 1:
            _holders(words, holders)
        told.append(words.end())
    unknown = [names for names, value in sizes.items() if is_missing(value)]
    if unknown:
        words = Words()(_("unknown"))
        told.append(_holders(words, unknown).end())
    own = {names: value for names, value in known if highlight in names}
    return told + _each(own, pattern, reach) + _total(sizes, pattern)


def _each(sizes: Mapping[tuple[Text, ...], Any], pattern: str, reach: bool) -> list[Sentence]:
    """Every value after its names, with its range if `reach`."""
    told = []
    for names, value in sizes.items():
        shown = language.UNKNOWN if is_missing(value) else (value, pattern)
        words = _named(Words(), names)(_(": <x>"), x=shown)
        if reach and not is_missing(value) and value.bounds.known and value.bounds.width != 0:
            words(" (<reach>)", reach=(value, f"range {pattern}"))
        told.append(words.end())
    return told


def events(sides: Mapping[Text, tuple[Any, Sequence[int]]], marks: Sequence[tuple[Text, int]]):
    """How many events each side has and from when to when, and the milestones.

    sides: the count (or `None`) and the years of the events of each side, by its name."""
    told = [Words()(_("timeline")).end()]
    for name, (count, years) in sides.items():
        words = Words()(_("<name>: "), name=name)
        if not years:
            words(_("none"))
        elif count is not None:
            words("<n>, ", n=(count, "0"))
        if years:
            _span(words, years)
        told.append(words.end())
    if marks:
        words = Words()(_("milestones"))
        for number, (name, year) in enumerate(marks):
            words(", " if number else COLON)("<name> (<at>)", name=name, at=language.year(year))
        told.append(words.end())
    return told


def frame(
    measured: Mapping[Text, tuple[Sequence, str]],
    keys: Sequence[tuple] | None,
    rows: Quantity | None,
) -> list[Sentence]:
    """How many rows a frame has, and the range of each measured column, with the names of the rows
    at its ends. measured: values and pattern by header. keys: the names of each row, if unique."""
    told = [Words()(_("chart"))]
    if rows is not None:
        told[0](_("; number of points: <n>"), n=(rows, "#,##0"))
    sentences = [told[0].end()]
    for name, (values, pattern) in measured.items():
        known = [(at, value) for at, value in enumerate(values) if not is_missing(value)]
        words = Words()(_("<name>: "), name=name)
        if not known:
            words(_("unknown"))
        ends = [(_("from "), min), (_(" to "), max)] if known else []
        for before, extreme in ends:
            at, value = extreme(known, key=_value)
            words(before)("<x>", x=(value, pattern))
            if keys is not None:
                _holders(words, [keys[at]])
        sentences.append(words.end())
    return sentences


def _span(words: Words, years: Sequence[int]) -> None:
    """Add the first and last of some years."""
    first, last = language.year(min(years)), language.year(max(years))
    between = "<a>" if first == last else "<a>–<b>"
    words(between, a=first, b=last)


def _known(points: Iterable[tuple[int, Any]]) -> list[tuple[int, Any]]:
    return sorted(((year, v) for year, v in points if not is_missing(v)), key=itemgetter(0))


def _ends(most: Text, least: Text, marks: Sequence[tuple]) -> list[tuple[Text, tuple]]:
    """The marks with the highest and the lowest value, their last item, after words for these."""
    return [(most, max(marks, key=_value)), (least, min(marks, key=_value))]


def _value(mark: tuple) -> float:
    return float(mark[-1])


def _holders(words: Words, marks: Sequence[tuple[Text, ...]]) -> Words:
    """Add the names of the marks that a sentence is about, at most `MOST` of them."""
    for number, names in enumerate(marks[:MOST]):
        words(SEMICOLON if number else " (")
        _named(words, names)
    if len(marks) > MOST:
        words(_("; and others"))
    return words(")")


def _named(words: Words, names: Iterable) -> Words:
    """Add the names of a mark that are not empty, separated by commas."""
    for number, name in enumerate(name for name in names if name != Text()):
        words(", <name>" if number else "<name>", name=name)
    return words


def _total(sizes: Mapping[tuple, Any], pattern: str) -> list[Sentence]:
    whole = counted(list(sizes.values())) if len(sizes) > 1 else None
    return [] if whole is None else [Words()(_("total: <x>"), x=(whole, pattern)).end()]


def counted(values: Sequence) -> Quantity | None:
    """The sum of counts of which no two count the same row; `None` for others: whether amounts
    overlap, as exports and re-exports or a country and its provinces do, is not for a chart to
    tell."""
    rows: dict[str, None] = {}
    cited: dict[str, None] = {}
    for value in values:
        origin = value.origin if isinstance(value, Quantity) else None
        if not isinstance(origin, Derivation) or origin.measure != "count":
            return None
        if rows.keys() & set(origin.rows):
            return None
        rows |= dict.fromkeys(origin.rows)
        cited |= dict.fromkeys(origin.sources)
        table = origin.table
    if len({value.unit for value in values}) != 1:
        return None
    return row_count(table, sorted(rows, key=natural_order), tuple(cited))


def _short(unit: Text) -> Text:
    """A unit without what follows a comma, where that has a number: `index, 2001 = 100`."""
    if any(map(str.isdigit, YEAR.sub("", " ".join(unit)))):
        return unit.map(lambda words: words.partition(",")[0])
    return unit
