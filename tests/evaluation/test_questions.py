"""The notebook of questions: run as it stands in each language, and its controls moved by keyboard
in JupyterLab."""

import nbclient
import nbformat
import pytest

from browser import AXE, TAGS
from conftest import ROOT
from lab import Lab, running

PATH = ROOT / "notebooks" / "questions.ipynb"
# The controls of each view, in the order of Tab.
CONTROLS = [
    ["Partner", "Concept", "Flow", "Prices", "Base year"],
    ["Hedge", "Width"],
    ["Highest office named", "Subject", "Direction", "In Appendix 3", "From", "Up to"],
    ["Plus sign", "Footnotes", "Rank by", "Place of"],
    ["Subject", "Status", "Subject that returns", "Repetitions"],
]
# The key that changes what is shown, and the one that undoes it; by default the arrows.
KEYS = {"Base year": ("ArrowUp", "ArrowDown"), "Width": ("ArrowUp", "ArrowDown"),
        "From": ("End", "Home"), "Up to": ("Home", "End")}  # fmt: skip


def written(place, lang: str):
    """A copy of the notebook in a project of its own, set to a language."""
    text = PATH.read_text(encoding="utf-8")
    assert text.count(r"language(\"en\")") == 1
    (place / "notebooks").mkdir()
    copy = place / "notebooks" / f"{lang}.ipynb"
    copy.write_text(text.replace(r"language(\"en\")", rf"language(\"{lang}\")"), encoding="utf-8")
    (place / "data").symlink_to(ROOT / "data")
    return copy


@pytest.mark.parametrize("lang", ("nl", "en"))
def test_runs_as_it_stands(tmp_path, lang):
    """Each of the five views shows words and a picture in its language, each control has a label,
    and no cell warns."""
    book = nbformat.read(written(tmp_path, lang), as_version=4)
    assert not any(cell.get("outputs") for cell in book.cells)
    client = nbclient.NotebookClient(
        book, timeout=120, resources={"metadata": {"path": str(tmp_path / "notebooks")}}
    )
    client.execute()
    outputs = [output for cell in book.cells for output in cell.get("outputs", [])]
    assert {output.output_type for output in outputs} == {"display_data"}
    shown = [o.data["text/html"] for o in outputs if "text/html" in o.data]
    assert len(shown) == 5
    assert all(f'lang="{lang}"' in html and "<img alt=" in html for html in shown)
    assert not any("border-left" in html for html in shown)  # no warning, no error
    labels = [own["description"] for own in client.widget_state.values() if "index" in own]
    every = [name for own in CONTROLS for name in own]
    assert all(labels) and len(labels) == len(every)
    assert (labels == every) == (lang == "en")


@pytest.fixture(scope="module")
def lab(chromium, tmp_path_factory):
    """The notebook in English in JupyterLab, run to its end."""
    root = tmp_path_factory.mktemp("questions")
    written(root, "en")
    with (
        running(root, tmp_path_factory.mktemp("lab")) as address,
        Lab(chromium, address, "notebooks/en.ipynb") as opened,
    ):
        opened.run_all()
        yield opened


class ViewOnPage:
    """One view, by its number from the top."""

    def __init__(self, page, number: int):
        self.page = page
        self.box = page.locator(".jp-OutputArea .widget-vbox").nth(number)
        self.content = self.box.locator(".widget-html").element_handle()

    def labels(self) -> list[str]:
        lists = self.box.locator("select")
        return lists.evaluate_all("all => all.map(one => one.labels[0].textContent)")

    def press(self, key: str) -> None:
        """Press a key and wait until the view shows something else."""
        before = self.content.inner_html()
        self.page.keyboard.press(key)
        self.page.wait_for_function("([e, was]) => e.innerHTML !== was", arg=[self.content, before])


FOCUS = "() => document.activeElement.labels?.[0]?.textContent"


@pytest.mark.browser
def test_opens_without_requests_elsewhere(lab):
    """Controls come from this machine; the page logs no error, and each control has a label."""
    views = [ViewOnPage(lab.page, number) for number in range(5)]
    assert (lab.outside, lab.noise) == ([], [])
    assert [view.labels() for view in views] == CONTROLS


@pytest.mark.browser
def test_views_are_accessible(lab):
    """By the rules of WCAG A and AA that axe-core knows, labels, names and contrast among them."""
    lab.page.evaluate(AXE.read_text(encoding="utf-8"))
    found = lab.page.evaluate(
        """async tags => (await axe.run({include: [['.jp-OutputArea .widget-vbox']]},
             {runOnly: {type: 'tag', values: tags}})).violations
             .flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 120)}`))""",
        [tag for tag in TAGS if tag != "best-practice"],  # those are for a whole page
    )
    assert found == []


@pytest.mark.browser
def test_one_picture_is_seen(lab):
    """The copy for readers without a kernel is hidden where the controls work."""
    assert lab.page.locator(".jp-OutputArea-output img").count() == 10
    assert lab.page.locator(".jp-OutputArea-output img:visible").count() == 5


@pytest.mark.browser
@pytest.mark.parametrize("number", range(5))
def test_every_control_is_moved_by_keyboard(lab, number):
    """Tab goes through the controls in their order, and an arrow key redraws the view."""
    view = ViewOnPage(lab.page, number)
    back = number == 1  # the width first: at the published one no word changes anything
    view.box.locator("select").nth(-1 if back else 0).focus()
    for name in CONTROLS[number][:: -1 if back else 1]:
        assert lab.page.evaluate(FOCUS) == name
        key, undo = KEYS.get(name, ("ArrowDown", "ArrowUp"))
        view.press(key)
        if number in (2, 4):  # or the next choice would leave no row either
            view.press(undo)
        lab.page.keyboard.press("Shift+Tab" if back else "Tab")


@pytest.mark.browser
def test_letters_stay_in_a_list_and_commands_do_not(lab):
    """An x in a list cuts no cell; Ctrl-S still saves."""
    cells = lab.page.locator(".jp-NotebookPanel .jp-Cell").count()
    lab.page.locator(".jp-OutputArea .widget-vbox select").nth(-1).focus()
    for key in ("x", "a", "d", "d", "Enter"):
        lab.page.keyboard.press(key)
    with lab.page.expect_response(lambda answer: answer.request.method == "PUT") as saved:
        lab.page.keyboard.press("Control+s")
    assert saved.value.ok
    assert lab.page.locator(".jp-NotebookPanel .jp-Cell").count() == cells
