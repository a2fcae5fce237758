"""Printed numbers of a language, read: tiny texts and the numbers that a reader takes from them."""

import json
from fractions import Fraction

import pytest

from helpers.annex.cli import main
from helpers.claims import checks
from helpers.numerals import printed
from helpers.numerals.notation import BUILT_IN, notation


def numbers(raw: str, lang: str, **scales: float) -> set[Fraction]:
    return printed.read(raw, lang, scales)[0]


@pytest.mark.parametrize(
    ("lang", "raw", "number"),
    [
        ("nl", "1135", 1135), ("nl", "36.784", 36784), ("nl", "0,33", "0.33"),
        ("nl", "€ 15.000", 15000), ("nl", "7.000,-", 7000), ("nl", "17,56 miljoen", 17560000),
        ("nl", "1.5 miljard", 15 * 10**8), ("nl", "100 mln.", 10**8), ("nl", "18.000 euro", 18000),
        ("en", "20,000", 20000), ("en", "0.6 billion", 6 * 10**8), ("en", "436 thousand", 436000),
        ("en", "£1.2 million", 1200000), ("en", "$6.53 billion", 6530000000),
        ("en", "US$ 5 million", 5000000), ("en", "€17.56m", 17560000), ("en", "CN¥5bn", 5 * 10**9),
        ("en", "5 million US dollars", 5000000), ("en", "EUR 1,250.50", "1250.5"),
        ("de", "75 Mio.", 75000000), ("de", "13,8 Mrd. €", 138 * 10**8),
        ("de", "1.250.000", 1250000), ("de", "1,25 Mio", 1250000), ("de", "CHF 1’250.50", "1250.5"),
        ("de", "3 Mia. Franken", 3 * 10**9),
        ("fr", "2 milliards", 2 * 10**9), ("fr", "1 250 000", 1250000),
        ("fr", "13\N{NARROW NO-BREAK SPACE}800", 13800), ("fr", "17,56 M€", 17560000),
        ("fr", "2 milliards d’euros", 2 * 10**9), ("fr", "dix millions de dollars", 10**7),
        ("es", "6 mil millones", 6 * 10**9), ("pl", "1,25 mln zł", 1250000), ("zh", "5万", 50000),
    ],
)  # fmt: skip
def test_figures_with_their_scale(lang, raw, number):
    """Separators, scale words and currencies on either side are those of the language."""
    assert numbers(raw, lang) == {Fraction(number)}


@pytest.mark.parametrize(
    ("lang", "raw", "number"),
    [
        ("nl", "twee", 2), ("nl", "Eén", 1), ("nl", "geen", 0), ("nl", "vijfentwintig", 25),
        ("nl", "drieëndertig", 33), ("nl", "dozijn", 12), ("nl", "5de", 5), ("nl", "20ste", 20),
        ("nl", "10 jarige", 10), ("nl", "25-jarige", 25), ("nl", "tweede", 2),
        ("nl", "driekwart", "3/4"), ("nl", "twee derde", "2/3"), ("nl", "half miljoen", 500000),
        ("en", "nine", 9), ("en", "nine years", 9), ("en", "twenty-five", 25), ("en", "10th", 10),
        ("en", "45th", 45), ("en", "a dozen", 12), ("en", "one-third", "1/3"),
        ("en", "three quarters", "3/4"), ("en", "half a million", 500000),
        ("en", "a million", 10**6),
        ("de", "zwölf", 12), ("de", "fünfundzwanzig", 25), ("de", "Dutzend", 12), ("de", "5.", 5),
        ("de", "zehnjährige", 10), ("de", "zwei Drittel", "2/3"),
        ("de", "eine halbe Million", 500000),
        ("fr", "douze", 12), ("fr", "une douzaine", 12), ("fr", "soixante-dix-sept", 77),
        ("fr", "quatre-vingt-dix-neuf", 99), ("fr", "1er", 1), ("fr", "un quart", "1/4"),
    ],
)  # fmt: skip
def test_numbers_in_words(lang, raw, number):
    """Whole numbers, ordinals, fractions and round numbers are read in the words of a language."""
    assert numbers(raw, lang) == {Fraction(number)}


@pytest.mark.parametrize(
    ("lang", "raw", "known"),
    [
        ("nl", "20,000", [20, 20000]), ("en", "20,000", [20000]), ("en", "1.135", ["1.135", 1135]),
        ("nl", "1.135 miljard", [1135 * 10**6, 1135 * 10**9]), ("en", "a third", [3, "1/3"]),
    ],
)  # fmt: skip
def test_texts_that_mean_several_numbers(lang, raw, known):
    """A separator that may be of thousands or of decimals, and a word that counts or divides."""
    assert numbers(raw, lang) == {Fraction(number) for number in known}


@pytest.mark.parametrize(
    ("lang", "raw"),
    [
        ("nl", "tientallen miljoenen"), ("nl", "1 tot 1.5 miljard"), ("nl", "op een na grootste"),
        ("en", "5 m"), ("en", "5 months"), ("en", "2-3"), ("en", "1998/99"), ("en", ""),
        ("en", "€"), ("en", "0.05 mg/m3"), ("fr", "millions"), ("de", "1.2.3"), ("es", "doce"),
        ("mul", "5"),
    ],
)  # fmt: skip
def test_texts_that_are_left_unread(lang, raw):
    """A range, a unit, a letter that may be a metre, a scale alone, words of a language without a
    list of them: none is read as one number."""
    assert numbers(raw, lang) == set()


@pytest.mark.parametrize("raw", ["12%", "12 %", "12 per cent"])
def test_percentages(raw):
    """A percentage is read as it is printed, and told to be one."""
    assert printed.read(raw, "en") == ({Fraction(12)}, True)


def test_scale_words_of_a_project():
    """A project may name scale words that a language lacks."""
    assert numbers("3 wan", "en") == set()
    assert numbers("3 Wan", "en", wan=10_000) == {Fraction(30_000)}


def test_without_a_language():
    """A text whose language nobody knows is read in each that has words for numbers."""
    assert numbers("zwei", "") == {Fraction(2)}
    assert numbers("1.135", "") == {Fraction(1135), Fraction("1.135")}


@pytest.mark.parametrize("lang", BUILT_IN)
def test_words_of_each_language(lang):
    """Each language has words for nought to twelve, for the first to the twelfth, for a dozen and
    for the usual parts."""
    known = set().union(*notation(lang).words.values())
    assert known >= {*map(Fraction, range(1, 13)), Fraction(1, 2), Fraction(1, 3), Fraction(1, 4)}


@pytest.mark.parametrize(
    ("raw", "value", "unit", "expected"),
    [
        ("1/3 of it", "0.4", "ratio", ""), ("een derde", "0.33", "ratio", ""),
        ("een derde", "33", "percent", ""), ("een derde", "0.35", "ratio", "0.3333333333 or 3"),
        ("35%", "0.35", "ratio", ""), ("35%", "35", "ratio", "0.35"),
        ("35%", "0.35", "percent", "35"), ("twaalf", "11", "projects", "12"),
        ("ruim tien", "10", "projects", ""), ("17,56 miljoen", "17.56", "EUR_m", ""),
        ("17,56 miljard", "17.56", "EUR_m", "17560"),
    ],
)  # fmt: skip
def test_a_value_is_held_to_its_printed_text(example_copy, raw, value, unit, expected):
    """A value is what is printed, in its unit or in ones, a part without an end as a decimal to
    half its last digit; a text that can't be read says nothing."""
    descriptor = example_copy / "datapackage.json"
    package = json.loads(descriptor.read_text(encoding="utf-8"))
    [field] = [f for f in package["resources"][0]["schema"]["fields"] if f["name"] == "unit"]
    del field["constraints"]["enum"], field["categories"]
    descriptor.write_text(json.dumps(package), encoding="utf-8")
    path = example_copy / "report" / "quantities.csv"
    old = "investment-01,investment,5,3,,3,1,projects"
    hedge = "ruim" if raw.startswith("ruim") else ""
    digit = "0.01" if "." in value else "1"
    new = f'investment-01,investment,5,"{raw}",{hedge},{value},{digit},{unit}'
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    found = list(checks._raw_differs("quantities", "value", example_copy))
    assert [problem.expected for problem in found] == [
        f"{number}, as {raw!r} is printed" for number in [expected] if number
    ]


def test_texts_that_are_not_compared_are_told(example_copy, capsys):
    """What nothing can compare with its value is counted by `annex check`, and one is named."""
    assert main(["check", "--data", str(example_copy)]) == 0
    told = capsys.readouterr().out.splitlines()[0]
    assert told == (
        "1 printed texts are no number that can be read, so that nothing compares them with their "
        "values, such as quantities, row trade-02, column value: 'verdubbeld'"
    )
