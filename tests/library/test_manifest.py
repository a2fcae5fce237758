"""The manifest as it is read again: what is none is refused by name."""

import json
import os

import pytest

from helpers.annex.release import manifest
from helpers.annex.run import notebook_files
from helpers.errors import AnnexError

EMPTY = {
    "$schema": "manifest.schema.json", "format": 7, "inputs": {}, "contents": {}, "tables": {},
    "environment": {}, "quantities": [], "claims": [], "publishers": [], "coverage": {},
    "outputs": {}, "shared": {"formula": [], "place": [], "pages": [], "keys": {}},
}  # fmt: skip
ROW = {"table": "visits", "key": "v-1"}
NUMBER = {"id": "a", "value": 1, "low": None, "high": 2.5, "unit": "EUR", "row": ROW}
COUNT = {k: v for k, v in NUMBER.items() if k != "row"}
COUNTED = {"measure": "count", "inputs": {}, "table": "visits", "rows": []}
CLAIM = {"id": "claim-1", "internal": "reproduced", "rows": [], "stated": "a"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{", "Expecting property name"),
        ('{"format": 3}', "format 3"),
        ("[]", "format None"),
        ('{"format": 7, "format": 7}', "the property 'format' twice"),
        ('{"format": 7, "inputs": []}', "is not of type 'object'"),
        ('{"format": 7.0}', "format 7.0"),
        ('{"format": "' + "x" * 999 + '"}', "format xxx"),
        ('{"format": NaN}', "NaN, which is no number"),
        ('{"format": 1e999}', "1e999, which is no number"),
        ('{"format": ' + "9" * 400 + "}", "a number of 400 digits"),
        ("[" * 100_000, "recursion"),
        ("\udcff", "codec can't decode"),
    ],
)
def test_a_manifest_that_is_none(tmp_path, text, expected):
    """What is not a manifest of this version is refused by name, and no run is begun."""
    (tmp_path / "manifest.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(AnnexError, match=expected) as error:
        manifest.read(tmp_path)
    assert "manifest.json" in error.value.problems[0].place


def test_a_manifest_of_this_version_is_read(tmp_path):
    """What this version writes is read as it is."""
    content = {**EMPTY, "quantities": [NUMBER], "claims": [CLAIM]}
    (tmp_path / "manifest.json").write_text(json.dumps(content))
    read = {**NUMBER, "row": {**ROW, "source": "a"}}
    whole = {k: v for k, v in content.items() if k != "shared"}
    assert manifest.read(tmp_path) == {**whole, "quantities": [read]}


@pytest.mark.parametrize(
    "part",
    [
        {"quantities": [{**NUMBER, "value": "12"}]},
        {"quantities": [{**NUMBER, "value": True}]},
        {"quantities": [{**NUMBER, "value": [1]}]},
        {"quantities": [{**NUMBER, "id": None}]},
        {"quantities": [{**NUMBER, "pages": "all"}]},
        {"quantities": [{k: v for k, v in NUMBER.items() if k != "row"}]},
        {"quantities": [NUMBER, {**NUMBER, "value": 9999}]},
        {"quantities": [{**COUNT, "derivation": {k: COUNTED[k] for k in COUNTED if k != "table"}}]},
        {"quantities": [{**COUNT, "derivation": {**COUNTED, "rows": [{}]}}]},
        {"quantities": [{**COUNT, "derivation": {**COUNTED, "table": []}}]},
        {"claims": [CLAIM, {**CLAIM, "internal": "contradicted"}]},
        {"claims": [{**CLAIM, "rows": None}]},
        {"claims": [{**CLAIM, "stated": 5}]},
        {"tables": {"visits": {"path": "data/visits.csv"}}},
        {"inputs": {"data/visits.csv": 5}},
        {"environment": {"pandas": None}},
        {"outputs": {"a.html": {"sha256": "0" * 64}}},
        {"outputs": {"a.html": {"sha256": "0" * 64, "bytes": "12"}}},
        {"outputs": {"a.html": {"sha256": "0" * 64, "bytes": -5}}},
        {"outputs": {"a.html": {"sha256": "no digest", "bytes": 5}}},
        {"outputs": {"a.html": {"sha256": "0" * 64 + "\n", "bytes": 5}}},
        {"quantities": [{**NUMBER, "derivation": {"measure": "sum", "inputs": {}}}]},
        {"quantities": [{**NUMBER, "more": 1}]},
        {"more": {}},
    ],
)
def test_a_manifest_of_another_form(tmp_path, part):
    """Values of another kind, a name or id that stands twice, and what is missing are refused."""
    (tmp_path / "manifest.json").write_text(json.dumps({**EMPTY, **part}))
    with pytest.raises(AnnexError) as error:
        manifest.read(tmp_path)
    assert "manifest.json" in error.value.problems[0].place


def test_every_fault_of_a_manifest_is_told_with_its_place(tmp_path):
    """Each property of another form is told: where it is, what stands there, what belongs there."""
    content = {**EMPTY, "quantities": [NUMBER, {**NUMBER, "value": "12"}], "inputs": {"a\nb": 5}}
    (tmp_path / "manifest.json").write_text(json.dumps(content))
    with pytest.raises(AnnexError) as error:
        manifest.read(tmp_path)
    path = tmp_path / "manifest.json"
    assert list(map(str, error.value.problems)) == [
        f"{path}, ['inputs']['a\\nb']: found \"5 is not of type 'string'\"; "
        'expected type "string": A SHA-256: 64 digits of 0-9 and a-f.',
        f"{path}, ['quantities'][1]['value']: found \"'12' is not of type 'number', 'null'\"; "
        'expected type ["number", "null"]: The value in its unit; null is unknown.',
    ]


def test_a_manifest_of_nothing_but_faults_is_told_soon(tmp_path):
    """No more problems are told than a reader could bear, whatever was handed over."""
    (tmp_path / "manifest.json").write_text(json.dumps({**EMPTY, "quantities": [0] * 20_000}))
    with pytest.raises(AnnexError) as error:
        manifest.read(tmp_path)
    assert len(error.value.problems) == 1000


def test_the_schema_of_the_manifest_holds_to_its_standard():
    """It is a JSON Schema of draft 2020-12."""
    schema = json.loads(manifest.SCHEMA.read_text(encoding="utf-8"))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    notebook_files.library("jsonschema").Draft202012Validator.check_schema(schema)


def objects(schema):
    """The schemas of all objects in a schema."""
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        schema = list(schema.values())
    for part in schema if isinstance(schema, list) else ():
        yield from objects(part)


def test_the_schema_describes_every_property():
    """No object has properties that are not in the schema, and each that is has a description, its
    own or that of the form it refers to."""
    schema = json.loads(manifest.SCHEMA.read_text(encoding="utf-8"))
    for each in objects(schema):
        assert each["additionalProperties"] is False or "properties" not in each
        for name, part in each.get("properties", {}).items():
            form = schema["$defs"].get(part.get("$ref", "").removeprefix("#/$defs/"), {})
            assert (form | part)["description"].endswith("."), name


def test_a_manifest_that_never_ends(tmp_path):
    """A pipe in place of the manifest is refused, not waited for."""
    os.mkfifo(tmp_path / "manifest.json")
    with pytest.raises(AnnexError, match="a pipe or a device"):
        manifest.read(tmp_path)


@pytest.mark.parametrize(
    "text", [{"environment": {"\ud800": "1"}}, {"publishers": [{"id": "\udcff"}]}]
)
def test_half_a_character(tmp_path, text):
    """A manifest with half a character is refused: what shows it could not be written out."""
    (tmp_path / "manifest.json").write_text(json.dumps({**EMPTY, **text}))
    with pytest.raises(AnnexError, match="encode character"):
        manifest.read(tmp_path)


@pytest.mark.parametrize(
    "name",
    ["../x", "/etc/passwd", "a/../../x", "", "manifest.json", "a\0", "x" * 300, "\x1b[2J",
     "a\nb", "\u3164"],
)  # fmt: skip
def test_a_manifest_that_leads_outside(tmp_path, name):
    """A manifest names files inside its folder only."""
    outputs = {name: {"sha256": "0" * 64, "bytes": 1}}
    content = {**EMPTY, "outputs": outputs}
    (tmp_path / "manifest.json").write_text(json.dumps(content))
    with pytest.raises(AnnexError, match="a file inside the annex"):
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
