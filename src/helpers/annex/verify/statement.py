"""What a verification found, for a terminal and as a statement that a reviewer can sign."""

from __future__ import annotations

import datetime
import platform
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import yaml

from ... import language, package
from ...errors import AnnexError, Problem, visible
from ..render import TEMPLATES
from .compare import chart_of
from .differences import PARTS, Difference
from .result import Result
from .words import FILL, WORDS

_SHOWN = 20  # differences of a part on a terminal
_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_{}[]<>()#+-.!|&~"})


def lines(result: Result) -> Iterator[str]:
    """The result for a terminal: a table, then each difference with its causes."""
    yield f"{result.folder}, manifest sha256 {result.checksum}"
    yield f"{'':14}{'compared':>10}{'differ':>8}"
    for part, name in PARTS.items():
        done = "-" if result.failed and part != "file" else str(len(result.of(part)))
        yield f"{name.en:14}{result.totals[part]:>10}{done:>8}"
    for part in PARTS:
        found = result.of(part)
        for difference in found[:_SHOWN]:
            yield from _told(difference)
        if len(found) > _SHOWN:
            more = len(found) - _SHOWN
            yield f"... and {more} more {PARTS[part].en}: --json and --report have all"
    if result.failed:
        yield "It could not be built anew:"
        yield from map(str, result.failed)
    yield WORDS[verdict(result)].en


def _told(difference: Difference) -> Iterator[str]:
    ends = " -> ".join(filter(None, (difference.was, difference.now)))
    told = f"{difference.part} {difference.name}: {difference.note.en}"
    yield _line(f"{told}: {ends}" if ends else told)
    yield from (f"    {_line(cause.text.en)}" for cause in difference.causes)


def _line(text: str) -> str:
    """On one line: what stands in an annex ends none of ours."""
    return text.replace("\n", "\\n")


def verdict(result: Result) -> str:
    """The word of `WORDS` for a result."""
    if result.failed:
        return "not built"
    if result.agrees:
        return "agrees otherwise" if result.differences else "agrees"
    same = all(each.part in ("input", "version") for each in result.differences)
    return "other inputs" if same else "differs"


def ready(path: Path) -> None:
    """Raise `AnnexError` where no statement can be written: by the end of its name, or because one
    is there that somebody may have filled in."""
    if path.suffix not in (".md", ".html"):
        raise AnnexError(Problem(str(path), path.suffix or "no suffix", "a name in .md or .html"))
    files = (path, path.with_name("codecheck.yml"))
    found = "a file that is there already, and may have been filled in"
    if there := [file for file in files if file.exists()]:
        raise AnnexError(Problem(str(file), found, "another folder, or none") for file in there)


def write(result: Result, path: Path, data: Path, lang: str) -> list[Path]:
    """Write the statement, as HTML or Markdown by the end of its name, and `codecheck.yml`
    beside it; the files.

    Raises `AnnexError` for another kind of file, one that is there, or can't be written.
    """
    ready(path)
    now = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    with language.use(lang):
        text = markdown(result, data, now)
        files = {path: text if path.suffix == ".md" else page(text)}
    files[path.with_name("codecheck.yml")] = codecheck(result, data, now, path.name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for file, content in files.items():
            file.write_text(content, encoding="utf-8")
    except OSError as error:
        expected = "a place that can be written to"
        raise AnnexError(Problem(str(path), error.strerror or str(error), expected)) from error
    return list(files)


def markdown(result: Result, data: Path, now: datetime.datetime) -> str:
    """The statement as Markdown, in the current language; what was found is text, never markup."""
    title, _ = package.about(data)
    return _template("statement.md.j2").render(
        result=result, parts=PARTS, text=language.text, now=now.isoformat(), escape=_escape,
        words={name: language.text(text) for name, text in WORDS.items()}, title=title,
        verdict=verdict(result), python=platform.python_version(), machine=platform.platform(),
        version=version("evidence-annex"),
    )  # fmt: skip


def page(text: str) -> str:
    """A statement as an HTML page."""
    import mistune

    body = mistune.create_markdown(escape=True, plugins=["table"])(text)
    title = language.text(WORDS["title"])
    return _template("statement.html.j2").render(body=body, title=title, lang=language.current())


def codecheck(result: Result, data: Path, now: datetime.datetime, report: str) -> str:
    """The configuration of a CODECHECK (version 2.0), with what only the reviewer knows to fill."""
    title, _ = package.about(data)
    bad = {each.name for each in result.differences}
    outputs = [name for name in result.outputs if name.endswith((".html", ".csv"))]
    content = {
        "version": "https://codecheck.org.uk/spec/config/2.0/",
        "paper": {
            "title": f"Evidence annex: {title.en}",
            "authors": [{"name": FILL, "ORCID": FILL}],
            "reference": FILL,
        },
        "manifest": [
            {"file": name, "comment": _comment(result, bool({name, chart_of(name)} & bad))}
            for name in outputs
        ],
        "codechecker": [{"name": FILL, "ORCID": FILL}],
        "summary": WORDS[verdict(result)].en,
        "repository": FILL,
        "check_time": now.isoformat(),
        "certificate": FILL,
        "report": f"{FILL} (published address of {report})",
    }
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=100)


def _comment(result: Result, differs: bool) -> str:
    if differs:
        return "differs"
    return "not rerun" if result.failed else "agrees"


def _escape(text: str) -> str:
    """Text in which Markdown finds nothing to do, on one line."""
    return visible(" ".join(text.split())).translate(_MARKS)


def _template(name: str):
    from jinja2 import Environment, FileSystemLoader

    place = Environment(
        loader=FileSystemLoader(TEMPLATES / "annex"), autoescape=False, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    return place.get_template(name)
