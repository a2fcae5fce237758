"""What a notebook must hold before it is a theme: told with notebook and cell."""

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell, new_raw_cell

from conftest import SAID, notebook, use_languages
from helpers import language
from helpers.annex.pages import render, seen_language, theme
from helpers.annex.run import notebook_files


def told(book) -> list[str]:
    """What is wrong with a notebook that has run."""
    bodies = render.bodies("01_a", book)
    return [str(each) for body in bodies for each in [*body.problems, *body.untranslated]]


def with_prose(*cells: tuple[str, list[str]], made=None):
    """A notebook with these cells of prose, each with its tags, at its end."""
    book = made or notebook("x = 1")
    book.cells += [new_markdown_cell(words, metadata={"tags": tags}) for words, tags in cells]
    return book


def test_a_whole_theme_has_no_problems():
    """Title, short names, what is said once, and prose in pairs: nothing is wrong."""
    assert told(with_prose(("## Gegevens", ["nl"]), ("## Data", ["en"]))) == []


@pytest.mark.parametrize("role", theme.ROLES)
def test_what_must_be_said_is_said_once(role):
    """Without headline, finding or date, or with two of one, a page is refused."""
    lacking, double, empty = (notebook("x = 1") for _ in range(3))
    number = theme.ROLES.index(role)
    del lacking.cells[-1].outputs[number]
    double.cells[2].outputs = [double.cells[-1].outputs[number]]
    outputs = nbformat.from_dict(SAID[number])
    outputs["application/vnd.evidence.v1+json"]["en"]["html"] = "<p> </p>"
    empty.cells[-1].outputs[number].data = outputs
    remedy = f'expected one {role}. Say it once, with say(..., role="{role}").'
    assert told(lacking)[0] == f"notebooks/01_a.ipynb: found no {role}; {remedy}"
    assert told(double)[0].startswith(f"notebooks/01_a.ipynb, cell [2]: found {role} a second time")
    assert told(empty) == [f"notebooks/01_a.ipynb, cell [2]: found a {role} without words; "
                           "expected words"]  # fmt: skip


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (None, "none"), ("Handel", "'Handel'"), ({}, "no nl"),
        ({"nl": "Handel"}, "'Handel' in Dutch only"),
        ({"nl": "Handel", "en": " "}, "'Handel' in Dutch only"),
        ({"nl": "Handel 2", "en": "Trade"}, "'Handel 2'"),
        ({"NL": "Handel", "en": "Trade"}, "one under 'NL'"),
        ({"nl": 5, "en": "Trade"}, "5"),
    ],
)  # fmt: skip
def test_short_names_in_both_languages(names, found):
    """The menu has a short name in each language."""
    book = notebook("x = 1")
    del book.metadata["annex"]
    if names is not None:
        book.metadata["annex"] = names
    assert told(book)[0].startswith(f"notebooks/01_a.ipynb, metadata annex: found {found}; expe")


def test_a_title_fits_two_lines():
    """A longer one is cut off where pages are listed."""
    fits = notebook("x = 1", title_nl="t" * 54, title_en="Title")
    assert told(fits) == []
    fits.cells[0].source += "t"
    (problem,) = told(fits)
    assert "found a title of 55 characters" in problem
    assert "expected at most 54. Say the rest in the first sentence" in problem


def retitled(number: int, source: str, tags=None):
    book = notebook("x = 1")
    book.cells[number].source = source
    if tags is not None:
        book.cells[number].metadata["tags"] = tags
    return book


@pytest.mark.parametrize(
    ("book", "line"),
    [
        (retitled(0, "Titel"), "the cell that begins 'Titel': found 'Titel'; expected a title (#"),
        (retitled(1, "## Title"), "the cell that begins '## Title': found '## Title'; expected a"),
        (retitled(0, "Eerst.\n\n# Titel"), "found 'Eerst.'; expected a title (# ...) at the head"),
        (retitled(0, "# Title"), "found 'Title' as the title in Dutch and English; expected"),
        (retitled(0, "# Titel", []), "the cell that begins '# Titel': found no language"),
        (retitled(0, "# Titel", ["en"]), "begins '# Titel': found prose in English only"),
        (
            retitled(0, "# What is there to try?"),
            "the cell that begins '# What is there to try?': found 'What is there to try?'; "
            "expected words in Dutch (here what, there, to)",
        ),
        (
            retitled(1, "# Wat valt er te zien?"),
            "found 'Wat valt er te zien?'; expected words in English (here wat, er)",
        ),
    ],
)
def test_a_title_in_each_language(book, line):
    """The notebook begins with its title, in the cell of each language, in that language."""
    assert any(line in each for each in told(book))


def test_a_title_comes_first():
    """Code before the title would be read before it."""
    book = notebook("x = 1")
    book.cells.insert(0, book.cells.pop(2))
    assert any("expected a title (# ...) at the head of the note" in each for each in told(book))


@pytest.mark.parametrize("folded", ["nl", "en"])
def test_a_section_is_folded_in_every_language(folded):
    """With the tag on one cell of the pair, readers of one language would find another page."""
    words = {"nl": "## Gegevens", "en": "## Data"}
    pair = [(words[own], [own, *["background"] * (own == folded)]) for own in words]
    (problem,) = told(with_prose(*pair))
    which = "the" if folded == "en" else "no"
    assert problem == (
        f"notebooks/01_a.ipynb, the cell that begins '## Data': found {which} tag 'background', "
        "unlike in the cell that begins '## Gegevens'; expected a section folded in every "
        "language, or in none"
    )


NL, EN = ("Alleen hier.", ["nl"]), ("Only here.", ["en"])


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([NL], ["Alleen hier.': found prose in Dutch only"]),
        ([EN], ["Only here.': found prose in English only"]),
        ([NL, ("Twee.", ["nl"]), EN], ["Alleen hier.': found prose in Dutch only"]),
        ([("Los.", [])], ["Los.': found no language"]),
        ([("Beide.", ["nl", "en"])], ["Beide.': found tags 'nl', 'en'"]),
        ([("Fout.", ["nl "]), EN], ["Fout.': found tags 'nl '", "Only here.': found prose in Eng"]),
        ([("Fout.", ["NL"])], ["Fout.': found tags 'NL'"]),
        ([("Hier.", ["de"])], ["Hier.': found tags 'de'"]),
        ([EN, NL], []),
        ([("Hier.", ["nl", "todo"]), EN], []),
        ([(" \n", []), NL, EN], []),
    ],
)
def test_prose_stands_in_pairs(cells, expected):
    """A cell of prose has its other language beside it, each with one tag; empty cells do not
    count."""
    found = told(with_prose(*cells))
    assert len(found) == len(expected)
    assert all(line in each for line, each in zip(expected, found, strict=True))


def test_code_parts_a_pair():
    """Code between the two cells of a pair stands in different places on the two pages."""
    book = with_prose(NL)
    book.cells.append(nbformat.v4.new_code_cell("y = 2"))
    assert len(told(with_prose(EN, made=book))) == 2


@pytest.mark.parametrize(
    ("dutch", "english", "found"),
    [
        ("## A\n\n### B", "## A", "headings h2; expected h2, h3"),
        ("## A", "### A", "headings h3; expected h2"),
        ("tekst", "# A", "headings h1; expected none"),
        ("- a\n- b", "- a", "1 items of lists; expected 2"),
        ("[a](https://example.org)", "a", "0 links; expected 1"),
        ("`a`", "```\na\n```", "1 blocks of code; expected 0"),
        ("| a |\n|---|\n| b |\n| c |", "| a |\n|---|\n| b |", "2 rows; expected 3"),
    ],
)
def test_the_cells_of_a_pair_are_alike(dutch, english, found):
    """Both have the same headings, items of lists, links, tables and blocks of code."""
    first, *_ = told(with_prose((dutch, ["nl"]), (english, ["en"])))
    assert f": found {found}, as in the cell that begins" in first


def test_prose_that_was_not_translated_is_told():
    """A cell that holds another language than its tag says is told by its words."""
    words = "The same figures are in the table, with what is not known."
    (line,) = told(with_prose((words, ["nl"]), (words, ["en"])))
    assert "expected words in Dutch (here the, are, with, what, not)" in line


def test_a_sentence_that_was_not_translated_is_told():
    """So is what say fills in; values, which may be words as printed, count for nothing."""
    book = notebook("x = 1")
    html = book.cells[-1].outputs[0].data["application/vnd.evidence.v1+json"]["nl"]
    html["html"] = '<p>That is <data value="1">not what it was</data> then, to <time>the</time></p>'
    (line,) = told(book)
    assert line.startswith("notebooks/01_a.ipynb, cell [2]: found 'That is not what it was then")
    assert line.endswith("expected words in Dutch (here that, to)")


def test_a_raw_cell_is_told():
    """JupyterLab shows a raw cell, and no page does; one without words is no matter."""
    book = notebook("x = 1")
    book.cells += [new_raw_cell("Los"), new_raw_cell(" ")]
    assert told(book) == ["notebooks/01_a.ipynb, the cell that begins 'Los': found a raw cell, "
                          "which no page shows; expected a cell of prose or code. Or tag the cell "
                          "explore: it then runs in JupyterLab only."]  # fmt: skip


def test_every_problem_of_a_notebook_is_told():
    """A notebook that lacks everything is told all of it in one run."""
    book = nbformat.v4.new_notebook(cells=[new_raw_cell("Los"), new_markdown_cell("Los")])
    found = " | ".join(told(book))
    for part in ("metadata annex", "no through", "no headline", "no finding", "no language",
                 "no title in Dutch", "no title in English", "raw cell"):  # fmt: skip
        assert part in found


def test_a_place_is_what_jupyterlab_shows():
    """A code cell has the number of its run, which a cell without code has not; others have their
    first line, and those that begin alike are told apart."""
    book = with_prose(("\n\n## Deel\n\nx", ["nl"]), ("## Deel", ["en"]), ("## Slot", ["nl"]))
    book.cells[2:2] = [nbformat.v4.new_code_cell(source) for source in ("a", " ", "b")]
    places = [notebook_files.place("01_a", book.cells, n).split(", ")[1] for n in range(1, 11)]
    assert places == [
        "the cell that begins '# Titel'", "the cell that begins '# Title'", "cell [1]", "cell [1]",
        "cell [2]", "cell [3]", "cell [4]", "the cell that begins '## Deel' (1 of 2)",
        "the cell that begins '## Deel' (2 of 2)", "the cell that begins '## Slot'",
    ]  # fmt: skip


BUNDLE = "application/vnd.evidence.v1+json"


def saying(dutch: str, english: str, part: str = "html"):
    """A notebook whose headline, or a table of it with a caption, says this."""
    book = notebook("x = 1")
    data = nbformat.from_dict(SAID[1])
    own = zip(("nl", "en"), (dutch, english), strict=True)
    data[BUNDLE] |= {lang: {"html": "<p>x</p>"} | {part: words} for lang, words in own}
    if part == "caption":
        data[BUNDLE] |= {"kind": "table", "role": "table"}
        book.cells[2].outputs = [nbformat.v4.new_output("display_data", data)]
    else:
        book.cells[-1].outputs[1].data = data
    return book


DATA = '<data value="15" data-id="trade-01">15</data>'
SAME = f"Dit is precies hetzelfde, namelijk {DATA} projecten."
TYPED = "Dit is precies hetzelfde, namelijk niets."


@pytest.mark.parametrize("book", [
    saying(SAME, SAME), saying(SAME, SAME, "caption"),
    with_prose((TYPED, ["nl"]), (TYPED, ["en"])),
    with_prose((TYPED, ["en"]), (TYPED, ["nl"])),
])  # fmt: skip
def test_one_sentence_in_both_languages_is_told(book):
    """Also where its words are too few to tell which language it is."""
    (line,) = told(book)
    assert "'Dit is precies hetzelfde, namelijk " in line
    assert line.endswith("' in Dutch and English; expected the words of each language")


def test_sentences_in_each_other_s_place_are_told():
    """Also short ones, by one word that only the other language has."""
    assert told(saying(f"It is {DATA}.", f"Het is {DATA}.")) == [
        "notebooks/01_a.ipynb, cell [2]: found 'It is 15.' in Dutch; "
        "expected words in Dutch, and English ones in English"
    ]


@pytest.mark.parametrize("book", [
    *(saying(each, each) for each in (DATA, f"{DATA} fte", "<code>load(x, y)</code>")),
    *(with_prose((each, ["nl"]), (each, ["en"])) for each in ("Utrecht – Guangdong", "`x + y`")),
])  # fmt: skip
def test_what_is_the_same_in_both_languages_is_no_sentence(book):
    """Values, a single word, names and code are."""
    assert told(book) == []


def test_a_picture_in_prose_is_told():
    """By its cell, with what a page shows instead."""
    book = with_prose(("![kaart](x.png)", ["nl"]), ("![map](x.png)", ["en"]))
    assert told(book)[0] == (
        "notebooks/01_a.ipynb, the cell that begins '![kaart](x.png)': found a picture in prose; "
        "expected a chart of helpers.charts, which present.show_chart shows: no other picture"
    )


def test_a_table_of_pandas_is_told():
    """A frame at the end of a cell is named, with what to write."""
    book = notebook("frame")
    html = '<table border="1" class="dataframe"></table>'
    shown = {"text/html": html, "text/plain": "a"}
    book.cells[2].outputs = [nbformat.v4.new_output("execute_result", shown)]
    assert set(told(book)) == {
        "notebooks/01_a.ipynb, cell [1]: found a table of pandas; expected a table of present."
        "show_table, or a last line that shows nothing. End that line with a semicolon, or give "
        "its value a name, to show nothing. Or tag the cell explore: it then runs in JupyterLab "
        "only."
    }


def in_languages(langs: tuple[str, ...], *cells: tuple[str, list[str]]) -> list[str]:
    """What is wrong with the prose of a notebook in these languages, each with its title."""
    with use_languages(langs):
        titles = [(f"# Titel {language.name_of(lang)}", [lang]) for lang in langs]
        book = nbformat.v4.new_notebook(metadata={"annex": dict.fromkeys(langs, "Kort")})
        found = told(with_prose(*titles, *cells, made=book))
    return [line.partition(": found ")[2] for line in found if ": found no " not in line]


EACH = [("## Deel", ["nl"]), ("## Part", ["en"]), ("## Teil", ["de"])]


def test_prose_in_three_languages():
    """A cell for each language, in any order, of the same form; one that lacks is told once."""
    langs = ("nl", "en", "de")
    assert in_languages(langs, *EACH, *reversed(EACH)) == []
    (lacks,) = in_languages(langs, *EACH, *EACH[:2])
    assert lacks.startswith(
        "prose in Dutch and English only; expected a cell of prose tagged nl, then one tagged en, "
        "then one tagged de, each with one such tag"
    )
    differs = in_languages(langs, *EACH[:2], ("### Teil", ["de"]))
    assert differs == ["headings h3; expected h2, as in the cell that begins '## Deel'"]
    same = in_languages(langs, EACH[0], ("## Sommige delen", ["en"]), ("## Sommige delen", ["de"]))
    assert same == ["'Sommige delen' in English and German; expected the words of each language"]


def test_prose_in_one_language():
    """It needs no tag, and stands alone; a tag of that language is right, too."""
    assert in_languages(("en",), ("## Part", []), ("## Next", ["en"]), ("Words.", ["todo"])) == []


@pytest.mark.parametrize(
    ("langs", "tags"),
    [
        (("en",), ["nl"]), (("en",), ["en", "nl"]), (("en",), ["EN"]), (("nl", "en"), ["de"]),
        (("nl", "en"), ["nl", "de"]),
    ],
)  # fmt: skip
def test_prose_in_a_language_that_the_project_lacks_is_told(langs, tags):
    """It would stand on no page, or on a wrong one."""
    (line,) = in_languages(langs, ("Hier steht etwas.", tags))
    expected = "prose in English, with the tag en or without" if len(langs) == 1 else "a cell of "
    assert line.startswith(f"tags {', '.join(map(repr, tags))}; expected {expected}")


def test_a_short_name_in_a_language_that_the_project_lacks_is_told():
    """No menu would show it."""
    book = notebook("x = 1")
    book.metadata["annex"]["de"] = "Handel"
    assert told(book) == ["notebooks/01_a.ipynb, metadata annex: found one under 'de'; expected "
                          "short names under nl, en alone"]  # fmt: skip


def test_three_languages_in_each_other_s_place_are_told():
    """A text that is in another language than it should is told where two are."""
    with use_languages(("en", "nl", "de")):
        texts = {"en": "Het is groot.", "nl": "It is big.", "de": "Das is groß."}
        (line,) = map(str, seen_language.untranslated("here", texts))
    assert line == (
        "here: found 'Het is groot.' in English; expected words in English, and Dutch ones in Dutch"
    )
