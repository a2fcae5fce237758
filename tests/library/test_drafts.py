"""Drafts in one language: built and marked as such, while the whole annex needs each translation."""

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from conftest import notebook, q
from helpers import charts, language, present
from helpers.annex.cli import main
from helpers.evidence.derivation import Derivation
from helpers.evidence.quantities import derive
from helpers.evidence.trail import MIME
from helpers.formats.html_tables import Column
from helpers.language import Text

DUTCH = """from helpers import tables
from helpers.evidence.quantities import derive
from helpers.language import Text, year
from helpers.present import Column, say, show_chart, show_table
from helpers import charts
number = tables.reported_numbers()["trade-01"]
half = derive("half", "part / 2", number.unit, lambda part: part / 2, part=number,
              name=Text("de helft"), words=Text("deel"))
say(nl="Tot en met {last}.", last=year(2020), source=["7"], role="through")
say(nl="De kop is {x:0.00}.", x=number, role="headline")
say(nl="Dat is {x:0.000} of {x:range 0.0}.", x=half, role="finding")
say(nl="{x:0.00} als kerncijfer.", x=number, role="key")""".replace("part / 2", "part + part").replace(
    '"half", "part + part"', '"half", "part + part"').replace("lambda part: part + part",
    "lambda part: part + part")
TABLE = """import pandas as pd
frame = pd.DataFrame({"row": ["a"], "x": [number]})
show_table(frame, {"row": Column(Text("rij"), names={"a": Text("eerste")}),
                   "x": Column(Text("getal"), "0.00")}, caption=Text("Een tabel met {x:0.00}."),
           x=number)"""


def dutch():
    """A notebook of which every text is in Dutch alone."""
    cells = [
        new_markdown_cell("# Wat is de vraag?", metadata={"tags": ["nl"]}),
        new_code_cell(DUTCH),
        new_markdown_cell("## Deel\n\nUitleg.", metadata={"tags": ["nl"]}),
        new_code_cell(TABLE),
    ]
    return new_notebook(cells=cells, metadata={"annex": {"nl": "Vraag"}})


def page(root, name):
    return BeautifulSoup((root / "annex-draft" / name).read_text(encoding="utf-8"), "html.parser")


def test_a_draft_in_one_language_is_built(project, capsys):
    root = project(_01_a=dutch(), _02_b=notebook("x = 1"))
    print(main(["build", "--only", "01_a"]))
    print(capsys.readouterr().err)
    print(main(["build"]))
    print(capsys.readouterr().err)
    print(page(root, "en/01_a.html"))
    print(page(root, "en/evidence-01_a.html").find_all("main"))
    print(page(root, "index.html").find_all("main"))
    assert 0
