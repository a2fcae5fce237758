import pandas as pd
import pytest

from helpers import counts
from helpers.errors import EvidenceError
from helpers.evidence.intervals import Interval, exact
from helpers.language import Text
from helpers.tables import evidence_frames


def rows(**columns) -> pd.DataFrame:
    frame = pd.DataFrame(columns)
    frame.index = pd.Index([f"v-{n}" for n in range(1, len(frame) + 1)], name="row of visits")
    return frame


VISITS = rows(
    year=pd.array([1995, 1996, 1996, 2000, None], dtype="Int64"),
    way=["out", "in", "out", "in", "in"],
    section=["4.2", "4.2", "Appendix 3", "4.2", "4.2"],
)


def test_count():
    """Three rows are exactly three, and are named."""
    got = counts.count(VISITS[VISITS.way == "in"])
    assert (got.value, got.unit, got.bounds) == (3, "visits.rows", Interval(exact(3), exact(3)))
    assert got.origin.rows == ("v-2", "v-4", "v-5")
    assert got.origin.sources == ("4.2",)


def test_count_of_none():
    """No rows are a count of 0, still of that table."""
    got = counts.count(VISITS[VISITS.way == "by sea"])
    assert (got.value, got.origin.table) == (0, "visits")


def test_count_survives_sorting_and_columns():
    """A sorted frame, or one of its columns, counts the same rows."""
    assert counts.count(VISITS.sort_values("way")).id == counts.count(VISITS).id
    assert counts.count(VISITS.way).origin.rows == counts.count(VISITS).origin.rows


def test_count_needs_rows_of_a_table():
    """A frame that does not say what its rows are can't be counted."""
    with pytest.raises(EvidenceError, match=r"tables\.load"):
        counts.count(pd.DataFrame({"a": [1]}))


def test_distinct():
    """Three different years, the missing one left out."""
    got = counts.distinct(VISITS, "year")
    assert (got.value, got.unit, len(got.origin.rows)) == (3, "visits.year", 4)


def test_count_by():
    """Each cell counts the rows of its pair, 0 included, in the order asked for."""
    got = counts.count_by(VISITS, "way", "year", ["out", "in"], [1995, 1996])
    assert [[cell.value for cell in row] for row in got.to_numpy()] == [[1, 1], [0, 1]]
    assert got.loc["in", 1996].origin.rows == ("v-2",)


def test_count_by_finds_the_values():
    """Without an order the values that occur are sorted."""
    got = counts.count_by(VISITS, "way", "year")
    assert (list(got.index), list(got.columns)) == (["in", "out"], [1995, 1996, 2000])


def test_count_by_keeps_the_order_of_categories():
    """Values of a categorical column have its order, not that of the alphabet."""
    rows = VISITS.assign(way=pd.Categorical(VISITS.way, ["out", "in"]))
    assert list(counts.count_by(rows, "way", "year").index) == ["out", "in"]


RULE = Text("jaren die passen", "years that fit")


def test_tally():
    """A count of what is not rows names its rule and the rows it follows from."""
    got = counts.tally(pd.Series([True, False, True]), "years", RULE, VISITS)
    assert (got.value, got.unit, got.origin.formula) == (2, "years", RULE)
    assert len(got.origin.rows) == 5


def test_gaps():
    """Years without an event are counted between years with one; missing years are left out."""
    (gap,) = counts.gaps(VISITS)
    assert (gap.after, gap.before, gap.years.value) == (1996, 2000, 3)
    assert gap.years.origin.rows == ("v-2", "v-3", "v-4")


def test_alternates():
    """A year fits the rhythm when it has one direction and the year before had the other."""
    going = rows(year=pd.array([2000, 2002, 2003], dtype="Int64"))
    coming = rows(year=pd.array([2001, 2003, 2005], dtype="Int64"))
    frame = counts.alternates(going, coming, 2000, 2005)
    assert frame.pattern.tolist() == [
        "outgoing",
        "incoming",
        "outgoing",
        "both",
        "none",
        "incoming",
    ]
    assert frame.fits.tolist() == [True, True, True, False, False, False]
    assert [item.value for item in frame.outgoing] == [1, 0, 1, 1, 0, 0]


def test_rows_of_tables_can_be_counted():
    """A table as loaded names its rows."""
    visits = evidence_frames.load("missions")
    assert counts.count(visits[visits.direction == "outgoing"]).origin.rows[0].startswith("visit-")


def test_keys_in_the_order_of_counting():
    """claim-9 comes before claim-10, and the order of the frame makes no difference."""
    frame = pd.DataFrame({"a": [1, 2]}, index=pd.Index(["v-10", "v-9"], name="row of visits"))
    assert counts.count(frame).origin.rows == ("v-9", "v-10")


def test_a_count_of_series_cites_its_publishers():
    """A count of values of a series cites the sources of those rows."""
    frame = evidence_frames.load("foreign_investment")
    assert counts.count(frame[frame.year == 2018]).origin.sources == ("count-2019",)
