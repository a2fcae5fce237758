"""The loader answers any input with a table or with `DataError`."""

import json

import fuzz


def test_random_inputs(tmp_path):
    """Of two hundred inputs, the same in every run, none raises another error; some are read."""
    found, longest = fuzz.run(200, tmp_path, derandomize=True)
    assert found.keys() == {"read", "refused"}
    assert found.total() >= 200
    assert longest < fuzz.SECONDS


def test_another_error_would_be_told(tmp_path, monkeypatch):
    """An error of another kind is an answer of its own, with its name."""
    described = fuzz.SOUND
    assert json.loads(described)["resources"]
    monkeypatch.setattr(fuzz.frames, "load", lambda *_: {}["absent"])
    assert fuzz.answer(tmp_path, described, b"id,year,cost,when,listed,place\nv-1,1995,,,,\n") == (
        "KeyError: 'absent'"
    )
