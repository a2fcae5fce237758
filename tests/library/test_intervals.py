import random
from fractions import Fraction

import pytest

from helpers.evidence.intervals import UNKNOWN, Interval, exact, reported


def between(low, high) -> Interval:
    return Interval(*(None if end is None else exact(end) for end in (low, high)))


@pytest.mark.parametrize(
    ("computed", "expected"),
    [
        (between(1, 2) + between(10, 20), between(11, 22)),
        (between(1, 2) - between(10, 20), between(-19, -8)),
        (between(-1, 2) * between(3, 4), between(-4, 8)),
        (between(1, 2) / between(4, 5), between("1/5", "1/2")),
        (between(1, 2) / between(0, 4), between("1/4", None)),
        (between(1, 2) / between(-1, 1), UNKNOWN),
        (between(1, None) + between(1, 1), between(2, None)),
        (between(1, None) * between(-1, 2), UNKNOWN),
        (between(0, None) * between(0, 2), between(0, None)),
        (between(1, 2) / between(4, None), between(0, "1/2")),
        (between(-2, 1) ** 2, between(0, 4)),
        (between(-2, 1) ** 3, between(-8, 1)),
        (-between(1, None), between(None, -1)),
    ],
)
def test_arithmetic_by_hand(computed, expected):
    """Sums, differences, products, quotients and powers, worked out by hand."""
    assert computed == expected


OPERATIONS = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
}


@pytest.mark.parametrize("name", OPERATIONS)
def test_members_stay_inside(name):
    """Whatever members are taken, their result lies in the result of the intervals."""
    operation, chance = OPERATIONS[name], random.Random(name)

    def some() -> Interval:
        ends = sorted(Fraction(chance.randint(-40, 40), chance.randint(1, 9)) for _ in range(2))
        return Interval(*(None if chance.random() < 0.1 else end for end in ends))

    def member(interval: Interval) -> Fraction:
        low = -100 if interval.low is None else interval.low
        high = 100 if interval.high is None else interval.high
        low, high = min(low, high), max(low, high)
        return chance.choice([low, high, low + (high - low) * Fraction(chance.randint(0, 7), 7)])

    for _ in range(10_000):
        a, b = some(), some()
        x, y = member(a), member(b)
        if name == "/" and y == 0:
            continue
        assert operation(x, y) in operation(a, b)


def test_floats_are_taken_as_written():
    """0.1 is one tenth."""
    assert exact(0.1) == Fraction(1, 10)


def test_bare_number():
    """A bare number stands for half a unit of its last digit either way, ends included."""
    assert reported(17.56, 0.01) == between("17.555", "17.565")


def test_rounded_numbers_round_to_it():
    """Every number that rounds to the reported one is among those it stands for, ties included."""
    chance = random.Random(1)
    for _ in range(2_000):
        number = Fraction(chance.randint(-9_999, 9_999), 100)
        ticks = round(number * 10)
        assert number in reported(Fraction(ticks, 10), "0.1")


def test_no_bound():
    """'At least' has no upper bound."""
    assert reported(50, 10, below=0, above=None) == between(50, None)


def test_meets():
    """Ranges that only touch meet; ranges apart do not; unknown meets all."""
    assert between(1, 2).meets(between(2, 3))
    assert not between(1, 2).meets(between("2.1", 3))
    assert UNKNOWN.meets(between(5, 6))


def test_width():
    """The width is exact, and none without both bounds."""
    assert between("0.1", "0.4").width == Fraction(3, 10)
    assert between(1, None).width is None
    assert not UNKNOWN.known


def test_ends_in_order():
    """An interval with its ends exchanged is an error."""
    with pytest.raises(ValueError, match="low is above high"):
        between(2, 1)


@pytest.mark.parametrize("degree", [2, 3, 7, 22])
def test_root_holds_the_root(degree):
    """The n-th power of a root holds what the root was taken of, within a hair."""
    of = Interval(Fraction(2), Fraction(3))
    root = of.root(degree)
    assert root.low**degree <= 2
    assert root.high**degree >= 3
    assert float((root**degree).width) == pytest.approx(1, abs=1e-20)


def test_root_of_what_has_no_bound():
    """The root of what has no upper bound has none."""
    assert Interval(Fraction(4), None).root(2) == Interval(Fraction(2), None)


@pytest.mark.parametrize(("low", "degree"), [(-1, 2), (1, 0)])
def test_no_root(low, degree):
    """A negative number, or degree 0, has no root here."""
    with pytest.raises(ValueError, match="root"):
        Interval(Fraction(low), Fraction(2)).root(degree)


def test_which_is_larger():
    """Ranges that touch are not surely apart; those that cross may be either way."""
    a, b, c = (Interval(Fraction(x), Fraction(y)) for x, y in ((1, 2), (2, 3), (4, 5)))
    assert c.surely_above(b)
    assert not b.surely_above(a)
    assert not a.may_exceed(b)
    assert b.may_exceed(a)


def test_ranges_that_touch_meet():
    """Two ranges with one end in common have a number in common."""
    assert between(1, 2).meets(between(2, 3))
    assert not between(1, 2).meets(between("2.1", 3))


def test_dividing_by_nothing():
    """Divided by exactly 0 nothing is known; a power of 0 is refused."""
    assert between(1, 2) / between(0, 0) == UNKNOWN
    with pytest.raises(ValueError, match="exponent 0"):
        between(1, 2) ** 0
