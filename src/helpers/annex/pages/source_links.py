"""The sources of a section as one line of links, in the current language."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from ... import language
from .labels import WORDS
from .markup import anchor


def line(sources: Iterable[dict]) -> str:
    """The line below a section with its sources, each once: first the places in the evaluation,
    then the publications, in the words of their publishers. Empty without sources."""
    cited = list(sources)
    places = dict.fromkeys(
        s["place"][language.current()] or s["label"][language.current()]
        for s in cited if s["group"] == "evaluation"
    )  # fmt: skip
    others = (s for s in cited if s["group"] != "evaluation")
    parts = [*_places(places), *map(_link, others)]
    if not parts:
        return ""
    return f'<small class="source">{language.text(WORDS["source"])}: {" · ".join(parts)}</small>'


def _places(places: Iterable[str]) -> list[str]:
    """Places in one document, which is named once, before the first of them."""
    groups: dict[str, list[str]] = {}
    for place in places:
        document, comma, rest = place.partition(", ")
        groups.setdefault(document, []).extend([rest] if comma else [])
    return [escape(", ".join([document, *rest])) for document, rest in groups.items()]


def _link(source: dict) -> str:
    words = escape(source["label"][language.current()])
    return f'<a href="#source-{anchor(source["id"])}"{foreign(source)}>{words}</a>'


def foreign(source: dict) -> str:
    """The `lang` attribute for a label that is a title in another language than the page."""
    titled = source["work"] and source["work"][:12] in source["label"][language.current()]
    return language.foreign(source["lang"]) if titled else ""


def grouped(sources: Iterable[dict]) -> dict[str, list[dict]]:
    """The list of sources: by group, those of it with their anchors, sorted by id."""
    found: dict[str, list[dict]] = {"evaluation": [], "statistics": [], "annex": []}
    for source in sorted(sources, key=lambda source: source["id"]):
        own = {"anchor": anchor(source["id"]), "foreign": foreign(source)}
        found[source["group"]].append(source | own)
    return {group: each for group, each in found.items() if each}
