"""A file that someone hands in as a copy of the evaluation, as pages of text."""

from __future__ import annotations

import codecs
import logging
import re
from collections.abc import Sequence
from pathlib import Path

from ...errors import AnnexError, Problem, quoted
from ...limits import COPY_MEGABYTES
from . import layout

# Kinds of file that are often handed in instead, by their first bytes.
_OTHERS = {
    b"PK\x03\x04": "a Word, OpenDocument or zip file",
    b"\xd0\xcf\x11\xe0": "an older Word file",
    b"{\\rtf": "an RTF file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}
_HTML = re.compile(rb"\s*<(?:!doctype\s+html|html|head|body|\?xml)\b", re.I)
_MARKS = {  # UTF-32 first: its mark begins with that of UTF-16
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# Encodings in which UTF-8 is often read by mistake.
_MISTAKEN = ("cp1252", "latin-1", "mac_roman", "cp850", "cp437")
_BEYOND_ASCII = re.compile(r"[^\0-\x7f]+")
_WHOLE_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")


def read(path: Path) -> tuple[list[str], list[str]]:
    """The text of each page, and what a reader should know of how it was read.

    Raises `AnnexError` when the file can't be read, or is no text and no PDF with text.
    """
    if not path.is_file():
        found = (
            "a folder" if path.is_dir() else "no ordinary file" if path.exists() else "no such file"
        )
        raise _refusal(path, found)
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(1024)
            pdf = b"%PDF-" in start
            if path.suffix.lower() == ".pdf" and not pdf and size:
                raise _refusal(path, "bytes that are no PDF")
            kind = "PDF" if pdf else "text"
            if size > COPY_MEGABYTES[kind] * 1_000_000:
                raise _refusal(
                    path, f"{size / 1e6:,.0f} MB", f"a {kind} of at most {COPY_MEGABYTES[kind]} MB"
                )
            content = b"" if pdf else start + file.read()
    except OSError as error:
        raise _refusal(path, error.strerror or str(error)) from None
    return _pdf(path) if pdf else _text(path, content)


def _refusal(
    path: Path, found: str, expected: str = "a text file or a PDF that holds text", remedy: str = ""
):
    return AnnexError(Problem(str(path), found, expected, remedy))


def _text(path: Path, content: bytes) -> tuple[list[str], list[str]]:
    for start, kind in _OTHERS.items():
        if content.startswith(start):
            raise _refusal(path, kind, "a text file or a PDF", "Save it as one of these")
    if _HTML.match(content.removeprefix(codecs.BOM_UTF8)):
        raise _refusal(path, "HTML or XML", "a text file or a PDF", "Save the page as one of these")
    text, notes = _decoded(path, content)
    if not text.strip():
        raise _refusal(path, "an empty file")
    if "\0" in text:
        raise _refusal(path, "bytes that are no text (UTF-16 needs its byte-order mark)")
    for _ in range(2):  # one mistake on top of another
        ways = [(*_mended(text, encoding), encoding) for encoding in _MISTAKEN]
        mended, text, encoding = max(ways, key=lambda way: way[0])
        if mended:
            notes.append(f"UTF-8 that was once read as {encoding}: mended in {mended} places")
    return text.split("\f"), notes


def _mended(text: str, encoding: str) -> tuple[int, str]:
    """In how many places a text changes that gets back its UTF-8, once read in another encoding,
    and that text; as it is, when most of its signs beyond ASCII are no UTF-8 in that encoding."""
    codes = {bytes([n]).decode(encoding, "ignore") or chr(n): n for n in range(128, 256)}

    def mend(match: re.Match) -> str:
        try:
            return bytes(codes[sign] for sign in match[0]).decode()
        except (KeyError, UnicodeDecodeError):
            return match[0]

    signs = list(_BEYOND_ASCII.finditer(text))
    mended = sum(mend(match) != match[0] for match in signs)
    return (mended, _BEYOND_ASCII.sub(mend, text)) if 2 * mended > len(signs) else (0, text)


def _decoded(path: Path, content: bytes) -> tuple[str, list[str]]:
    encoding = next((name for mark, name in _MARKS.items() if content.startswith(mark)), "utf-8")
    try:
        return content.decode(encoding), []
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = f"on line {line} bytes that are not {encoding.removesuffix('-sig').upper()}"
    broken = content.decode("utf-8", "replace").count("\N{REPLACEMENT CHARACTER}")
    if encoding != "utf-8" or len(_WHOLE_LETTER.findall(content)) > broken:
        raise _refusal(path, found, "a text in one encoding, such as UTF-8")
    try:
        return content.decode("cp1252"), [f"read as Windows-1252: {found}"]
    except UnicodeDecodeError:
        return content.decode("latin-1"), [f"read as Latin-1: {found}"]


def _pdf(path: Path) -> tuple[list[str], list[str]]:
    said: list[str] = []
    pages = _extracted(path, said)
    empty = [number for number, page in enumerate(pages, 1) if not page.strip()]
    if len(empty) == len(pages):
        found = f"{len(pages)} pages without text (a scan?)"
        raise _refusal(path, found, "a PDF that holds text", "Have its letters recognised (OCR)")
    notes = [f"the PDF is damaged: {', '.join(dict.fromkeys(said))}"] if said else []
    if empty:
        notes.append(f"pages without text (pictures?): {', '.join(map(str, empty))}")
    return pages, notes


def _texts(pages: Sequence) -> list[str]:
    """Each page's text in the order in which the file has it; where that goes line by line across
    two columns, as it stands on the page, so that the columns can be told apart."""
    texts = [page.extract_text() for page in pages]
    longest = sorted(range(len(texts)), key=lambda at: -len(texts[at]))[:3]
    if sum(_across(pages[at], texts[at]) for at in longest) * 2 <= len(longest):
        return texts
    return [page.extract_text(extraction_mode="layout") for page in pages]


def _across(page, text: str) -> bool:
    lines = page.extract_text(extraction_mode="layout").splitlines()
    strip = layout.gutter(lines)
    both = [line for line in lines if strip and line[:strip].strip() and line[strip:].strip()]
    text = "".join(text.split())
    return 2 * sum("".join(line.split()) in text for line in both) > len(both)


def _extracted(path: Path, said: list[str]) -> list[str]:
    """The text of each page; what the library says of the file meanwhile goes into `said`."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    class Heard(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(quoted(record.getMessage()))

    log, heard = logging.getLogger("pypdf"), Heard(logging.WARNING)
    log.addHandler(heard)
    log.propagate = False
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise _refusal(path, "a password on it", "a PDF without a password, or its text")
        return _texts(list(reader.pages))
    except DependencyError:
        expected = "a PDF without encryption (print it to a new PDF), or its text"
        raise _refusal(path, "an encrypted PDF", expected) from None
    except AnnexError:
        raise
    except Exception as error:  # of a damaged file: whatever the library trips over
        found = f"a damaged PDF ({type(error).__name__}: {quoted(str(error))})"
        raise _refusal(path, found, "a whole PDF that holds text, or its text") from None
    finally:
        log.removeHandler(heard)
        log.propagate = True
