"""The built pages in Firefox, a second engine beside the Chromium of the other page tests."""

import os
import shutil
import socket
import sys

import pytest

from firefox import firefox

PAGES = ["nl/00_summary.html", "en/01_trade_growth.html", "index.html", "en/evidence.html",
         "en/index.html", "nl/five_minutes.html"]  # fmt: skip
CSP = (
    "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; img-src 'self'"
    " data:; style-src 'self'; base-uri 'none'; form-action 'none'\">"
)
# clientWidth, not innerWidth: Firefox's scroll bar takes room, so 320 leaves 308 for the page.
STATE = """({
  sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  lost: [...document.images].filter(i => !i.complete || i.naturalWidth === 0).map(i => i.src),
  styled: getComputedStyle(document.body).margin === '0px',
})"""
GOOD = {"sideways": 0, "lost": [], "styled": True}


pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser():
    """Firefox as installed on this machine."""
    found = next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None)
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("no Firefox on this machine; in CI the page tests must run")
        pytest.skip("no Firefox on this machine: these page tests need one")
    with firefox(found) as running:
        yield running


def outside(browser) -> list[str]:
    """What the page asked for beyond its folder."""
    return [url for url in browser.requests if not url.startswith(("file:", "data:"))]


@pytest.mark.parametrize("width", [None, 320])
@pytest.mark.parametrize("page", PAGES)
def test_opens_whole_in_firefox(built, browser, page, width):
    """From its folder a page arrives with its style and pictures, scrolls only down, logs nothing
    and asks nothing of the network."""
    browser.open((built / page).as_uri(), width)
    assert browser.evaluate(STATE) == GOOD
    if width:
        assert browser.evaluate("innerWidth") == width
    assert browser.evaluate("document.images.length") == (built / page).read_text(
        encoding="utf-8"
    ).count("<img")
    assert browser.errors == []
    assert outside(browser) == []


def test_a_link_unfolds_what_it_leads_to(built, browser):
    """An entry of the register is seen when its address is opened."""
    browser.open(f"{(built / 'nl/evidence.html').as_uri()}#budgets-23")
    assert browser.evaluate("document.getElementById('budgets-23').checkVisibility()")
    assert browser.evaluate("scrollY > 100")


def test_the_checks_notice_a_broken_page(browser, tmp_path):
    """A lost image and stylesheet, a wide line, a forbidden script: each is seen."""
    page = tmp_path / "broken.html"
    page.write_text(
        f"<!DOCTYPE html><meta charset=utf-8><title>x</title>{CSP}<link rel=icon href='data:,'>"
        f"<link rel=stylesheet href=gone.css><p>{'x' * 400}</p><img src=gone.svg>"
        "<script>document.title = 'ran'</script>"
    )
    browser.open(page.as_uri(), 320)
    state = browser.evaluate(STATE)
    assert state["sideways"] > 0
    assert state["lost"] == [(tmp_path / "gone.svg").as_uri()]
    assert not state["styled"]
    assert browser.evaluate("document.title") == "x"
    assert ["script-src" in error for error in browser.errors] == [True]


def test_the_checks_notice_a_request(browser, tmp_path):
    """A page that asks for something outside its folder, with and without the policy."""
    with socket.create_server(("127.0.0.1", 0)) as free:  # closed again: nothing answers there
        url = f"http://127.0.0.1:{free.getsockname()[1]}/x.png"
    page = tmp_path / "asks.html"
    page.write_text(f"<!DOCTYPE html><meta charset=utf-8><title>x</title><img src='{url}'>")
    browser.open(page.as_uri())
    assert outside(browser) == [url]
    assert [error.startswith(url) for error in browser.errors] == [True]
    page.write_text(f"<!DOCTYPE html><meta charset=utf-8><title>x</title>{CSP}<img src='{url}'>")
    browser.open(page.as_uri())
    assert outside(browser) == []
    assert ["img-src" in error for error in browser.errors] == [True]


def test_an_exception_in_the_page_is_noticed(browser, tmp_path):
    """A script that fails is told."""
    page = tmp_path / "throws.html"
    page.write_text("<!DOCTYPE html><title>x</title><script>throw new Error('oops')</script>")
    browser.open(page.as_uri())
    assert browser.errors == ["Error: oops"]


def test_a_page_that_is_not_there_is_noticed(browser, tmp_path):
    """A page that is gone is told."""
    with pytest.raises(RuntimeError, match="NOT_FOUND"):
        browser.open((tmp_path / "gone.html").as_uri())


def test_a_firefox_that_does_not_start_says_so():
    """A program that is no Firefox is told, and does not hang."""
    with pytest.raises(RuntimeError, match="did not start"), firefox(sys.executable):
        pass
