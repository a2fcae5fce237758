"""The page for who has five minutes: short, in two languages, and without advice."""

import re

import nbformat
import pytest

from conftest import ROOT
from helpers import claims
from helpers.annex.run import notebook_rules
from helpers.tables import frames
from notebook_sentences import said

PATH = ROOT / "notebooks" / "five_minutes.ipynb"
DATA = ROOT / "data"
WORDS = 700  # with a table and a chart, two printed pages
ADVICE = re.compile(
    r"\b(moet|moeten|beter|verstandig|advies|adviseren|aanbeveling|terecht|should|ought|better|"
    r"wise|advise|recommend|rightly)\b",
    re.I,
)
# Verdicts of the statements under each question: reproduced, consistent, contradicted, undecided.
BY_HAND = {
    "question-01": (2, 0, 4, 6), "question-02": (0, 0, 0, 7), "question-03": (1, 0, 0, 7),
    "question-04": (4, 0, 0, 6), "question-05": (2, 0, 1, 4), "question-06": (2, 0, 0, 3),
    "question-07": (2, 0, 0, 2), "question-08": (11, 1, 2, 3),
}  # fmt: skip


@pytest.fixture(scope="module")
def book():
    return nbformat.read(PATH, as_version=4)


@pytest.fixture(scope="module")
def texts(book) -> dict[str, list[str]]:
    """All that a reader reads on the page outside the tables, by language."""
    with pytest.MonkeyPatch.context() as patch:
        sentences = said(PATH, DATA, patch)
    prose = [cell for cell in book.cells if cell.cell_type == "markdown"]
    return {
        lang: [getattr(one, lang) for one in sentences]
        + [cell.source for cell in prose if cell.metadata["tags"] == [lang]]
        for lang in ("nl", "en")
    }


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_it_takes_five_minutes(texts, lang):
    """The sentences, captions and prose of the page are few."""
    words = re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", " ".join(texts[lang]))
    assert WORDS / 2 < len(words) <= WORDS


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_it_gives_no_advice(texts, lang):
    """It says what can be concluded and what can't, not what anybody should do."""
    assert [text for text in texts[lang] if ADVICE.search(text)] == []


def test_prose_stands_in_pairs_without_figures(book):
    """As in every notebook: each prose cell with its twin, no typed figure, no outputs."""
    prose = [cell for cell in book.cells if cell.cell_type == "markdown"]
    assert [cell.metadata["tags"] for cell in prose] == [["nl"], ["en"]] * (len(prose) // 2)
    places = re.compile(r"(paragraaf|section) [\d.]+")
    assert [cell.source for cell in prose if re.search(r"\d", places.sub("", cell.source))] == []
    assert [cell for cell in book.cells if cell.get("outputs")] == []
    assert list(notebook_rules.style([PATH], stored=True)) == []


def test_the_answer(texts):
    """The counts of the one verdict, by hand, in both languages."""
    answers = {lang: next(t for t in texts[lang] if "136" in t) for lang in texts}
    assert answers["nl"].startswith(
        "Van 136 getoetste uitspraken kloppen er 71 en worden er 9 tegengesproken; 55 zijn niet"
    )
    assert answers["en"].startswith(
        "Of 136 statements tested 71 are reproduced and 9 contradicted; 55 can't be decided."
    )


def test_verdicts_by_question():
    """Beside each finding stand the verdicts of the statements that it rests on; no statement bears
    on the last two questions, on the national strategy and on what to do."""
    questions = frames.load("questions", DATA).set_index("id").claims
    found = claims.Ledger(DATA).findings()
    counted = {
        name: tuple(int(n.value) for n in claims.by_verdict(found.loc[cell.split(";")]))
        for name, cell in questions.dropna().items()
    }
    assert counted == BY_HAND
    assert questions.index[questions.isna()].tolist() == ["question-09", "question-10"]


def test_what_may_not_be_concluded(book):
    """It names trade, jobs, results, human rights and security, and what verdicts do not mean."""
    english = book.cells[-1].source
    named = "trade grew; jobs; reported result; human rights; espionage; reproduced; untrue; few"
    assert [words for words in named.split("; ") if words not in english] == []
    assert english.count("\n- **") == book.cells[-2].source.count("\n- **") == 8
