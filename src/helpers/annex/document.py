"""A copy of the evaluation as text, in sections: from a text file or a PDF, with one answer."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from ..errors import AnnexError, Problem

_HEADING = re.compile(r"^\s*(?:(Samenvatting)|(\d(?:\.\d){0,2})\.\s+\S|Appendix (\d):)", re.M)
_SAME = str.maketrans("‘’‚“”„–—−‑\N{NO-BREAK SPACE}\N{SOFT HYPHEN}", "'''\"\"\"---- " + "\x00")


def read(path: Path) -> dict[str, str]:
    """The document's text by section (`Summary`, `5.1.2`, `Appendix 3`), each normalised.

    Raises `AnnexError` when the file can't be read or has none of the sections.
    """
    try:
        text = _pdf(path) if path.suffix.lower() == ".pdf" else path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        found = getattr(error, "strerror", None) or "bytes that are not UTF-8"
        raise AnnexError(Problem(str(path), found, "a text file in UTF-8 or a PDF")) from None
    return _sections(text)


def normal(text: str) -> str:
    """Text in which line wraps, kinds of quotes and dashes make no difference."""
    text = unicodedata.normalize("NFKC", text).translate(_SAME).replace("\x00", "")
    return re.sub(r"\s+", " ", text).strip()


def _pdf(path: Path) -> str:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        return "\n".join(page.extract_text() for page in PdfReader(path).pages)
    except PyPdfError as error:
        raise AnnexError(Problem(str(path), f"{error}", "a PDF that holds text")) from None


def _sections(text: str) -> dict[str, str]:
    """Cut at headings, taken only in the order in which a document numbers them; none, nothing."""
    cuts, last = [], (-1,)
    for match in _HEADING.finditer(text):
        name = "Summary" if match[1] else match[2] or f"Appendix {match[3]}"
        place = _place(name)
        if _follows(last, place):
            cuts.append((name, match.start()))
            last = place
    ends = [start for _, start in cuts[1:]] + [len(text)]
    return {name: normal(text[a:b]) for (name, a), b in zip(cuts, ends, strict=False)}


def _place(name: str) -> tuple[int, ...]:
    if name == "Summary":
        return (0,)
    if name.startswith("Appendix"):
        return (100 + int(name[9:]),)
    return tuple(map(int, name.split(".")))


def _follows(last: tuple[int, ...], place: tuple[int, ...]) -> bool:
    """Whether a heading is the next chapter, or a part of this one further on."""
    if place[0] == last[0]:
        return len(place) > 1 and place > last
    return len(place) == 1 and (place[0] == last[0] + 1 or place[0] == 101)
