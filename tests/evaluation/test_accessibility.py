"""The built pages in a real browser, as WCAG asks: axe-core, reflow, large text, print, no noise.

Every check also meets a page that is broken on purpose, where it must fail.
"""

import io
import re
import unicodedata

import pypdf
import pytest
from bs4 import BeautifulSoup

from browser import COLOURS, NO_STRAYS, Tab
from conftest import NAMES, SHEETS
from helpers.annex.run.notebook_files import BRIEF

APART = ["05_results-table-3", "06_claims_audit-table-6"]  # of tables with a page of their own
OWN = [*NAMES, BRIEF, *APART, *SHEETS, f"evidence-{BRIEF}"]
PAGES = ["index", "en/index", *(f"{lang}/{name}" for lang in ("nl", "en") for name in OWN)]
# One page of each kind: all pages of a kind have one template and one style.
COLOURED = ["index", "en/02_investment_jobs", "nl/06_claims_audit", f"nl/{BRIEF}",
            "en/05_results-table-3", "nl/evidence-04_province_budgets", "en/evidence-errors",
            "nl/evidence-claims", "en/evidence-series"]  # fmt: skip
FOCUS = """() => {
  const e = document.activeElement, place = e.getBoundingClientRect(), style = getComputedStyle(e);
  return {at: e.textContent, seen: place.left >= 0 && place.top >= 0 && place.width > 0,
          outline: `${style.outlineStyle} ${style.outlineWidth}`};
}"""
CURRENT = "() => document.querySelector('.contents a:target-current')?.hash"


@pytest.mark.browser
@pytest.mark.parametrize("page", PAGES)
def test_page_is_accessible(built, chromium, page):
    """Nothing strays at 320 and 1280 px, with all that is folded opened; the page logs nothing and
    asks nothing of the network. No rule of axe-core is broken: on a phone in Dutch and on a desktop
    in English; colours, which take longest, on a page of each kind, light and dark."""
    with Tab(chromium, built / f"{page}.html") as tab:
        for width in (320, 1280):
            tab.at(width, "light")
            assert tab.strays() == NO_STRAYS
            if (width == 320) == page.startswith(("nl", "index")):
                assert tab.violations(without=COLOURS) == []
        for scheme in ("light", "dark") if page in COLOURED else ():
            tab.at(1280, scheme)  # colours do not depend on the width
            assert tab.violations(COLOURS) == []
        assert (tab.noise, tab.outside) == ([], [])


@pytest.mark.browser
@pytest.mark.parametrize("page", ["index", "nl/00_summary", "en/06_claims_audit", "nl/evidence"])
def test_text_can_be_twice_as_large(built, chromium, page):
    """With text at 200 % nothing strays on a desktop."""
    with Tab(chromium, built / f"{page}.html") as tab:
        tab.tab.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
        assert tab.strays() == NO_STRAYS


@pytest.mark.browser
def test_keyboard_comes_to_the_content_first(built, chromium):
    """The first stop of the Tab key is a visible link that leads past the menu, and focus shows."""
    with Tab(chromium, built / "nl/00_summary.html") as tab:
        tab.tab.keyboard.press("Tab")
        state = tab.tab.evaluate(FOCUS)
        assert state == {"at": "Naar de inhoud", "seen": True, "outline": "solid 3px"}
        tab.tab.keyboard.press("Enter")
        assert tab.tab.url.endswith("#content")
        tab.tab.keyboard.press("Tab")
        assert tab.tab.evaluate("() => !!document.activeElement.closest('main')")


@pytest.mark.browser
def test_contents_show_where_one_is(built, chromium):
    """The list of contents marks the section that is read."""
    with Tab(chromium, built / "nl/00_summary.html") as tab:
        tab.tab.emulate_media(reduced_motion="reduce")  # at once, not gliding
        for place in ("gegevens", "de-opties"):
            tab.tab.goto(f"{(built / 'nl/00_summary.html').as_uri()}#{place}")
            tab.tab.wait_for_timeout(300)
            assert tab.tab.evaluate(CURRENT) == f"#{place}"


@pytest.mark.browser
def test_readers_own_settings_are_kept(built, chromium):
    """With colours of the reader's own the finding keeps its edge and charts their white; in the
    dark charts are dark; on paper no table is cut; with less motion the page does not glide."""
    with Tab(chromium, built / "nl/00_summary.html") as tab:
        tab.tab.emulate_media(forced_colors="active", color_scheme="dark")
        edge, filtered = tab.tab.evaluate("""() => [
            getComputedStyle(document.querySelector('.finding > p')).borderLeftWidth,
            getComputedStyle(document.querySelector('figure img')).filter]""")
        assert (edge, filtered) == ("4px", "none")
        tab.tab.emulate_media(forced_colors="none", color_scheme="dark")
        dark = "() => getComputedStyle(document.querySelector('figure img')).filter"
        assert tab.tab.evaluate(dark) == "invert(1) hue-rotate(180deg)"
        tab.tab.emulate_media(media="print")
        cut = "() => getComputedStyle(document.querySelector('.table')).overflowX"
        assert tab.tab.evaluate(cut) == "visible"
        glide = "() => getComputedStyle(document.documentElement).scrollBehavior"
        for motion, behaviour in (("no-preference", "smooth"), ("reduce", "auto")):
            tab.tab.emulate_media(reduced_motion=motion)
            assert tab.tab.evaluate(glide) == behaviour


def close(words: str) -> str:
    """Text without spaces and ligatures, which paper has otherwise."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", words))


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_print_loses_nothing(built, chromium, lang):
    """On paper the folded tables, background and sources are there, but no code, and the pages are
    numbered."""
    path = built / lang / "02_investment_jobs.html"
    page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    tab = chromium.new_page()
    tab.goto(path.as_uri())
    printed = pypdf.PdfReader(io.BytesIO(tab.pdf(prefer_css_page_size=True)))
    tab.close()
    text = close("".join(leaf.extract_text() for leaf in printed.pages))
    folded = [part.get_text() for part in page.select("details.data td, details.data caption")]
    beginnings = page.select("details.background p, .sources li")  # the rest may be overleaf
    folded += [part.get_text()[:40] for part in beginnings]
    assert [words for words in folded if close(words) not in text] == []
    assert close(page.select_one("details.code pre").get_text()[:60]) not in text
    assert f"1/{len(printed.pages)}" in text


BROKEN = {
    "no alt text": (' alt="', ' data-x="', "image-alt"),
    "low contrast": ("</style>", "main p { color: #bbb }</style>", "color-contrast"),
    "low contrast in the dark": (
        "</style>", "@media (prefers-color-scheme: dark) { main p { color: #333 } }</style>",
        "dark color-contrast",
    ),
    "empty header": ("scope=col>", "scope=col></th><th scope=col>", "empty-table-header"),
    "no language": ("<html lang=en>", "<html>", "html-has-lang"),
    "sideways scroll": ("<main", '<div class="wide">x</div><main', "beyond"),
    "clipped words": ("<main", '<div class="cut">wwwwwwwwwwwwwwwwwwwwwww</div><main', "clipped"),
    "lost picture": ("-narrow.svg", "-gone.svg", "lost"),
    "picture from outside": ("src=../charts", "src=http://127.0.0.1:9/charts", "noise"),
    "inline script": ("<main", "<script>document.title = 'x'</script><main", "noise"),
    "inline style": ("<main", '<p style="color: red">x</p><main', "noise"),
}  # fmt: skip


@pytest.mark.browser
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_page_is_noticed(built, chromium, tmp_path, name):
    """Each thing that a page must not have is noticed on a page that has it."""
    old, new, told = BROKEN[name]
    page = (built / "en/02_investment_jobs.html").read_text(encoding="utf-8")
    style = (built / "style.css").read_text(encoding="utf-8")
    style += ".wide { width: 3000px } .cut { width: 40px; overflow: hidden; white-space: nowrap }"
    assert old in page or old == "</style>"
    if old == "</style>":
        style += new.removesuffix("</style>")
    (tmp_path / "en").mkdir()
    (tmp_path / "charts").symlink_to(built / "charts")
    (tmp_path / "style.css").write_text(style, encoding="utf-8")
    path = tmp_path / "en" / "broken.html"
    path.write_text(page.replace(old, new) if old in page else page, encoding="utf-8")
    with Tab(chromium, path) as tab:
        scheme = "dark" if told.startswith("dark") else "light"
        tab.at(320, scheme)
        found = [kind for kind, strays in tab.strays().items() if strays]
        found += ["noise"] if tab.noise else []
        if "color" in told:
            found += [f"{scheme} {rule}".removeprefix("light ") for rule in tab.violations(COLOURS)]
        elif not found:
            found = tab.violations(without=COLOURS)
    assert any(part.startswith(told) for part in found), found
