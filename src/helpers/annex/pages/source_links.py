"""The sources of a section as one line of links, in the current language."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from ... import language
from ...evidence.rows import natural_order
from ...messages import SEMICOLON
from .labels import WORDS
from .markup import anchor


def line(sources: Iterable[dict]) -> str:
    """The line below a section with its sources, each once: first the places in the evaluation,
    then the publications, in the words of their publishers (of two with the same title the first).
    Empty without sources."""
    cited = list(sources)
    places = dict.fromkeys(
        s["place"][language.current()] or s["label"][language.current()]
        for s in cited if s["group"] == "evaluation"
    )  # fmt: skip
    others = [s for s in cited if s["group"] != "evaluation"]
    links = {s["label"][language.current()]: _link(s) for s in reversed(others)}
    parts = [*_places(places), *reversed(links.values())]
    if not parts:
        return ""
    told = language.labelled(language.text(WORDS["source"]), " · ".join(parts))
    return f'<small class="source">{told}</small>'


def _places(places: Iterable[str]) -> list[str]:
    """Places in one document, which is named once, as is each kind of place: the document, then
    a chapter and its number, several sections and theirs."""
    groups: dict[str, dict[str, list[str]]] = {}
    for place in sorted(places, key=natural_order):
        document, _, rest = place.partition(", ")
        numbered = rest[-1:].isdigit() and " " in rest
        kind, _, number = rest.rpartition(" ") if numbered else (rest, "", "")
        groups.setdefault(document, {}).setdefault(kind, []).append(number)
    found = []
    for document, kinds in groups.items():
        parts = (f"{kind} {', '.join(numbers)}".strip() for kind, numbers in kinds.items() if kind)
        inside = language.text(SEMICOLON).join(parts)
        found.append(escape(", ".join([document, inside]).removesuffix(", ")))
    return found


def _link(source: dict) -> str:
    words = escape(source["label"][language.current()])
    return f'<a href="#source-{anchor(source["id"])}"{foreign(source)}>{words}</a>'


def foreign(source: dict) -> str:
    """The `lang` attribute for a label that is a title in another language than the page."""
    titled = source["work"] and source["work"][:12] in source["label"][language.current()]
    return language.foreign(source["lang"]) if titled else ""


def grouped(sources: Iterable[dict]) -> dict[str, list[dict]]:
    """The list of sources: by group, those of it in the order of their ids, each with its anchor;
    of the evaluation one for each place, with all that was cited from it."""
    places: dict[str, tuple[dict, list[str]]] = {}
    found: dict[str, list[dict]] = {"evaluation": [], "statistics": [], "annex": []}
    for source in sorted(sources, key=lambda source: source["id"]):
        work, label = source["work"], source["label"][language.current()]
        detail = source["detail"][language.current()]
        if source["group"] == "evaluation":
            place = source["place"][language.current()] or label
            _, details = places.setdefault(place, (source, []))
            details += [detail] if detail else []
            continue
        publisher = label.removesuffix(f", {work}") if work else label
        own = {"anchor": anchor(source["id"]), "publisher": publisher, "detail": detail}
        found[source["group"]].append(source | own)
    for place in sorted(places, key=natural_order):
        source, details = places[place]
        whole = {name: source[name] for name in ("work", "lang", "url") if source[name] != place}
        own = {name: words for name, words in whole.items() if words}  # of a whole document
        detail = language.text(SEMICOLON).join(details)
        found["evaluation"].append({"publisher": place, "detail": detail, **own})
    return {group: each for group, each in found.items() if each}
