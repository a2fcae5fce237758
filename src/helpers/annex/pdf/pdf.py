"""Render the theme pages of one language as one accessible PDF (PDF/UA-1), in memory.

Needs the optional packages of the extra `pdf`. No network access: charts come from the build, fonts
from those that matplotlib ships.
"""

from __future__ import annotations

import contextlib
import importlib
import logging
import re
import sys
import warnings
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from logging.handlers import BufferingHandler
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote
from xml.etree import ElementTree

import pandas as pd

from ... import language, limits
from ...errors import AnnexError, Problem
from ...language import languages
from ..pages.labels import WORDS
from ..pages.render import TEMPLATES, Page, in_order
from ..run.notebook_files import BRIEF
from . import document, table_fit

if TYPE_CHECKING:
    from ...tables.publication import Publication

_HALO = re.compile(r"\.(\w+)\{[^}]*paint-order:\s*stroke")


def all_files(
    pages: Sequence[Page], files: Mapping[str, str | Path], told: Publication
) -> dict[str, bytes]:
    """Every PDF of an annex, by path in it: in each language all pages, in which the short page
    comes first, and that page alone as a sheet. told: what the title pages say."""
    made = {}
    for lang in languages():
        with language.use(lang):
            title, about = language.text(told.title), language.text(told.description)
            imprint = _imprint(told)
        made[f"annex-{lang}.pdf"] = pdf(pages, lang, files, title, about, imprint)
        for page in pages:
            if (page.name, page.lang) == (BRIEF, lang):
                made[f"{BRIEF}-{lang}.pdf"] = sheet(page, files, title, imprint)
    return made


def paths(pages: Sequence[Page]) -> set[str]:
    """The paths of the PDFs that `all_files` makes of these pages."""
    brief = {f"{BRIEF}-{page.lang}.pdf" for page in pages if page.name == BRIEF}
    return {f"annex-{lang}.pdf" for lang in languages()} | brief


def _imprint(told: Publication) -> list[str]:
    """Publisher, date and version, as far as the descriptor says them, in the current language."""
    known = {
        "published_by": ", ".join(map(language.text, told.contributors)),
        "published_on": language.period(pd.Period(told.created, "D")) if told.created else "",
        "version": told.version,
    }
    named = ((language.text(WORDS[key]), words) for key, words in known.items() if words)
    return [language.labelled(*each) for each in named]


def pdf(
    pages: Sequence[Page],
    lang: str,
    files: Mapping[str, str | Path],
    title: str,
    about: str = "",
    imprint: Sequence[str] = (),
) -> bytes:
    """The pages of one language, the short one first, as the bytes of a PDF.

    files: each chart, as SVG text or as a path, by its path in the annex. title, about: title and
    description of the document. imprint: lines of the cover, such as publisher and version.

    Reproducible on one machine: equal pages give equal bytes, as the PDF contains no date.

    Raises `AnnexError` when WeasyPrint or Pango is missing, for an image that is no chart of the
    annex, and for every warning and error of WeasyPrint.
    """
    with language.use(lang):
        own = in_order(page for page in pages if page.lang == lang)
        html = document.document(own, files, title, about, imprint)
    return _written(html, files, f"annex-{lang}.pdf")


def sheet(
    page: Page, files: Mapping[str, str | Path], title: str, imprint: Sequence[str] = ()
) -> bytes:
    """One page as a printed sheet: without cover, contents, code and the data of figures. Otherwise
    as `pdf`. Raises `AnnexError` when it takes more pages than `limits.SHEET_PAGES`, too."""
    with language.use(page.lang):
        html = document.sheet(page, files, title, imprint)
    return _written(html, files, f"{page.name}-{page.lang}.pdf", limits.SHEET_PAGES)


def _written(
    html: str, files: Mapping[str, str | Path], place: str, most: int | None = None
) -> bytes:
    """A PDF of HTML. place: its name, for messages. most: how many pages it may have."""
    weasyprint = ready()
    fetcher = _fetcher(weasyprint, files)
    fonts = weasyprint.text.fonts.FontConfiguration()
    css = (TEMPLATES / "annex" / "pdf.css").read_text(encoding="utf-8")
    with _logged() as logged:
        style = weasyprint.CSS(string=css, url_fetcher=fetcher, font_config=fonts)
        source = weasyprint.HTML(string=html, url_fetcher=fetcher)
        try:
            laid = source.render(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1")
            made = laid.write_pdf(finisher=_scope, pdf_variant="pdf/ua-1")
        except weasyprint.urls.FatalURLFetchingError as error:
            raise AnnexError(Problem(place, f"{error}", "no other URL")) from None
    if logged:
        expected = "a layout without warnings by WeasyPrint"
        messages = dict.fromkeys(record.getMessage() for record in logged)
        raise AnnexError(Problem(place, message, expected) for message in messages)
    if most and len(laid.pages) > most:
        found, expected = f"{len(laid.pages)} pages", f"at most {most} (A4)"
        raise AnnexError(Problem(place, found, expected, "Shorten its notebook"))
    return made


def ready():
    """Import WeasyPrint. Raises `AnnexError` naming a missing package or library."""
    try:
        with contextlib.redirect_stdout(None), warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # a missing library, see below
            importlib.import_module("weasyprint.text.fonts")
    except ModuleNotFoundError as error:
        name = str(error.name).partition(".")[0]
        found, remedy = f"no Python package {name}", "Run pip install 'weasyprint>=70'"
        raise AnnexError(Problem("--pdf", found, "the extra 'pdf'", remedy)) from None
    except OSError as error:  # its shared libraries are loaded on import
        raise _library(re.findall("'(.+?)'", f"{error}'{error}'")[0]) from None
    if importlib.import_module("weasyprint.text.ffi").harfbuzz_subset is None:
        raise _library("libharfbuzz-subset-0")
    return importlib.import_module("weasyprint")


def _library(name: str) -> AnnexError:
    remedy = "On Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    return AnnexError(Problem("--pdf", f"no library {name}", "Pango on this machine", remedy))


@contextlib.contextmanager
def _logged() -> Iterator[list[logging.LogRecord]]:
    """Every warning and error that WeasyPrint and fontTools log in the block."""
    collector = BufferingHandler(sys.maxsize)
    collector.setLevel(logging.WARNING)
    logs = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]
    try:
        for log in logs:
            log.addHandler(collector)
        yield collector.buffer
    finally:
        for log in logs:
            log.removeHandler(collector)


def _fetcher(weasyprint, files: Mapping[str, str | Path]):
    """A URL fetcher that gives WeasyPrint charts and fonts, and refuses any other URL."""

    known = {font.name: font for font in table_fit.FONTS.glob("DejaVu*.ttf")}

    class Fetcher(weasyprint.urls.URLFetcher):
        def fetch(self, url, headers=None):
            name = unquote(url.removeprefix(document.SCHEME))
            if url.startswith(document.SCHEME) and name in known:
                return weasyprint.urls.URLFetcherResponse(url, known[name].read_bytes())
            if url.startswith(document.SCHEME) and name in files:
                svg = {"Content-Type": "image/svg+xml"}
                file = files[name]
                text = file if isinstance(file, str) else file.read_text(encoding="utf-8")
                return weasyprint.urls.URLFetcherResponse(url, _haloed(text).encode(), svg)
            raise ValueError(f"{url} is no chart of the annex")

    return Fetcher(fail_on_errors=True)


def _haloed(svg: str) -> str:
    """A chart with each outlined text repeated without outline: WeasyPrint ignores `paint-order`
    and draws the outline over the letters."""
    if "paint-order" not in svg:
        return svg
    names, root = set(_HALO.findall(svg)), ElementTree.fromstring(svg)
    for parent in list(root.iter()):
        for place, part in reversed(list(enumerate(parent))):
            if part.get("class") in names or "paint-order" in part.get("style", ""):
                twin = deepcopy(part)
                for name in {"class", "style"} & set(twin.attrib):
                    del twin.attrib[name]
                parent.insert(place + 1, twin)
    return ElementTree.tostring(root, encoding="unicode")


def _scope(document, made) -> None:
    """Add the Scope attribute, column or row, to each header cell, which WeasyPrint omits."""
    known = {item.reference: item for item in made.objects if item.number}
    for cell in made.objects:
        if isinstance(cell, dict) and cell.get("S") == "/TH" and "A" in cell:
            rows = known[known[cell["P"]]["P"]]
            cell["A"]["Scope"] = "/Column" if rows["S"] == "/THead" else "/Row"
