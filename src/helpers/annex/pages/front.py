"""The front page of each language: what the annex is, its first picture, what is official, stated
and unknown, and each theme with its answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from ... import language
from ...language import languages
from ..run.notebook_files import BRIEF
from .labels import COLUMNS, ERRORS
from .markup import unquoted

if TYPE_CHECKING:
    from ...tables.publication import Publication
    from .render import Labels, Link, Page


def pages(
    made: Sequence[Page], sheets: Sequence[Page], told: Publication, labels: Labels, link: Link,
    paper: bool,
) -> list[Page]:  # fmt: skip
    """A front page per language: that of the first stands above the folders.

    made: the pages of notebooks. sheets: those of the register. labels, link: as for
    `render.pages`, the latter with the folder of the register. paper: whether to link to the PDFs.
    """
    from .render import Page

    found = []
    for lang in languages():
        with language.use(lang):
            page = Page("index", lang, language.text(told.title), "")
            own = [each for each in made if each.lang == lang]
            offered = [each for each in sheets if each.lang == lang and each.name == ERRORS]
            page.content = unquoted(_html(page, own, offered, told, labels, link, paper))
            found.append(page)
    return found


def _html(
    page: Page, made: Sequence[Page], offered: Sequence[Page], told: Publication, labels: Labels,
    link: Link, paper: bool,
) -> str:  # fmt: skip
    from .render import shared, shown, template

    folder = "" if "/" in page.path else f"{page.lang}/"
    root = "" if folder else "../"
    themes = [each for each in made if each.name != BRIEF]
    variables = {
        **shared(labels),
        "root": root,
        "folder": folder,
        "brief": next((each for each in made if each.name == BRIEF), None),
        "first": themes[0] if themes else None,  # a draft may be the short page alone
        "themes": themes[1:],
        "offered": offered,
        "columns": _columns(made, labels),
        "told": told,
        "created": language.period(pd.Period(told.created, "D")) if told.created else "",
        "twins": {other: _twin(other, root) for other in languages() if other != page.lang},
        "linked": lambda part: link(part, folder),
        "text": shown,
        "paper": paper,
    }
    return template("front.html.j2").render(variables)


def _twin(lang: str, root: str) -> tuple[str, str]:
    """Address and name of the front page in another language."""
    folder = "" if lang == languages()[0] else f"{lang}/"
    return f"{root}{folder}index.html", language.own_name(lang)


def _columns(made: Sequence[Page], labels: Labels) -> list[tuple[str, list[str]]]:
    """Heading and lines (HTML) of each column that has lines. Without the signs of key figures,
    which say what a number rests on: in a column are numbers of several kinds."""
    lines = {ground: [line for page in made for line in page.columns[ground]] for ground in COLUMNS}
    return [(language.text(labels[COLUMNS[ground]]), own) for ground, own in lines.items() if own]
