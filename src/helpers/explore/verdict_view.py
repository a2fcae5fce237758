"""Verdicts on the claims of a report, for other readings of its hedge words."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from fractions import Fraction

import pandas as pd

from .. import charts, language
from ..charts import defaults, table_headers
from ..claims import COLOURS, MARKS, VERDICTS, Ledger
from ..counts import count
from ..formats import html_tables
from ..formats.html_tables import Column
from ..formats.value_format import joined
from ..language import Text, english
from ..messages import SEMICOLON, _
from ..tables import descriptor, frames, roles
from ..tables.roles import Role
from .controls import Choice, Pick
from .view import Shown, View

_WORD, _WIDTH = "word", "width"
_WIDTHS = ("0", "1/4", "1/2", "1", "3/2", "2", "3", "5", "10")
_AGAINST = {
    "internal": _("its own figures"),
    "external": _("figures from outside"),
}  # fmt: skip
_BEFORE, _NOW = _("published"), _("now")


def verdicts() -> View:
    """Counts of verdicts, and the claims whose verdict differs from the published one, for a width
    of what hedge words allow: of all of them or of one, in multiples of what their table says.

    Verdicts are computed as in the annex; nothing outside the view changes. Raises `DataError` when
    the project has no claims.

    >>> list(explore.verdicts().controls)
    ['word', 'width']
    """
    data = descriptor.folder()
    rules = frames.load(roles.table(Role.HEDGES, data), data).set_index("hedge")
    words = rules.index[rules[["below", "above"]].gt(0).any(axis=1)]
    named = {Pick.ALL: _("all hedge words"), **{word: defaults.same(word) for word in words}}
    widths = {Fraction(width): _times(Fraction(width)) for width in _WIDTHS}
    choices = {
        _WORD: Choice(_("Hedge"), named),
        _WIDTH: Choice(_("Width"), widths, Fraction(1)),
    }
    return View(functools.partial(_drawn, Ledger(data), rules), choices)


def _times(width: Fraction) -> Text:
    """A width in words of the current language, which is that of the view."""
    published = f" ({language.text(_BEFORE)})" if width == 1 else ""
    return defaults.same(f"{language.number(float(width), '0.##')} ×{published}")


def _drawn(ledger: Ledger, rules: pd.DataFrame, word: str | Pick, width: Fraction) -> Shown:
    """The verdicts for a width. ledger: with the published ones. rules: for hedge words."""
    before, rules = _once(ledger.findings()), rules.copy()
    chosen = rules.index if word is Pick.ALL else [word]
    rules.loc[chosen, ["below", "above"]] *= float(width)
    now = _once(Ledger(ledger.data, hedges=rules).findings())
    flips = pd.concat(list(_flips(before, now)))
    unknown = int(((now.internal == "undecided") & now.external.isna()).sum())
    undecided = _("Undecided, and without figures from outside: {}.").format(unknown)
    table = "" if flips.empty else html_tables.table(flips, _headers(flips))
    return Shown([_flipped(flips, len(before)), undecided], _chart(before, now), table)


def _once(found: pd.DataFrame) -> pd.DataFrame:
    """The claims that count: a passage that is tested in several ways counts once."""
    overlaps = found.attrs.get("overlaps")
    return found[found[overlaps.repeats].isna()] if overlaps and overlaps.repeats else found


def _flipped(flips: pd.DataFrame, of: int) -> Text:
    """How many claims have another verdict."""
    many, parts = flips.id.nunique(), flips.against.value_counts()
    each = (f"{language.text(name)} {parts.get(key, 0)}" for key, name in _AGAINST.items())
    split = language.text(SEMICOLON).join(each)
    return _("The verdict changes on {} of {} claims ({}).").format(many, of, split)


def _flips(before: pd.DataFrame, now: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """A row for each verdict that differs: the claim, against what it was tested, both verdicts,
    and the range that it was compared with."""
    for column, compared in (("internal", "computed"), ("external", "official")):
        other = before[column].fillna("") != now[column].fillna("")
        rows = now[other]
        yield rows.assign(against=column, before=before[column][other], now=rows[column],
                          compared=rows[compared]).explode("compared")  # fmt: skip


def _headers(flips: pd.DataFrame) -> dict[str, Column]:
    event = _("event")
    verdict = functools.partial(Column, names=VERDICTS, marks=MARKS)
    return table_headers.headers(flips, {
        "id": None,
        "statement": None,
        "against": Column(_("Tested against"), names=_AGAINST),
        "before": verdict(_("Published")),
        "now": verdict(_("Now")),
        "stated": Column(_("May stand for"), "range #,##0.###", missing=event),
        "compared": Column(_("Computed"), "range #,##0.###", missing=event),
    })  # fmt: skip


def _chart(before: pd.DataFrame, now: pd.DataFrame) -> charts.Chart:
    """The numbers of verdicts, published and now."""
    counted, names = {}, {}
    for column, against in _AGAINST.items():
        for when, frame in ((_BEFORE, before), (_NOW, now)):
            key = f"{column} {english(when)}"
            counted[key] = [count(frame[frame[column] == verdict]) for verdict in VERDICTS]
            names[key] = joined(", ", against, when)
    frame = pd.DataFrame.from_dict(counted, "index", columns=list(VERDICTS), dtype=object)
    return charts.stacked(frame, names=names, series_names=VERDICTS, marks=MARKS, colours=COLOURS)
