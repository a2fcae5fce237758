"""What a key figure rests on, as a sign and words beside it, in the current language.

Official: only figures of official publications. Stated: also what documents state, where a claim
that tests it is decided. Unknown: what documents state, and nothing tests it. Counted: verdicts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape

from ... import language
from ...language import Text
from ...messages import SEMICOLON, _

# Other signs than those of verdicts, each in its own shape: readers need no colour.
SIGNS = {"official": "■", "stated": "◧", "unknown": "□", "counted": "▦"}
NAMES = {
    "official": _("official"),
    "stated": _("stated"),
    "unknown": _("can't be checked"),
    "counted": _("counted here"),
}
_WEAKEST = ("unknown", "stated", "counted", "official")
_ID = re.compile(r'data-id="([^"]*)"')


def sign(ground: str) -> str:
    """The sign, hidden from screen readers, which hear the words beside it."""
    return f'<span class="ground {ground}" aria-hidden="true">{SIGNS[ground]}</span>'


def tiles(keys: Sequence[str], ground_of: Callable[[str], str], labels: Mapping[str, Text]) -> str:
    """Key figures as tiles, each with the weakest ground of its numbers, and what the signs mean.

    keys: HTML of each. ground_of: by the id of a number. labels: of the pages. Empty without key
    figures."""
    grounds = [min(map(ground_of, _ID.findall(key)), key=_WEAKEST.index) for key in keys]
    told = zip(keys, grounds, strict=True)
    shown = "".join(
        f'<div class="key">{key}<p class="basis">{sign(ground)} {_word(NAMES[ground])}</p></div>'
        for key, ground in told
    )
    return f'<div class="keys">{shown}</div>{_legend(grounds, labels)}' if keys else ""


def _legend(grounds: Iterable[str], labels: Mapping[str, Text]) -> str:
    shown = [ground for ground in SIGNS if ground in grounds]
    parts = (
        f"{sign(g)} {language.labelled(_word(NAMES[g]), _word(labels[f'rests_on_{g}']))}"
        for g in shown
    )
    return f'<p class="legend">{language.text(SEMICOLON).join(parts)}.</p>'


def _word(words: Text) -> str:
    return escape(language.text(words))
