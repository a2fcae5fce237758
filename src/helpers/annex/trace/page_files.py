"""Reads the file of a copy of the evaluation, text or PDF, as pages of text."""

from __future__ import annotations

import codecs
import logging
import re
import sys
from collections.abc import Sequence
from logging.handlers import BufferingHandler
from pathlib import Path

from ...errors import AnnexError, Problem, quoted
from ...limits import COPY_MEGABYTES
from . import layout

# Other kinds of files, by their first bytes: the message names them.
_OTHERS = {
    b"PK\x03\x04": "a Word, OpenDocument or zip file",
    b"\xd0\xcf\x11\xe0": "an older Word file",
    b"{\\rtf": "an RTF file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}
_HTML = re.compile(rb"\s*<(?:!doctype\s+html|html|head|body|\?xml)\b", re.I)
_MARKS = {  # UTF-32 before UTF-16, whose byte order mark is a prefix of the one of UTF-32
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# Encodings that UTF-8 is often decoded with by mistake.
_MISTAKEN = ("cp1252", "latin-1", "mac_roman", "cp850", "cp437")
_BEYOND_ASCII = re.compile(r"[^\0-\x7f]+")
_WHOLE_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")


def read(path: Path) -> tuple[list[str], list[str]]:
    """The text of each page, and notes for the user on how the file was read.

    Raises `AnnexError` when the file can't be read, or is neither text nor a PDF with text.
    """
    if not path.is_file():
        found = "a folder" if path.is_dir() else "no ordinary file"
        raise _refusal(path, found if path.exists() else "no such file")
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(1024)
            pdf = b"%PDF-" in start
            if path.suffix.lower() == ".pdf" and not pdf and size:
                raise _refusal(path, "bytes that are no PDF")
            kind = "PDF" if pdf else "text"
            most = COPY_MEGABYTES[kind]
            if size > most * 1_000_000:
                raise _refusal(path, f"{size / 1e6:,.0f} MB", f"a {kind} of at most {most} MB")
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
    for _ in range(2):  # text may have been decoded wrongly twice
        ways = [(*_repaired(text, encoding), encoding) for encoding in _MISTAKEN]
        repaired, text, encoding = max(ways, key=lambda way: way[0])
        if repaired:
            notes.append(f"UTF-8 decoded as {encoding} by mistake: repaired in {repaired} places")
    return text.split("\f"), notes


def _repaired(text: str, encoding: str) -> tuple[int, str]:
    """Undo that UTF-8 was decoded with `encoding`: the number of places that change, and the text.
    Nothing changes when most of the characters outside ASCII are no such mistake."""
    codes = {bytes([n]).decode(encoding, "ignore") or chr(n): n for n in range(128, 256)}

    def repair(match: re.Match) -> str:
        try:
            return bytes(codes[character] for character in match[0]).decode()
        except (KeyError, UnicodeDecodeError):
            return match[0]

    runs = list(_BEYOND_ASCII.finditer(text))
    count = sum(repair(match) != match[0] for match in runs)
    return (count, _BEYOND_ASCII.sub(repair, text)) if 2 * count > len(runs) else (0, text)


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
    warnings: list[str] = []
    pages = _extracted(path, warnings)
    empty = [number for number, page in enumerate(pages, 1) if not page.strip()]
    if len(empty) == len(pages):
        found = f"{len(pages)} pages without text (a scan?)"
        raise _refusal(path, found, "a PDF that holds text", "Recognise its text (OCR)")
    notes = [f"the PDF is damaged: {', '.join(dict.fromkeys(warnings))}"] if warnings else []
    if empty:
        notes.append(f"pages without text (pictures?): {', '.join(map(str, empty))}")
    return pages, notes


def _texts(pages: Sequence) -> list[str]:
    """The text of each page in the order of the file; if that order runs across two columns, in the
    layout of the page, in which `layout.gutter` finds the columns."""
    texts = [page.extract_text() for page in pages]
    longest = sorted(range(len(texts)), key=lambda at: -len(texts[at]))[:3]
    if sum(_across(pages[at], texts[at]) for at in longest) * 2 <= len(longest):
        return texts
    return [page.extract_text(extraction_mode="layout") for page in pages]


def _across(page, text: str) -> bool:
    """Whether `text` has most lines of the layout that cross the gutter in one piece."""
    lines = page.extract_text(extraction_mode="layout").splitlines()
    gap = layout.gutter(lines)
    both = [line for line in lines if gap and line[:gap].strip() and line[gap:].strip()]
    text = "".join(text.split())
    return 2 * sum("".join(line.split()) in text for line in both) > len(both)


def _extracted(path: Path, warnings: list[str]) -> list[str]:
    """The text of each page; what pypdf logs meanwhile is appended to `warnings`."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    log, collector = logging.getLogger("pypdf"), BufferingHandler(sys.maxsize)
    collector.setLevel(logging.WARNING)
    log.addHandler(collector)
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
    except Exception as error:  # on a damaged file pypdf may raise anything
        found = f"a damaged PDF ({type(error).__name__}: {quoted(str(error))})"
        raise _refusal(path, found, "a whole PDF that holds text, or its text") from None
    finally:
        log.removeHandler(collector)
        log.propagate = True
        warnings += [quoted(record.getMessage()) for record in collector.buffer]
