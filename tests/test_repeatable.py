import pytest
from nbformat.v4 import new_output

from conftest import notebook
from helpers.annex.repeatable import unrepeatable

PLACES = {"the folder of the data": "/home/ann/een map/data"}


def ran(text: str, kind: str = "stream"):
    """A notebook whose first code cell gave a text."""
    book = notebook("first", "second")
    data = {"text": text} if kind == "stream" else {"data": {"text/plain": text}}
    book.cells[2].outputs = [new_output(kind, **data)]
    return book


@pytest.mark.parametrize("kind", ["stream", "display_data"])
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("here <object object at 0x7f3a5c0d2e50> is", "<object object at 0x7f3a5c0d2e50>"),
        ("<function f at 0x000001F2A3B4C5D6>", "<function f at 0x000001F2A3B4C5D6>"),
        ('<code object f at 0x7f3a5c0d, file "x", line 1>', "<code object f at 0x7f3a5c0d"),
        ('File "/var/x/ipykernel_42/77.py", line 1', "/var/x/ipykernel_42/77.py"),
        ("in /home/ann/een map/data/x.csv", "/home/ann/een map/data"),
    ],
)
def test_what_no_build_repeats_is_found(text, found, kind):
    """Addresses in memory, files of cells and folders of this machine, in printed or shown text."""
    [(number, said, _)] = unrepeatable(ran(text, kind), PLACES)
    assert (number, said) == (3, found)


@pytest.mark.parametrize(
    "text",
    ["0x7f3a5c0d2e50", "at 0x1F", "<b>at noon</b>", "data/x.csv", "a < b at 3 > c", "web/data/x"],
)
def test_other_text_is_left_alone(text):
    """A number in base sixteen, markup and names of files inside the project are no such thing."""
    assert list(unrepeatable(ran(text), {**PLACES, "a folder at the root": "/data"})) == []
