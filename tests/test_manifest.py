"""The manifest as it is read again: what is none is refused by name."""

import json

import pytest

from helpers.annex import manifest
from helpers.errors import AnnexError

EMPTY = {
    "inputs": {}, "environment": {}, "tables": {}, "quantities": [], "claims": [],
    "publishers": [], "coverage": {},
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{", "Expecting property name"),
        ('{"format": 3}', "format 3"),
        ("[]", "format None"),
        ('{"format": 4, "format": 4}', "the name 'format' twice"),
        ('{"format": 4, "inputs": []}', "inputs = "),
        ("\udcff", "invalid"),
    ],
)
def test_a_manifest_that_is_none(tmp_path, text, expected):
    """What is not a manifest of this version is refused by name, and no run is begun."""
    (tmp_path / "manifest.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(AnnexError, match=expected) as error:
        manifest.read(tmp_path)
    assert "manifest.json" in error.value.problems[0].place


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "a/../../x", "", "manifest.json", "a\0"])
def test_a_manifest_that_leads_outside(tmp_path, name):
    """A manifest names files inside its folder only."""
    outputs = {name: {"sha256": "0" * 64, "bytes": 1}}
    content = {**EMPTY, "format": manifest.FORMAT, "outputs": outputs}
    (tmp_path / "manifest.json").write_text(json.dumps(content))
    with pytest.raises(AnnexError, match="the path of a file inside the annex"):
        manifest.read(tmp_path)


def test_a_digest_of_each_row(tiny):
    """Each row has eight digits; those of the row that changed change, and of all with a column."""
    before = manifest.rows("visits", tiny)
    assert len(before) == 16
    table = tiny / "visits.csv"
    table.write_text(table.read_text().replace("v-2,,,in", "v-2,,,out"))
    after = manifest.rows("visits", tiny)
    assert (after[:8], after[8:] == before[8:]) == (before[:8], False)
    table.write_text(table.read_text().replace("direction", "way"))
    descriptor = tiny / "datapackage.json"
    descriptor.write_text(descriptor.read_text().replace('"direction"', '"way"'))
    assert manifest.rows("visits", tiny)[:8] != before[:8]
