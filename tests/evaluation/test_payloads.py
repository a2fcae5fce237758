"""Hostile words by every way that words come to a page: seen as they are written, or refused."""

import csv
import fcntl
import json
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest
from nbformat.v4 import new_markdown_cell, new_output
from selectolax.lexbor import LexborHTMLParser

from conftest import ROOT, mistakes, notebook, once
from helpers import present
from helpers.annex.pages import render
from helpers.annex.pages.labels import labels
from helpers.errors import DataError, NotebookError
from helpers.language import Text
from helpers.present import MIME, Column
from helpers.tables import descriptor, frames, publication
from payloads import ALL, DRAWN, HIDDEN, NAME, SEEN, hostile_project

PAGES = ["index", "en/index", *(f"{lang}/{name}" for lang in ("nl", "en") for name in (
    "01_hostile", "evidence", "evidence-claims", "evidence-series", "evidence-01_hostile"
))]  # fmt: skip
ELEMENTS = set(
    """html head meta title link body a header p nav ol li main div ul section h1 h2 h3 span small
    b i em strong pre details summary code table caption thead tbody tr th td figure picture source
    img figcaption data time dl dt dd q cite footer""".split()  # noqa: SIM905
)
SVG = "http://www.w3.org/2000/svg"


@pytest.fixture(scope="session")
def hostile(tmp_path_factory, worker_id):
    """The annex of a hostile project, built once for all that look at it."""
    base = tmp_path_factory.getbasetemp()
    base = base if worker_id == "master" else base.parent
    root = base / "hostile"
    with (base / "hostile.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not root.exists():
            hostile_project(root)
            # In a process of its own: this one may hold the browser's event loop.
            build = [Path(sys.executable).parent / "annex", "build", "--project", root]
            subprocess.run([*build, "--no-cache"], check=True)
    return root / "annex"


def flat(text: str) -> str:
    return " ".join(text.split())


def found(annex, page: str, selector: str) -> set[str]:
    """The texts of elements, or, after `@`, the values of an attribute, as HTML5 has them."""
    selector, _, attribute = selector.partition("@")
    nodes = LexborHTMLParser((annex / f"{page}.html").read_text(encoding="utf-8")).css(selector)
    return {flat(n.attributes[attribute] if attribute else n.text()) for n in nodes}


# Where each of them stands by itself: page, elements, and what stands around it.
EACH = {
    "output of print": ("01_hostile", ".body > pre", "{}"),
    "typed and filled sentence": ("01_hostile", ".text > p", "HERE: {} {}"),
    "cell": ("01_hostile", "td", "{}"),
    "cell that heads a row": ("01_hostile", "tbody th", "{}"),
    "sign before a cell": ("01_hostile", ".mark", "{}"),
    "place name": ("01_hostile", "#tabel-2 tbody th, #table-2 tbody th", "{}"),
    "title of a source": ("01_hostile", ".sources cite", "{}"),
    "address of a source": ("01_hostile", ".sources a", "https://example.org/{}"),
    "link to a source": ("01_hostile", ".sources a@href", "https://example.org/{}"),
    "subject in the register": ("evidence", "summary", "{}"),
    "printed words in the register": ("evidence", "summary q", "{}"),
    "note in the register": ("evidence", ".entries dd", "{}"),
    "publisher in the register": ("evidence", "#content td", "{}"),
    "how a copy came here": ("evidence", "#content td:nth-child(4)", "{}"),
    "link to a publisher": ("evidence", "#content td a@href", "https://example.org/{}"),
    "statement of a claim": ("evidence-claims", "summary", "{}"),
    "remark on a claim": ("evidence-claims", ".entries dd", "{}"),
    "note of a series": ("evidence-series", "td", "{}"),
}


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("channel", EACH)
def test_hostile_words_are_seen(hostile, channel, lang):
    """Each of them is read on the page as it is written, and is nothing else."""
    page, selector, form = EACH[channel]
    blank = "" if "example.org" in form else " "
    form = form.replace("HERE", "Hier" if lang == "nl" else "Here")
    wanted = {form.format(*[blank.join(words.split())] * 2) for words in SEEN}
    shown = found(hostile, f"{lang}/{page}", selector)
    if selector == "summary":  # beside a number or a verdict
        shown = {each for each in wanted if any(each in text for text in shown)}
    assert not wanted - shown


# Where all of them stand in one text.
TOGETHER = {
    "sentence": ("nl/01_hostile", ".headline > p"),
    "heading of a column": ("nl/01_hostile", "thead th"),
    "heading on a card": ("nl/01_hostile", "td[data-l]@data-l"),
    "caption": ("nl/01_hostile", "caption"),
    "short name": ("nl/01_hostile", "header nav a"),
    "description of a page": ("nl/01_hostile", "meta[name]@content"),
    "title of a table": ("nl/evidence-series", "h2"),
    "label of a table": ("nl/evidence-series", "section[aria-label]@aria-label"),
    "name of a row": ("nl/evidence-series", "tbody th"),
    "label of a theme": ("nl/evidence", "h2"),
    "label of a remove": ("nl/evidence", "#content td"),
    "unit": ("nl/evidence-01_hostile", "summary > b"),
    "title of a sheet": ("nl/evidence-01_hostile", "title"),
    "keys of rows": ("nl/evidence-01_hostile", ".entries dd"),
    "title of the package": ("index", "h1"),
    "description of the package": ("index", ".about > p"),
    "title in the head": ("index", "title"),
    "description in the head": ("index", "meta[name]@content"),
    "headline": ("index", ".first p"),
}


NAMED = ("short name", "title of a sheet", "title of the package", "title in the head")


@pytest.mark.slow
@pytest.mark.parametrize("channel", TOGETHER)
def test_hostile_names_are_seen(hostile, channel):
    """All of them together are read as they are written, in names and labels."""
    page, selector = TOGETHER[channel]
    wanted = SEEN if channel == "keys of rows" else [NAME if channel in NAMED else ALL]
    shown = found(hostile, page, selector)
    assert all(any(flat(words) in text for text in shown) for words in wanted)


@pytest.mark.slow
def test_hostile_words_about_charts_are_seen(hostile):
    """They are read in the alternative text, the caption, and the words of the picture."""
    alts = " ".join(found(hostile, "en/01_hostile", "figure.chart img@alt"))
    captions = " ".join(found(hostile, "en/01_hostile", "figcaption"))
    paths = sorted((hostile / "charts").glob("*-en-wide.svg"))
    texts = [t for path in paths for t in ElementTree.parse(path).iter(f"{{{SVG}}}text")]
    words = flat(" ".join("".join(text.itertext()) for text in texts))
    assert len(DRAWN) > 50
    for each in map(flat, DRAWN):
        assert each in alts and each in captions and each in words


@pytest.mark.slow
def test_hostile_words_in_downloads_are_no_formula(hostile):
    """No cell of a CSV file starts as a formula, numbers apart; other words are as they were."""
    cells = set()
    for path in (hostile / "charts").glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            cells |= {cell for row in csv.reader(stream) for cell in row}
    number = re.compile(r"-?\d+(\.\d+)?(e[+-]\d+)?")
    risky = re.compile(r"(^|[;\t\r\n])\s*[=+\-@＝＋－＠\t\r\n]")
    assert not {cell for cell in cells if risky.search(cell) and not number.fullmatch(cell)}
    assert {"'@SUM(A:A)", "'+cmd|' /C calc'!A", 'x;\'=HYPERLINK("//evil.example")'} <= cells
    plain = {words for words in DRAWN if not risky.search(words)}
    assert len(plain) > 45 and plain <= cells


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_pages_hold_no_stray_element(hostile, page):
    """An HTML5 parser finds the elements of the templates, no handler, style or odd address."""
    tree = LexborHTMLParser((hostile / f"{page}.html").read_text(encoding="utf-8"))
    nodes = [node for node in tree.root.traverse() if node.is_element_node]
    assert {node.tag for node in nodes} <= ELEMENTS
    names = {name for node in nodes for name in node.attributes}
    assert not {name for name in names if name.startswith("on") or name in ("style", "ping")}
    addresses = {node.attributes.get(name) for node in nodes for name in ("href", "src", "srcset")}
    own = re.compile(r"(\.\./)*(nl|en|charts)?/?[\w.#%-]*|data:,|https://example\.org/.*", re.S)
    series = re.compile(r"https://[a-z.-]+/[\w./~?=&%-]*")
    assert not {a for a in addresses - {None} if not (own.fullmatch(a) or series.fullmatch(a))}
    assert "stored" not in tree.body.text()
    assert mistakes((hostile / f"{page}.html").read_text(encoding="utf-8")) == []


LOOK = """() => {
  const all = [...document.querySelectorAll('*')];
  return {
    scripts: document.scripts.length,
    handlers: all.filter(e => e.getAttributeNames().some(n => n.startsWith('on'))).length,
    odd: [...document.links].map(a => a.protocol)
      .filter(p => !['file:', 'https:', 'mailto:'].includes(p)),
    frames: frames.length,
    inside: all.filter(e => e.shadowRoot || e.localName === 'template').length,
  };
}"""
NOTHING = {"scripts": 0, "handlers": 0, "odd": [], "frames": 0, "inside": 0}


@pytest.mark.slow
@pytest.mark.browser
def test_nothing_runs_in_a_browser(hostile, chromium):
    """In Chromium, without the policy that would stop them, no page and no picture runs a script,
    has a handler or an odd link, or asks anything of the network."""
    heard = []
    context = chromium.new_context(bypass_csp=True)
    tab = context.new_page()
    tab.on("dialog", lambda dialog: (heard.append(dialog.message), dialog.dismiss()))
    tab.on("pageerror", lambda error: heard.append(str(error)))
    tab.on("console", lambda message: heard.append(message.text))
    context.on("request", lambda r: r.url.startswith(("file:", "data:,")) or heard.append(r.url))
    paths = [*(hostile / f"{page}.html" for page in PAGES), *sorted(hostile.glob("charts/*.svg"))]
    for path in paths:
        tab.goto(path.resolve().as_uri())
        if path.suffix == ".html":
            tab.evaluate("() => document.querySelectorAll('details').forEach(d => d.open = true)")
            assert tab.evaluate(LOOK) == NOTHING, path
    context.close()
    assert (len(paths) > 20, heard) == (True, [])


@pytest.mark.browser
def test_a_script_would_be_noticed(chromium, tmp_path):
    """The look into the browser sees what it looks for."""
    (tmp_path / "a.html").write_text("<a href='javascript:x'>x</a><p onclick='x'><script></script>")
    tab = chromium.new_page()
    tab.goto((tmp_path / "a.html").as_uri())
    assert tab.evaluate(LOOK) == NOTHING | {"scripts": 1, "handlers": 1, "odd": ["javascript:"]}
    tab.close()


# What is refused.


def test_hidden_characters_in_cells_are_refused(tiny):
    """Each of them is told with file, row and column, all in one run."""
    with (tiny / "places.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([["place"], ["Utrecht"], *([p] for p in HIDDEN.values())])
    told = [str(problem) for problem in frames.problems(tiny)]
    assert len(told) == len(HIDDEN)
    for row, line in enumerate(told, 3):
        assert f"places.csv, row {row}, column place: found " in line
        assert line.isprintable() and len(line) < 400


@pytest.mark.parametrize("column", ["id", "year", "cost", "direction", "listed", "when", "place"])
def test_hidden_characters_are_refused_in_every_kind_of_column(tiny, column):
    """Whatever the type of a column, none of them is read as a value."""
    good = dict(zip("id year cost direction listed when".split(), "v 1995 1 out true 1995".split(),  # noqa: SIM905
                    strict=True), place="Utrecht")  # fmt: skip
    made = [good | {"id": f"v-{n}"} | {column: p} for n, p in enumerate(HIDDEN.values())]
    with (tiny / "visits.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([good, *(row.values() for row in made)])
    told = [str(problem) for problem in frames.problems(tiny)]
    for row in range(2, len(HIDDEN) + 2):
        assert any(f"visits.csv, row {row}, column {column}: found" in line for line in told)


@pytest.mark.parametrize("cut", [b"\xff", b"\xed\xa0\x80", b"\xc0\xbc", b"\xf4\x90\x80\x80"])
def test_bytes_that_are_no_text_are_refused(tiny, cut):
    """Half a character, one written too long, or beyond the last: file, row and column."""
    path = tiny / "visits.csv"
    path.write_bytes(path.read_bytes().replace(b"1995-01", b"19" + cut))
    (problem,) = frames.problems(tiny)
    assert problem.place.endswith("visits.csv, row 2, column when")
    assert "not UTF-8" in problem.found


PARTS = {
    "title": lambda p, w: p.update(title=w),
    "description_nl": lambda p, w: p.update(description_nl=w),
    "name": lambda p, w: p.update(name=w),
    "resources places.title": lambda p, w: p["resources"][0].update(title=w),
    "resources visits.row.label": lambda p, w: p["resources"][1].update(row={"label": w}),
    "resources visits.schema.fields year.title_nl":
        lambda p, w: p["resources"][1]["schema"]["fields"][1].update(title_nl=w),
    "resources visits.schema.fields direction.categories out.label":
        lambda p, w: p["resources"][1]["schema"]["fields"][3]["categories"][0].update(label=w),
}  # fmt: skip


@pytest.mark.parametrize("where", PARTS)
def test_hidden_characters_in_the_descriptor_are_refused(tiny, where):
    """Each of them is told with its place in the descriptor."""
    path = tiny / descriptor.FILE
    before = path.read_text(encoding="utf-8")
    for words in [*HIDDEN.values(), "a\ud800b"]:
        changed = json.loads(before)
        PARTS[where](changed, words)
        path.write_text(json.dumps(changed), encoding="utf-8")
        with pytest.raises(DataError, match=re.escape(f"{descriptor.FILE}, {where}: found")):
            descriptor.read(tiny)


@pytest.mark.parametrize("words", [None, 7, ["<b>"], {"nl": "x"}])
def test_what_is_no_text_is_refused(tiny, words):
    """A title that is a number, a list or nothing is told by its place."""
    path = tiny / descriptor.FILE
    changed = json.loads(path.read_text(encoding="utf-8")) | {"title": words}
    path.write_text(json.dumps(changed), encoding="utf-8")
    with pytest.raises(DataError, match=r"title: found .*; expected words"):
        descriptor.read(tiny)


def made(book) -> tuple[list[str], str]:
    """What is wrong with a notebook that has run, and its page in Dutch."""
    bodies = render.bodies("01_a", book)
    problems = [str(problem) for body in bodies for problem in body.problems]
    return problems, "".join(bodies[0].content[:3])


def shown(monkeypatch, show) -> dict:
    """What a helper would display."""
    outputs = []
    monkeypatch.setattr(present, "publish_display_data", outputs.append)
    show()
    return outputs[0]


def with_output(data: dict):
    book = notebook("x = 1")
    book.cells[2].outputs = [new_output("display_data", data=data)]
    return book


def _prose(words):
    book = notebook()
    own = zip(("nl", "en"), ("Hier", "Here"), strict=True)
    book.cells += [
        new_markdown_cell(f"{words}\n\n{here}", metadata={"tags": [lang]}) for lang, here in own
    ]
    return book


def _stream(words):
    book = notebook("x")
    book.cells[2].outputs = [new_output("stream", text=words)]
    return book


WAYS = {
    "prose": _prose,
    "code": lambda words: notebook(words),
    "text": lambda words: with_output({"text/plain": words}),
    "stream": _stream,
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", [kind for kind in HIDDEN if kind != "too long"])
def test_hidden_characters_in_a_notebook_are_refused(way, kind):
    """In prose, code and outputs they are told with notebook and cell."""
    if (way, kind) == ("stream", "escape"):
        return  # a colour of a terminal, which is taken out
    told, _ = made(WAYS[way](HIDDEN[kind]))
    assert told
    where = "the cell that begins " if way == "prose" else "cell [1]: found "
    assert all(line.startswith(f"notebooks/01_a.ipynb, {where}") for line in told)
    assert all(line.isprintable() for line in told)


SHOWS = {
    "sentence": lambda w: present.say(nl="{x}", en="{x}", x=w, source=["7"]),
    "cell": lambda w: present.show_table(
        pd.DataFrame({"a": [w]}), {"a": Column(Text("a", "a"))}, caption=Text("c", "c"),
        source=["7"]),
    "heading": lambda w: present.show_table(
        pd.DataFrame({"a": ["x"]}), {"a": Column(Text(w, w))}, caption=Text("c", "c"),
        source=["7"]),
    "caption": lambda w: present.show_table(
        pd.DataFrame({"a": ["x"]}), {"a": Column(Text("a", "a"))}, caption=Text(w, w),
        source=["7"]),
}  # fmt: skip


@pytest.mark.parametrize("way", SHOWS)
def test_hidden_characters_that_are_shown_are_refused(monkeypatch, way):
    """What a cell shows by a helper is told with notebook and cell, too."""
    for kind, words in HIDDEN.items():
        if kind not in ("too long", "carriage return"):
            told, _ = made(with_output(shown(monkeypatch, lambda w=words: SHOWS[way](w))))
            assert told and "notebooks/01_a.ipynb, cell [1]: found" in told[0], kind


@pytest.mark.parametrize("names", [{"nl": "a\u202eb"}, {"en": "\x00"}, {"nl": 5}, "x1", ["y"]])
def test_odd_short_names_are_refused(names):
    """A short name that hides something, or is none, is told with its notebook."""
    book = notebook("x = 1")
    book.metadata["annex"] = names
    told, _ = made(book)
    assert any("notebooks/01_a.ipynb, metadata annex" in line for line in told) or names == ["y"]


# Prose that is refused; all other is shown, HTML in it as text.
FOREIGN = {
    "[x](javascript:alert())", "![x](//evil.example/x.png)", "<javascript:alert()>",
    "[x](vbscript:x)", "[x](data:text/html,x)", "[x][y]\n\n[y]: JaVaScript:x",
    "![x](https://evil.example/x.png)", "![x](data:image/svg+xml,x)", "![x](attachment:x.svg)",
    "[x](javascript&colon;alert\\(\\))", "- [ ] x", "| a |\n|:-:|\n| b |", "[x](//evil.example)",
}  # fmt: skip
PROSE = [
    *SEEN, *sorted(FOREIGN - set(SEEN)), "```mermaid\n<img src=x onerror=alert()>\n```",
    "```html\n<script>alert()</script>\n```", "```<script>\nx\n```", "    <script>",
    "$<script>alert()</script>$", "$$\n</p><script>alert()</script>\n$$",
    "\\begin{x}\n<script>\n\\end{x}", "[x](https://example.org/?<script>\"onclick=y)",
    "[x](<https://example.org/ \"onclick=\"y> 'on\"click=x')", "# <script>x</script>\n\n## \"><b>",
    "<div\nonclick=x>\n\n*a*\n\n</div>", "a&#x3C;b",
]  # fmt: skip


@pytest.mark.parametrize("words", PROSE)
def test_prose_is_text(words):
    """Markdown gives headings, lists, links and code; HTML in it is shown, and what would lead to
    a script or load a file from elsewhere is refused with notebook and cell."""
    told, html = made(_prose(words))
    assert bool(told) == (words in FOREIGN), told
    begins = "notebooks/01_a.ipynb, the cell that begins "
    refused = re.compile(f"{re.escape(begins)}.*: found (?:<|a picture in prose;)", re.S)
    assert all(map(refused.match, told))
    if not told:
        tree = LexborHTMLParser(html)
        nodes = [node for node in tree.body.traverse() if node.is_element_node]
        assert {node.tag for node in nodes} <= ELEMENTS | {"blockquote", "hr", "br", "del"}
        assert {name for n in nodes for name in n.attributes} <= {"href", "class", "id", "title"}
        links = {node.attributes["href"] for node in tree.css("a")}
        ours = ("https://example.org/", "#source-")
        assert not {link for link in links if not link.startswith(ours)}
        letters = re.sub(r"[\W_]", "", re.sub(r"]\(.*|```\w*|\\", "", words))
        assert letters in re.sub(r"[\W_]", "", tree.body.text())


RICH = [
    "text/html", "text/vnd.mermaid", "text/latex", "text/markdown", "image/png", "image/jpeg",
    "image/svg+xml", "application/pdf", "application/javascript", "application/json",
    "application/vnd.jupyter.widget-view+json", "application/vnd.plotly.v1+json", "x",
]  # fmt: skip


@pytest.mark.parametrize("kind", RICH)
def test_other_outputs_are_refused(monkeypatch, kind):
    """An output of another kind than text is told with notebook, cell and kind, alone or beside
    one that a helper made."""
    good = shown(monkeypatch, lambda: SHOWS["sentence"]("x"))
    assert made(with_output(good))[0] == []
    for data in ({kind: "<script>alert()</script>", "text/plain": "x"}, good | {kind: "x"}):
        if data.keys() != good.keys():
            told, html = made(with_output(data))
            assert all(line.startswith("notebooks/01_a.ipynb, cell [1]: found") for line in told)
            assert told and kind in told[0]
            assert "alert" not in html


def test_metadata_of_an_output_is_left_aside(monkeypatch):
    """What an output says of its size or place never becomes an attribute."""
    book = with_output(shown(monkeypatch, lambda: SHOWS["sentence"]("x")))
    book.cells[2].outputs[0].metadata = {"image/png": {"width": '"><script>'}, "width": "onload"}
    told, html = made(book)
    assert told == [] and "onload" not in html and "&quot;&gt;" not in html


SPOILS = {
    "script": lambda b: b["nl"].update(html="<p><script>alert()</script></p>"),
    "handler": lambda b: b["nl"].update(html="<p onclick='x'>x</p>"),
    "style": lambda b: b["nl"].update(html="<p style='x'>x</p>"),
    "drawing": lambda b: b["nl"].update(html="<svg></svg>"),
    "address": lambda b: b["nl"].update(html="<a href='java&#9;script:x'>x</a>"),
    "picture": lambda b: b["nl"].update(html="<img src='//evil.example/x.png'>"),
    "source": lambda b: b["sources"][0].update(label={"nl": "x"}),
    "no source": lambda b: b.update(sources=[{}]),
    "kind": lambda b: b.update(kind="x"),
    "no language": lambda b: b.pop("nl"),
    "evidence": lambda b: b.update(evidence=["x"]),
    "number": lambda b: b["nl"].update(html=5),
    "style sheet": lambda b: b["nl"].update(html="<link rel='stylesheet' href='../style.css'>"),
    "policy": lambda b: b["nl"].update(html="<meta http-equiv='Content-Security-Policy'>"),
}  # fmt: skip


@pytest.mark.parametrize("spoil", SPOILS)
def test_forged_outputs_are_refused(monkeypatch, spoil):
    """What a helper would never write is told with notebook and cell, not shown."""
    data = shown(monkeypatch, lambda: SHOWS["sentence"]("x"))
    SPOILS[spoil](data[MIME])
    told, _ = made(with_output(data))
    told = [line for line in told if "a second time" not in line]  # as the last cell says it, too
    assert told
    assert all(line.startswith("notebooks/01_a.ipynb, cell [1]: found") for line in told)


def test_forged_address_of_a_source_is_refused(monkeypatch):
    """A source that leads to a script stops the build, wherever its link would stand."""
    from helpers.annex.rules import page_rules

    data = shown(monkeypatch, lambda: SHOWS["sentence"]("x"))
    data[MIME]["sources"][0] |= {"group": "statistics", "url": "javascript:alert()"}
    book = with_output(data)
    bodies = render.bodies("01_a", book)
    words = labels(publication.read(ROOT / "data"))
    page = render.pages(bodies, lambda html: html, lambda id: "stated", words, once)[0]
    told = map(str, page_rules.problems(page, page.files, {}))
    assert any("leading to 'javascript:alert()'" in problem for problem in told)


@pytest.mark.parametrize("name", ["01_a'b", '01_"onload=x', "01_<b>", "01_a#b", "01_a&b", "01_a?b"])
def test_names_that_no_address_holds_are_refused(project, name):
    """A notebook whose name has a meaning in addresses is told by its name."""
    from helpers.annex.plan.plan import Plan

    root = project(**{name: notebook("x = 1")})
    with pytest.raises(NotebookError, match="a name that no URL can hold"):
        Plan(root, root / "data", root / "annex")
