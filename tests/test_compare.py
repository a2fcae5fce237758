"""Two manifests and the pages of two annexes: what moved is told by its id."""

import hashlib
from pathlib import Path

import pytest

from helpers.annex.verify import compare


def item(value=5, low=4, high=6, **more) -> dict:
    return {"id": "trade-01", "value": value, "low": low, "high": high, "unit": "EUR", **more}


@pytest.mark.parametrize(
    ("new", "note", "now"),
    [
        (item(5.5), "moved by +0.5; inside the published range", "5.5 [4, 6] EUR"),
        (item(7, 7, 7), "moved by +2; outside the published range", "7 EUR"),
        (item(None, None, None), "unknown now", "? EUR"),
        (item(9, None, None), "moved by +4; outside the published range", "9 [..., ...] EUR"),
        (item(5, 3, 6), "the same value with another range", "5 [3, 6] EUR"),
        (item(unit="USD"), "the same value, of other unit", "5 [4, 6] USD"),
        (item(8, pages=["01_a"]), "moved by +3; outside the published range (01_a)",
         "8 [4, 6] EUR"),
    ],
)  # fmt: skip
def test_a_number_that_moved(new, note, now):
    """A number is told with old and new, the difference, and whether its old range holds it."""
    (told,) = compare.numbers([item()], [new])
    assert (told.name, told.note.en, told.was, told.now) == ("trade-01", note, "5 [4, 6] EUR", now)


def test_numbers_that_stay_come_and_go():
    """What is the same is not told, wherever it is printed; what came or went is."""
    assert not list(compare.numbers([item()], [item(pages=["02_b"])]))
    (gone,) = compare.numbers([item()], [])
    (new,) = compare.numbers([], [item()])
    assert (gone.note.en, new.note.en) == ("no longer there", "new")


def claims(**more) -> dict:
    return {"claims": [{"id": "claim-1", "internal": "reproduced", "external": None, **more}]}


def test_a_verdict_that_flipped():
    """A claim is told when its verdict is another, or when it is tested otherwise."""
    (told,) = compare.verdicts(claims(), claims(internal="contradicted"))
    assert (told.note.en, told.was, told.now) == ("flipped", "reproduced", "contradicted")
    (told,) = compare.verdicts(claims(), claims(external="consistent"))
    assert told.now == "reproduced; by a series consistent"
    (told,) = compare.verdicts(claims(), claims(operation="sum"))
    assert told.note.en == "the same verdict, of other operation"
    assert not list(compare.verdicts(claims(), claims()))


def annex(folder: Path, **files: str) -> dict:
    """A manifest of nothing but files, which are written."""
    outputs = {}
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_csv", ".csv").replace("_html", ".html")
        path = Path(str(path).replace("_svg", ".svg"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        digest = hashlib.sha256(text.encode()).hexdigest()
        outputs[str(path.relative_to(folder))] = {"sha256": digest, "bytes": len(text)}
    return {
        "inputs": {}, "outputs": outputs, "environment": {}, "tables": {}, "quantities": [],
        "claims": [], "publishers": [], "coverage": {},
    }  # fmt: skip


def test_charts_and_texts_that_changed(tmp_path):
    """A chart is told by its numbers or its drawing, a page by its words or its form."""
    old, new = tmp_path / "old", tmp_path / "new"
    was = annex(
        old, **{"charts__a-1-nl_csv": "1", "charts__a-1-nl-wide_svg": "x"},
        **{"charts__a-2-nl-wide_svg": "x", "nl__a_html": "<p>een</p><p>2</p>"},
        **{"nl__b_html": "<p>een</p>", "style.css": "a"},
    )  # fmt: skip
    now = annex(
        new, **{"charts__a-1-nl_csv": "2", "charts__a-1-nl-wide_svg": "y"},
        **{"charts__a-2-nl-wide_svg": "y", "nl__a_html": "<p>een</p><p>3</p>"},
        **{"nl__b_html": "<p>een </p>", "style.css": "b"},
    )  # fmt: skip
    told = {d.name: (d.part, d.note.en) for d in compare.results(was, now, old, new)}
    now["coverage"], now["publishers"] = {"bound": 1}, [{"id": "cbs"}]
    more = [d.name for d in compare.results(was, now, old, new) if d.name not in told]
    assert more == ["manifest.json: publishers", "manifest.json: coverage"]
    assert told == {
        "charts/a-1-nl": ("chart", "other numbers"),
        "charts/a-2-nl": ("chart", "the same numbers, drawn otherwise"),
        "nl/a.html": ("text", "1 lines gone, 1 new"),
        "nl/b.html": ("text", "the same words in another form"),
        "style.css": ("other", "changed"),
    }
