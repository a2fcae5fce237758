"""The text of the evaluation laid out anew, as copies of it come, and traced.

    python tests/soak/layouts.py PATH     (or EVALUATION=PATH make soak)

PATH is your own copy of the evaluation as plain text, of which `annex trace` finds every row. Each
layout must give the same figures, or, where that can't be, say in words what kept it from it.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from html import escape
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from text_layouts import PAGE, Blocks, blocks, layouts, ligatures, narrow

from helpers.annex.trace import copies
from helpers.annex.trace.trace import Trace, trace
from helpers.errors import AnnexError
from helpers.files import folders
from helpers.tables.documents import documents


def paper(body: str, css: str) -> bytes:
    """A PDF of a page in Dutch."""
    from weasyprint import HTML

    return HTML(string=f"<html lang=nl><style>{css}</style>{body}").write_pdf()


def pdf(lines: list[str], css: str) -> bytes:
    """A PDF of lines."""
    body = "".join(f"<div>{escape(line) or '&nbsp;'}</div>" for line in lines)
    return paper(body, css)


def raised(markup: str) -> str:
    """Footnote marks that are fused to a word, as a typesetter raises them."""
    return re.sub(r"(?<=[a-z.’])\d{1,2}(?=[ .]|$)", "\N{WORD JOINER}<sup>\\g<0></sup>", markup)


def tabled(parts: Blocks) -> bytes:
    """A PDF of two columns whose lines follow each other across, as in a table."""
    lines, rows = narrow(parts), ""
    for at in range(0, len(lines), 2 * PAGE):
        left, right = lines[at : at + PAGE], lines[at + PAGE : at + 2 * PAGE]
        right += [""] * (len(left) - len(right))
        pairs = (f"<tr><td>{escape(a)}<td>{escape(b)}" for a, b in zip(left, right, strict=True))
        rows += f"<table>{''.join(pairs)}</table>"
    css = "@page{margin:1cm}body{font:7pt DejaVu Sans}table{break-after:page}td{width:9.5cm}"
    return paper(rows, css)


def flowing(parts: Blocks, css: str) -> bytes:
    """A PDF of headings and paragraphs."""
    body = "".join(f"<{(n := 'h2' if h else 'p')}>{raised(escape(t))}</{n}>" for h, t in parts)
    return paper(body, css)


def locked(content: bytes, folder: Path, **how: str) -> bytes:
    """A PDF that asks for a password, encrypted the older way."""
    made = folder / "plain.pdf"
    made.write_bytes(content)
    writer = PdfWriter(clone_from=PdfReader(made))
    writer.encrypt(algorithm="RC4-128", **how)
    writer.write(made)
    return made.read_bytes()


def papers(text: str, folder: Path) -> dict[str, tuple[bytes, str]]:
    """Each layout as a PDF: its content, and what must be told (nothing: every row is found)."""
    lines, parts = text.splitlines(), blocks(text)
    with_heads = "@page{@top-left{content:'Evaluatie'}@bottom-right{content:counter(page)}}"
    sans = pdf(lines, f"{with_heads} body{{font:9pt DejaVu Sans}}")
    made = {
        "PDF, heads and feet": sans,
        "PDF, a book face, hyphens": flowing(
            parts, f"{with_heads} body{{font:10pt DejaVu Serif;hyphens:auto;text-align:justify}}"
        ),
        "PDF, two columns": flowing(
            parts, f"{with_heads} body{{font:8pt DejaVu Sans;columns:2;hyphens:auto}}"
        ),
        "PDF, two columns, across": tabled(parts),
        "PDF, ligatures": pdf(list(map(ligatures, lines)), "body{font:9pt DejaVu Sans}"),
        "PDF, headings spaced out": flowing(parts, "h2{letter-spacing:5pt;font-size:9pt}"),
        "PDF, encrypted, no password": locked(sans, folder, user_password="", owner_password="x"),
    }
    told = {
        "PDF with a password": (locked(sans, folder, user_password="x"), "a password"),
        "PDF without text": (pdf([""], ""), "pages without text"),
        "PDF cut short": (sans[: len(sans) // 2], "damaged"),
    }
    return {**{name: (content, "") for name, content in made.items()}, **told}


def judged(path: Path, data: Path, must_tell: str) -> tuple[bool, str]:
    """Whether a layout came out as it must, and its figures or what was told."""
    try:
        [found] = trace(copies.chosen([str(path)], documents(data))[0], data).values()
    except AnnexError as error:
        message = str(error)
        return bool(must_tell) and must_tell in message, message[:160]
    figures = f"{found.found} of {found.rows}, {len(found.uncovered)} uncovered"
    if must_tell:
        said = [*found.notes, *map(str, found.problems)]
        line = next((text for text in said if must_tell in text), None)
        return line is not None and bool(found.problems), f"{figures}: {(line or 'NOT TOLD')[:160]}"
    return all_there(found), "; ".join([figures, *(note[:80] for note in found.notes)])


def all_there(found: Trace) -> bool:
    """Every row is found, no numeral is left over, every rule is used."""
    return found.found == found.rows > 0 and not found.problems


def main(source: str | None) -> int:
    """Run the campaign; 0 when every layout came out as it must, or there is no text to lay out."""
    if not source:
        print("SKIPPED: no copy of the evaluation; make soak EVALUATION=path/to/its/text.txt")
        return 0
    text, wrong = Path(source).read_text(encoding="utf-8-sig"), []
    with tempfile.TemporaryDirectory() as folder:
        every = layouts(text) | papers(text, Path(folder))
        for name, (content, must) in every.items():
            content = content.encode() if isinstance(content, str) else content
            path = Path(folder) / ("copy.pdf" if content.startswith(b"%PDF") else "copy.txt")
            path.write_bytes(content)
            fine, said = judged(path, folders.data(), must)
            wrong += [] if fine else [name]
            print(f"{'  ' if fine else '! '}{name:36}{said}", flush=True)
    print(f"layouts {len(every)}, as they must be {len(every) - len(wrong)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("EVALUATION")))
