"""HTML that the helpers wrote, changed without a parser: tags and values in it are escaped, and
values stand in double quotes, so that a pattern finds what it looks for and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape

_NUMBER = re.compile(r'<data value="([^"]*)" data-id="([^"]*)"([^>]*)>([^<]*)</data>')
_CELL = re.compile(r"(<t[hd]\b[^>]*>)([^<]+)(?=</t[hd]>)")
_TAG = re.compile(r"<[^>]*>")
_QUOTE = re.compile(r"&quot;(?=[^<>]*<)")  # in a text; in a tag the next bracket closes


def link(html: str, numbers: Mapping[str, str], claims: Mapping[str, str], folder: str = "") -> str:
    """Make every number that names its evidence, and every cell of a table that holds the id of a
    claim, a link to its entry in the register.

    numbers, claims: the address of each entry, by id. folder: where the register is, seen from the
    page. A number without an entry stays as it is, and the count of numerals refuses it.
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
    """The same with quotes as they are where they need no escape: shorter, above all in code."""
    return _QUOTE.sub('"', html.replace("&#x27;", "'").replace("&#39;", "'"))


def plain(html: str) -> str:
    """HTML as plain text, for an attribute or a name."""
    return unescape(_TAG.sub("", html))


def anchor(words: str) -> str:
    """Words as the name of a place on a page."""
    return re.sub(r"\W+", "-", words.lower()).strip("-")
