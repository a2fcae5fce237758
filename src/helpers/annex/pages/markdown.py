"""Convert the cells of a notebook to HTML: prose (Markdown) and code."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from html import escape

from mistune import HTMLRenderer
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from ... import language
from .markup import anchor, in_language, plain

# Pygments' spans make up half the size of a page: only keywords, strings and comments are
# highlighted, with the shortest HTML tags, and adjacent parts of a string share one.
_TAGS = {"k": "b", "ow": "b", "kn": "b", "s1": "i", "s2": "i", "sa": "i", "si": "i", "c1": "em"}
_LEXER, _FORMATTER = PythonLexer(), HtmlFormatter(cssclass="highlight hl-python")
_SPAN = re.compile(r'<span class="(\w+)">([^<]*)</span>')


class Prose(IPythonRenderer):
    """The Markdown renderer of one page; it gives headings an anchor and collects them.

    title: text of the first h1. contents: (anchor, text) of every h2.
    """

    def __init__(self):
        super().__init__(escape=True, exclude_anchor_links=True)
        self.title = ""
        self.contents: list[tuple[str, str]] = []
        self._lang = language.current()
        self._used: Counter[str] = Counter()
        self._markdown = MarkdownWithMath(renderer=self)

    def html(self, source: str, lang: str) -> str:
        """Render the next prose cell, which is in `lang`; HTML in it is escaped."""
        self._lang = lang
        return self._markdown.render(source)

    def block_mermaidjs(self, code: str) -> str:
        """A Mermaid diagram as code; nbconvert would emit it for a script to draw."""
        return f"<pre><code>{escape(code)}</code></pre>\n"

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """An image with its URL unchanged; nbconvert would embed attachments of the cell."""
        return HTMLRenderer.image(self, text, url, title)

    def heading(self, text: str, level: int, **attrs) -> str:
        """A heading as HTML; called by mistune. Levels 2 and 3 get a unique anchor."""
        words = in_language(plain(text).strip(), self._lang)
        if level == 1:
            self.title = self.title or words
        if level not in (2, 3):
            return super().heading(text, level, **attrs)
        place = anchor(words)
        self._used[place] += 1
        place += f"-{self._used[place]}" if self._used[place] > 1 else ""
        if level == 2:
            self.contents.append((place, words))
        # nbconvert annotates each keyword argument as a dictionary.
        return super().heading(text, level, id=place)  # type: ignore[arg-type]


@lru_cache(maxsize=256)
def highlighted(source: str) -> str:
    """Code as highlighted HTML; cached, as the pages of all languages show the same code."""
    shown = highlight(source, _LEXER, _FORMATTER)
    return _SPAN.sub(_short_tag, shown).replace("</i><i>", "").replace("<span></span>", "")


def _short_tag(match: re.Match) -> str:
    """Replace a span of Pygments by a short tag, or by its text alone."""
    tag = _TAGS.get(match[1])
    return f"<{tag}>{match[2]}</{tag}>" if tag else match[2]
