"""The built pages as a reader meets them: counted in the HTML, and opened in a real browser."""

import hashlib
import json
import re

import nbformat
import pytest
from bs4 import BeautifulSoup

from conftest import ROOT
from helpers import tables
from helpers.claims import VERDICTS

NAMES = [path.stem for path in sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))]
PAGES = [f"{lang}/{name}.html" for lang in ("nl", "en") for name in NAMES]


def soup(built, page: str) -> BeautifulSoup:
    return BeautifulSoup((built / page).read_text(encoding="utf-8"), "html.parser")


@pytest.mark.parametrize("page", PAGES)
def test_every_chart_and_table_arrives(built, page):
    """A page has the charts and tables that its notebook shows, all numbered and sourced."""
    book = nbformat.read(ROOT / "notebooks" / f"{page[3:-5]}.ipynb", as_version=4)
    code = "\n".join(cell.source for cell in book.cells if cell.cell_type == "code")
    found = soup(built, page)
    assert len(found.select("figure.chart")) == code.count("show_chart(\n")
    assert len(found.select("main > .table > table")) == code.count("show_table(\n")
    assert all(item.select("small.source a") for item in found.select("figcaption, caption"))


@pytest.mark.parametrize("page", PAGES)
def test_links_inside_the_annex_lead_somewhere(built, page):
    """Every link, picture and anchor of a page exists."""
    found = soup(built, page)
    ids = {element["id"] for element in found.select("[id]")}
    register = soup(built, f"{page[:2]}/evidence.html")
    entries = {element["id"] for element in register.select("[id]")}
    for element in found.select("[href], [src], [srcset]"):
        target = element.get("href") or element.get("src") or element.get("srcset")
        if target.startswith("#"):
            assert target[1:] in ids, target
        elif target.startswith("evidence.html#"):
            assert target.split("#")[1] in entries, target
        elif not re.match(r"https?:|data:", target):
            assert (built / page).parent.joinpath(target).resolve().is_file(), target


ENTRIES = "section.entry, table.entries tbody tr"


def entries(built, lang: str) -> dict:
    """The entries of the register that are numbers, by id."""
    found = soup(built, f"{lang}/evidence.html").select(ENTRIES)
    return {
        e["id"]: e
        for e in found
        if e.has_attr("id") and not e["id"].startswith(("source-", "file-"))
    }


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_register_has_an_entry_for_every_number(built, lang):
    """Every number of every page leads to an entry that names the page, and the other way."""
    found = entries(built, lang)
    printed = {}
    for name in NAMES:
        page = soup(built, f"{lang}/{name}.html")
        assert all(data.parent.name == "a" for data in page.main.select("data"))
        for data in page.main.select("data"):
            printed.setdefault(data.parent["href"].split("#")[1], set()).add(name)
    named = {
        id: {name for name in NAMES if entry.select(f'a[href="{name}.html"]')}
        for id, entry in found.items()
    }
    assert set(printed) <= set(found)
    assert {id: pages for id, pages in named.items() if pages} == printed


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_no_entry_is_idle(built, lang):
    """An entry is printed on a page, reported by the evaluation, or an input of another entry."""
    found = entries(built, lang)
    inputs = {link["href"][1:] for entry in found.values() for link in entry.select('a[href^="#"]')}
    reported = set(tables.load("quantities", ROOT / "data").id)
    for id, entry in found.items():
        assert entry.select('a[href^="0"]') or id in reported or id in inputs, id
    assert reported <= set(found)


def test_manifest_has_the_same_numbers(built):
    """The file for machines has every number and verdict, and every input is one of them."""
    manifest = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    quantities = {item["id"]: item for item in manifest["quantities"]}
    assert set(quantities) == set(entries(built, "nl"))
    for item in quantities.values():
        assert ("row" in item) != ("derivation" in item)
        assert set(item.get("derivation", {}).get("inputs", {}).values()) <= set(quantities)
    assert quantities["investment-06"]["low"] == 1.5
    ledger = tables.load("claims", ROOT / "data")
    assert [claim["id"] for claim in manifest["claims"]] == ledger.id.tolist()
    assert {claim["internal"] for claim in manifest["claims"]} <= set(VERDICTS)
    assert sum(manifest["coverage"].values()) > manifest["coverage"]["bound"] > 1000


def test_register_tells_what_a_number_is(built):
    """An entry has the words as printed, the reading, the range, place, row and verdicts."""
    entry = soup(built, "en/evidence.html").select_one("#investment-06").text
    for part in ("bijna verdubbeld", "2 (factor)", "1.5 to 2", "section 5.1.1", "reproduced"):
        assert part in entry


def test_a_number_is_followed_to_its_rows(built):
    """From a share on the page to its formula, its inputs, and the row of the publisher."""
    page = soup(built, "en/02_investment_jobs.html")
    register = soup(built, "en/evidence.html")
    link = next(a for a in page.select('a[href^="evidence.html#share"]') if a.text == "6.8%")
    entry = register.select_one(link["href"].removeprefix("evidence.html"))
    assert "part / whole" in entry.text
    inputs = [a["href"] for a in entry.select('a[href^="#"]')]
    assert inputs[0] == "#investment-13"
    row = register.select_one(f'[id="{inputs[1][1:]}"]')
    assert "2017, China, Companies, All activities" in row.text
    source = register.select_one(row.select_one('a[href^="#source-"]')["href"])
    assert "Statistics Netherlands" in source.text
    assert register.select_one("#file-chinese_companies code").text.endswith(
        "chinese_companies.csv"
    )


def test_checksums_are_those_of_the_files(built):
    """The checksum beside each file is that of the table the annex was made from."""
    for row in soup(built, "nl/evidence.html").select('tr[id^="file-"]'):
        path, checksum = (code.text for code in row.select("code"))
        assert hashlib.sha256((ROOT / path).read_bytes()).hexdigest() == checksum


@pytest.mark.parametrize("name", NAMES)
def test_every_chart_has_its_data_as_a_table(built, name):
    """Behind each chart are its numbers, in words and as a table, in both languages."""
    for lang in ("nl", "en"):
        for figure in soup(built, f"{lang}/{name}.html").select("figure.chart"):
            assert figure.select_one("details.data p").text == figure.img["alt"]
            assert len(figure.select("details.data tbody tr")) > 1


@pytest.mark.parametrize("page", PAGES)
def test_alt_text_says_what_is_seen(built, page):
    """Alternative texts are sentences with figures, each its own."""
    texts = [image["alt"] for image in soup(built, page).select("figure img")]
    assert len(set(texts)) == len(texts)
    assert all(len(text) > 40 and re.search(r"\d", text) for text in texts)


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_say_the_same_numbers(built, name):
    """The values behind the sentences are the same on both pages, and written in each way."""
    pair = [soup(built, f"{lang}/{name}.html") for lang in ("nl", "en")]
    dutch, english = ([data["value"] for data in page.select("main data")] for page in pair)
    assert sorted(dutch) == sorted(english)
    assert len(dutch) > 10


def test_pages_write_numbers_as_their_language(built):
    """The same number has a decimal comma in Dutch and a point in English."""
    written = [
        next(d.text for d in soup(built, f"{lang}/02_investment_jobs.html").select("data")
             if d["value"] == "17.56")
        for lang in ("nl", "en")
    ]  # fmt: skip
    assert written == ["17,56", "17.56"]


def test_no_prose_in_the_wrong_language(built):
    """A Dutch page has no English prose cells and the other way round."""
    for name in NAMES:
        book = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
        for lang, other in (("nl", "en"), ("en", "nl")):
            text = soup(built, f"{lang}/{name}.html").main.text
            for cell in book.cells:
                if cell.metadata.get("tags") == [other]:
                    first = cell.source.split("\n")[-1][:60]
                    assert first not in text or first.startswith("#")


def test_no_script_and_no_request(built):
    """Pages hold no script, and nothing is loaded from outside the folder."""
    for page in [*PAGES, "index.html"]:
        found = soup(built, page)
        assert not found.select("script, iframe, object, embed, form")
        assert not found.select('[src^="http"], link[href^="http"], [style]')
        assert "default-src 'none'" in found.select_one("meta[http-equiv]")["content"]


OVERFLOW = """() => {
  const wide = [...document.querySelectorAll('main *')].filter(e =>
    !e.closest('.table, pre') && e.getBoundingClientRect().right > innerWidth + 1);
  const lost = [...document.images].filter(i => !i.complete || i.naturalWidth === 0);
  return {page: document.documentElement.scrollWidth - innerWidth,
          wide: wide.map(e => e.outerHTML.slice(0, 80)), lost: lost.map(i => i.src)};
}"""


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("page", [*PAGES, "nl/evidence.html", "en/evidence.html", "index.html"])
def test_opens_whole_in_a_browser(built, chromium, page, width):
    """Opened from the folder, a page shows all its charts, scrolls only down, and logs no error."""
    tab = chromium.new_page(viewport={"width": width, "height": 900})
    errors, requests = [], []
    tab.on("console", lambda message: errors.append(message.text))
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.on("request", lambda request: requests.append(request.url))
    tab.goto((built / page).as_uri())
    tab.wait_for_load_state("networkidle")
    state = tab.evaluate(OVERFLOW)
    tab.close()
    assert errors == []
    assert state == {"page": 0, "wide": [], "lost": []}
    assert not [url for url in requests if not url.startswith(("file:", "data:"))]


@pytest.mark.browser
def test_the_browser_test_can_fail(built, chromium, tmp_path):
    """The check of the page's width notices a page that scrolls sideways or lost a picture."""
    page = tmp_path / "broken.html"
    page.write_text("<main><p style='width:2000px'>x</p><img src='gone.svg'></main>")
    tab = chromium.new_page(viewport={"width": 360, "height": 900})
    tab.goto(page.as_uri())
    state = tab.evaluate(OVERFLOW)
    tab.close()
    assert state["page"] > 0
    assert len(state["wide"]) == 1
    assert len(state["lost"]) == 1


LABELS = """svg => {
  document.body.innerHTML = svg;
  const root = document.querySelector('svg'), page = root.getBoundingClientRect();
  // Words of one label are lines of one group; a box without its margin is what is seen.
  const groups = new Set([...root.querySelectorAll('text')].map(t => t.parentElement));
  const boxes = [...groups].map(g => {
    const all = [...g.querySelectorAll(':scope > text')].map(t => t.getBoundingClientRect());
    const [x, y] = [Math.min(...all.map(r => r.left)), Math.min(...all.map(r => r.top)) + 2];
    return {x: x, y: y, right: Math.max(...all.map(r => r.right)),
            bottom: Math.max(...all.map(r => r.bottom)) - 2};
  });
  const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.x, b.x) > 1 &&
    Math.min(a.bottom, b.bottom) - Math.max(a.y, b.y) > 1;
  const clashes = boxes.flatMap((a, i) => boxes.slice(i + 1).filter(b => meet(a, b)).map(b =>
    [a, b].map(r => [r.x, r.y, r.right, r.bottom].map(Math.round))));
  const over = boxes.filter(r => r.x < page.left - 1 || r.y < page.top - 1 ||
    r.right > page.right + 1 || r.bottom > page.bottom + 1);
  return {labels: boxes.length, clashes, over: over.map(r => [r.x, r.y, r.right, r.bottom])};
}"""


@pytest.mark.browser
def test_charts_are_not_clipped_and_labels_stand_apart(built, chromium):
    """In every chart, language and room, all words lie inside the picture and none overlap."""
    tab = chromium.new_page()
    bad = {}
    for path in sorted((built / "charts").iterdir()):
        state = tab.evaluate(LABELS, path.read_text(encoding="utf-8"))
        assert state["labels"] > 0
        if state["clashes"] or state["over"]:
            bad[path.name] = state
    tab.close()
    assert bad == {}
