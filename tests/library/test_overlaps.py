"""Which rows may not be added up, as the descriptor says, and the filter that helps."""

import copy
import time

import numpy as np
import pandas as pd
import pytest

from helpers import counts
from helpers.errors import OverlapWarning, warn_of_overlap
from helpers.tables import overlaps


def table(key: list[str], columns: dict[str, dict], rows: list[tuple]):
    """A table named trade with these columns, as its resource and its frame."""
    fields = [{"name": name, "type": "string", **field} for name, field in columns.items()]
    keys = [
        {"fields": [f["name"]], "reference": {"resource": "", "fields": key}}
        for f in fields
        if f.get("overlap") == "repeats"
    ]
    schema = {"fields": fields, "primaryKey": key, "foreignKeys": keys}
    frame = pd.DataFrame(rows, columns=list(columns))
    frame.index = pd.Index([f"r{n}" for n in range(len(rows))], name="row of trade")
    return {"name": "trade", "schema": schema}, frame


FLOW = {"overlap": {"re_exports": "exports", "balance": ["exports", "imports"]}}
TRADE = table(
    ["year", "partner", "flow", "concept"],
    {
        "year": {"type": "integer"},
        "partner": {"overlap": {"Bel": "World"}},
        "flow": FLOW,
        "concept": {"overlap": "any"},
    },
    [
        (2001, "World", "exports", "border"),  # 0
        (2001, "World", "re_exports", "border"),
        (2001, "World", "imports", "border"),
        (2001, "Bel", "exports", "border"),
        (2001, "Lux", "exports", "border"),  # 4
        (2002, "World", "exports", "border"),
        (2002, "World", "re_exports", "border"),
        (2002, "Bel", "imports", "owner"),
        (2002, "World", "balance", "owner"),  # 8
        (2001, "World", "exports", "owner"),
    ],
)
MADE = overlaps.Overlaps(*TRADE)


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([0, 1], "exports and re_exports (column flow)"),  # a part and the whole
        ([1, 0], "exports and re_exports (column flow)"),
        ([0, 3], "World and Bel (column partner)"),
        ([1, 3], "World and Bel (column partner); exports and re_exports (column flow)"),
        ([0, 9], "border and owner (column concept)"),  # two concepts
        ([7, 8], "World and Bel (column partner); imports and balance (column flow)"),
        ([0, 2], ""),  # exports and imports
        ([0, 5], ""),  # two years
        ([0, 6], ""),  # a part of another year
        ([2, 3], ""),  # imports from the world and exports to a part of it
        ([0, 4], ""),  # of Lux nothing is said
        ([3, 4], ""),  # two parts
        ([0, 0], ""),
        ([], ""),
    ],
)
def test_rows_overlap_where_all_of_the_key_does(rows, found):
    """Rows overlap where one column says so and every other column of the key is equal or does."""
    told = MADE.warning(np.array(rows, dtype=int))
    shown = told.partition("together: ")[2].partition(". Take")[0]
    assert shown == found


def test_the_message_has_the_filter_to_write():
    """Table, columns, values, and a filter that can be pasted; with it, nothing overlaps."""
    assert MADE.warning(np.arange(10)) == (
        "trade: rows that overlap are counted together: World and Bel (column partner); "
        "exports and re_exports, exports and balance, imports and balance (column flow); "
        "border and owner (column concept). Take only some, such as "
        'trade[(trade.partner == "World") & (trade.flow == "exports") & '
        '(trade.concept == "border")]'
    )


def left(made: overlaps.Overlaps, frame: pd.DataFrame) -> pd.DataFrame:
    """The rows that the filter of the message leaves."""
    told = made.warning(np.arange(len(frame)))
    return eval(told.partition("such as ")[2], {"trade": frame})


VISITS = table(
    ["id"],
    {
        "id": {"overlap": {"b": ["a"], "d": ["a", "c"]}},
        "listed": {"type": "boolean", "overlap": "any"},
        "repeats": {"overlap": "repeats"},
    },
    [("a", True, None), ("b", True, None), ("c", False, "a"), ("d", True, "c"), ("e", True, "a")],
)


@pytest.mark.parametrize(("resource", "frame"), [TRADE, VISITS], ids=["trade", "visits"])
def test_what_the_filter_leaves_does_not_overlap(resource, frame):
    """Whoever writes the filter of the message is not warned again, and keeps some rows."""
    made = overlaps.Overlaps(resource, frame)
    kept = left(made, frame)
    assert 0 < len(kept) < len(frame)
    assert made.of_keys(kept.index) == ""


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([0, 1], "a and b (column id). Take only some, such as trade[~trade.id.isin([\"b\"])]"),
        ([0, 4], "rows that repeat each other (column repeats). Take only some, such as "
                 "trade[trade.repeats.isna()]"),
        ([3, 4], "rows that repeat each other"),  # both repeat the first, one through another
        ([1, 2], "rows with and without listed. Take only some, such as trade[trade.listed]"),
        ([1, 4], ""), ([1, 3], ""),
    ],
)  # fmt: skip
def test_rows_by_their_own_names_lists_and_repetitions(rows, found):
    """A key of one column, a list that a row is on or not, and a row that repeats another."""
    told = overlaps.Overlaps(*VISITS).warning(np.array(rows))
    assert found in told and bool(found) == bool(told)


def test_a_missing_cell_overlaps_nothing():
    """A row whose cell is empty is neither part nor whole."""
    made = overlaps.Overlaps(
        *table(
            ["year"],
            {"year": {}, "kind": {"overlap": "any"}},
            [("1", "a"), ("2", None), ("3", None), ("4", "a")],
        )
    )
    assert made.warning(np.arange(4)) == ""


def test_numbers_as_values():
    """A column of whole numbers gives a filter with numbers."""
    edition = {"type": "integer", "overlap": "any"}
    resource, frame = table(["id"], {"id": {}, "edition": edition}, [("a", 1), ("b", 2)])
    frame["edition"] = frame.edition.astype("Int64")
    told = overlaps.Overlaps(resource, frame).warning(np.array([0, 1]))
    assert told.endswith(
        "1 and 2 (column edition). Take only some, such as trade[trade.edition == 1]"
    )


def test_a_table_without_rules_is_silent():
    """Nothing is said, and nothing warns."""
    made = overlaps.Overlaps(*table(["id"], {"id": {}}, [("a",), ("b",)]))
    assert not made and made.warning(np.arange(2)) == ""


def test_a_million_rows_are_quick():
    """Asking takes no longer than ten times as long as pandas adds up as many floats."""
    rows = np.tile([0, 2, 5], 333_334)[:1_000_000]
    floats = pd.Series(np.linspace(0, 1, 1_000_000))

    def quickest(work) -> float:
        return min(-time.perf_counter() + (work(), time.perf_counter())[1] for _ in range(7))

    assert quickest(lambda: MADE.warning(rows)) < 10 * quickest(floats.sum)


def carrying(keys: list[str]) -> pd.DataFrame:
    frame = VISITS[1].loc[keys]
    frame.attrs["overlaps"] = overlaps.Overlaps(*VISITS)
    return frame


def test_a_count_warns_of_rows_that_overlap():
    """A result and its repetition are one result; a filtered frame still knows it."""
    rows = carrying([f"r{n}" for n in range(5)])
    with pytest.warns(OverlapWarning, match=r"trade\.repeats\.isna\(\).*overlapping=True"):
        counts.count(rows[rows.listed].sort_values("id", ascending=False))
    assert counts.count(rows[rows.repeats.isna()].iloc[:1]).value == 1
    assert counts.count(rows, overlapping=True).value == 5


def test_a_frame_carries_its_overlaps_unchanged():
    """pandas copies what a frame carries; the prepared codes are not copied."""
    rows = carrying(["r0", "r1"])
    assert rows.copy().attrs["overlaps"] is rows.attrs["overlaps"]
    assert copy.deepcopy(MADE) is MADE


def test_the_warning_stands_at_the_line_of_the_caller():
    """It names the file that called, not the library, so that each cell is warned about."""
    with pytest.warns(OverlapWarning, match="^careful$") as caught:
        warn_of_overlap("careful")
    assert caught[0].filename == __file__
    rows = carrying(["r0", "r4"])
    with pytest.warns(OverlapWarning) as caught:
        counts.count_by(rows, pd.Series(1, rows.index), pd.Series(1, rows.index))
    assert caught[0].filename == __file__
