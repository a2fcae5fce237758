"""Check that a notebook has all that a theme page of the annex needs, in each language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from ...errors import Problem, quoted
from ...evidence.trail import MIME
from ...files.hidden_characters import unseen
from ...language import Text, given, is_lacking, languages, name_of
from ...limits import TITLE_CHARACTERS
from ..run import notebook_files, outputs
from . import seen_language
from .markup import plain

ROLES = ("through", "headline", "finding")  # each exactly once in a theme
_REMEDY = "A draft (annex build --only NAME) may lack it"
_PAIR = "prose in pairs of neighbouring cells, one tagged nl and one tagged en"
# Elements that must occur equally often in both cells of a pair, by tag.
_COUNTED = {"li": "items of lists", "a": "links", "table": "tables", "tr": "rows",
          "pre": "blocks of code"}  # fmt: skip
_TAG = re.compile(rf"<(h[1-6]|{'|'.join(_COUNTED)})\b")


def problems(name: str, book, both: Sequence) -> Iterator[Problem]:
    """Everything that a notebook that has run lacks, or has but no page shows.

    both: its bodies, one per language, with `prose`: (cell number, HTML) of each prose cell.
    """
    file, place = f"notebooks/{name}.ipynb", partial(notebook_files.place, name, book.cells)
    yield from _short_names(f"{file}, metadata annex", book.metadata.get("annex"))
    yield from _outputs(name, file, book.cells, place)
    yield from _lead(name, book.cells, place)
    untagged = [Problem(place(number), *rest) for number, *rest in _untagged(book.cells)]
    yield from untagged
    yield from _titles(file, book.cells, both, place)
    for pair in (
        () if untagged or alone(book.cells) else zip(*(body.prose for body in both), strict=True)
    ):
        yield from _mismatches(book.cells, place, *pair)
        yield from seen_language.untranslated(place(pair[0][0]), *(html for _, html in pair))
    for number, cell in notebook_files.shown(book.cells):
        if cell.cell_type == "raw" and cell.source.strip():
            found = "a raw cell, which no page shows"
            expected = "a cell of prose or code"
            yield Problem(place(number), found, expected, notebook_files.OR_EXPLORE)


def untranslated(name: str, book) -> Iterator[Problem]:
    """Every text of a notebook that has run that lacks a language, once: an error in the whole
    annex, a warning in a draft, which shows it in a language that it has."""
    told = set()
    names = book.metadata.get("annex")
    if isinstance(names, Mapping) and is_lacking(short := _text(names)):
        yield _lacks(f"notebooks/{name}.ipynb, metadata annex", short)
    single = alone(book.cells)
    for number, cell in notebook_files.shown(book.cells):
        place = notebook_files.place(name, book.cells, number)
        if number in single:
            yield Problem(place, f"prose in {name_of(single[number])} only", _PAIR, _REMEDY)
        for output in cell.get("outputs", []):
            bundle = output.get("data", {}).get(MIME, {})
            for text in map(_text, bundle.get("untranslated", ())):
                if text not in told:
                    yield _lacks(place, text)
                told.add(text)


def _text(words: Mapping) -> Text:
    return Text(*(str(words.get(lang, "")) for lang in languages()))


def _lacks(place: str, text: Text) -> Problem:
    known = given(text)
    missing = " and ".join(name_of(lang) for lang in languages() if lang not in known)
    there = " and ".join(name_of(lang) for lang in known)
    found = f"{quoted(next(iter(known.values())))} in {there} only"
    return Problem(place, found, f"its translation: words in {missing} too", _REMEDY)


def _short_names(place: str, names) -> Iterator[Problem]:
    if not isinstance(names, Mapping):
        found = "none" if names is None else repr(names)
        expected = 'short names, such as {"nl": "Handel", "en": "Trade"}'
        yield Problem(place, found, expected, "Add them in JupyterLab: Advanced Tools, under annex")
        return
    for lang in languages():
        short = names.get(lang, "")
        if not str(short).strip() and is_lacking(_text(names)):  # told by `untranslated`
            continue
        if not isinstance(short, str) or not short.strip():
            expected = f"a short name for the menu under {lang}"
            yield Problem(place, repr(short) if lang in names else f"no {lang}", expected)
        elif any(map(str.isdigit, short)) or unseen(short):
            yield Problem(place, repr(short), "a short name without digits or hidden characters")


def _lead(name: str, cells, place: Callable[[int], str]) -> Iterator[Problem]:
    """Problems of the chart that answers: several, one that is not the first, or none in a theme
    that has charts."""
    shown = [
        (number, output["data"][MIME]["role"])
        for number, cell in notebook_files.shown(cells)
        for output in cell.get("outputs", [])
        if outputs.from_present(output.get("data", {})) and output["data"][MIME]["kind"] == "chart"
    ]
    for number, role in shown[1:]:
        if role == "lead":
            found, expected = "lead=True on a further chart", "the first chart alone as the lead"
            yield Problem(place(number), found, expected, "Show the chart that answers first")
    if name != notebook_files.BRIEF and shown and not any(role == "lead" for _, role in shown):
        found, expected = "no chart as the lead", "the chart that answers, at the top of the page"
        remedy = "Show it first, with show_chart(..., lead=True)"
        yield Problem(place(shown[0][0]), found, expected, remedy)


def _outputs(name: str, file: str, cells, place: Callable[[int], str]) -> Iterator[Problem]:
    found: dict[str, list[int]] = {role: [] for role in ROLES}
    for number, cell in notebook_files.shown(cells):
        for output in cell.get("outputs", []):
            if not outputs.from_present(data := output.get("data", {})):
                continue
            bundle = data[MIME]
            for part in ("html",) if bundle["kind"] == "text" else ("caption", "alt"):
                texts = {own: bundle[own].get(part, "") for own in languages()}
                if all(seen_language.language_of(html, own) == own for own, html in texts.items()):
                    yield from seen_language.untranslated(place(number), *texts.values())
            if bundle["role"] in found:
                found[bundle["role"]].append(number)
                if not all(plain(bundle[lang]["html"]).strip() for lang in languages()):
                    yield Problem(place(number), f"a {bundle['role']} without words", "words")
    for role, numbers in found.items():
        expected, remedy = f"one {role}", f'Say it once, with say(..., role="{role}")'
        if not numbers and (role == "headline" or name != notebook_files.BRIEF):
            yield Problem(file, f"no {role}", expected, remedy)
        for number in numbers[1:]:
            yield Problem(place(number), f"{role} a second time", expected, remedy)


def _titles(file: str, cells, both: Sequence, place: Callable[[int], str]) -> Iterator[Problem]:
    """Problems of the title, with which a notebook must begin in each language."""
    first = [n for n, cell in notebook_files.shown(cells) if cell.source.strip()][:2]
    single = {number: lang for number, lang in alone(cells).items() if number in first}
    own = [body for body in both if not single or body.lang in single.values()]
    titles = [body.title for body in own if body.prose]
    for body in own:
        expected = f"a title (# ...) at the head of the notebook, in a cell tagged {body.lang}"
        number, html = body.prose[0] if body.prose else (0, "")
        if not number:
            yield Problem(file, f"no title in {name_of(body.lang)}", expected)
        elif number not in first or not html.lstrip().startswith("<h1") or not body.title:
            line = cells[number - 1].source.strip().splitlines()[0]
            yield Problem(place(number), quoted(line), expected)
    for body in own:
        if len(body.title) > TITLE_CHARACTERS:
            found = f"a title of {len(body.title)} characters, {quoted(body.title)}"
            remedy = "Say the rest in the first sentence: a title fits two lines"
            yield Problem(place(body.prose[0][0]), found, f"at most {TITLE_CHARACTERS}", remedy)
    if len(titles) == 2 and titles[0] == titles[1] and titles[0]:
        yield Problem(file, f"{titles[0]!r} as the title in both", "a title in each language")


def alone(cells) -> dict[int, str]:
    """The language of each prose cell without an adjacent cell in the other language, by its
    number among `cells`, from 1."""
    found, waiting = {}, None  # waiting: (number, language) of a cell whose translation must follow
    for number, cell in [*notebook_files.shown(cells), (0, None)]:
        if cell is not None and not cell.source.strip():
            continue
        lang = _language(cell) if cell is not None and cell.cell_type == "markdown" else None
        if waiting and (lang is None or lang == waiting[1]):
            found[waiting[0]] = waiting[1]
            waiting = None
        waiting = (number, lang) if lang and not waiting else None
    return found


def _untagged(cells) -> Iterator[tuple[int, str, str]]:
    """Prose cells that do not say which language they have: (number, found, expected)."""
    for number, cell in notebook_files.shown(cells):
        if cell.cell_type == "markdown" and cell.source.strip() and not _language(cell):
            tags = cell.metadata.get("tags", [])
            found = f"tags {', '.join(map(repr, tags))}" if tags else "no language"
            yield number, found, "one tag nl or en: " + _PAIR


def _language(cell) -> str | None:
    """The language of a prose cell, by its tags; `None` for none or several."""
    own = [lang for lang in languages() if lang in cell.metadata.get("tags", [])]
    return own[0] if len(own) == 1 else None


def _mismatches(cells, place: Callable[[int], str], *pair: tuple) -> Iterator[Problem]:
    """Problems of a pair of cells whose headings, or counts of other elements, differ, or of which
    one alone begins a folded section."""
    (before, one), (number, other) = pair
    beside, tag = place(before).partition(", ")[2], notebook_files.BACKGROUND
    here, there = (tag in cells[n - 1].metadata.get("tags", []) for n in (number, before))
    if here != there:
        found = f"{'the' if here else 'no'} tag {tag!r}, unlike in {beside}"
        yield Problem(place(number), found, "a section folded in every language, or in none")
    mine, theirs = _TAG.findall(other), _TAG.findall(one)
    heads, wanted = ([mark for mark in marks if mark[0] == "h"] for marks in (mine, theirs))
    if heads != wanted:
        found = f"headings {', '.join(heads) or 'none'}"
        yield Problem(place(number), found, f"{', '.join(wanted) or 'none'}, as in {beside}")
    for mark, what in _COUNTED.items():
        if (own := mine.count(mark)) != (alike := theirs.count(mark)):
            yield Problem(place(number), f"{own} {what}", f"{alike}, as in {beside}")
