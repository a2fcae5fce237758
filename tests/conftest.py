"""What the tests share: a tiny data folder, a tiny project, a browser."""

from __future__ import annotations

import contextlib
import fcntl
import functools
import json
import os
import shutil
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from tinyhtml5.parser import HTMLParser

from helpers import locales
from helpers.annex.plan import imports
from helpers.errors import AnnexError
from helpers.evidence.arithmetic import Quantity
from helpers.evidence.intervals import UNKNOWN, Interval, exact
from helpers.evidence.rows import Row
from helpers.files.media_types import MIME

ROOT = Path(__file__).parent.parent
# Before the modules of tests are imported, which have texts in two languages: without it those of
# the folder that the tests are started in would hold, as of this project's own descriptor.
locales.set_languages(("nl", "en"))


@contextlib.contextmanager
def use_languages(codes: tuple[str, ...]):
    """Set the languages of the project inside the block."""
    before = locales.languages()
    locales.set_languages(codes)
    try:
        yield
    finally:
        locales.set_languages(before)


# Each build of a new project looks through the text of all modules, which are the same for all.
imports.imports = functools.cache(imports.imports)
EXAMPLE = ROOT / "tests" / "example"  # a small project whose data are made up, for library tests
NAMES = [path.stem for path in sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))]
SHEETS = [
    "evidence", "evidence-claims", "evidence-series", "evidence-errors",
    *(f"evidence-{name}" for name in NAMES),
]  # fmt: skip


def pytest_collection_modifyitems(items) -> None:
    """The campaigns come first: a test of a minute that begins last would leave the other processes
    idle."""
    items.sort(key=lambda item: item.path.name != "test_soak.py")


def titled(package: dict) -> dict:
    """A descriptor with its tables and columns called by their names in both languages, where it
    has no words for them."""
    for table in package["resources"]:
        for thing in (table, *table["schema"]["fields"]):
            thing.update({"title": thing["name"], "title_nl": thing["name"], **thing})
    return package


TINY = titled({
    "name": "tiny",
    "title": "Tiny", "title_nl": "Klein",
    "description": "A tiny package.", "description_nl": "Een klein pakket.",
    "annex": {"languages": ["nl", "en"]},
    "resources": [
        {
            "name": "places",
            "path": "places.csv",
            "schema": {
                "fields": [{"name": "place", "type": "string", "constraints": {"required": True}}],
                "primaryKey": ["place"],
            },
        },
        {
            "name": "visits",
            "path": "visits.csv",
            "schema": {
                "fields": [
                    {"name": "id", "type": "string", "constraints": {"required": True}},
                    {"name": "year", "type": "integer", "constraints": {"minimum": 1980}},
                    {"name": "cost", "type": "number"},
                    {
                        "name": "direction",
                        "type": "string",
                        "constraints": {"enum": ["out", "in"]},
                        "categories": [
                            {"value": "out", "label": "outgoing", "label_nl": "uitgaand"},
                            {"value": "in", "label": "incoming", "label_nl": "inkomend"},
                        ],
                    },
                    {"name": "listed", "type": "boolean"},
                    {"name": "when", "type": "string", "period": True},
                    {"name": "place", "type": "string"},
                ],
                "primaryKey": ["id"],
                "foreignKeys": [
                    {"fields": ["place"], "reference": {"resource": "places", "fields": ["place"]}}
                ],
            },
        },
    ],
})  # fmt: skip

VISITS = """id,year,cost,direction,listed,when,place
v-1,1995,12.5,out,true,1995-01,Utrecht
v-2,,,in,false,,
"""


@pytest.fixture
def tiny(tmp_path) -> Path:
    """A valid data folder with two small tables; a test spoils what it needs."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "datapackage.json").write_text(json.dumps(TINY), encoding="utf-8")
    (folder / "places.csv").write_text("place\nUtrecht\n", encoding="utf-8")
    (folder / "visits.csv").write_text(VISITS, encoding="utf-8")
    return folder


@pytest.fixture
def example_copy(tmp_path) -> Path:
    """A copy of the example's data that a test may change."""
    return Path(shutil.copytree(EXAMPLE / "data", tmp_path / "data"))


_EVALUATION = tuple(f"{ROOT / name}{os.sep}" for name in ("data", "notebooks"))
_touched: list[str] = []  # files of the evaluation, since the last test began


def _note(event: str, arguments: tuple) -> None:
    paths: list = []
    if event in ("open", "os.listdir", "os.scandir"):
        paths = [arguments[0]]
    elif event == "subprocess.Popen":
        paths = [each for each in arguments[1] if Path(os.fsdecode(each)).is_absolute()]
    for path in paths:
        if not isinstance(path, (int, type(None))):
            found = f"{os.path.realpath(os.fsdecode(path))}{os.sep}"
            _touched.extend([found] if found.startswith(_EVALUATION) else ())


sys.addaudithook(_note)


@pytest.fixture(autouse=True)
def _at_home(request, monkeypatch):
    """Tests of the library stand in the example, and fail if they, or a command that they name a
    path to, open this project's own data or notebooks: they would pass without them."""
    if ROOT / "tests" / "library" not in request.path.parents:
        yield
        return
    monkeypatch.chdir(EXAMPLE)
    _touched.clear()
    yield
    assert _touched == [], "a test of the library opens files of the evaluation"


@pytest.fixture(autouse=True)
def _in_two_languages() -> None:
    """Tests have the languages of this project, unless they say otherwise."""
    locales.set_languages(("nl", "en"))


@pytest.fixture(scope="session")
def _place_of_data(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("copy") / "data"


@pytest.fixture
def data_copy(_place_of_data) -> Path:
    """A copy of the project's data that a test may change: for all tests of a process in one place,
    so that a table that no test changed is parsed once."""
    shutil.rmtree(_place_of_data, ignore_errors=True)
    return Path(shutil.copytree(ROOT / "data", _place_of_data))


@pytest.fixture
def shown(monkeypatch):
    """What a notebook would display, in a kernel of the annex."""
    from helpers import present  # here, as it loads matplotlib

    outputs: list = []
    monkeypatch.setenv(present.PUBLISHED, "1")
    monkeypatch.setattr(present, "publish_display_data", outputs.append)
    return outputs


def q(
    number, low=None, high=None, *, unit: str = "EUR", id: str = "trade-01", period=()
) -> Quantity:
    """A reported number with the given bounds; exact when none are given, unknown for `None`."""
    origin = Row("quantities", id, "value", raw=f"ruim {number}", source=id, reported=True)
    if number is None:
        return Quantity(None, UNKNOWN, unit, origin, period)
    ends = (number, number) if low is None and high is None else (low, high)
    bounds = Interval(*(None if end is None else exact(end) for end in ends))
    return Quantity(exact(number), bounds, unit, origin, period)


def _said(role: str) -> dict:
    """A sentence as an output of helpers.present, without figures."""
    cited = {
        "id": "Summary",
        "group": "evaluation",
        "work": "",
        "lang": "",
        "url": "",
        **{part: {"nl": "", "en": ""} for part in ("label", "place", "detail")},
    }
    words = {"nl": {"html": f"<p>{role} nl</p>"}, "en": {"html": f"<p>{role} en</p>"}}
    own = {"kind": "text", "role": role, "sources": [cited], "shown": [], "evidence": []}
    return {MIME: {**own, **words}, "text/plain": role}


SAID = [_said(role) for role in ("through", "headline", "finding")]
# Shows them without the helpers, which take long to load in an ordinary kernel.
SAYS = f"for data in {SAID!r}:\n    display(data, raw=True)"


# Titles of another notebook than the first, as each has its own.
OTHER = {"title_nl": "Tweede", "title_en": "Second"}


def notebook(*code: str, title_nl: str = "Titel", title_en: str = "Title", said: bool = True):
    """A notebook in memory with a title in both languages, the given code cells, and, with `said`,
    a last one that says what each theme must; its outputs are there already."""
    cells = [
        new_markdown_cell(f"# {title_nl}", metadata={"tags": ["nl"]}),
        new_markdown_cell(f"# {title_en}", metadata={"tags": ["en"]}),
        *(new_code_cell(source) for source in code),
    ]
    if said:
        cells.append(new_code_cell(SAYS, outputs=[new_output("display_data", d) for d in SAID]))
    return new_notebook(cells=cells, metadata={"annex": {"nl": title_nl, "en": title_en}})


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A function that makes a project of tiny notebooks on the example's data, and goes there."""

    def make(**books) -> Path:
        root = tmp_path / "project"
        (root / "notebooks").mkdir(parents=True)
        (root / "data").symlink_to(EXAMPLE / "data", target_is_directory=True)
        for name, book in books.items():
            nbformat.write(book, root / "notebooks" / f"{name.removeprefix('_')}.ipynb")
        monkeypatch.chdir(root)
        return root

    return make


# A sentence with a number.
COUNTED = """from helpers import counts, tables
from helpers.present import say
say(nl="{x:0}", en="{x:0}", x=counts.count(tables.load("criteria").head(4)), source=["7"])"""


@pytest.fixture(scope="session")
def _built_project(tmp_path_factory) -> Path:
    from helpers.annex.cli import main

    root = tmp_path_factory.mktemp("built") / "project"
    (root / "notebooks").mkdir(parents=True)
    (root / "data").symlink_to(EXAMPLE / "data", target_is_directory=True)
    nbformat.write(notebook(COUNTED), root / "notebooks" / "01_a.ipynb")
    assert main(["build", "--project", str(root)]) == 0
    return root


@pytest.fixture
def built_project(_built_project, tmp_path, monkeypatch) -> Path:
    """A project of one tiny notebook, 01_a, whose annex and cache are there; the test stands in it
    and may change it."""
    root = Path(shutil.copytree(_built_project, tmp_path / "project", symlinks=True))
    monkeypatch.chdir(root)
    return root


@pytest.fixture(scope="session")
def built(tmp_path_factory, worker_id) -> Path:
    """The whole annex, built once from the project for all tests that look at its pages.

    Tests run in several processes; the first that asks builds, the others wait for it.
    """
    from helpers.annex.build import build
    from helpers.annex.plan.plan import Plan

    base = tmp_path_factory.getbasetemp()
    base = base if worker_id == "master" else base.parent
    with (base / "built.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        out = base / "built" / "annex"
        if not out.exists():
            build(Plan(ROOT, ROOT / "data", out))
    return out


def once(what, made_of, make):
    """As `Spool.once` in a first build."""
    return make()


def mistakes(html: str) -> list[str]:
    """The mistakes in a page, as the parser of another maker than the build's tells them: readers
    of HTML differ in what they make of one, so that words could hide there or close an element."""
    parser = HTMLParser()
    parser.parse(html)
    return [f"line {line}, column {column}: {code}" for (line, column), code, _ in parser.errors]


@pytest.fixture(scope="module")
def chromium():
    """Chromium as installed on this machine, driven by Playwright, whose event loop may not outlive
    the module: the tests of other modules start their own."""
    found = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium on this machine; in CI the page tests must run")
        pytest.skip("no Chromium on this machine: page tests need one")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def pango():
    """The tests of the PDF need Pango on the machine."""
    from helpers.annex.pdf import pdf

    try:
        pdf.ready()
    except AnnexError as error:
        if os.environ.get("CI"):
            pytest.fail(f"{error}; in CI the PDF tests must run")
        pytest.skip(str(error))


def judged(content: bytes) -> list[str]:
    """Rules of PDF/UA-1 that a file breaks, by an independent reading."""
    from page import validate_pdf_bytes

    return [failure.rule_id for failure in validate_pdf_bytes(content, profile="ua1").failures]
