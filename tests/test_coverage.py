from types import SimpleNamespace

import pytest

from helpers.annex import coverage
from helpers.errors import NotebookError


def page(body: str):
    return SimpleNamespace(name="01_a", lang="nl", html=f"<main>{body}</main>")


@pytest.mark.parametrize(
    ("body", "bound", "aside"),
    [
        ("<p>groei van <data value='0.5'>50,5%</data></p>", 1, 0),
        ("<p>schrijft <span class='value'>ruim 11 miljard</span></p>", 1, 0),
        ("<p>zie paragraaf 5.1.2 en bijlage 3</p>", 0, 2),
        ("<figcaption><b>Figuur 2.</b> <data value='7'>7</data> keer</figcaption>", 1, 1),
        ("<p>bij trade-05 en voetnoot 43</p>", 0, 2),
        ("<table><tr><th>2017</th><td>11</td></tr></table><pre>x = 3</pre>", 0, 0),
        ("<details>y = 4</details><small class='source'>CBS 83028NED</small>", 0, 0),
    ],
)
def test_what_counts(body, bound, aside):
    """Filled numerals are bound, names of places are set aside, tables and code are elsewhere."""
    assert coverage.measure([page(body)]) == coverage.Coverage(bound, aside)


@pytest.mark.parametrize(
    ("body", "numeral"),
    [
        ("<p>in 12 jaar</p>", "12"),
        ("<h2>De 4 gevolgen</h2>", "4"),
        ("<p>groei van 3,5 procent, zie paragraaf 5.1.2</p>", "3,5"),
        ("<figcaption>ruim 1.000 <data value='2'>2</data></figcaption>", "1.000"),
        ("<p><data value='2'>2</data>0 keer</p>", "0"),
    ],
)
def test_typed_numerals_fail(body, numeral):
    """Any other numeral is an error with page, numeral and the words around it."""
    with pytest.raises(NotebookError) as error:
        coverage.measure([page(body)])
    (problem,) = error.value.problems
    assert problem.place == "nl/01_a.html"
    assert problem.found.startswith(f"{numeral} in ")


def test_every_page_is_reported():
    """All typed numerals of all pages are named in one run."""
    with pytest.raises(NotebookError) as error:
        coverage.measure([page("<p>1 en 2</p>"), page("<p>3</p>")])
    assert len(error.value.problems) == 3
