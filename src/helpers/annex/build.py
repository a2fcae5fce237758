"""Build the annex: check tables, run notebooks, make pages, count numerals, publish whole."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from .. import checks, package, tables
from ..errors import AnnexError, DataError, NotebookError, Problem
from ..language import LANGUAGES
from . import coverage, execute, gate, manifest, pdf, publish, register, render, sheets

# Words of rows are marked for the count of numerals; the finished page has no use for the mark.
_MARK = re.compile(r'<span class="value">([^<]*)</span>')


def build(
    root: Path, data: Path, out: Path, only: Sequence[str], jobs: int | None, report, paper=False
) -> list[render.Page]:
    """Build from `root/notebooks` and `data` into `out`; the pages made.

    only: names of notebooks; empty for all. jobs: kernels at once; the machine's cores if None.
    paper: also make a PDF of the pages in each language.

    Raises `AnnexError` with everything that is wrong; then `out` is as it was.
    """
    if paper:
        pdf.ready()  # what is missing is told before the notebooks run
    if problems := checks.problems(data):
        raise DataError(problems)
    paths = _notebooks(root / "notebooks", only)
    books = execute.run(paths, data, jobs or os.cpu_count() or 1, report)
    pages = render.pages(books)
    known = tables.words(data)
    counted, evidence = coverage.measure(pages, known), register.Register(pages, data)
    about = sheets.pages(evidence, pages, counted)
    title, description = package.about(data)
    front = render.front(pages, title, description, counted, paper)
    for page in [*pages, front]:
        page.html = evidence.link(page.html)
    # The pages about the pages hold no typed figure either.
    coverage.measure([*about, front], known | evidence.words())
    gate.check([*pages, *about, front])
    files = _files([*pages, *about, front])
    files["manifest.json"] = manifest.manifest(evidence, counted)
    for lang in LANGUAGES if paper else ():
        words = getattr(title, lang), getattr(description, lang)
        files[f"annex-{lang}.pdf"] = pdf.pdf(pages, lang, files, *words)
    publish.publish(files, out)
    return pages


def project(start: Path | None = None) -> Path:
    """The project that a folder (the working folder) is in: the nearest with notebooks and data."""
    here = (start or Path.cwd()).resolve()
    for place in (here, *here.parents):
        if (place / "notebooks").is_dir() and (place / "data" / package.FILE).is_file():
            return place
    expected = f"a folder with notebooks/ and data/{package.FILE}, here or above"
    raise AnnexError(Problem(str(here), "no project", expected))


def _notebooks(folder: Path, only: Sequence[str]) -> list[Path]:
    only = [name.removesuffix(".ipynb") for name in only]
    known = {path.stem: path for path in sorted(folder.glob("[0-9]*.ipynb"))}
    if not known:
        raise NotebookError(Problem(str(folder), "no notebooks", "files such as 01_theme.ipynb"))
    expected = "one of " + ", ".join(known)
    unknown = [name for name in only if name not in known]
    if unknown:
        raise NotebookError(Problem("--only", repr(name), expected) for name in unknown)
    return [known[name] for name in known if not only or name in only]


def _files(pages: Sequence[render.Page]) -> dict[str, str | bytes]:
    style = (render.TEMPLATES / "annex" / "style.css").read_text(encoding="utf-8")
    files = {"style.css": style}
    for page in pages:
        files[page.path] = _MARK.sub(r"\1", page.html)
        files.update(page.files)
    return files
