"""Which characters a reader sees, by hand; those of real texts among them."""

import pytest

from helpers.files.hidden_characters import faults, unseen
from payloads import HIDDEN

SEEN = [
    "", "één ½ € – ‘woord’ … 25-jarige", "a\nb\tc", "no\N{NO-BREAK SPACE}break",
    "广东省 ﹏ ＡＢ １", "ñ e\u0301 \u0928\u092e\u0938\u094d\u0924\u0947",
    "😀 ☃\ufe0f", "שלום سلام", "\u3000",
]  # fmt: skip


@pytest.mark.parametrize("text", SEEN)
def test_what_is_seen(text):
    """Letters of any script, signs, wide and unbroken blanks, lines and tabs are seen."""
    assert unseen(text) == ""


@pytest.mark.parametrize("kind", [kind for kind in HIDDEN if kind != "too long"])
def test_what_is_not_seen(kind):
    """Controls, direction marks and what takes no room are told by number and place."""
    hidden = HIDDEN[kind][1]
    assert unseen(f"ab{hidden}c") == f"U+{ord(hidden):04X}, character 3"


def test_half_a_character():
    """Half of a character, which JSON can hold, is no text."""
    assert unseen("\ud800") == "U+D800, character 1"


def test_places_in_a_descriptor():
    """Tables, columns and values are named; what has no name is numbered; names are looked at."""
    document = {"a": [{"name": "t", "b": ["x", {"value": "v", "label": "\x01"}]}], "\x02": ["ok"]}
    assert [where for where, *_ in faults(document)] == ["a t.b v.label", "a name in "]
