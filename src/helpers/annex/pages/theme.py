"""Check that a notebook has all that a theme page of the annex needs, in each language."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from ...errors import Problem, quoted
from ...files.hidden_characters import unseen
from ...files.media_types import MIME
from ...language import Text, given, is_lacking, languages, name_of, names_of
from ...limits import TITLE_CHARACTERS
from ..run import notebook_files, outputs
from . import prose_groups, seen_language
from .markup import plain

ROLES = ("through", "headline", "finding")  # each exactly once in a theme
_REMEDY = "A draft (annex build --only NAME) may lack it"
# Elements that must occur equally often in each language, by tag.
_COUNTED = {"li": "items of lists", "a": "links", "table": "tables", "tr": "rows",
          "pre": "blocks of code"}  # fmt: skip
_TAG = re.compile(rf"<(h[1-6]|{'|'.join(_COUNTED)})\b")


def problems(name: str, book, bodies: Sequence) -> Iterator[Problem]:
    """Everything that a notebook that has run lacks, or has but no page shows.

    bodies: of its pages, one per language, with `prose`: the HTML of each prose cell in that
    language, by the number of the cell.
    """
    file, place = f"notebooks/{name}.ipynb", partial(notebook_files.place, name, book.cells)
    yield from _short_names(f"{file}, metadata annex", book.metadata.get("annex"))
    yield from _outputs(name, file, book.cells, place)
    yield from _lead(name, book.cells, place)
    for number, *rest in prose_groups.unplaced(book.cells):
        yield Problem(place(number), *rest)
    yield from _titles(file, book.cells, bodies, place)
    prose = {number: html for body in bodies for number, html in body.prose.items()}
    for group in prose_groups.groups(book.cells):
        cells = {lang: group[lang] for lang in languages() if lang in group}
        yield from _mismatches(book.cells, place, *((n, prose[n]) for n in cells.values()))
        texts = {lang: prose[number] for lang, number in cells.items()}
        yield from seen_language.untranslated(place(min(cells.values())), texts)
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
    partial_groups = {min(group.values()): group for group in prose_groups.groups(book.cells)
                      if len(group) < len(languages())}  # fmt: skip
    for number, cell in notebook_files.shown(book.cells):
        place = notebook_files.place(name, book.cells, number)
        if group := partial_groups.get(number):
            found = f"prose in {names_of(group)} only"
            yield Problem(place, found, prose_groups.expected(), _REMEDY)
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
    missing = names_of(lang for lang in languages() if lang not in known)
    found = f"{quoted(next(iter(known.values())))} in {names_of(known)} only"
    return Problem(place, found, f"its translation: words in {missing} too", _REMEDY)


def _short_names(place: str, names) -> Iterator[Problem]:
    if not isinstance(names, Mapping):
        found = "none" if names is None else repr(names)
        such = json.dumps(dict.fromkeys(languages(), "..."))
        remedy = "Add it in JupyterLab: Advanced Tools, under annex"
        yield Problem(place, found, f"a short name for each language: {such}", remedy)
        return
    for other in [lang for lang in names if lang not in languages()]:
        expected = f"short names under {', '.join(languages())} alone"
        yield Problem(place, f"one under {other!r}", expected)
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
                    yield from seen_language.untranslated(place(number), texts)
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


def _titles(file: str, cells, bodies: Sequence, place: Callable[[int], str]) -> Iterator[Problem]:
    """Problems of the title, with which a notebook must begin in each language; in those of its
    first prose, if that is not translated."""
    begins = next(iter(prose_groups.groups(cells)), dict.fromkeys(languages(), 0))
    first = [n for n, cell in notebook_files.shown(cells) if cell.source.strip()][: len(begins)]
    titles: dict[str, list[str]] = {}
    for body in [each for each in bodies if each.lang in begins]:
        number, tagged = begins[body.lang], f", in a cell tagged {body.lang}"
        expected = f"a title (# ...) at the head of the notebook{tagged * (len(bodies) > 1)}"
        if not number:
            yield Problem(file, f"no title in {name_of(body.lang)}", expected)
            continue
        html = body.prose[number]
        if number not in first or not html.lstrip().startswith("<h1") or not body.title:
            line = cells[number - 1].source.strip().splitlines()[0]
            yield Problem(place(number), quoted(line), expected)
        if len(body.title) > TITLE_CHARACTERS:
            found = f"a title of {len(body.title)} characters, {quoted(body.title)}"
            remedy = "Say the rest in the first sentence: a title fits two lines"
            yield Problem(place(number), found, f"at most {TITLE_CHARACTERS}", remedy)
        titles.setdefault(body.title, []).append(body.lang)
    for title, langs in titles.items():
        if title and len(langs) > 1:
            found = f"{title!r} as the title in {names_of(langs)}"
            yield Problem(file, found, "a title in each language")


def _mismatches(
    cells, place: Callable[[int], str], first: tuple[int, str], *others: tuple[int, str]
) -> Iterator[Problem]:
    """Problems of a group of cells, each with its HTML: other headings, or counts of other
    elements, than in the first, or of which some alone begin a folded section."""
    beside, tag = place(first[0]).partition(", ")[2], notebook_files.BACKGROUND
    theirs = _TAG.findall(first[1])
    for number, html in others:
        here, there = (tag in cells[n - 1].metadata.get("tags", []) for n in (number, first[0]))
        if here != there:
            found = f"{'the' if here else 'no'} tag {tag!r}, unlike in {beside}"
            yield Problem(place(number), found, "a section folded in every language, or in none")
        mine = _TAG.findall(html)
        heads, wanted = ([mark for mark in marks if mark[0] == "h"] for marks in (mine, theirs))
        if heads != wanted:
            found = f"headings {', '.join(heads) or 'none'}"
            yield Problem(place(number), found, f"{', '.join(wanted) or 'none'}, as in {beside}")
        for mark, what in _COUNTED.items():
            if (own := mine.count(mark)) != (alike := theirs.count(mark)):
                yield Problem(place(number), f"{own} {what}", f"{alike}, as in {beside}")
