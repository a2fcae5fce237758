from types import SimpleNamespace

import pytest

from conftest import use_languages
from helpers.annex.rules import coverage
from helpers.errors import NotebookError


def page(body: str):
    return SimpleNamespace(path="nl/01_a.html", html=f"<main>{body}</main>")


def measure(*pages, known=()):
    """The numerals of pages by kind; raises the problems of all."""
    return coverage.summed(coverage.located(page, known) for page in pages)


LINK = "<a href='evidence.html#x'><data value='7'>7</data></a>"


def test_a_drawing_is_not_counted():
    """Neither the file of a chart nor its alternative text, which the table behind it repeats."""
    drawn = "<figure class='chart'><img src='charts/a-12.svg' alt='12 jaar'></figure>"
    assert measure(page(f"{drawn}<p>{LINK}</p>")) == {"bound": 1}


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        (f"<p>groei van {LINK}%</p>", {"bound": 1}),
        ("<p>in <time datetime='2017'>2017</time></p>", {"date": 1}),
        ("<p>lijn <span class='value'>3D Fieldlab</span></p>", {"words": 1}),
        ("<p>zie paragraaf 5.1.2 en bijlage 3, voetnoot 43</p>", {"place": 3}),
        (f"<figcaption><b>Figuur 2.</b> {LINK} keer</figcaption>", {"label": 1, "bound": 1}),
        ("<p>bij trade-05</p>", {"id": 1}),
        ("<p>controlesom (SHA-256)</p>", {"method": 1}),
        (f"<table><tbody><tr><th>3D Fieldlab</th><td>{LINK}</td></tr></tbody></table>",
         {"bound": 1, "words": 1}),
        ("<table><thead><tr><th>index, 2002 = 100</th></tr></thead></table>",
         {"date": 1, "base": 1}),
        ("<table><thead><tr><th>1995–1999</th><th>97</th></tr></thead></table>",
         {"date": 2, "short_year": 1}),
        ("<table><tbody><tr><th>bedrijven (CBS 2017)</th></tr></tbody></table>", {"date": 1}),
        ("<details class='code'>y = 4</details>", {"code": 1}),
        ("<section class='entries'><code>visit-1</code></section>", {"code": 1}),
        ("<small class='source'>CBS 83028NED</small>", {"citation": 1}),
    ],
)  # fmt: skip
def test_what_counts(body, kinds):
    """Each kind of numeral, by hand."""
    counted = measure(page(body), known={"3D Fieldlab", "trade-05"})
    assert {kind: number for kind, number in counted.items() if number} == kinds
    assert set(kinds) <= set(coverage.KINDS)


def test_every_kind_is_tested():
    """No kind is left out of the cases above."""
    cases = test_what_counts.pytestmark[0].args[1]
    assert set().union(*(kinds for _, kinds in cases)) == set(coverage.KINDS)


@pytest.mark.parametrize(
    ("body", "numeral"),
    [
        ("<p>in 12 jaar</p>", "12"),
        ("<h2>De 4 gevolgen</h2>", "4"),
        ("<p>groei van 3,5 procent, zie paragraaf 5.1.2</p>", "3,5"),
        (f"<figcaption>ruim 1.000 {LINK}</figcaption>", "1.000"),
        ("<p><data value='2'>2</data> keer</p>", "2"),
        (f"<p>{LINK}0 keer</p>", "0"),
        ("<details class='data'><p>lijn tot 5</p></details>", "5"),
        ("<table><caption>De 7 rijen</caption></table>", "7"),
        ("<table><thead><tr><th>per 1.000 inwoners</th></tr></thead></table>", "1.000"),
        ("<p>in 2017</p>", "2017"),
        ("<p>bij trade-0512</p>", "0512"),
        ("<p>groei van circa-12 procent</p>", "12"),
        ("<p>stable 12 per cent</p>", "12"),
        ("<p>section 5000 jobs</p>", "5000"),
        ("<p>½ jaar</p>", "½"),
        ("<ol start='1135'><li>banen</li></ol>", "1135"),
        ("<p><img alt='12 banen'></p>", "12"),
        ("<table><thead><tr><th>meer dan 2000 banen</th></tr></thead></table>", "2000"),
        ("<table><thead><tr><th>index = 1000</th></tr></thead></table>", "1000"),
        ("<table><thead><tr><th>123</th></tr></thead></table>", "123"),
        ("<table><caption>in 2017</caption></table>", "2017"),
        ("<p><a href='index.html'><data value='2'>2</data></a> keer</p>", "2"),
        ("<p><small>3 keer</small></p>", "3"),
        ("<p>zie paragraaf 5.1.2,5</p>", "5.1.2,5"),
        ("<table><tbody><tr><th>bedrag 888</th></tr></tbody></table>", "888"),
        ("<table><tbody><tr><td>Fieldlab en 4</td></tr></tbody></table>", "4"),
        ("<p>zoals <span class='value'>44</span></p>", "44"),
        ("<p>zo'n <code>12345</code> euro</p>", "12345"),
        ("<P>IN 12 JAAR</P>", "12"),
        ("<p>in &#49;2 jaar</p>", "12"),
        ("<!-- 12 jaar -->", "12"),
        ("<noscript>12 jaar</noscript>", "12"),
        ("<template><p>12 jaar</p></template>", "12"),
        ("<svg><text>12 jaar</text></svg>", "12"),
        ("<math><mn>12</mn></math>", "12"),
        ("<textarea>12 jaar</textarea>", "12"),
        ("<IMG ALT=12>", "12"),
        ("<img alt='12' alt='geen'>", "12"),
        ("<ol/start=12><li>banen</ol>", "12"),
        # Moved by the parser: out of the table, or of the link, in which it seems to stand.
        ("<table><thead>in 2017<tr><th>jaar</th></tr></thead></table>", "2017"),
        ("<div class='entries'><table><tr></div>2017<td></table>", "2017"),
        ("<a href='evidence.html#x'><a href='x'><data>7</data></a></a>", "7"),
        ("<details class='code'>y</details>4", "4"),
    ],
)
def test_typed_numerals_fail(body, numeral):
    """Any other numeral is an error with page, numeral and the words around it."""
    with pytest.raises(NotebookError) as error:
        measure(page(body), known={"een tabel"})
    (problem,) = error.value.problems
    assert problem.place == "nl/01_a.html"
    assert problem.found.startswith(f"{numeral} in ")


def test_a_page_without_content_fails():
    """A page whose content is nowhere has nothing that can be counted."""
    with pytest.raises(NotebookError, match="no main"):
        measure(SimpleNamespace(path="nl/01_a.html", html="<p>x</p>"))


def test_parts_in_parts_count_once():
    """A numeral in two parts of which each has a kind is of the first."""
    body = f"<small class='source'><time>2017</time>, 83028NED, {LINK}</small>"
    counted = measure(page(body))
    assert {kind: n for kind, n in counted.items() if n} == {"date": 1, "citation": 1, "bound": 1}


def test_every_page_is_reported():
    """All typed numerals of all pages are named in one run."""
    with pytest.raises(NotebookError) as error:
        measure(page("<p>1 en 2</p>"), page("<p>3</p>"))
    assert len(error.value.problems) == 3


@pytest.mark.parametrize(
    ("body", "found", "near"),
    [
        ("<p>Zie paragraaf 5.9.9.</p>", "'paragraaf 5.9.9'", "5.1.2"),
        ("<p>See Section 5.1.</p>", "'Section 5.1'", "5.1.2"),
        ("<p>See § 4.</p>", "'§ 4'", "5.1.2"),
        ("<table><tr><td>zie bijlage 9</td></tr></table>", "'bijlage 9'", "Appendix 4"),
        ("<p>In chapters 5 and 6</p>", "'chapters 5 and 6'", "5.1.2"),
        ("<small class='source'>evaluation, appendix 9</small>", "'appendix 9'", "Appendix 4"),
    ],
)
def test_a_section_that_there_is_not_fails(body, found, near):
    """A section named anywhere on a page, a cell of a table or a source included, is one that the
    document has; else it is told with the nearest one."""
    known = {"zie bijlage 9"}
    _, problems = coverage.count(page(body), known, {"5", "5.1.2", "Appendix 4"})
    told = next(p for p in problems if "section of the document" in p.expected)
    assert told.found.startswith(found)
    assert told.expected.endswith(near)


def test_sections_that_there_are_pass():
    """Sections are found by number, in every form, and do not run into the cell beside them; a
    comment in program code may name those of another work."""
    body = (
        "<table><tr><td>section 5.1.2</td><td>2</td></tr></table>"
        "<p>paragraaf 5.1.2, hoofdstuk 5. Bijlage 4</p>"
        "<details class='code'># section 9.9 of the manual of pandas</details>"
    )
    _, problems = coverage.count(page(body), {"2", "section 5.1.2"}, {"5", "5.1.2", "Appendix 4"})
    assert problems == []


def test_labels_and_places_in_the_languages_of_the_project():
    """Numbers of charts, chapters and footnotes are no figures, in the words of each language."""
    with use_languages(("de", "fr")):
        words = "Abbildung 1, Tabelle 2, Kapitel 3, Fußnote 4, tableau 5, chapitre 6"
        counted, problems = coverage.count(page(f"<p>{words}; in 7 Jahren</p>"))
        assert (counted["label"], counted["place"]) == (3, 3)
        assert [problem.found[0] for problem in problems] == ["7"]
        __, problems = coverage.count(page("<p>Kapitel 3 und die Anhänge 1 und 9</p>"), (),
                                      {"3", "Anhang 1"})  # fmt: skip
        assert ["Anhänge 1 und 9" in problem.found for problem in problems[:1]] == [True]
    with use_languages(("en",)):
        assert coverage.count(page("<p>Kapitel 3</p>"))[1]


def test_numerals_in_what_a_document_is_called_are_no_figures():
    """A citation may call a document `plan for 2019`: that numeral counts as cited, another does
    not, and neither does the same one in other words."""
    labels = ["plan", "plan for 2019"]
    made = page("<p>· plan for 2019</p><p>plan for 2018</p><p>for 2019</p><p>plan for 20191</p>")
    counted, problems = coverage.count(made, labels=labels)
    assert counted["citation"] == 1
    assert [problem.found for problem in problems] == [
        "2018 in 'plan for 2018'", "2019 in 'for 2019'", "20191 in 'plan for 20191'",
    ]  # fmt: skip
