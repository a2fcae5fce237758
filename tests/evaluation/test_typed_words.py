"""No sentence of a notebook says most, each or none of rows by hand: rows choose such words."""

import ast
import re
from collections.abc import Iterator

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from conftest import NAMES, ROOT
from helpers.annex.run.notebook_files import EXPLORE

WORDS = {
    "nl": "meeste meest meestal elk elke ieder iedere alle alleen geen altijd beide nooit zelden "
    "soms vaak eerste laatste grootste kleinste hoogste laagste merendeel meerderheid minderheid "
    "nergens telkens steeds uitsluitend slechts niemand iedereen allemaal doorgaans",
    "en": "most mostly each every all only none no always both never seldom rarely sometimes often "
    "first last largest smallest highest lowest majority minority nowhere everyone nobody solely "
    "entirely merely usually generally",
}
SAYS = {
    lang: re.compile(rf"\b({'|'.join(words.split())})\b", re.I) for lang, words in WORDS.items()
}
EITHER = re.compile("|".join(pattern.pattern for pattern in SAYS.values()), re.I)
SHOWS = {"say", "show_chart", "show_table"}
ENDS = re.compile(r"(?<=[.;:?!])\s+|\n+")


class Typed:
    """Every sentence of a notebook in which a hand wrote such a word, and nothing holds it."""

    def __init__(self, book) -> None:
        self.found: list[str] = []
        for number, cell in enumerate(book.cells, 1):
            tags = cell.metadata.get("tags", [])
            if cell.cell_type == "markdown":
                lang = tags[0]
                self._keep(number, cell.source, SAYS[lang])
            elif EXPLORE not in tags:
                for text in written(ast.parse(cell.source)):
                    self._keep(number, text, EITHER)

    def _keep(self, number: int, text: str, words: re.Pattern) -> None:
        for sentence in ENDS.split(re.sub(r"\{[^}]*\}", "{}", text)):
            if word := words.search(sentence):
                self.found.append(f"cell {number}, {word[0]!r}: {sentence}")


def written(tree: ast.AST) -> Iterator[str]:
    """The words in a cell of code that nothing holds: neither `holds=` nor `choose`; nor are they
    what a cell of a table says when it is missing. A string without a space that is no Text is a
    name, and a docstring is for who reads the code."""
    name = called(tree)
    if name == "choose" or (name in SHOWS and any(map(holding, tree.keywords))):
        return
    if isinstance(tree, ast.keyword) and tree.arg == "missing":
        return
    for child in ast.iter_child_nodes(tree):
        given = child.value if isinstance(child, ast.keyword) else child
        word = getattr(given, "value", None)
        if name in {"Text", *SHOWS} and isinstance(word, str):
            yield word
        elif not (isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)):
            yield from written(child)
    if isinstance(tree, ast.Constant) and isinstance(tree.value, str) and " " in tree.value:
        yield tree.value


def called(tree: ast.AST) -> str:
    """The name of the function that is called, if one is."""
    if not isinstance(tree, ast.Call):
        return ""
    return tree.func.attr if isinstance(tree.func, ast.Attribute) else getattr(tree.func, "id", "")


def holding(given: ast.keyword) -> bool:
    """Whether an argument is a check, not an empty list of them or a plain value."""
    empty = isinstance(given.value, (ast.List, ast.Tuple)) and not given.value.elts
    return given.arg == "holds" and not empty and not isinstance(given.value, ast.Constant)


# What a hand may say, by notebook: definitions, how something was done, what the page shows, a
# title, and counts, where the number beside the word counts just what the word says.
ALLOWED = {
    "00_summary": [
        "Bij alle hoofdstukken", "Serves all chapters",
        "alle getallen die zo zouden zijn opgeschreven", "geen rangschikking en geen advies",
        "no ranking and no advice",
    ],
    "01_trade_growth": [
        "staan hier nooit in één lijn", "never share a line here",
        "alleen waarden van ná die breuk", "only gives values from after that break",
        "noemt de evaluatie geen munteenheid", "names no currency", "en alle bestemmingen samen",
        "and all destinations together",
    ],
    "02_investment_jobs": [
        "De tabel zet beide naast elkaar", "The table sets both side by side", "majority stake",
        "Hieronder is elke melding een keer geteld",
    ],
    "03_mission_timeline": [
        "jaren met beide richtingen", "years with both directions", "jaren met alleen",
        "years with outgoing only", "years with incoming only",
        "In {} van de {} jaren waren er bezoeken in beide richtingen, in {} alleen uitgaande",
        "in both directions, in {} only outgoing ones and in {} only incoming ones",
        "bezoeken die alleen elders in de evaluatie staan",
        "visits that only other parts of the evaluation mention",
        "noemen er {} alleen een onderwerp", "{} name only a subject",
        "Van {} bezoeken is geen jaar bekend",
        "Of {} visits no year is known", "Elk bezoek telt één keer",
        "Every visit counts once", "Bezoeken met alleen een onderwerp",
        "Visits with only a subject", "het hoogste ambt dat de lijst",
        "the highest office that the list names", "Staat er geen, dan is het onbekend",
        "If there is none it is unknown", "de eis dat er elk jaar bezoek",
        "the demand that each year has visits",
        "The evaluation says that a trade mission goes to Guangdong every second year",
        "beide samen", "both together", "Laatste bezoek", "Last visit",
        "tijdens de laatste missie", "during the last mission",
        "dat er niemand kwam", "A year without an incoming visit may mean",
        "alle bezoeken", "all visits",
        "staat er alleen als de lijst 'o.l.v.' zegt", "is given only where the list says",
        "Hoogste ambt", "Highest office", "is geen onderwerp", "is no subject",
        "Dat is geen oordeel", "That is no judgement",
    ],
    "06_claims_audit": [
        "Bij alle hoofdstukken", "Serves all chapters",
        "ook niet of zij waar is als er geen cijfers zijn", "whether figures fit each other",
        "or is true where there are no figures", "niet hoe vaak iets gebeurde",
        "does not say how often something happened", "alle getallen die zo zouden zijn afgerond",
        "all numbers that would be rounded to it", "aan geen ander cijfer te toetsen",
        "no other figure tests them", "Which errors does the document have that are no statement",
        "'geen': geen", "'none': none",
        "de overige toetst geen enkele uitspraak", "no statement tests the others",
        "met de eerste toets", "by the first test", "read by means of each other",
        "staat elk cijfer op een eigen regel", "each figure has a line of its own",
        "dan alleen beslist als alle cijfers", "decided only if all figures",
        "geldt alleen onder de landen in deze gegevens",
        "holds among the countries in these data only", "no figure",
        "elk cijfer op een regel", "a line for each figure",
    ],
    "04_province_budgets": [
        "De budgetten zelf hebben geen jaar", "The budgets themselves have no year",
    ],
    "five_minutes": [
        "gaat op het eerste deel in", "takes up the first part",
        "Wat staat alleen in de evaluatie?", "What does only the evaluation say?", "geen.", "none.",
        "invloed hadden, of geen", "had influence, or none",
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", dict.fromkeys([*NAMES, "five_minutes"]))
def test_such_words_are_computed(name):
    """Each other sentence with such a word is a definition or says how something was done."""
    book = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
    found = Typed(book).found
    allowed = ALLOWED.get(name, [])
    assert [each for each in found if not any(words in each for words in allowed)] == []
    assert [words for words in allowed if not any(words in each for each in found)] == []


@pytest.mark.parametrize(
    ("tag", "source", "word"),
    [
        ("nl", "Na elke missie waren er plannen.", "elke"),
        ("en", "- Plans came after each mission.", "each"),
        ("nl", "## Alle bezoeken", "Alle"),
        ("", 'say(nl="De meeste zijn {x}.", en="So are {x}.", x=x)', "meeste"),
        ("", 'say(nl="Zo zijn {x}.", en="Most are {x}.", x=x, holds=[])', "Most"),
        ("", 'show_chart(c, caption=Text("Het hoogste punt was {y}.", "The top was {y}."), y=y)',
         "hoogste"),
        ("", 'charts.bars(x, unit=Text(f"alle banen, {y}", f"jobs, {y}"))', "alle"),
        ("", 'names = {"all": Text("China", "all")}', "all"),
        ("", 'names = Text(nl="China", en="All")', "All"),
        ("", 'say(nl="Zo zijn {x}.", en="Most are {x}.", x=x, holds=None)', "Most"),
        ("", 'say(nl="{w} zo.", en="{w} are so.", w="Most")', "Most"),
        ("en", "Nobody came.", "Nobody"),
        ("", 'show_table(x, {"a": Text("Laatste bezoek", "Visit")}, caption=c)', "Laatste"),
    ],
)  # fmt: skip
def test_a_typed_word_is_found(tag, source, word):
    """In prose, sentences, captions, labels and headers, in either language, with its cell."""
    (found,) = Typed(book_of(tag, source)).found
    assert found.startswith(f"cell 1, {word!r}: ")


@pytest.mark.parametrize(
    ("tag", "source"),
    [
        ("nl", "All is an English word."),
        ("", 'say(nl="De meeste zijn {x}.", en="Most are {x}.", x=x, holds=check)'),
        ("", 'words = statements.choose(a, b, {"most": Text("de meeste", "most")})'),
        ("", 'Column(Text("Doel", "Purpose"), missing=Text("geen", "none"))'),
        ("", 'def f():\n    """All of it."""\n    return frame["all"]'),
        ("", 'say(nl="Van {all:0} zijn er {none:0}.", en="Of {all:0} {none:0}.", all=a, none=b)'),
    ],
)
def test_a_word_that_rows_choose_or_hold_is_not(tag, source):
    """Nor is one in the other language's prose, a name, a docstring or the name of a field."""
    assert Typed(book_of(tag, source)).found == []


def book_of(tag: str, source: str):
    """A notebook of one cell: prose with its tag, else code."""
    cell = new_markdown_cell(source, metadata={"tags": [tag]}) if tag else new_code_cell(source)
    return new_notebook(cells=[cell])
