"""The rows of a count in words: what they have in common, and no other row of the table."""

import pandas as pd
import pytest

from helpers.annex.register.conditions import Column, Counted, columns_of
from helpers.language import Text

FRAME = pd.DataFrame(
    {
        "way": ["out", "out", "in", "in", "in"],
        "listed": [True, True, True, False, False],
        "year": pd.array([1995, 1997, 1995, 1999, None], dtype="Int64"),
        "repeats": [None, None, "v-1", None, None],
    }
)
KEYS = ["v-1", "v-2", "v-3", "v-4", "v-5"]
TABLE = {
    "schema": {
        "fields": [
            {"name": "year", "type": "integer", "title": "Year", "title_nl": "Jaar"},
            {"name": "way", "type": "string", "title": "Way", "title_nl": "Richting",
             "categories": [{"value": "out", "label": "Outgoing", "label_nl": "Uitgaand"},
                            {"value": "in", "label": "Incoming", "label_nl": "Inkomend"}]},
            {"name": "listed", "type": "boolean", "title": "Listed", "title_nl": "Vermeld"},
            {"name": "repeats", "type": "string", "title": "Repeats", "title_nl": "Herhaalt",
             "rowOf": "any"},
            {"name": "note_en", "type": "string"},
        ]
    }
}  # fmt: skip


def said(*rows: str, also=()) -> str | None:
    """The condition of some rows in English."""
    found = Counted(FRAME, KEYS, columns_of(TABLE)).conditions([rows, *also])
    return found[rows].en if rows in found else None


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (["v-1", "v-2"], "with outgoing as way"),
        (["v-1", "v-3"], "in 1995"),
        (["v-1", "v-2", "v-3"], "with ‘Listed: yes’"),
        (["v-5"], "where ‘year’ is empty"),
        (["v-3"], "where ‘Repeats’ is filled in"),
        (["v-1"], "with outgoing as way, in 1995"),
        (["v-2", "v-4"], "from 1997 to 1999"),
        (KEYS, "in the whole table"),
        (["v-2", "v-3"], None),
    ],
)
def test_a_condition_holds_for_the_counted_rows_alone(rows, words):
    """A value, a year, several years, yes or no, a cell without or with a row, two columns, the
    whole table; and nothing where no condition fits."""
    assert said(*rows) == words


def test_it_is_told_in_both_languages():
    """Names of values and columns as they stand in a sentence."""
    found = Counted(FRAME, KEYS, columns_of(TABLE)).conditions([("v-1", "v-2")])
    assert found["v-1", "v-2"] == Text("met uitgaand als richting", "with outgoing as way")


def test_values_that_are_left_out_are_told_where_they_are_few():
    """Of six values five: the one without which they are."""
    frame = pd.DataFrame({"kind": list("abcdef")})
    columns = {"kind": Column(Text("soort", "kind"), {k: Text(k, k) for k in "abcdef"})}
    found = Counted(frame, [*KEYS, "v-6"], columns).conditions([tuple(KEYS)])
    assert found[tuple(KEYS)].en == "without f as kind"


def test_of_several_the_one_that_fits_most_counts():
    """A row has both; another count of the table can only be told by way and year."""
    frame = pd.DataFrame({"a": ["x", "y", "x", "y"], "b": ["p", "p", "q", "q"], "c": list("klmm")})
    names = {name: Column(Text(name, name), {v: Text(v, v) for v in "xypqklm"}) for name in "abc"}
    alone = Counted(frame, KEYS[:4], names).conditions([("v-1",)])
    both = Counted(frame, KEYS[:4], names).conditions([("v-1",), ("v-3",), ("v-4",)])
    assert alone["v-1",].en == "with k as c"
    assert both["v-1",].en == "with x as a, with p as b"


def test_a_count_of_no_row_has_no_condition():
    """There is nothing to tell what was asked for."""
    assert Counted(FRAME, KEYS, columns_of(TABLE)).conditions([()]) == {}
