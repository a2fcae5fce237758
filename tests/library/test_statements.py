import pandas as pd
import pytest

from conftest import q
from helpers import present, statements
from helpers.errors import EvidenceError
from helpers.language import Text

WORDS = {extent: Text(f"nl {extent}", f"en {extent}") for extent in statements.EXTENTS}


@pytest.mark.parametrize(
    ("part", "whole", "true"),
    [
        (0, 5, ("none",)),
        (1, 5, ("one", "minority")),
        (2, 5, ("minority",)),
        (3, 6, ("half",)),
        (3, 5, ("most",)),
        (4, 5, ("all_but_one", "most")),
        (5, 5, ("all",)),
        (1, 2, ("all_but_one", "one", "half")),
        (1, 1, ("all",)),
    ],
)
def test_the_words_change_at_each_boundary(part, whole, true):
    """From none over one, less than half, half, most and all but one to all."""
    assert statements.extents(q(part), q(whole)) == true
    assert statements.choose(q(part), q(whole), WORDS) == WORDS[true[0]]


@pytest.mark.parametrize(("part", "whole"), [(None, 5), (3, None), (6, 5), (-1, 5), (0, 0)])
def test_no_extent_without_a_known_part_of_a_whole(part, whole):
    """An unknown number, a part above its whole, or a whole of nothing has no extent."""
    with pytest.raises(EvidenceError, match="a known part of a whole above 0"):
        statements.extents(q(part), q(whole))


@pytest.mark.parametrize(
    ("part", "whole", "true"),
    [
        (q(70, 65, 75), q(100, 95, 105), ("most",)),
        (q(50, 45, 55), q(100, 100, 100), ()),
        (q(100, 95, 105), q(100, 95, 105), ()),
        (q(0, -1, 1), q(100, 95, 105), ()),
        (q(5, unit="EUR_m"), q(8_000_000), ("most",)),
    ],
)
def test_a_range_has_the_extents_of_all_its_numbers(part, whole, true):
    """A rounded 50 of 100 is neither surely half nor surely most; units of a scale are compared."""
    assert statements.extents(part, whole) == true


def test_words_for_a_range_that_allows_several_stop_the_build():
    """Where the ranges leave open which words hold, none are chosen."""
    with pytest.raises(EvidenceError, match="50 of 100: their ranges allow several; expected"):
        statements.choose(q(50, 45, 55), q(100), WORDS)


def test_a_part_is_of_what_its_whole_is():
    """Jobs are no part of an amount; a plain number is no count; words are needed."""
    with pytest.raises(EvidenceError, match="found unit jobs; expected unit EUR"):
        statements.extents(q(3), q(5, unit="jobs"))
    with pytest.raises(EvidenceError, match="found the plain value 3"):
        statements.extents(3, q(5))
    with pytest.raises(ValueError, match="words for nothing; the extents are all"):
        statements.choose(q(3), q(5), {})


def test_less_telling_words_serve_where_the_telling_one_is_not_written():
    """Four of five is all but one; where no words say so, it is still most."""
    both = {"most": Text("de meeste", "most"), "all": Text("alle", "all")}
    assert statements.choose(q(4), q(5), both) == Text("de meeste", "most")


def test_words_that_hold_no_more_stop_the_build():
    """At exactly half neither words for most nor for all hold: the error says what is found."""
    both = {"most": Text("de meeste", "most"), "all": Text("alle", "all")}
    with pytest.raises(
        EvidenceError, match="3 of 6: half; expected what words are written for: most, all"
    ):
        statements.choose(q(3), q(6), both)
    with pytest.raises(ValueError, match="words for many"):
        statements.choose(q(3), q(6), {"many": Text("veel", "many")})


ROWS = pd.DataFrame(
    {"year": [1995, 1996], "led": pd.array([True, None], dtype="boolean")}, ["a", "b"]
)


@pytest.mark.parametrize(
    ("check", "holds", "found"),
    [
        (statements.none(ROWS[ROWS.year > 2000]), True, "0 rows: "),
        (statements.none(ROWS), False, "2 rows: a, b"),
        (statements.every(ROWS, ROWS.year > 1990), True, "not of "),
        (statements.every(ROWS, ROWS.led), False, "not of b"),
        (statements.every(ROWS[:0], ROWS.led[:0]), False, "no rows"),
        (statements.every(ROWS, ROWS.led[::-1]), False, "not of b"),
        (statements.every(ROWS[:1], ROWS.led), True, "not of "),
        (statements.every(ROWS, ROWS.led[:1]), False, "not of b"),
        (statements.each([1995, 1996], ROWS.year.tolist()), True, "none for "),
        (statements.each([], ROWS.year.tolist()), False, "nothing to look for"),
        (statements.only(ROWS.year[:0], [1995]), False, "nothing at all"),
        (statements.each([1995, 1997], ROWS.year.tolist()), False, "none for 1997"),
        (statements.only(ROWS.year, [1995, 1996, 1997]), True, "also "),
        (statements.only(ROWS.year, [1995]), False, "also 1996"),
    ],
)
def test_a_check_says_what_it_found(check, holds, found):
    """None, every, each and only, with and without an exception, which is named; of rows in any
    order; and none of the last three holds of nothing."""
    assert (check.holds, check.found) == (holds, found)


PLACED = pd.Series({"a": q(5), "b": q(3), "c": q(3), "d": q(1)})


@pytest.mark.parametrize(
    ("extreme", "named", "holds", "found"),
    [
        (statements.highest, ["a"], True, "the highest 1: a"),
        (statements.highest, ["b"], False, "the highest 1: a"),
        (statements.highest, ["a", "b"], False, "the highest 2: a"),
        (statements.highest, ["c", "b", "a"], True, "the highest 3: a, b, c"),
        (statements.lowest, ["d"], True, "the lowest 1: d"),
        (statements.lowest, ["a"], False, "the lowest 1: d"),
        (statements.lowest, ["d", "c"], False, "the lowest 2: d"),
    ],
)
def test_the_highest_and_the_lowest_are_no_others(extreme, named, holds, found):
    """Those named and none else: one that is as high, or as low, as the last of them denies it."""
    check = extreme(PLACED, named)
    assert (check.holds, check.found) == (holds, found)


def test_what_is_unknown_has_no_place():
    """A missing value is neither the highest nor the lowest, and where all are, nothing is."""
    known = pd.Series({"a": q(5), "b": None})
    assert statements.highest(known, ["a"]).holds
    assert statements.lowest(known, ["a"]).holds
    assert not statements.highest(known[1:], ["b"]).holds
    assert not statements.highest(known, []).holds


@pytest.mark.parametrize(
    ("extreme", "named"), [(statements.highest, ["a"]), (statements.lowest, ["c"])]
)
def test_what_may_be_higher_denies_it(extreme, named):
    """A rounded number is the highest, or the lowest, only if none beside it may be beyond it."""
    apart = pd.Series({"a": q(50, 45, 55), "b": q(40, 35, 45), "c": q(30, 25, 35)})
    assert extreme(apart, named).holds
    close = pd.Series({"a": q(50, 44, 56), "b": q(40, 34, 46), "c": q(30, 24, 36)})
    check = extreme(close, named)
    assert (check.holds, check.found) == (False, "by their ranges perhaps also b")


def test_a_sentence_whose_check_fails_is_not_shown(shown):
    """The words, every check that failed and what would be right stand in the error."""
    late, early = statements.none(ROWS), statements.each([1997], [1995])
    with pytest.raises(EvidenceError) as caught:
        present.say("Er is er geen.", "There is none.", source=["7"], holds=[late, early])
    assert [problem.found for problem in caught.value.problems] == ["2 rows: a, b", "none for 1997"]
    assert "There is none." in str(caught.value)
    assert not shown
    present.say("Er is er geen.", "There is none.", source=["7"], holds=statements.none(ROWS[:0]))
    assert len(shown) == 1


def test_captions_are_held_too(shown):
    """The caption of a table may say something of rows as well."""
    with pytest.raises(EvidenceError, match="2 rows: a, b"):
        present.show_table(
            ROWS, {"year": Text("Jaar", "Year")}, caption=Text("Geen", "None"), source=["7"],
            holds=statements.none(ROWS),
        )  # fmt: skip


@pytest.mark.parametrize("given", [True, [True], "none", None])
def test_what_is_no_check_is_refused(shown, given):
    """A plain truth does not say what was found: the error says what to write."""
    with pytest.raises(EvidenceError, match=r"expected a check. Write one such as holds=statem"):
        present.say("Er is er geen.", "There is none.", source=["7"], holds=given)
    assert not shown
