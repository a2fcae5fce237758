"""Which outputs of a notebook a page can show, by their form."""

import pytest

from helpers.annex.run.outputs import from_present
from helpers.files.media_types import MIME

TEXT = {
    "kind": "text", "role": "", "sources": [], "shown": ["a"], "evidence": [{"id": "a"}],
    "nl": {"html": "een"}, "en": {"html": "one"},
}  # fmt: skip


def test_an_output_of_present_is_shown():
    """A bundle of the form that helpers.present makes is one of ours."""
    assert from_present({MIME: TEXT, "text/plain": "one"})


@pytest.mark.parametrize(
    "other",
    [
        {"kind": "film"}, {"kind": ["text"]}, {"kind": "table"}, {"nl": {}}, {"en": None},
        {"shown": [1]}, {"evidence": [{}]}, {"sources": [{"id": "a"}]}, {"role": True},
    ],
)  # fmt: skip
def test_an_output_of_another_form_is_not_shown(other):
    """A bundle that lacks a part, or has one of another kind, is none."""
    assert not from_present({MIME: TEXT | other})
