"""Alternative text for a chart, from its data: what a reader who can't see it would look for.

Each function gives sentences in every language; their numbers are fields, filled in and linked to
their evidence as those of a caption.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .. import language
from ..evidence.arithmetic import Quantity
from ..evidence.derivation import Derivation
from ..evidence.reductions import row_count
from ..evidence.rows import natural_order
from ..language import Text, is_missing
from .sentences import YEAR, Sentence, Words

MOST = 6  # more series than this are named, and only the highest and lowest described


def lines(
    series: Mapping[Text, Sequence[tuple[int, Any]]], unit: Text, pattern: str,
    breaks: Sequence[int] = (), stated: Text | None = None,
) -> list[Sentence]:  # fmt: skip
    """From where to where each line goes, its highest and lowest value, and where it is cut.

    series: the years and values of each line, by its name; missing values are gaps. stated: what
    the values are that stand beside the lines, if any."""
    years = [year for points in series.values() for year, _ in points]
    one = len(series) == 1
    start = Words()("lijn" if one else "lijnen", "line" if one else "lines")
    start(", <unit>, ", ", <unit>, ", unit=_short(unit))
    _span(start, years)
    told = [start.end()]
    if len(series) > MOST:
        told.append(Words()("<names>", "<names>", names=list(series)).end())
        every = [(name, *point) for name, points in series.items() for point in _known(points)]
        told += _extremes(every, pattern)
    else:
        told += [_line(name, points, pattern) for name, points in series.items()]
    if breaks:
        at = [language.year(year) for year in sorted(breaks)]
        told.append(Words()("methodebreuk in <at>", "change of method in <at>", at=at).end())
    if stated is not None:
        told.append(Words()("ruiten: <what>", "diamonds: <what>", what=stated).end())
    return told


def _line(name: Text, points: Sequence[tuple[int, Any]], pattern: str) -> Sentence:
    known = _known(points)
    (a, first), (b, last) = known[0], known[-1]
    words = Words()("<name>: ", "<name>: ", name=name)
    at, to = language.year(a), language.year(b)
    if len(known) == 1:
        words("<x> in <at>", "<x> in <at>", x=(first, pattern), at=at)
    elif len({float(value) for _, value in known}) == 1:
        words("<x> van <at> tot en met <to>", "<x> from <at> to <to>",
              x=(first, pattern), at=at, to=to)  # fmt: skip
    else:
        words("van <x> in <at> naar <y> in <to>", "from <x> in <at> to <y> in <to>",
              x=(first, pattern), at=at, y=(last, pattern), to=to)  # fmt: skip
        for nl, en, (year, value) in (
            ("hoogste", "highest", max(known, key=_value)),
            ("laagste", "lowest", min(known, key=_value)),
        ):
            if float(value) not in (float(first), float(last)):
                words(f", {nl} <x> in <at>", f", {en} <x> in <at>",
                      x=(value, pattern), at=language.year(year))  # fmt: skip
    lost = [year for year, value in sorted(points, key=_year) if is_missing(value)]
    if lost:
        years = [language.year(year) for year in lost[:MOST]]
        more = Text(" en meer", " and more") if len(lost) > MOST else Text("", "")
        words(f"; onbekend in <at>{more.nl}", f"; unknown in <at>{more.en}", at=years)
    return words.end()


def bars(
    sizes: Mapping[tuple[Text, ...], Any], unit: Text, pattern: str, kind: Text | None = None,
    reach: bool = False, highlight: Text | None = None,
) -> list[Sentence]:  # fmt: skip
    """Each value if they are few; else the largest and the smallest with their names, which are
    unknown, and the one to highlight; and the total of counts. sizes: the value by its names.
    kind: what the marks are. reach: whether the marks show the range of each value too."""
    known = [(names, value) for names, value in sizes.items() if not is_missing(value)]
    kind = kind or Text("staven", "bars")
    start = Words()("<kind>", "<kind>", kind=kind)
    told = [(start(", <unit>", ", <unit>", unit=_short(unit)) if any(unit) else start).end()]
    if not known:
        return [*told, Words()("alles onbekend", "all unknown").end()]
    if len(sizes) <= MOST:
        return told + _each(sizes, pattern, reach) + _total(sizes, pattern)
    ends = [max(float(v) for _, v in known), min(float(v) for _, v in known)]
    same = ends[0] == ends[1]
    labels = [Text("alle gelijk", "all equal")] if same else [
        Text("grootste", "largest"), Text("kleinste", "smallest")
    ]  # fmt: skip
    for label, end in zip(labels, ends[:1] if same else ends, strict=True):
        holders = [(names, value) for names, value in known if float(value) == end]
        words = Words()(f"{label.nl}: <x>", f"{label.en}: <x>", x=(holders[0][1], pattern))
        if not same and len(holders) > MOST:  # such as the zeros of a sparse grid
            words(" (meermaals)", " (several times)")
        elif not same or len(known) == 1:
            _holders(words, [names for names, _ in holders])
        told.append(words.end())
    unknown = [names for names, value in sizes.items() if is_missing(value)]
    if unknown:
        words = Words()("onbekend", "unknown")
        told.append(_holders(words, unknown).end())
    own = {names: value for names, value in known if highlight in names}
    return told + _each(own, pattern, reach) + _total(sizes, pattern)


def _each(sizes: Mapping[tuple[Text, ...], Any], pattern: str, reach: bool) -> list[Sentence]:
    """Every value after its names, with its range if `reach`."""
    told = []
    for names, value in sizes.items():
        fields = {f"n{place}": name for place, name in enumerate(filter(any, names))}
        inside = ", ".join(f"<{field}>" for field in fields) + ": <x>"
        unknown = is_missing(value)
        shown = language.UNKNOWN if unknown else (value, pattern)
        words = Words()(inside, inside, **fields, x=shown)
        if reach and not unknown and value.bounds.known and value.bounds.width != 0:
            words(" (<reach>)", " (<reach>)", reach=(value, f"range {pattern}"))
        told.append(words.end())
    return told


def events(sides: Mapping[Text, tuple[Any, Sequence[int]]], marks: Sequence[tuple[Text, int]]):
    """How many events each side has and from when to when, and the milestones.

    sides: the count (or `None`) and the years of the events of each side, by its name."""
    told = [Words()("tijdlijn", "timeline").end()]
    for name, (count, years) in sides.items():
        words = Words()("<name>: ", "<name>: ", name=name)
        if not years:
            words("geen", "none")
        elif count is not None:
            words("<n>, ", "<n>, ", n=(count, "0"))
        if years:
            _span(words, years)
        told.append(words.end())
    if marks:
        words = Words()("mijlpalen", "milestones")
        for number, (name, year) in enumerate(marks):
            before = ", " if number else ": "
            words(f"{before}<name> (<at>)", f"{before}<name> (<at>)",
                  name=name, at=language.year(year))  # fmt: skip
        told.append(words.end())
    return told


def frame(
    measured: Mapping[Text, tuple[Sequence, str]],
    keys: Sequence[tuple] | None,
    rows: Quantity | None,
) -> list[Sentence]:
    """How many rows a frame has, and the range of each measured column, with the names of the rows
    at its ends. measured: values and pattern by header. keys: the names of each row, if unique."""
    told = [Words()("grafiek", "chart")]
    if rows is not None:
        told[0]("; aantal punten: <n>", "; number of points: <n>", n=(rows, "#,##0"))
    sentences = [told[0].end()]
    for name, (values, pattern) in measured.items():
        known = [(value, at) for at, value in enumerate(values) if not is_missing(value)]
        words = Words()("<name>: ", "<name>: ", name=name)
        if not known:
            words("onbekend", "unknown")
        for number, (value, at) in enumerate(
            [min(known, key=_first), max(known, key=_first)] if known else []
        ):
            before = (" tot ", " to ") if number else ("van ", "from ")
            words(f"{before[0]}<x>", f"{before[1]}<x>", x=(value, pattern))
            if keys is not None:
                _holders(words, [keys[at]])
        sentences.append(words.end())
    return sentences


def _span(words: Words, years: Sequence[int]) -> None:
    """Add the first and last of some years."""
    first, last = language.year(min(years)), language.year(max(years))
    between = "<a>" if first == last else "<a>–<b>"
    words(between, between, a=first, b=last)


def _known(points: Iterable[tuple[int, Any]]) -> list[tuple[int, Any]]:
    return sorted(((year, v) for year, v in points if not is_missing(v)), key=_year)


def _extremes(every: Sequence[tuple[Text, int, Any]], pattern: str) -> list[Sentence]:
    found = []
    for nl, en, (name, year, value) in (
        ("hoogste", "highest", max(every, key=lambda each: float(each[2]))),
        ("laagste", "lowest", min(every, key=lambda each: float(each[2]))),
    ):
        words = Words()(f"{nl}: <x>, <name>, <at>", f"{en}: <x>, <name>, <at>",
                         x=(value, pattern), name=name, at=language.year(year))  # fmt: skip
        found.append(words.end())
    return found


def _holders(words: Words, named: Sequence[tuple[Text, ...]]) -> Words:
    """Add the names of the marks that a sentence is about, at most `MOST` of them."""
    for number, names in enumerate(named[:MOST]):
        before = "; " if number else " ("
        shown = [name for name in names if not isinstance(name, Text) or any(name)]
        fields = {f"n{place}": name for place, name in enumerate(shown)}
        inside = before + ", ".join(f"<{field}>" for field in fields)
        words(inside, inside, **fields)
    more = len(named) > MOST
    return words("; en andere)" if more else ")", "; and others)" if more else ")")


def _total(sizes: Mapping[tuple, Any], pattern: str) -> list[Sentence]:
    """The sum of counts of which no two count the same row: whether amounts overlap, as exports
    and re-exports or a country and its provinces do, is not for a chart to tell."""
    rows: dict[str, None] = {}
    cited: dict[str, None] = {}
    for value in sizes.values():
        origin = value.origin if isinstance(value, Quantity) else None
        if not isinstance(origin, Derivation) or origin.measure != "count":
            return []
        if rows.keys() & set(origin.rows):
            return []
        rows |= dict.fromkeys(origin.rows)
        cited |= dict.fromkeys(origin.sources)
        table = origin.table
    if len(sizes) < 2 or len({value.unit for value in sizes.values()}) > 1:
        return []
    whole = row_count(table, sorted(rows, key=natural_order), tuple(cited))
    return [Words()("totaal: <x>", "total: <x>", x=(whole, pattern)).end()]


def _short(unit: Text) -> Text:
    """A unit without what follows a comma, where that has a number: `index, 2001 = 100`."""
    if any(map(str.isdigit, YEAR.sub("", " ".join(unit)))):
        return Text(*(words.partition(",")[0] for words in unit))
    return unit


def _value(point: tuple[int, Any]) -> float:
    return float(point[1])


def _first(point: tuple[Any, int]) -> float:
    return float(point[0])


def _year(point: tuple[int, Any]) -> int:
    return point[0]
