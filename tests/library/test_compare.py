"""Two manifests and the pages of two annexes: what moved is told by its id."""

import hashlib
import os
import shutil
from pathlib import Path

import pytest

from helpers.annex.verify import compare, numbers
from helpers.annex.verify.differences import CHANGED, Difference


def item(value=5, low=4, high=6, **more) -> dict:
    return {"id": "trade-01", "value": value, "low": low, "high": high, "unit": "EUR"} | more


@pytest.mark.parametrize(
    ("new", "note", "now"),
    [
        (item(5.5), "moved by +0.5; inside the published range", "5.5 (4 to 6) EUR"),
        (item(7, 7, 7), "moved by +2; outside the published range", "7 EUR"),
        (item(None, None, None), "unknown now", "? EUR"),
        (item(9, None, None), "moved by +4; outside the published range", "9 (... to ...) EUR"),
        (item(5, 3, 6), "the same value with another range", "5 (3 to 6) EUR"),
        (item(unit="USD"), "the same value, but other: unit", "5 (4 to 6) USD"),
        (item(8, pages=["01_a"]), "moved by +3; outside the published range (01_a)",
         "8 (4 to 6) EUR"),
    ],
)  # fmt: skip
def test_a_number_that_moved(new, note, now):
    """A number is told with old and new, the difference, and whether its old range holds it."""
    (told,) = numbers.numbers([item()], [new])
    was = "5 (4 to 6) EUR"
    assert (told.name, told.note.en, told.was.en, told.now.en) == ("trade-01", note, was, now)


def test_a_number_in_dutch():
    """A number and its difference have a decimal comma in Dutch, and a point in English."""
    (told,) = numbers.numbers([item(0.5, 0.25, 1.5)], [item(1.75, 1.5, None)])
    assert tuple(told.was) == ("0,5 (0,25 tot 1,5) EUR", "0.5 (0.25 to 1.5) EUR")
    assert tuple(told.now) == ("1,75 (1,5 tot ...) EUR", "1.75 (1.5 to ...) EUR")
    assert told.note.nl == "verschil +1,25; buiten de gepubliceerde bandbreedte"


def test_numbers_that_stay_come_and_go():
    """What is the same is not told, wherever it is printed; what came or went is."""
    assert not list(numbers.numbers([item()], [item(pages=["02_b"])]))
    (gone,) = numbers.numbers([item()], [])
    (new,) = numbers.numbers([], [item()])
    assert (gone.note.en, new.note.en) == ("no longer there", "new")


def claims(**more) -> dict:
    return {"claims": [{"id": "claim-1", "internal": "reproduced", "external": None, **more}]}


def test_a_verdict_that_flipped():
    """A claim is told when its verdict is another, or when it is tested otherwise."""
    (told,) = numbers.verdicts(claims(), claims(internal="contradicted"))
    assert (told.note.en, told.was.en, told.now.nl) == ("flipped", "reproduced", "tegengesproken")
    (told,) = numbers.verdicts(claims(), claims(external="consistent"))
    assert tuple(told.now) == (
        "klopt bij narekenen; volgens een reeks verenigbaar",
        "reproduced; by a series consistent",
    )
    (told,) = numbers.verdicts(claims(), claims(operation="sum"))
    assert told.note.en == "the same verdict, but other: operation"
    assert not list(numbers.verdicts(claims(), claims()))


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
        "inputs": {}, "contents": {}, "outputs": outputs, "environment": {}, "tables": {},
        "quantities": [], "claims": [], "publishers": [], "coverage": {},
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
    assert more == ["manifest.json: coverage", "manifest.json: publishers"]
    assert told == {
        "charts/a-1-nl": ("chart", "other data behind it"),
        "charts/a-2-nl": ("chart", "the same data, drawn differently"),
        "nl/a.html": ("text", "lines gone: 1, new: 1"),
        "nl/b.html": ("text", "the same words in another form"),
        "style.css": ("other", "changed"),
    }


def test_what_else_differs_in_a_manifest_is_told(tmp_path):
    """Nothing of a forged manifest is passed over: not a page, a kind of number or a new name."""
    was = annex(tmp_path)
    for forged in ({"more": 1}, {"coverage": {"bound": True}}, {"tables": {"a": 1}}):
        now = {**was, "coverage": {"bound": 1}} if "coverage" in forged else was
        (told,) = compare.results({**was, **forged}, now, tmp_path, tmp_path)
        assert told.name == f"manifest.json: {next(iter(forged))}"
    (told,) = compare.results(
        {**was, "quantities": [item(pages=["x"])]}, {**was, "quantities": [item()]},
        tmp_path, tmp_path,
    )  # fmt: skip
    assert told.name == "manifest.json: quantities"


def test_charts_that_came_and_went(tmp_path):
    """A chart that is only in one annex is new or gone, not one of other numbers."""
    one = annex(tmp_path / "a", **{"charts__a-1-nl_csv": "1"})
    none = annex(tmp_path / "b")
    (gone,) = compare.results(one, none, tmp_path, tmp_path)
    (new,) = compare.results(none, one, tmp_path, tmp_path)
    assert (gone.note.en, new.note.en) == ("no longer there", "new")


def test_a_count_moves(tmp_path):
    """A count, whose id is another when a row comes, is told with old and new by its place."""
    page = (
        '<p><a href="evidence-a.html#{}"><data value="1">1</data></a> van '
        '<a href="evidence-a.html#all"><data value="9">9</data></a></p>'
    )
    old, new = tmp_path / "old", tmp_path / "new"
    was = annex(old, nl__a_html=page.format("count-1"))
    now = annex(new, nl__a_html=page.format("count-2"))
    derived = {"measure": "count", "inputs": {}}
    was["quantities"] = [item(57, 57, 57, id="count-1", derivation=derived)]
    now["quantities"] = [item(58, 58, 58, id="count-2", derivation=derived)]
    told = compare.results(was, now, old, new)[0]
    assert (told.name, told.note.en) == ("count-1", "moved by +1; outside the published range")
    assert (told.was.en, told.now.en) == ("57 EUR", "58 EUR, count-2")
    now["quantities"][0]["unit"] = "USD"
    assert [d.note.en for d in compare.results(was, now, old, new)][:2] == [
        "no longer there", "new"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("was", "now"),
    [('alt="from 1 to 9"', 'alt="from 8 to 9"'), ('src="a.svg"', 'src="b.svg"'), ('id="x"', "")],
)
def test_an_attribute_that_was_changed_is_shown(tmp_path, was, now):
    """An address or an alternative text that differs is told in full, though the words agree."""
    old = annex(tmp_path / "a", nl__a_html=f"<p>een <img {was}></p>")
    new = annex(tmp_path / "b", nl__a_html=f"<p>een <img {now}></p>")
    (told,) = compare.results(old, new, tmp_path / "a", tmp_path / "b")
    assert told.note.en.startswith("the same words; attributes (such as addresses) gone: 1, new")
    assert (told.was, told.now) == (f"img {was}", f"img {now}" if now else "")


def test_what_a_link_leads_to_is_not_shown(tmp_path):
    """A page that is a link, alone or by its folder, is not read: it may lead to a reader's own
    file."""
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "a.html").write_text("my own key")
    now = annex(tmp_path / "b", nl__a_html="een")
    for name, folder in (("x", "nl/a.html"), ("y", "nl")):
        was = annex(tmp_path / name, nl__a_html="my own key")
        shutil.move(tmp_path / name / folder, tmp_path / f"gone-{name}")
        target = tmp_path / "own" / ("a.html" if name == "x" else "")
        (tmp_path / name / folder).symlink_to(target)
        (told,) = compare.results(was, now, tmp_path / name, tmp_path / "b")
        assert (told.was, told.now) == ("", "een")


def test_a_page_without_end_is_not_read(tmp_path):
    """A page larger than any table is not read into memory; it is told all the same."""
    was = annex(tmp_path / "a", nl__a_html="nul")
    now = annex(tmp_path / "b", nl__a_html="een")
    os.truncate(tmp_path / "a" / "nl" / "a.html", 16_000_001)
    (told,) = compare.results(was, now, tmp_path / "a", tmp_path / "b")
    assert (told.was, told.now) == ("", "een")


def test_what_a_copy_says_instead(tmp_path):
    """A page that was edited after the build is shown with what was built, where the rerun gives
    just that."""
    was = annex(tmp_path / "a", nl__a_html="<p>11,3</p><p>b</p>")
    now = annex(tmp_path / "b", nl__a_html="<p>11,3</p><p>b</p>")
    (tmp_path / "a" / "nl" / "a.html").write_text("<p>21,3</p><p>b</p>")
    sides = was, now, tmp_path / "a", tmp_path / "b"
    told = compare.edited(Difference("file", "nl/a.html", CHANGED, "12 bytes", "13 bytes"), *sides)
    assert (told.was, told.now) == ("11,3", "21,3")
    assert told.note.en == "changed; lines gone: 1, new: 1"
    other = Difference("file", "nl/b.html", CHANGED, "12 bytes", "13 bytes")
    assert compare.edited(other, *sides) == other
    moved = annex(tmp_path / "c", nl__a_html="<p>31,3</p><p>b</p>")
    sides = was, moved, tmp_path / "a", tmp_path / "c"
    told = Difference("file", "nl/a.html", CHANGED, "12 bytes", "13 bytes")
    assert compare.edited(told, *sides) == told


def test_one_number_that_moved_hides_no_other(tmp_path):
    """A forged note of one number is told, though another number moved."""
    was = annex(tmp_path / "a") | {"quantities": [item(), item(id="b", claims=["claim-1"])]}
    now = annex(tmp_path / "b") | {"quantities": [item(9), item(id="b", claims=["claim-2"])]}
    names = [each.name for each in compare.results(was, now, tmp_path / "a", tmp_path / "b")]
    assert names == ["trade-01", "manifest.json: quantities"]


@pytest.mark.parametrize(
    "bomb",
    [
        "<div>" * 100_000, "<ul><li><b>" * 100_000, "<div>" * 6000, "<div></b>" * 6000,
        f"<p {' '.join(f'a{number}' for number in range(2000))}>", "<p>" + "een " * 300_000,
    ],
    ids=["tags", "lists", "deep", "deep and ended", "attributes", "large"],
)  # fmt: skip
def test_a_page_that_is_a_bomb_is_not_read(tmp_path, bomb):
    """A page that was made to keep a parser busy for minutes is told without being read: by its
    tags, their depth, their attributes or its size; one of a thousand elements is read."""
    was = annex(tmp_path / "a", nl__a_html=bomb + "een")
    now = annex(tmp_path / "b", nl__a_html=f"{'<i>' * 999}<br>{'</i>' * 999}<i></i><i>twee")
    (told,) = compare.results(was, now, tmp_path / "a", tmp_path / "b")
    assert (told.was, told.now) == ("", "twee")


def test_the_rows_of_a_changed_table_are_not_told_twice(tmp_path):
    """Other digests of rows are no difference of their own when a table changed: its input is."""
    was = annex(tmp_path) | {"inputs": {"data/a.csv": "1"}, "tables": {"a": 1}}
    now = annex(tmp_path) | {"inputs": {"data/a.csv": "2"}, "tables": {"a": 2}}
    assert list(compare.results(was, now, tmp_path, tmp_path)) == []
