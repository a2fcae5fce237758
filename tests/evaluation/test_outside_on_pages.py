"""Sentences and tables of the pages follow the rows from outside that they speak of."""

import re
from html import unescape

import pytest

from helpers.annex.cli import main
from helpers.language import LANGUAGES


def edit(data, table: str, old: str, new: str) -> None:
    path = data / "statistics" / table
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def built(data, out, name: str) -> dict[str, str]:
    """The text of a page by language."""
    assert main(["build", "--only", name, "--data", str(data), "--out", str(out)]) == 0
    texts = {}
    for lang in LANGUAGES:
        page = (out / lang / f"{name}.html").read_text(encoding="utf-8")
        texts[lang] = unescape(re.sub(r"<[^>]+>", " ", page))
    return texts


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        ("services_trade_published.csv", "3.408,3408,", "2.442,2442,"),
        ("services_trade.csv", "2017,China,exports,bpm6_from_2014,2462,",
         "2017,China,exports,bpm6_from_2014,4462,"),
    ],
)  # fmt: skip
def test_a_swap_of_services_stops_the_build(data_copy, tmp_path, capsys, table, old, new):
    """That nothing shows a swap is held to the rows: other amounts at the publisher, or exports
    above imports, stop the build."""
    edit(data_copy, table, old, new)
    options = ["--data", str(data_copy), "--out", str(tmp_path / "annex")]
    assert main(["build", "--only", "01_trade_growth", *options]) == 1
    assert "Write words that hold now" in capsys.readouterr().err


def test_kinds_are_counted_apart_and_each_figure_is_shown(data_copy, tmp_path):
    """The sentence counts series, news items and press by their rows; both figures of two sources
    that differ are in the table, in each language."""
    before = built(data_copy, tmp_path / "before", "06_claims_audit")
    (counted,) = {
        tuple(map(int, re.search(pattern, before[lang]).groups()))
        for lang, pattern in (
            ("nl", r"elders berusten er\s+(\d+)\s+op reeksen,\s+(\d+)\s+op berichten.*?"
                   r"en\s+(\d+)\s+op de pers"),
            ("en", r"outside\s+(\d+)\s+rest on series,\s+(\d+)\s+on news items.*?"
                   r"and\s+(\d+)\s+on the press"),
        )
    }  # fmt: skip
    series, news, press = counted
    path = data_copy / "statistics" / "sources.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(
        line.replace(",second,series,", ",third,press,")
        if line.startswith("worldbank-ny-gdp-mktp-cd,") else line for line in lines
    ), encoding="utf-8")  # fmt: skip
    after = built(data_copy, tmp_path / "after", "06_claims_audit")
    assert re.search(rf"outside\s+{series - 1}\s+rest on series", after["en"])
    assert re.search(rf"berusten er\s+{series - 1}\s+op reeksen,\s+{news}\s", after["nl"])
    assert re.search(rf"and\s+{press + 1}\s+on the press", after["en"])
    for lang in LANGUAGES:
        table = before[lang].split("claim-40")[1:3]
        assert [re.search(r"\s49\s+(4[79])\s", row)[1] for row in table] == ["47", "49"]


def test_budgets_follow_the_population(data_copy, tmp_path):
    """Budgets by inhabitants use the rows of population: with a hundredth of its inhabitants
    Utrecht may be in first place, before the three unknown ones, in each language."""
    edit(data_copy, "province_economy.csv", "2020,Utrecht,population,1354834,",
         "2020,Utrecht,population,13548,")  # fmt: skip
    page = built(data_copy, tmp_path / "annex", "04_province_budgets")
    assert re.search(r"naar inwoners \( 2020 \) is de plaats van Utrecht\s+1\s+–\s+4 ", page["nl"])
    assert re.search(r"By inhabitants \( 2020 \) Utrecht's place is\s+1\s+–\s+4 ", page["en"])
