"""The pages over several annexes: one per language, and their style sheet."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import quote

import pandas as pd

from ... import language
from ...claims.verdicts import VERDICTS
from ...errors import AnnexError, NotebookError, Problem
from ...messages import _
from ..pages import labels, render
from ..rules import page_rules
from .published import Published

MADE = "annex index"  # the generator that a page of ours names; no other file is replaced
WORDS = {
    "title": _("Evidence annexes"),
    "overview": _("Overview"),
    "about": _("Each annex shows the figures behind an evaluation, with what they rest on."),
    "relation": _("Relation"),
    "languages": _("Languages"),
    "date": _("Date"),
    "missing": _("Not shown"),
    "why_missing": _("These annexes are missing, or not as they were built:"),
    "about_verdicts": _(
        "Verdicts on the statements of each evaluation, one per statement; annexes test different "
        "statements, so the numbers do not compare them."
    ),
}


def write(
    annexes: Sequence[Published], missing: Sequence[str], codes: Sequence[str], out: Path
) -> list[Path]:
    """Write the pages in the languages `codes`, that of the first at `out`, each file in one step.
    missing: paths of annexes that are not shown. Returns the paths of the pages.

    Raises `AnnexError` if a file there is none of ours, or a page breaks a rule.
    """
    names = {code: out.name if code == codes[0] else f"{out.stem}-{code}.html" for code in codes}
    sheet = f"{out.stem}.css"
    sheet_text = f"/* {MADE} */\n{render.style()}"
    made = {}
    for code in codes:
        with language.use(code):
            made[names[code]] = _html(annexes, missing, names, sheet, out.parent)
    files = {*made, sheet, *(_path(a, name, out.parent) for a in annexes for name in a.files)}
    pages = [SimpleNamespace(path=name, html=html) for name, html in made.items()]
    if problems := [found for page in pages for found in page_rules.problems(page, files, {})]:
        raise NotebookError(problems)
    first, *others = made.items()
    _publish(dict([(sheet, sheet_text), *others, first]), out)
    return [out.parent / name for name in made]


def _html(
    annexes: Sequence[Published], missing: Sequence[str], names: Mapping[str, str], sheet: str,
    here: Path,
) -> str:  # fmt: skip
    lang = language.current()
    ordered = sorted(annexes, key=lambda each: _worded(each.summary["title"])[1].casefold())
    shared = render.shared(labels.WORDS)
    variables = {
        **shared,
        "words": shared["words"] | {key: language.text(words) for key, words in WORDS.items()},
        "generator": MADE,
        "sheet": sheet,
        "twins": {names[code]: (code, language.own_name(code)) for code in names if code != lang},
        "annexes": [_relation(each, here) for each in ordered],
        "verdicts": {key: language.text(words) for key, words in VERDICTS.items()},
        "missing": missing,
    }
    return render.template("overview.html.j2").render(variables)


def _relation(annex: Published, here: Path) -> dict:
    """What the page shows of an annex, in the current language or else its first one."""
    told = annex.summary
    fronts = {each["language"]: each["front"] for each in told["languages"]}
    lang, title = _worded(told["title"])
    shown = next((each for each in (language.current(), *fronts) if told["figures"].get(each)), "")
    lines = [
        [
            part
            if isinstance(part, str)
            else (part["number"], _address(annex, part["entry"], here))
            for part in line
        ]
        for line in told["figures"].get(shown, [])
    ]
    created = language.period(pd.Period(told["created"], "D")) if told["created"] else ""
    return {
        "title": title, "lang": lang, "front": _address(annex, fronts.get(lang, ""), here),
        "fronts": [
            (code, language.own_name(code), _address(annex, name, here))
            for code, name in fronts.items()
        ],
        "description": _worded(told["description"]), "lines": lines, "lines_lang": shown,
        "created": created, "date": told["created"], "version": told["version"],
        "verdicts": told["verdicts"],
    }  # fmt: skip


def _worded(words: Mapping[str, str]) -> tuple[str, str]:
    """The language and the words of a text in the current language, or else in its first one."""
    lang = language.current()
    return (lang, words[lang]) if lang in words else next(iter(words.items()))


def _path(annex: Published, name: str, here: Path) -> str:
    return Path(os.path.relpath(annex.folder / name, here)).as_posix()


def _address(annex: Published, name: str, here: Path) -> str:
    path, mark, id = name.partition("#")
    return f"{quote(_path(annex, path, here))}{mark}{quote(id)}"


def _publish(files: Mapping[str, str], out: Path) -> None:
    """Write files beside `out`, each in one step, in their order; and remove pages of languages
    that there are no more."""
    here = out.parent
    stale = {path.name for path in here.glob(f"{out.stem}-*.html")} - files.keys()
    stale = {name for name in stale if re.fullmatch(r"[a-z]{2,3}", name[len(out.stem) + 1 : -5])}
    mark = f'content="{MADE}"', f"/* {MADE} */"
    foreign = [
        Problem(str(here / name), "a file that annex index did not make", "an overview, or nothing",
                "Name another place with --out")
        for name in files
        if (here / name).exists() and not _is_ours(here / name, mark)
    ]  # fmt: skip
    if foreign:
        raise AnnexError(foreign)
    here.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        with tempfile.NamedTemporaryFile("w", dir=here, delete=False, encoding="utf-8") as draft:
            draft.write(text)
            draft.flush()
            os.fsync(draft.fileno())
        Path(draft.name).chmod(0o644)
        Path(draft.name).replace(here / name)
    for name in stale:
        if _is_ours(here / name, mark):
            (here / name).unlink()


def _is_ours(path: Path, marks: Sequence[str]) -> bool:
    text = path.read_bytes()[:2000].decode(errors="replace")
    return any(mark in text for mark in marks)
