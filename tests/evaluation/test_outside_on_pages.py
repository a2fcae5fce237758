"""Sentences and tables of the pages follow the rows from outside that they speak of."""

import re
from html import unescape

import pytest

from conftest import ROOT
from helpers.errors import EvidenceError
from notebook_sentences import among, change, said


@pytest.fixture
def page(data_copy, monkeypatch):
    """A function that gives the sentences of a notebook on the copy of the data, by language."""

    def sentences(name: str) -> dict[str, str]:
        found = said(ROOT / "notebooks" / f"{name}.ipynb", data_copy, monkeypatch)
        return {lang: "\n".join(getattr(each, lang) for each in found) for lang in ("nl", "en")}

    return sentences


def of_china(row: dict) -> bool:
    return (row["partner"], row["flow"], row["year"]) == ("China", "exports", "2017")


@pytest.mark.parametrize(
    ("table", "which", "cells", "found"),
    [
        ("services_trade_published", lambda row: row["value_eur_m"] == "3408",
         {"raw": "2.442", "value_eur_m": "2442"}, "found not of "),
        ("services_trade", of_china, {"value_eur_m": "4462"}, "found not of series"),
    ],
)  # fmt: skip
def test_a_swap_of_services_stops_the_build(page, data_copy, table, which, cells, found):
    """That nothing shows a swap is held to the rows: other amounts at the publisher, or exports
    above imports, stop the build."""
    change(data_copy / "statistics" / f"{table}.csv", which, **cells)
    with pytest.raises(EvidenceError, match=found):
        page("01_trade_growth")


def kinds(sentences: dict[str, str]) -> tuple[int, ...]:
    """How many statements the page says to rest on series, news items and the press, which is the
    same in each language."""
    patterns = {
        "nl": r"elders rusten er (\d+) op reeksen, (\d+) op berichten.* en (\d+) op de pers",
        "en": r"outside (\d+) rest on series, (\d+) on publications.* and (\d+) on the press",
    }
    found = {lang: re.search(pattern, sentences[lang]) for lang, pattern in patterns.items()}
    (counted,) = {match.groups() for match in found.values()}
    return tuple(map(int, counted))


def test_kinds_are_counted_apart(page, data_copy):
    """The sentence counts series, news items and press by their rows, in each language."""
    series, news, press = kinds(page("06_claims_audit"))
    source = among("worldbank-ny-gdp-mktp-cd")
    change(data_copy / "statistics" / "sources.csv", source, hand="third", kind="press")
    assert kinds(page("06_claims_audit")) == (series - 1, news, press + 1)


@pytest.mark.parametrize("lang", ("nl", "en"))
def test_each_figure_is_shown_where_sources_differ(built, lang):
    """Both figures of two sources that differ are in the table, each in a row of its own."""
    caption = {"nl": "elk cijfer op een regel", "en": "a line for each figure"}[lang]
    pages = (built / lang).glob("06_claims_audit-table-*.html")
    (text,) = (text for page in pages if caption in (text := page.read_text(encoding="utf-8")))
    table = re.sub(r"<[^>]+>", " ", unescape(text)).split("claim-40")[:2]
    assert [re.findall(r"\s49\s+(4[79])\s", row)[-1] for row in table] == ["47", "49"]


def test_budgets_follow_the_population(page, data_copy):
    """Budgets by inhabitants use the rows of population: with a hundredth of its inhabitants
    Utrecht may be in first place, before the three unknown ones, in each language."""
    change(data_copy / "statistics" / "province_economy.csv",
           lambda row: row["value"] == "1354834", value="13548")  # fmt: skip
    found = page("04_province_budgets")
    assert "(2020) is Utrecht 1e van 8 bekende; 1e tot 4e van 11" in found["nl"]
    assert "(2020) Utrecht is at place 1 of 8 known ones; 1 to 4 of 11" in found["en"]
