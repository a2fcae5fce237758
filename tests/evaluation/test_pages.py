"""The built pages as a reader meets them: counted in the HTML, and opened in a real browser."""

import csv
import hashlib
import json
import platform
import re
from functools import cache

import nbformat
import pytest
from bs4 import BeautifulSoup

from conftest import NAMES, ROOT, SHEETS, mistakes
from helpers.annex.release.manifest import read as read_manifest
from helpers.claims.verdicts import VERDICTS
from helpers.tables import frames

ABOUT = [f"{lang}/{name}.html" for lang in ("nl", "en") for name in SHEETS]
PAGES = [f"{lang}/{name}.html" for lang in ("nl", "en") for name in NAMES]


@cache  # many tests read the same pages
def soup(built, page: str) -> BeautifulSoup:
    return BeautifulSoup((built / page).read_text(encoding="utf-8"), "html.parser")


@pytest.mark.parametrize("page", PAGES)
def test_every_chart_and_table_arrives(built, page):
    """A page has the charts and tables that its notebook shows, each in a section that names its
    sources, or, for a table on a page of its own, a link to it."""
    book = nbformat.read(ROOT / "notebooks" / f"{page[3:-5]}.ipynb", as_version=4)
    code = "\n".join(cell.source for cell in book.cells if cell.cell_type == "code")
    found = soup(built, page)
    assert len(found.select("figure.chart")) == code.count("show_chart(\n")
    tables, apart = found.select("main .table[id] > table"), found.select("main a.apart")
    assert len(tables) + len(apart) == code.count("show_table(\n")
    for item in [*found.select("figure.chart"), *tables]:
        after = item.find_next(lambda e: e.name == "h2" or e.get("class") == ["source"])
        assert after.name == "small", item.get("id")
    for link in apart:
        own = soup(built, f"{page[:3]}{link['href']}")
        assert len(own.select("main .table[id] > table")) == 1
        assert own.select_one(".sources li") is not None


@pytest.mark.parametrize("page", ["index.html", *PAGES, *ABOUT])
def test_pages_are_html_without_a_mistake(built, page):
    """Every element ends where it is written to, so that all readers of HTML find the same page."""
    assert mistakes((built / page).read_text(encoding="utf-8")) == []


def test_drawings_fetch_nothing(built):
    """In a drawing, which is also opened by itself, an address is a mark of the same file, and no
    style brings in anything."""
    paths = sorted((built / "charts").glob("*.svg"))
    assert paths
    for path in paths:
        drawn = re.sub(r"url\(#\w+\)", "", path.read_text(encoding="utf-8"))
        assert not re.search(r"url\s*\(|@import|@font-face|image-set|\\", drawn, re.I), path


@pytest.mark.parametrize("page", [*PAGES, *ABOUT])
def test_links_inside_the_annex_lead_somewhere(built, page):
    """Every link, picture and anchor of a page exists."""
    found = soup(built, page)
    ids = {element["id"] for element in found.select("[id]")}
    register = {
        name: {element["id"] for element in sheet.select("[id]")}
        for name, sheet in sheets(built, page[:2]).items()
    }
    for element in found.select("[href], [src], [srcset]"):
        target = element.get("href") or element.get("src") or element.get("srcset")
        if target.startswith("#"):
            assert target[1:] in ids, target
        elif target.startswith("evidence") and "#" in target:
            name, id = target.split("#")
            assert id in register[name], target
        elif not re.match(r"https?:|data:", target):
            assert (built / page).parent.joinpath(target).resolve().is_file(), target


def sheets(built, lang: str) -> dict[str, BeautifulSoup]:
    """The pages of the register by file name."""
    return {p.name: soup(built, f"{lang}/{p.name}") for p in (built / lang).glob("evidence*.html")}


def entries(built, lang: str) -> dict:
    """The entries of the register that are numbers, by address."""
    return {
        f"{name}#{part['id']}": part if part.name == "tr" else part.parent
        for name, sheet in sheets(built, lang).items()
        if name not in ("evidence-claims.html", "evidence-errors.html")
        for part in sheet.select("details > dl[id], table.entries tbody tr[id]")
        if not part["id"].startswith(("source-", "file-"))
    }  # fmt: skip


def own_pages(built, lang: str) -> dict[str, list[BeautifulSoup]]:
    """The pages of each notebook: its own, and those of its tables that stand apart."""
    return {
        path.stem: [soup(built, f"{lang}/{each.name}")
                    for each in [path, *(built / lang).glob(f"{path.stem}-table-*.html")]]
        for path in (built / lang / f"{name}.html" for name in [*NAMES, "five_minutes"])
    }  # fmt: skip


def places(part) -> set[str]:
    """The notebooks' pages that a part of a sheet links to."""
    linked = {link["href"].removesuffix(".html") for link in part.select("a[href$='.html']")}
    return linked & {*NAMES, "five_minutes"}


def says_where(entry):
    """The part of a sheet that says where a number is printed: its entry, or, where that says
    nothing, the line for all entries of the sheet that are not inputs alone."""
    here = entry.find_parent("main").select_one("p.home")
    said = {"Gebruikt in", "Used in"} & {dt.text for dt in entry.select("dt")}
    return here if here and not said and not entry.find_parent(id="inputs") else entry


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_register_has_an_entry_for_every_number(built, lang):
    """Every number of every page leads to an entry that names the page, and the other way."""
    found = entries(built, lang)
    printed = {}
    for name, pages in own_pages(built, lang).items():
        for data in [data for page in pages for data in page.main.select("data")]:
            assert data.parent.name == "a"
            printed.setdefault(data.parent["href"], set()).add(name)
    named = {address: places(says_where(entry)) for address, entry in found.items()}
    assert set(printed) <= set(found)
    assert {address: pages for address, pages in named.items() if pages} == printed


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_no_entry_is_idle(built, lang):
    """An entry is printed on a page, reported by the evaluation, or an input of another entry."""
    found = entries(built, lang)
    inputs = {
        link["href"] if ".html" in link["href"] else address.split("#")[0] + link["href"]
        for address, entry in found.items()
        for link in entry.select("dd a[href]")
    }
    reported = {f"evidence.html#{id}" for id in frames.load("quantities", ROOT / "data").id}
    for address, entry in found.items():
        shown = places(says_where(entry))
        assert shown or address in reported or address in inputs, address
    assert reported <= set(found)


def test_manifest_has_the_same_numbers(built):
    """The file for machines has every number and verdict, and every input is one of them."""
    manifest = read_manifest(built)
    quantities = {item["id"]: item for item in manifest["quantities"]}
    assert set(quantities) == {address.split("#")[1] for address in entries(built, "nl")}
    for item in quantities.values():
        assert ("row" in item) != ("derivation" in item)
        assert set(item.get("derivation", {}).get("inputs", {}).values()) <= set(quantities)
    assert quantities["investment-06"]["low"] == 1.5
    assert quantities["investment-06"]["place"]["en"] == "evaluation, section 5.1.1"
    assert quantities["investment-06"]["claims"] == ["claim-21"]
    assert quantities["investment-08"]["claims"] == ["claim-20", "claim-21", "claim-84"]
    assert quantities["investment-06"]["pages"] == ["02_investment_jobs", "06_claims_audit"]
    assert "claims" not in quantities["goods_trade.2002_China_border_crossing_imports"]
    assert sum(manifest["coverage"].values()) > manifest["coverage"]["bound"] > 1000


def test_manifest_lists_what_the_annex_was_made_of(built):
    """Every table, notebook and helper, the lock file and every other file of the annex stands in
    the manifest with its SHA-256; versions are those of the lock file."""
    manifest = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    inputs, outputs = manifest["inputs"], manifest["outputs"]
    for path in ("data/report/quantities.csv", "data/datapackage.json", "requirements.lock",
                 "notebooks/01_trade_growth.ipynb", "src/helpers/measures.py",
                 "src/helpers/annex/pages/template/annex/page.html.j2"):  # fmt: skip
        assert inputs[path] == hashlib.sha256((ROOT / path).read_bytes()).hexdigest(), path
    files = {str(p.relative_to(built)): p for p in built.rglob("*") if p.is_file()}
    assert set(outputs) == set(files) - {"manifest.json"}
    for name, output in outputs.items():
        content = files[name].read_bytes()
        assert output == {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    versions = manifest["environment"]
    assert versions["python"] == platform.python_version()
    assert f"pandas=={versions['pandas']} " in (ROOT / "requirements.lock").read_text()
    rows = manifest["tables"]["missions"]["rows"]
    assert len(rows) == 8 * len(frames.load("missions", ROOT / "data"))


def test_manifest_has_every_verdict(built):
    """Each claim has its verdicts, its operation and the rows that it was worked out from."""
    manifest = read_manifest(built)
    claims = {claim["id"]: claim for claim in manifest["claims"]}
    assert list(claims) == frames.load("claims", ROOT / "data").id.tolist()
    assert {claim["internal"] for claim in claims.values()} <= set(VERDICTS)
    letter = claims["claim-53"]
    assert (letter["operation"], letter["internal"]) == ("not_before", "contradicted")
    assert claims["claim-01"]["stated"] == "trade-05"
    (official,) = claims["claim-01"]["official"]
    assert official.startswith("goods_trade.2017_China")
    assert claims["claim-01"]["external"] == "reproduced"
    assert len(manifest["publishers"]) < len(frames.load("statistics_sources", ROOT / "data"))
    assert letter["rows"] == [
        {"table": "sources", "rows": ["source-43"]}, {"table": "missions", "rows": ["visit-26"]}
    ]  # fmt: skip


def test_register_tells_what_a_number_is(built):
    """An entry has the words as printed, the reading, the range, place, row and claims."""
    entry = soup(built, "en/evidence.html").select_one("#investment-06")
    for part in ("bijna verdubbeld", "Read as2", "1.5–2", "section 5.1.1"):
        assert part in entry.parent.text
    noted = soup(built, "en/evidence.html").select_one("#investment-09")
    assert "Footnote11" in noted.text and "section 5.1.1" in noted.parent.text
    claim = soup(built, "en/evidence-claims.html").select_one("#claim-21")
    assert entry.select_one('a[href="evidence-claims.html#claim-21"]') and claim
    for part in ("nearly doubled", "reproduced", "ratio", "at the end of 2017", "1.918"):
        assert part in claim.parent.text


def test_a_number_is_followed_to_its_rows(built):
    """From a share on the page to its formula, its inputs, and the row of the publisher."""
    page = soup(built, "en/02_investment_jobs.html")
    register = sheets(built, "en")

    def follow(href: str):
        name, id = href.split("#")
        return register[name or "evidence-02_investment_jobs.html"].select_one(f'[id="{id}"]')

    links = page.select('a[href^="evidence-02_investment_jobs.html#share"]')
    entry = follow(next(a["href"] for a in links if a.text == "6.8"))
    assert entry.select_one("code").text == "32 / 470 = 6.809%"
    inputs = [a["href"] for a in entry.select("dd a") if "#" in a["href"]]
    assert inputs[0] == "evidence.html#investment-13"
    row = follow(inputs[1])
    assert "China, companies, all activities, 2017" in row.text
    publisher = row.find_parent("table").select_one('a[href*="#source-"]')
    assert "Statistics Netherlands" in follow(publisher["href"]).text
    file = follow("evidence.html#file-chinese_companies")
    assert file.code.text.endswith("chinese_companies.csv")


def test_a_claim_leads_to_what_tests_it(built):
    """A claim on the page leads to its entry, with its verdict and rows."""
    page = soup(built, "nl/06_claims_audit.html")
    assert page.select_one('tr a[href="evidence-claims.html#claim-53"]').text == "claim-53"
    entry = soup(built, "nl/evidence-claims.html").select_one("#claim-53").parent.text
    for part in ("tegengesproken", "niet eerder dan", "source-43", "visit-26"):
        assert part in entry


def test_formulas_speak_the_readers_language(built):
    """Names of inputs are Dutch on a Dutch page."""
    text = soup(built, "nl/evidence-02_investment_jobs.html").main.text
    assert "deel / geheel" in text
    assert "part / whole" not in text


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
            assert figure.select_one("details.data p").text.endswith(f": {figure.img['alt']}")
            assert len(figure.select("details.data tbody tr")) > 1


@pytest.mark.parametrize("page", PAGES)
def test_alt_text_says_what_is_seen(built, page):
    """Alternative texts are sentences with figures, each its own."""
    texts = [image["alt"] for image in soup(built, page).select("figure img")]
    assert len(set(texts)) == len(texts)
    assert all(len(text) > 40 and re.search(r"\d", text) for text in texts)


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
                if other in cell.metadata.get("tags", []):
                    last = re.sub(r"^[-#\s]*|[*`]", "", cell.source.split("\n")[-1])[:60]
                    assert last and (last not in text or last == book.metadata.annex[other])


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
    for path in sorted((built / "charts").glob("*.svg")):
        state = tab.evaluate(LABELS, path.read_text(encoding="utf-8"))
        assert state["labels"] > 0
        if state["clashes"] or state["over"]:
            bad[path.name] = state
    tab.close()
    assert bad == {}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_light(built, page):
    """A page weighs at most 300 kB with its style and the charts that a browser loads for it."""
    lang, name = page[:2], page[3:-5]
    parts = [
        built / page,
        built / "style.css",
        *(built / "charts").glob(f"{name}-*-{lang}-wide.svg"),
    ]
    assert sum(part.stat().st_size for part in parts) <= 300_000


@pytest.mark.parametrize("page", ABOUT)
def test_a_sheet_of_the_register_is_light(built, page):
    """A sheet of the register weighs at most 300 kB."""
    assert (built / page).stat().st_size + (built / "style.css").stat().st_size <= 300_000


def test_the_annex_is_light(built):
    """The whole annex weighs at most 800 kB for each of its themes: with seven 5.6 MB."""
    weight = sum(path.stat().st_size for path in built.rglob("*") if path.is_file())
    assert weight <= 800_000 * len(NAMES)


def test_data_of_charts_can_be_downloaded(built):
    """The file behind each chart has as many rows as its table, a heading and UTF-8's mark."""
    for name in NAMES:
        for figure in soup(built, f"nl/{name}.html").select("figure.chart"):
            path = built / "nl" / figure.select_one("a[download]")["href"]
            text = path.read_text(encoding="utf-8")
            assert text.startswith("\ufeff")
            lines = list(csv.reader(text.removeprefix("\ufeff").splitlines()))
            assert len(lines) == len(figure.select("details.data tr"))


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize(
    ("name", "page"), [("missions", "03_mission_timeline"), ("outcomes", "05_results")]
)
def test_a_row_stands_with_its_note(built, lang, name, page):
    """The note of each row, and the rows that it was read with, stand in its row of the table of
    all rows, which has a page of its own and the id of each row last."""
    rows = frames.load(name, ROOT / "data").set_index("id")
    link = soup(built, f"{lang}/{page}.html").select("main a.apart")[-1]
    (shown,) = soup(built, f"{lang}/{link['href']}").select("main table")
    found = {row.select("td")[-1].text: row.text for row in shown.select("tbody tr")}
    assert len(found) > 50
    for id, text in found.items():
        note, others = rows.loc[id, [f"note_{lang}", "read_with"]].fillna("")
        assert note in text and others.replace(";", ", ") in text
