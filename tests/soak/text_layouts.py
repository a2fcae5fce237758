"""The text of the evaluation laid out anew, as text files of it come (see layouts.py)."""

from __future__ import annotations

import re
import textwrap

HEADING = re.compile(r"(Samenvatting|\d(?:\.\d)*\. +(?=[A-Z])|Appendix \d: +)(.*)")
HEAD, PAGE = "Evaluatie van de vriendschap", 46
Blocks = list[tuple[bool, str]]  # whether it is a heading, and its text


def blocks(text: str) -> Blocks:
    """The headings and, between them, the text of each section as one paragraph."""
    found: Blocks = []
    for line in text.splitlines():
        if HEADING.fullmatch(line.strip()):
            found.append((True, line.strip()))
        elif found and not found[-1][0]:
            glue = "" if re.search(r"\w-$", found[-1][1]) and line[:1].isalnum() else " "
            found[-1] = (False, found[-1][1] + glue + line.strip())
        else:
            found.append((False, line.strip()))
    return found


def wrapped(parts: Blocks, width: int = 90, heading=str) -> list[str]:
    """Lines of at most so many letters, with each heading written by a function."""
    lines = []
    for is_heading, text in parts:
        kept = {"break_long_words": False, "break_on_hyphens": False}
        lines += heading(text).split("\n") if is_heading else textwrap.wrap(text, width, **kept)
    return lines


def narrow(parts: Blocks) -> list[str]:
    """Lines for one of two columns, headings and addresses broken too."""
    lines = []
    for _, text in parts:
        text = re.sub(r"https?://\S+", lambda m: m[0].replace("/", "/\x01 "), text)
        broken = textwrap.wrap(text, 52, break_on_hyphens=False)
        lines += [line.replace("\x01 ", "").rstrip("\x01") for line in broken]
    return lines


def renumbered(write):
    """A heading written from its number (or `Appendix 3`, or nothing) and its title."""

    def heading(text: str) -> str:
        match = HEADING.fullmatch(text)
        number = match[1].strip().rstrip(".:")
        return text if number == "Samenvatting" else write(number, match[2])

    return heading


def paged(lines: list[str], head, foot, gap: str = "\f") -> str:
    """Pages with a line above and a line below, of the number of the page."""
    pages = [lines[at : at + PAGE] for at in range(0, len(lines), PAGE)]
    shown = [[head(n), *page, foot(n)] for n, page in enumerate(pages, 1)]
    return gap.join("\n".join(filter(None, page)) + "\n" for page in shown)


def by_chapter(lines: list[str], head: str) -> str:
    """Pages headed by the chapter in which they begin, and by the number of the page."""
    pages, chapter = [], "Samenvatting"
    for at in range(0, len(lines), PAGE):
        page = lines[at : at + PAGE]
        pages.append("\n".join([head.format(chapter, len(pages) + 1), *page]))
        chapter = next((x for x in page[::-1] if re.match(r"\d\. [A-Z]|Appendix \d:", x)), chapter)
    return "\f".join(pages)


def hyphenated(parts: Blocks, sign: str, width: int = 60) -> list[str]:
    """Lines whose last word is divided by a hyphen of one kind, where there is room for it."""
    from pyphen import Pyphen  # comes with WeasyPrint

    divider = Pyphen(lang="nl")
    lines: list[str] = []
    for is_heading, text in parts:
        if is_heading:
            lines.append(text)
            continue
        line, words = "", text.split()
        for word in words:
            if len(line) + len(word) < width:
                line = f"{line} {word}".strip()
                continue
            halves = divider.wrap(word, width - len(line)) if word.isalpha() else None
            halves = halves or next(iter(re.findall(r"^(\w{4,}-)([a-z]{4,})$", word)), None)
            if halves:
                lines.append(f"{line} {halves[0].rstrip('-')}{sign}".strip())
                line = halves[1]
            else:
                lines.append(line)
                line = word
        lines.append(line)
    return lines


def columns(parts: Blocks, gutter: str | None) -> str:
    """Pages of two columns read across; without a gutter the lines run into each other."""
    lines, pages = narrow(parts), []
    for at in range(0, len(lines), 2 * PAGE):
        left, right = lines[at : at + PAGE], lines[at + PAGE : at + 2 * PAGE]
        right += [""] * (len(left) - len(right))
        pairs = zip(left, right, strict=True)
        pages.append("\n".join(f"{a:<60}{b}" if gutter else f"{a} {b}" for a, b in pairs))
    return "\f".join(pages)


def contents(parts: Blocks, leaders: str) -> str:
    """A list of contents with page numbers."""
    titles = [text for is_heading, text in parts if is_heading]
    return "\n".join(["Inhoudsopgave", *(f"{t} {leaders} {n + 2}" for n, t in enumerate(titles))])


def superscript(text: str) -> str:
    """Footnote marks, fused to a word, as superior figures."""
    raised = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
    return re.sub(r"(?<=[a-z.’])\d{1,2}(?=[ .]|$)", lambda m: m[0].translate(raised), text)


def ligatures(text: str) -> str:
    """Text with the ligatures of a book face."""
    for plain, one in {"ffi": "ﬃ", "ffl": "ﬄ", "ff": "ﬀ", "fi": "ﬁ", "fl": "ﬂ"}.items():
        text = text.replace(plain, one)
    return text


def garbled(text: str) -> str:
    """UTF-8 read as Windows-1252, as programs do: a byte without a sign in it stays as it is."""
    return "".join(bytes([n]).decode("cp1252", "ignore") or chr(n) for n in text.encode())


def layouts(text: str) -> dict[str, tuple[str | bytes, str]]:
    """Each layout by name: its content, and what must be told (nothing: every row is found)."""
    lines, parts = text.splitlines(), blocks(text)
    flat, number = "\n".join(lines), str
    dotted, plain = contents(parts, "." * 30), contents(parts, "")
    start = flat.index("1. Inleiding")
    caps = wrapped(parts, heading=str.upper)
    made = {
        "as it is": flat,
        "UTF-8 with a mark": flat.encode("utf-8-sig"),
        "UTF-16, little end first": b"\xff\xfe" + flat.encode("utf-16-le"),
        "UTF-16, big end first": b"\xfe\xff" + flat.encode("utf-16-be"),
        "UTF-32": flat.encode("utf-32"),
        "Windows-1252": flat.replace("\N{MINUS SIGN}", "-").encode("cp1252"),
        "CRLF": "\r\n".join(lines),
        "CR": "\r".join(lines),
        "NEL": "\x85".join(lines),
        "line separators": "\N{LINE SEPARATOR}".join(lines),
        **{f"wrapped at {width}": "\n".join(wrapped(parts, width)) for width in (60, 80, 100)},
        "paragraphs on one line": "\n".join(text for _, text in parts),
        "pages with form feeds": paged(lines, lambda n: "", lambda n: ""),
        "heads and feet": paged(lines, lambda n: HEAD, number),
        "heads left and right": paged(
            lines, lambda n: HEAD if n % 2 else f"{n} Utrecht", lambda n: f"Pagina {n} van 30"
        ),
        "page numbers, no form feeds": paged(lines, lambda n: "", number, ""),
        "heads and feet, no form feeds": paged(lines, lambda n: HEAD, lambda n: f"- {n} -", ""),
        "chapters as running heads": by_chapter(wrapped(parts), "{}"),
        "chapters and pages as running heads": by_chapter(wrapped(parts), "{}   {}"),
        "contents in front": f"{dotted}\n{flat}",
        "contents without leaders": f"{plain}\n{flat}",
        "contents over line ends": "\n".join(
            [f"{t[:30]}\n{t[30:]} .... {n}" for n, (h, t) in enumerate(parts) if h] + lines
        ),
        "contents after the summary": f"{flat[:start]}\n{dotted}\n{flat[start:]}",
        "all at once": paged(
            [
                *dotted.splitlines(),
                *hyphenated([(h, t.upper() if h else t) for h, t in parts], "-"),
            ],
            lambda n: HEAD if n % 2 else f"{n} Utrecht",
            lambda n: f"- {n} -",
        )
        .replace("\n", "\r\n")
        .encode("utf-8-sig"),
        "headings in capitals": "\n".join(caps),
        "capitals, contents": "\n".join([dotted.upper(), *caps]),
        "Markdown": "\n".join(wrapped(parts, heading=lambda t: f"\n## {t}\n")),
        "Markdown, bold": "\n".join(wrapped(parts, heading=lambda t: f"\n**{t}**\n")),
        "Markdown, underlined": "\n".join(wrapped(parts, heading=lambda t: f"{t}\n=======\n")),
        "numbers without a final stop": "\n".join(
            wrapped(parts, heading=renumbered(lambda n, t: f"{n} {t}"))
        ),
        "numbers and titles on two lines": "\n".join(
            wrapped(parts, heading=renumbered(lambda n, t: f"{n}.\n{t}"))
        ),
        "chapter words": "\n".join(
            wrapped(
                parts,
                heading=renumbered(
                    lambda n, t: (
                        f"{n.replace('Appendix', 'Bijlage')}\n{t}"
                        if "A" in n
                        else f"{n} {t}"
                        if "." in n
                        else f"Hoofdstuk {n}\n{t}"
                    )
                ),
            )
        ),
        "hyphens, hard": "\n".join(hyphenated(parts, "-")),
        "hyphens, soft": "\n".join(hyphenated(parts, "\N{SOFT HYPHEN}")),
        "hyphens, U+2010": "\n".join(hyphenated(parts, "\N{HYPHEN}")),
        "hyphens, U+2011": "\n".join(hyphenated(parts, "\N{NON-BREAKING HYPHEN}")),
        "hyphens, narrow": "\n".join(hyphenated(parts, "-", 32)),
        "hyphens, heads and feet": paged(hyphenated(parts, "-"), lambda n: HEAD, number),
        "ligatures": ligatures(flat),
        "superior footnote marks": superscript(flat),
        "narrow no-break spaces": re.sub(r"(?<=[\d€]) ", "\N{NARROW NO-BREAK SPACE}", flat),
        "headings spaced out": "\n".join(
            wrapped(parts, heading=lambda t: "  ".join(" ".join(w) for w in t.split()))
        ),
        "two columns, a gutter": columns(parts, "  "),
        "UTF-8 read as Windows-1252": garbled(flat),
        "UTF-8 read as Latin-1": flat.encode().decode("latin-1"),
        "UTF-8 read as Mac Roman": flat.encode().decode("mac_roman"),
        "UTF-8 read as code page 850": flat.encode().decode("cp850"),
        "UTF-8 read as Windows-1252, twice": garbled(garbled(flat)),
        "quoted": "\n".join(f"> {line}" for line in lines),
        "quoted twice, without spaces": "\n".join(f">>{line}" for line in lines),
        "Markdown, escaped": re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", flat),
        "Markdown, quoted and escaped": "\n".join(
            "> " + re.sub(r"([-.+*#_\[\]])", r"\\\1", line) for line in lines
        ),
    }
    last = flat.rindex("Appendix 4")
    told = {
        "the first half": (flat[: len(flat) // 2], "the copy ends in section"),
        "up to the last appendix": (flat[:last], "the copy ends in section Appendix 3"),
        "into the last appendix": (
            flat[: last + (len(flat) - last) // 2],
            "the copy ends in section Appendix 4",
        ),
        "the first pages of two columns": (
            columns(blocks("\n".join(lines[: len(lines) // 2])), None),
            "lines run across the columns",
        ),
        "the second half": (flat[len(flat) // 2 :], "no heading of section Summary"),
        "two columns, run together": (columns(parts, None), "lines run across the columns"),
        "no headings": ("\n".join(t for h, t in parts if not h), "no heading of section"),
        "one heading gone": (
            flat.replace("5.1.2. Handel", "Handel"),
            "no heading of section 5.1.2",
        ),
    }
    return {**{name: (content, "") for name, content in made.items()}, **told}
