"""The sources of an output as links, in the current language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from ... import language
from .labels import WORDS
from .markup import anchor

_MANY = 6  # an output with more numbers than this gets their count, not a list


def line(sources: Iterable[dict]) -> str:
    """The line below an output with its sources, grouped by place (section or table)."""
    groups: dict[str, list[dict]] = {}
    for source in sources:
        groups.setdefault(source["place"][language.current()], []).append(source)
    parts = [_links(place, cited) for place, cited in groups.items()]
    return f'<small class="source">{language.text(WORDS["source"])}: {"; ".join(parts)}</small>'


def _links(place: str, cited: Sequence[dict]) -> str:
    """Links to the sources of one place; only their count if there are many, as each number is
    itself a link."""
    if place and len(cited) > _MANY:
        words = language.text(WORDS["numbers"]).format(len(cited))
        return f"{words} ({escape(place)})"
    links = (
        f'<a href="{_url(s)}"{foreign(s)}>{escape(s["label"][language.current()])}</a>'
        for s in cited
    )
    return ", ".join(links) + (f" ({escape(place)})" if place else "")


def foreign(source: dict) -> str:
    """The `lang` attribute for a label that is a title in another language than the page."""
    titled = source["work"] and source["work"][:12] in source["label"][language.current()]
    return language.foreign(source["lang"]) if titled else ""


def _url(source: dict) -> str:
    """The URL of a source: of a reported number its entry in the register, of others their place in
    the list of sources on the page."""
    if source["group"] == "evaluation" and source["place"]["en"]:
        return f"evidence.html#{source['id']}"
    return f"#source-{anchor(source['id'])}"
