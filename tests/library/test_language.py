import re

import pandas as pd
import pytest

from conftest import use_languages
from helpers import language
from helpers.annex.rules import number_texts
from helpers.evidence import units
from helpers.language import Text

NB = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("value", "pattern", "nl", "en"),
    [
        (17.56, "0.00", "17,56", "17.56"),
        (1135, "#,##0", "1.135", "1,135"),
        (0.683, "0.0%", "68,3%", "68.3%"),
        (2.5, "0", "3", "3"),
        (0.125, "0.00", "0,13", "0.13"),
        (-0.045, "0.0%", "-4,5%", "-4.5%"),
        (2017, "0", "2017", "2017"),
    ],
)
def test_numbers(value, pattern, nl, en):
    """Each language writes numbers its own way, halves rounded up."""
    for lang, written in (("nl", nl), ("en", en)):
        with language.use(lang):
            assert language.number(value, pattern) == written


def test_no_break_spaces():
    """An amount never breaks over two lines."""
    with language.use("nl"):
        assert language.money(5, "EUR_m", "0") == f"€{NB}5{NB}mln"


@pytest.mark.parametrize(
    ("pattern", "dutch"),
    [
        ("0", "1235"), ("#,##0", "1.235"), ("0.0", "1234,6"), ("#,##0.##", "1.234,57"),
        ("0.0##", "1234,568"), ("0%", "123457%"), ("#,##0.0%", "123.456,8%"),
    ],
)  # fmt: skip
def test_patterns_that_may_be_used(pattern, dutch):
    """Whole digits, in groups of three or not, decimals that are shown or may be, per cent."""
    with language.use("nl"):
        assert language.number(1234.5678, pattern) == dutch


@pytest.mark.parametrize(
    ("pattern", "meant"),
    [
        ("0,0", "'0.0' or '#,##0'"), ("0,00", "'0.00'"), ("#.##0,0", "'#,##0.0'"),
        ("0,0%", "'0.0%' or '#,##0%'"), ("0,00#", "'0.00#'"), ("#.##0", "'#,##0'"),
        ("0,000.0", "'#,##0.0'"), ("#,##0,00", "'#,##0.00'"), ("0.000,0", "'#,##0.0'"),
        ("0,000", "'0.000' or '#,##0'"), ("0.", "'0'"), ("0.0000000000", "one such as"),
        (".2f", "'0.00'"), (",.1f", "'#,##0.0'"), ("d", "'0'"), (",d", "'#,##0'"), (",", "'#,##0'"),
        (".1%", "'0.0%'"), ("%", "'0%'"), ("f", "'0'"),
        ("", "one such as"), ("00", "one such as"), ("#", "one such as"),
        ("#,#0", "one such as"), ("#,##0,##0", "one such as"), ("0 mln", "one such as"),
        ("0.#0", "one such as"), ("0%%", "one such as"), ("€0", "one such as"),
        ("'x'0", "one such as"), ("0;-0", "one such as"), ("0\n", "one such as"),
        ("٠", "one such as"), ("0E0", "one such as"), ("@@", "one such as"), ("0‰", "one such as"),
    ],
)  # fmt: skip
def test_any_other_pattern_is_refused(pattern, meant):
    """Babel takes any text for a pattern; here any other is an error that names what was meant."""
    with pytest.raises(ValueError, match=re.escape(f"number pattern {pattern!r}; write {meant}")):
        language.number(17.56, pattern)


def test_an_amount_has_no_pattern_of_percentages():
    """`money 0%` would print an amount a hundred times too large."""
    with pytest.raises(ValueError, match="'0%' for an amount; write '0'"):
        language.money(1, "EUR", "0%")


@pytest.mark.parametrize("value", [None, float("nan"), pd.NA, pd.NaT])
def test_unknown_is_said(value):
    """A missing number is the word for unknown, never 0."""
    with language.use("nl"):
        assert language.number(value, "0") == "onbekend"
    with language.use("en"):
        assert language.number(value, "0") == "unknown"


@pytest.mark.parametrize(
    ("value", "nl", "en"),
    [
        (pd.Period("2017", freq="Y"), "2017", "2017"),
        (pd.Period("2017-03", freq="M"), "maart 2017", "March 2017"),
        (pd.Period("2019-11-09", freq="D"), "9 november 2019", "9 November 2019"),
        (pd.NaT, "onbekend", "unknown"),
    ],
)
def test_periods(value, nl, en):
    """A period is written with the precision it has."""
    for lang, written in (("nl", nl), ("en", en)):
        with language.use(lang):
            assert language.period(value) == written


def test_lists():
    """A list in running text ends with the language's own 'and'."""
    items = [Text("een", "one"), Text("twee", "two")]
    with language.use("nl"):
        assert language.join(items) == "een en twee"
    with language.use("en"):
        assert language.join(items) == "one and two"


def test_year():
    """A year is a date, which a sentence may hold."""
    assert language.year(2017) == pd.Period("2017", freq="Y")
    with pytest.raises(ValueError, match="year 1135"):
        language.year(1135)


def test_use_restores():
    """After a block the language is what it was."""
    before = language.current()
    with language.use("nl"):
        assert language.current() == "nl"
    assert language.current() == before


def test_unknown_language():
    """A language that the annex does not have is refused by name."""
    with pytest.raises(ValueError, match="'de'; one of nl, en"), language.use("de"):
        pass


@pytest.mark.parametrize(
    ("value", "unit", "pattern", "nl", "en"),
    [
        (17.56, "EUR_m", "0.00", "€ 17,56 mln", "€17.56m"),
        (36.05, "EUR_bn", "0.0", "€ 36,1 mld", "€36.1bn"),
        (15000, "EUR", "#,##0", "€ 15.000", "€15,000"),
        (-17.565, "EUR_m", "0.00", "€ -17,57 mln", "-€17.57m"),
        (float("nan"), "EUR_m", "0", "onbekend", "unknown"),
    ],
)
def test_money(value, unit, pattern, nl, en):
    """Amounts are written as each language does, half up, with spaces that do not break."""
    for lang, text in (("nl", nl), ("en", en)):
        with language.use(lang):
            assert language.money(value, unit, pattern) == text.replace(" ", "\N{NO-BREAK SPACE}")


AMOUNTS = {
    "nl": ("US$ 6,53 mld", "CN¥ 5 dzd.", "£ -15.000", "CHF 5 mln"),
    "en": ("$6.53bn", "CN¥5k", "-£15,000", "CHF 5m"),
}


@pytest.mark.parametrize("lang", AMOUNTS)
def test_money_of_other_currencies(lang):
    """An amount has its currency and scale where the language has them, and is read back as that
    amount."""
    given = ((6.53, "USD_bn"), (5, "CNY_k"), (-15000, "GBP"), (5, "CHF_m"))
    with use_languages((lang,)), language.use(lang):
        for text, (value, unit) in zip(AMOUNTS[lang], given, strict=True):
            written = language.money(value, unit, "#,##0.##").replace("\N{NO-BREAK SPACE}", " ")
            assert written == text
            read = number_texts.read(text, lang)
            assert float(read.number) == value * units.multiple(unit)
            assert unit[:3] in read.money


def test_money_needs_a_currency():
    """A number that is no amount of one currency is refused."""
    for unit in ("jobs", "EUR_", "EUR_t", "EUR/jobs"):
        with pytest.raises(ValueError, match=unit):
            language.money(1, unit)


def test_space_before_per_cent():
    """A language that sets per cent apart does so."""
    with use_languages(("de",)), language.use("de"):
        assert language.number(0.125, "0.0%") == "12,5\N{NO-BREAK SPACE}%"


@pytest.mark.parametrize(("count", "word"), [(0, "bezoeken"), (1, "bezoek"), (2, "bezoeken")])
def test_plural(count, word):
    """One of a thing has the singular; none and two have the plural."""
    with language.use("nl"):
        assert language.plural(count, "bezoek", "bezoeken") == word


def test_foreign_words_say_their_language():
    """Words in another language than the page's get an attribute; those in its own get none."""
    with language.use("en"):
        assert [language.foreign(lang) for lang in ("nl", "en", "")] == [' lang="nl"', "", ""]


def test_a_number_follows_the_language():
    """The same number by the same pattern is written anew when the language is another."""
    for lang, written in (("nl", "0,5"), ("en", "0.5"), ("nl", "0,5")):
        with language.use(lang):
            assert language.number(0.5, "0.0") == written
