"""Changes to HTML by regular expression. They are safe only for HTML that the helpers wrote, with
text and attribute values escaped and attribute values in double quotes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape

from ... import language

_NUMBER = re.compile(r'<data value="([^"]*)" data-id="([^"]*)"([^>]*)>([^<]*)</data>')
_CELL = re.compile(r"(<t[hd]\b[^>]*>)([^<]+)(?=</t[hd]>)")
_CAPTION = re.compile(r"(<table[^>]*>)(?:<caption>(.*?)</caption>)?")
_TAG = re.compile(r"<[^>]*>")
# A value in a tag, where the next bracket is `>`; behind one that ends with `/` a tag would end.
_ATTRIBUTE = re.compile(r'="([\w.:,;%#&/-]+)(?<!/)"(?=>|\s[^<>]*>)')
_QUOTE = re.compile(r"&quot;(?=[^<>]*<)")  # in text: in a tag the next bracket would be `>`


def link(html: str, numbers: Mapping[str, str], claims: Mapping[str, str], folder: str = "") -> str:
    """Link every number with an evidence id, and every table cell with the id of a claim, to its
    entry in the register.

    numbers, claims: the URL of each entry, by id. folder: of the register, relative to the page. A
    number without an entry is left unchanged; the count of numerals then reports it.
    """

    def number(found: re.Match) -> str:
        value, id, rest, text = found.groups()
        data = f'<data value="{value}"{rest}>{text}</data>'
        return f'<a href="{folder}{numbers[id]}">{data}</a>' if id in numbers else found[0]

    def cell(found: re.Match) -> str:
        tag, text = found.groups()
        address = claims.get(unescape(text))
        return f'{tag}<a href="{folder}{escape(address)}">{text}</a>' if address else found[0]

    return _CELL.sub(cell, _NUMBER.sub(number, html))


def unquoted(html: str) -> str:
    """HTML with quotes unescaped outside tags: pages with code become much shorter."""
    return _QUOTE.sub('"', html.replace("&#x27;", "'").replace("&#39;", "'"))


def bare(html: str) -> str:
    """HTML with quotes around the value of an attribute only where HTML needs them: pages with many
    links become shorter. Nothing above reads its result."""
    return _ATTRIBUTE.sub(lambda value: f"={value[1]}", html)


def plain(html: str) -> str:
    """HTML as plain text: tags removed, entities decoded."""
    return unescape(_TAG.sub("", html))


def anchor(words: str) -> str:
    """Text as the id of an element: lower case, hyphens for everything but word characters."""
    return re.sub(r"\W+", "-", words.lower()).strip("-")


class _Elsewhere(str):
    """Words in another language than the page; a template writes them with that language."""

    lang = ""

    def __html__(self) -> str:
        return f'<span lang="{self.lang}">{escape(self)}</span>'


def in_language(words: str, lang: str) -> str:
    """Words for a template, which says their language if it is not the current one."""
    if lang == language.current():
        return words
    found = _Elsewhere(words)
    found.lang = lang
    return found


def captioned(table: str, caption: str) -> str:
    """The HTML of a table with a caption, which is HTML too, before what its caption says."""
    return _CAPTION.sub(lambda tag: f"{tag[1]}<caption>{caption}{tag[2] or ''}</caption>", table, 1)
