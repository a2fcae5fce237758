"""What was typed in a notebook, as HTML: prose (Markdown) and code."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from html import escape

from mistune import HTMLRenderer
from nbconvert.filters import strip_ansi
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from .markup import anchor, plain

__all__ = ["Prose", "highlighted", "strip_ansi"]

# The highlighter's marks are half of the weight of a page: only key words, strings and comments
# keep one, the shortest that HTML has; the parts of a string have one together.
_MARKS = {"k": "b", "ow": "b", "kn": "b", "s1": "i", "s2": "i", "sa": "i", "si": "i", "c1": "em"}
_LEXER, _FORMATTER = PythonLexer(), HtmlFormatter(cssclass="highlight hl-python")
_MARK = re.compile(r'<span class="(\w+)">([^<]*)</span>')


class Prose(IPythonRenderer):
    """The prose of one page; its headings get an anchor, and are remembered.

    title: words of the first h1. contents: anchor and words of every h2.
    """

    def __init__(self):
        super().__init__(escape=True, exclude_anchor_links=True)
        self.title = ""
        self.contents: list[tuple[str, str]] = []
        self._used: Counter[str] = Counter()
        self._markdown = MarkdownWithMath(renderer=self)

    def html(self, source: str) -> str:
        """The next piece of prose; HTML in it is shown as text."""
        return self._markdown.render(source)

    def block_mermaidjs(self, code: str) -> str:
        """A drawing in words, which nbconvert would leave as it is for a script to draw."""
        return f"<pre><code>{escape(code)}</code></pre>\n"

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """A picture by its address; what is attached to a cell is none of the annex."""
        return HTMLRenderer.image(self, text, url, title)

    def heading(self, text: str, level: int, **attrs) -> str:
        """A heading as HTML, as mistune asks for it."""
        words = plain(text)
        if level == 1:
            self.title = self.title or words.strip()
        if level not in (2, 3):
            return super().heading(text, level, **attrs)
        place = anchor(words)
        self._used[place] += 1
        place += f"-{self._used[place]}" if self._used[place] > 1 else ""
        if level == 2:
            self.contents.append((place, words.strip()))
        return super().heading(text, level, id=place)


@cache
def highlighted(source: str) -> str:
    """Program code with its marks; the same code stands on the pages of both languages."""
    shown = highlight(source, _LEXER, _FORMATTER)
    return _MARK.sub(_marked, shown).replace("</i><i>", "").replace("<span></span>", "")


def _marked(match: re.Match) -> str:
    """A piece of code as the highlighter sees it."""
    tag = _MARKS.get(match[1])
    return f"<{tag}>{match[2]}</{tag}>" if tag else match[2]
