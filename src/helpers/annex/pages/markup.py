"""HTML that the helpers wrote, changed without a parser: tags and values in it are escaped, and
values stand in double quotes, so that a pattern finds what it looks for and nothing else."""

from __future__ import annotations

import re
from html import unescape

_NUMBER = re.compile(r'<data value="([^"]*)" data-id="([^"]*)"([^>]*)>([^<]*)</data>')
_TAG = re.compile(r"<[^>]*>")
_QUOTE = re.compile(r"&quot;(?=[^<>]*<)")  # in a text; in a tag the next bracket closes


def link_numbers(html: str, register: str) -> str:
    """Make every number that names its evidence a link to its entry in the register."""
    return _NUMBER.sub(rf'<a href="{register}#\2"><data value="\1"\3>\4</data></a>', html)


def unquoted(html: str) -> str:
    """The same with quotes as they are where they need no escape: shorter, above all in code."""
    return _QUOTE.sub('"', html.replace("&#x27;", "'").replace("&#39;", "'"))


def plain(html: str) -> str:
    """HTML as plain text, for an attribute or a name."""
    return unescape(_TAG.sub("", html))


def anchor(words: str) -> str:
    """Words as the name of a place on a page."""
    return re.sub(r"\W+", "-", words.lower()).strip("-")
