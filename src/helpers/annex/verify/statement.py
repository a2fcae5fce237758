"""The result of a verification: text for a terminal, and a statement for a reviewer to sign."""

from __future__ import annotations

import datetime
import os
import platform
import re
from collections.abc import Iterator, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path

import yaml

from ...errors import AnnexError, Problem, listed, visible
from ...language import Text
from ...tables import publication
from ..pages.render import TEMPLATES
from ..plan.inputs import DISTRIBUTION
from .compare import chart_of
from .differences import PARTS, Cause, Difference, said
from .result import Result
from .statement_labels import FILL, WORDS

CODECHECK = "codecheck.yml"
_FILES = ("file", "chart", "text", "other")  # parts whose differences have paths as names
_TO_FILL = f"""# Where it says {FILL}: authors and reference come from who made the annex;
# codechecker and the address of the report are yours; the number of the certificate is given by
# the register of CODECHECK. An ORCID may be left out.
"""
_SHOWN = 20  # differences that are printed of a part
_MARKS = re.compile(r"[\\`*_{}\[\]<>|&~$@]|(?<=www)\.|:(?=//)|^[-+#=]")
_NUMBERED = re.compile(r"^(\d+)([.)])(?=\s|$)")


def lines(result: Result) -> Iterator[str]:
    """The result for a terminal: a table, then each difference with its causes."""
    yield _line(f"{result.folder}, manifest sha256 {result.checksum}")
    yield f"{'':14}{'compared':>10}{'differ':>8}"
    for part, name in PARTS.items():
        compared, differ = counts(result, part)
        yield f"{said(name):14}{compared:>10}{differ:>8}"
    if numbered := causes(result):
        yield "what changed underneath:"
    yield from (f"  [{number}] {_line(said(cause.text))}" for cause, number in numbered.items())
    for part in PARTS:
        for note, names in rewritten(result, part).items():
            yield _line(f"{part}: {said(note)}: {listed(names)}")
        found = [each for each in result.of(part) if not each.same]
        for difference in found[:_SHOWN]:
            yield _described(difference, numbered)
        if len(found) > _SHOWN:
            more = len(found) - _SHOWN
            yield f"... and {more} more {said(PARTS[part])}: --json and --report have all"
    if result.failed:
        yield "It could not be built anew:"
        yield from map(str, result.failed)
    yield said(WORDS[verdict(result)])


def counts(result: Result, part: str) -> tuple[str, str]:
    """How many items of a part were compared and how many differ; `-` when the rebuild failed."""
    compared = result.compared(part)
    return ("-", "-") if compared is None else (str(compared), str(result.differ(part)))


def rewritten(result: Result, part: str) -> dict[Text, list[str]]:
    """The files with the same content in another form, by what differs in the form."""
    found: dict[Text, list[str]] = {}
    for each in result.of(part):
        if each.same:
            found.setdefault(each.note, []).append(each.name)
    return found


def causes(result: Result) -> dict[Cause, int]:
    """The causes of all differences, each with its number in the list."""
    every = (cause for part in PARTS for each in result.of(part) for cause in each.causes)
    return {cause: number for number, cause in enumerate(dict.fromkeys(every), 1)}


def _described(difference: Difference, numbered: dict[Cause, int]) -> str:
    ends = " -> ".join(filter(None, map(said, (difference.was, difference.now))))
    text = f"{difference.part} {difference.name}: {said(difference.note)}"
    why = "".join(f" [{numbered[cause]}]" for cause in difference.causes)
    return _line((f"{text}: {ends}" if ends else text) + why)


def _line(text: str) -> str:
    """Escape line ends, as text from an annex may have them."""
    return text.replace("\n", "\\n")


def verdict(result: Result) -> str:
    """The key of `WORDS` for a result."""
    if result.failed:
        return "not built"
    if result.agrees and result.only:
        return "part agrees"
    if result.agrees:
        notes = {"version" if each.part == "version" else "same" for each in result.differences}
        return " ".join(["agrees", *sorted(notes)])
    counting = [each for each in result.differences if each.counts]
    if all(each.same for each in counting):
        return "rewritten"
    return "other inputs" if all(each.part == "input" for each in counting) else "differs"


def ready(paths: Sequence[Path]) -> None:
    """Raise `AnnexError` for paths with another suffix than .md or .html, and for files that exist,
    as somebody may have filled them in."""
    found = "a file that is there already, and may have been filled in"
    new = "a new name or folder", "For two statements at once give --report twice"
    files = dict.fromkeys(each for path in paths for each in (path, path.with_name(CODECHECK)))
    problems = [
        Problem(str(path), path.suffix or "no suffix", "a name in .md or .html")
        for path in paths
        if path.suffix not in (".md", ".html")
    ]
    problems += [Problem(str(file), found, *new) for file in files if os.path.lexists(file)]
    if problems:
        raise AnnexError(problems)


def write(result: Result, paths: Sequence[Path], data: Path, lang: str) -> list[Path]:
    """Write the statement to each path, as HTML or Markdown by its suffix, and `codecheck.yml` to
    the same folder. Returns all files written.

    Raises `AnnexError` for another suffix, and for a file that exists or can't be written.
    """
    ready(paths)
    now = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    text = markdown(result, data, now, lang)
    files = {path: text if path.suffix == ".md" else page(text, lang) for path in paths}
    for path in reversed(paths):
        files[path.with_name(CODECHECK)] = codecheck(result, data, now, path.name)
    for file, content in files.items():
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, encoding="utf-8")
        except OSError as error:
            expected = "a place that can be written to"
            raise AnnexError(Problem(str(file), error.strerror or str(error), expected)) from error
    return list(files)


def markdown(result: Result, data: Path, now: datetime.datetime, lang: str) -> str:
    """The statement as Markdown, in a language; text from the annex is escaped."""
    title, __ = publication.about(data)
    text = partial(said, lang=lang)
    return _template("statement.md.j2").render(
        result=result, parts=PARTS, text=text, now=now.isoformat(), escape=_escape,
        counts=counts, causes=causes(result), rewritten=rewritten,
        words={name: text(words) for name, words in WORDS.items()}, title=title,
        verdict=verdict(result), python=platform.python_version(), machine=platform.platform(),
        version=version(DISTRIBUTION),
    )  # fmt: skip


def page(text: str, lang: str) -> str:
    """A statement as an HTML page, in the language that it is written in."""
    import mistune

    body = mistune.create_markdown(escape=True, plugins=["table"])(text)
    title = WORDS["title"].word(lang)
    return _template("statement.html.j2").render(body=body, title=title, lang=lang)


def codecheck(result: Result, data: Path, now: datetime.datetime, report: str) -> str:
    """The configuration of a CODECHECK (version 2.0); `FILL` marks what the reviewer fills in."""
    title, __ = publication.about(data)
    found = (each for part in _FILES for each in result.of(part))
    bad = {visible(each.name) for each in found if each.counts}
    outputs = [name for name in result.outputs if name.endswith((".html", ".csv"))]
    charts = {chart_of(name) for name in outputs}
    outputs += sorted(bad - {*outputs, *charts})
    comment = "not rerun" if result.failed else "agrees"
    differ = {said(name): result.differ(part) for part, name in PARTS.items()}
    listing = ", ".join(f"{name} {number}" for name, number in differ.items() if number)
    content = {
        "version": "https://codecheck.org.uk/spec/config/2.0/",
        "paper": {
            "title": f"Evidence annex: {said(title)}",
            "authors": [{"name": FILL, "ORCID": FILL}],
            "reference": FILL,
        },
        "manifest": [
            {"file": name, "comment": "differs" if {name, chart_of(name)} & bad else comment}
            for name in outputs
        ],
        "codechecker": [{"name": FILL, "ORCID": FILL}],
        "summary": said(WORDS[verdict(result)]) + (f" Differ: {listing}." if listing else ""),
        "repository": FILL,
        "check_time": now.isoformat(),
        "certificate": FILL,
        "report": f"{FILL} (published address of {report})",
    }
    text = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=100)
    return _TO_FILL + text


def _escape(text: str) -> str:
    """Escape text for Markdown, on one line."""
    shown = visible(" ".join(text.split()))
    return _NUMBERED.sub(r"\1\\\2", _MARKS.sub(r"\\\g<0>", shown))


def _template(name: str):
    from jinja2 import Environment, FileSystemLoader

    place = Environment(
        loader=FileSystemLoader(TEMPLATES / "annex"), autoescape=False, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    return place.get_template(name)
