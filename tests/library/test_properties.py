"""The properties of a descriptor: each of Data Package v2, and of this project, is honoured or
refused by name."""

import json

import pytest

from helpers.tables import frames
from helpers.tables.properties import PROPERTIES

# By hand from datapackage.org, version 2: package, resource, dialect, schema, field, constraints,
# foreign keys, licences, sources, contributors. h: honoured; f: with the one value that says how
# tables are read; i: informative; r: refused.
STANDARD = {
    "package": "h resources; f $schema; i name id title description homepage image version created "
    "keywords contributors sources licenses",
    "table": "h name path schema bytes hash; f $schema type format mediatype encoding; "
    "i title description sources licenses; r data dialect",
    "schema": "h fields primaryKey uniqueKeys foreignKeys; f $schema fieldsMatch missingValues",
    "column": "h name type constraints categories; f format missingValues categoriesOrdered "
    "decimalChar bareNumber trueValues falseValues; i title description example rdfType; "
    "r groupChar delimiter itemType",
    "constraints": "h required unique minLength maxLength minimum maximum exclusiveMinimum "
    "exclusiveMaximum pattern enum; r jsonSchema",
    "category": "h value label",
    "foreign key": "h fields reference",
    "reference": "h resource fields",
    "license": "i name path title",
    "source": "i title path email version",
    "contributor": "i title path email givenName familyName organization roles",
}
OWN = {
    "package": "h annex",
    "table": "h row anyOf",
    "column": "h period regex unit last_digit copyOf rowOf sameFor overlap",
    "category": "h whole exact unit one official",
    "copyOf": "h key resource field",
    "row": "h label",
}
WORDS = {"h": "honoured", "f": "fixed", "i": "informative", "r": "refused"}


def listed(*texts: str) -> dict[str, str]:
    """What becomes of each property, from lines as above."""
    parts = [part.split() for text in texts for part in text.split(";") if part]
    return {name: WORDS[kind] for kind, *names in parts for name in names}


@pytest.mark.parametrize("kind", PROPERTIES)
def test_every_property_is_listed(kind):
    """No property of the standard is passed over, and none is known that stands in neither list."""
    known = {name: rule.becomes for name, rule in PROPERTIES[kind].items()}
    assert known == listed(STANDARD.get(kind, ""), OWN.get(kind, ""))


def told(tiny, *way_and_value) -> str:
    """The problems of the tiny folder with one thing put into its descriptor."""
    *way, value = way_and_value
    path = tiny / "datapackage.json"
    package = thing = json.loads(path.read_text())
    for part in way[:-1]:
        thing = thing.setdefault(part, {}) if isinstance(thing, dict) else thing[part]
    thing[way[-1]] = value
    path.write_text(json.dumps(package))
    return "\n".join(map(str, frames.problems(tiny)))


TABLE = ("resources", 1)
SCHEMA = (*TABLE, "schema")
YEAR, COST, WAY, LISTED, WHEN = ((*SCHEMA, "fields", number) for number in (1, 2, 3, 4, 5))


@pytest.mark.parametrize(
    ("way", "value", "message"),
    [
        ((*COST, "groupChar"), ".", "column cost: found groupChar '.'; expected none: a"),
        ((*COST, "decimalChar"), ",", "column cost: found decimalChar ','; expected '.', as"),
        ((*COST, "bareNumber"), False, "column cost: found bareNumber False; expected True"),
        ((*COST, "missingValues"), ["", "-"], "column cost: found missingValues ['', '-']"),
        ((*COST, "format"), "any", "column cost: found format 'any'; expected 'default'"),
        ((*WHEN, "format"), "uri", "column when: found format 'uri'"),
        ((*WAY, "categoriesOrdered"), True, "found categoriesOrdered True; expected False"),
        ((*LISTED, "trueValues"), ["yes"], "found trueValues ['yes']; expected ['true']"),
        ((*LISTED, "falseValues"), ["no"], "found falseValues ['no']; expected ['false']"),
        ((*WHEN, "delimiter"), ",", "found delimiter ','; expected none: a"),
        ((*WHEN, "itemType"), "string", "found itemType 'string'; expected none"),
        ((*WHEN, "constraints", "jsonSchema"), {}, "found jsonSchema {}; expected none"),
        ((*SCHEMA, "missingValues"), ["-"], "table visits: found missingValues ['-']"),
        ((*SCHEMA, "fieldsMatch"), "subset", "found fieldsMatch 'subset'; expected 'exact'"),
        ((*SCHEMA, "$schema"), "https://x.org/", "expected https://datapackage.org/profiles/2.0/"),
        ((*TABLE, "dialect"), {"delimiter": ";"}, "found dialect {'delimiter': ';'}"),
        ((*TABLE, "encoding"), "latin-1", "found encoding 'latin-1'; expected 'utf-8'"),
        ((*TABLE, "format"), "xlsx", "found format 'xlsx'; expected 'csv'"),
        ((*TABLE, "mediatype"), "text/plain", "expected 'text/csv'"),
        ((*TABLE, "type"), "file", "found type 'file'; expected 'table'"),
        ((*TABLE, "data"), [], "found data []; expected none: a table is a CSV"),
        ((*TABLE, "path"), ["visits.csv"], "found path ['visits.csv']; expected a CSV file"),
        ((*TABLE, "profile"), "tabular-data-resource", "found the property 'profile'"),
        ((*TABLE, "scheme"), "file", "found the property 'scheme'"),
        ((*TABLE, "extrapaths"), [], "found the property 'extrapaths'"),
        (("$schema",), "https://datapackage.org/profiles/1.0/datapackage.json", "profiles/2.0/"),
        (("profile",), "data-package", "found the property 'profile'"),
        (
            ("contributors",),
            [{"role": "author"}],
            "the property 'role'; expected a property that a contributor has: roles?",
        ),
        (("created",), "gisteren", "found created 'gisteren'; expected a date"),
        (("created",), "2026-13-01", "found created '2026-13-01'; expected a date"),
        (("resources",), [None], "table 1: found None; expected an object"),
        ((*SCHEMA, "fields"), [{"name": "id", "type": "string"}, 5], "column 2: found 5; expected"),
        ((*WAY, "categories"), [None], "column direction, category 1: found None; expected an obj"),
        ((*WAY, "enum"), ["out"], "the property 'enum'; expected enum in `constraints`"),
        ((*TABLE, "primaryKey"), ["id"], "property 'primaryKey'; expected primaryKey in `schema`"),
        (
            (*WAY, "categories"),
            [{"value": "out", "label": "o", "label_nl": "u"}] * 2,
            "column direction: found the category 'out' 2 times; expected each value once",
        ),
        (
            (*YEAR, "constraints", "maximum"),
            1979,
            "year: found minimum 1980; expected a minimum be",
        ),
        (
            (*YEAR, "constraints", "exclusiveMaximum"),
            1980,
            "expected a minimum below the exclusiveM",
        ),
        (
            (*WHEN, "constraints"),
            {"minLength": 3, "maxLength": 2},
            "when: found minLength 3; expec",
        ),
    ],
)
def test_what_tables_do_not_follow_is_refused(tiny, way, value, message):
    """A property that would change a reading, and does not, is refused by name and place."""
    assert message in told(tiny, *way, value)


@pytest.mark.parametrize(
    ("way", "value"),
    [
        ((*COST, "decimalChar"), "."), ((*COST, "bareNumber"), True),
        ((*COST, "missingValues"), [""]), ((*COST, "format"), "default"),
        ((*COST, "example"), 12.5), ((*COST, "rdfType"), "https://schema.org/price"),
        ((*WAY, "categoriesOrdered"), False), ((*LISTED, "trueValues"), ["true"]),
        ((*SCHEMA, "fieldsMatch"), "exact"), ((*TABLE, "encoding"), "UTF-8"),
        ((*TABLE, "type"), "table"), (("homepage",), "https://example.org"),
        (("created",), "2026-11-26"), (("created",), "2026-11-26T10:00:00Z"),
        ((*YEAR, "constraints", "maximum"), 1995),
        (("sources",), [{"title": "A", "path": "b", "email": "c", "version": "1"}]),
        (("contributors",), [{"title": "A", "roles": ["author"]}]),
    ],
)  # fmt: skip
def test_what_says_how_tables_are_read_is_let_in(tiny, way, value):
    """The one value that is followed anyway, and words for people, are no problem."""
    assert told(tiny, *way, value) == ""


@pytest.mark.parametrize(
    ("way", "message"),
    [
        ((*YEAR, "constraints", "requierd"), "found the property 'requierd'; expected a property "
         "that a constraints has: required?"),
        ((*YEAR, "constraints", "minumum"), "has: minimum?"),
        ((*YEAR, "constrains"), "has: constraints?"),
        ((*YEAR, "lastdigit"), "has: last_digit?"),
        ((*SCHEMA, "primarykey"), "table visits: found the property 'primarykey'"),
        ((*SCHEMA, "foreignKeys", 0, "referense"), "foreign key 1: found the property 'referense'"),
        ((*TABLE, "anyof"), "has: anyOf?"),
        (("licences",), "has: licenses?"),
        (("qqq",), "a property that a package has: one of $schema, resources, title"),
    ],
)  # fmt: skip
def test_a_misspelt_property_is_named_with_the_nearest(tiny, way, message):
    """What no list holds is refused with the name that may be meant."""
    assert message in told(tiny, *way, 1)


@pytest.mark.parametrize(
    ("way", "value", "message"),
    [
        ((*YEAR, "constraints", "required"), "true", "found required 'true'; expected true or"),
        ((*YEAR, "constraints", "minimum"), True, "found minimum True; expected a number"),
        ((*YEAR, "constraints", "minimum"), "1980", "found minimum '1980'; expected a number"),
        ((*WHEN, "constraints", "maxLength"), 1.5, "expected a whole number as maxLength"),
        ((*WHEN, "constraints", "maxLength"), -1, "expected a whole number as maxLength"),
        (
            (*WAY, "constraints", "enum"),
            ["out", "out"],
            "found enum with 'out' twice; expected a list of words, each once",
        ),
        ((*YEAR, "constraints", "pattern"), "[0-9]+", "expected pattern on texts only"),
        ((*WHEN, "constraints", "maximum"), 3, "expected maximum on numbers only"),
        ((*YEAR, "constraints", "minLength"), 3, "expected minLength on texts only"),
        ((*YEAR, "decimalChar"), ".", "expected decimalChar on decimal numbers only"),
        ((*WHEN, "trueValues"), ["true"], "expected trueValues on booleans only"),
        ((*COST, "last_digit"), -1, "found last_digit -1; expected a number above 0"),
        ((*COST, "last_digit"), 0, "found last_digit 0; expected a number above 0"),
        ((*COST, "last_digit"), "1", "found last_digit '1'; expected a number above 0"),
        ((*COST, "unit"), 5, "found unit 5; expected a unit"),
        ((*WHEN, "unit"), "EUR", "expected unit on numbers only"),
        ((*WAY, "overlap"), "all", "found overlap 'all'; expected any, repeats, or an object"),
        ((*WAY, "overlap"), {}, "found overlap {}; expected any, repeats, or an object"),
        ((*WAY, "overlap"), {"in": "in"}, "an overlap of 'in'; expected another value, or a list"),
        ((*WAY, "overlap"), {"in": []}, "an overlap of 'in'; expected another value, or a list"),
        ((*WAY, "overlap"), {"in": [1]}, "an overlap of 'in'; expected another value, or a list"),
        ((*WAY, "overlap"), {"in": None}, "an overlap of 'in'; expected another value, or a l"),
        ((*YEAR, "overlap"), {"1": "2"}, "overlap of values on type integer; expected any, or"),
        ((*WHEN, "overlap"), "any", "found overlap on a column of periods; expected a column of"),
        ((*WAY, "overlap"), "repeats", "found overlap 'repeats'; expected a foreign key to the"),
        ((*WHEN, "rowOf"), "roads", "found rowOf 'roads'; expected any, or a table of the package"),
        ((*YEAR, "name"), "year of", "its name a letter, then letters, digits or _"),
        ((*YEAR, "name"), "class", "its name a letter, then letters, digits or _"),
        ((*COST, "title"), 7, "found 7; expected words"),
        (("keywords",), "trade", "found keywords 'trade'; expected a list of different words"),
        (("version",), 2, "found version 2; expected text as version"),
        ((*TABLE, "bytes"), "12", "expected the size of the file"),
        ((*TABLE, "hash"), "abc", "expected a checksum of the file"),
        ((*TABLE, "row"), {"label": "visits"}, "the row {'label': 'visits'}; expected label_nl"),
        ((*SCHEMA, "uniqueKeys"), ["year"], "expected a list of lists of columns"),
        ((*SCHEMA, "uniqueKeys"), [["yeer"]], "found 'yeer'; expected columns of the table"),
        ((*SCHEMA, "foreignKeys", 0, "fields"), ["place", "id"], "2 fields that lead to 1"),
        ((*YEAR, "sameFor"), [], "expected a list of columns of the table"),
        ((*TABLE, "anyOf"), [[]], "expected a list of columns of the table"),
        (
            (*WAY, "categories", 0, "one"),
            "trip",
            "out without one_nl; expected it, or no `one` at all",
        ),
        ((*WAY, "categories", 0, "one"), 1, "found one 1; expected what one of them is called"),
    ],
)
def test_values_have_their_type(tiny, way, value, message):
    """A value of another type, or on another type of column, is refused."""
    assert message in told(tiny, *way, value)


@pytest.mark.parametrize(
    ("way", "value", "message"),
    [
        ((*SCHEMA, "uniqueKeys"), [["direction", "listed"], ["listed"]], ""),
        ((*COST, "constraints"), {"exclusiveMinimum": 12.5}, "row 2, column cost: found '12.5'; "
         "expected more than 12.5"),
        ((*COST, "constraints"), {"exclusiveMinimum": 12.4}, ""),
        ((*COST, "constraints"), {"exclusiveMaximum": 12.5}, "expected less than 12.5"),
        ((*COST, "constraints"), {"exclusiveMaximum": 12.6}, ""),
        ((*SCHEMA, "fields", 6, "constraints"), {"minLength": 8}, "at least 8 characters, not 7"),
        ((*SCHEMA, "fields", 6, "constraints"), {"minLength": 7, "maxLength": 7}, ""),
        ((*SCHEMA, "fields", 6, "constraints"), {"maxLength": 6}, "at most 6 characters, not 7"),
        ((*TABLE, "bytes"), 90, "visits.csv: found 97 bytes; expected 90, as datapackage.json"),
        ((*TABLE, "bytes"), 97, ""),
        (("resources", 0, "hash"), "99f2d9f8dbed6a9f6ef8a4c2f8f2c0c1", "found the checksum "),
        (("resources", 0, "hash"), "sha1:" + 40 * "0", "expected 000000"),
    ],
)  # fmt: skip
def test_what_is_honoured_is_followed(tiny, way, value, message):
    """Keys, open bounds, lengths, size and checksum are held to the file."""
    found = told(tiny, *way, value)
    assert message in found if message else found == ""


@pytest.mark.parametrize(
    ("way", "message"),
    [
        ((*TABLE, "role"), "the property 'role'; expected `annex.roles`, by role, such as"),
        ((*WHEN, "transcribed"), "the property 'transcribed'; expected `annex.traced`, by table"),
        (("headings",), "expected `headings` of a document in `annex.documents`"),
        (("outcome",), "the property 'outcome'; expected `annex.outcome`"),
    ],
)
def test_a_property_that_moved_is_told_where_to(tiny, way, message):
    """What `annex` has now is not ignored in its old place."""
    assert message in told(tiny, *way, "reported")


def test_a_checksum_that_agrees(tiny):
    """SHA-256 of the lines `place` and `Utrecht`, taken with `sha256sum`."""
    digest = "2b6b8ad8b7048df8d54344466c45d9137c8998cd57aabab77ae7a68bbf8567f7"
    assert told(tiny, "resources", 0, "hash", f"sha256:{digest}") == ""


def test_a_unique_key_of_two_columns(tiny):
    """Two rows that agree in both columns of a unique key are told; an empty cell is no value."""
    path = tiny / "visits.csv"
    path.write_text(path.read_text() + "v-3,1995,,out,,,\nv-4,1995,,out,,,\nv-5,,,out,,,\n")
    found = told(tiny, *SCHEMA, "uniqueKeys", [["year", "direction"]])
    assert [line.partition("visits.csv, ")[2] for line in found.splitlines()] == [
        f"row {row}, column year, direction: found '1995, out'; expected a value not used in row 2"
        for row in (4, 5)
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"minimum": 1980', '"minimum": 1980, "minimum": 1990', "the property 'minimum' twice"),
        ('"minimum": 1980', '"minimum": NaN', "NaN, which is no number of JSON"),
        ('"minimum": 1980', f'"minimum": {"9" * 5000}', "valid JSON"),
        ('"minimum": 1980', '"minimum": 1e999', "expected a number as minimum"),
        ('"minimum": 1980', f'"minimum": {"9" * 400}', "expected a number as minimum"),
    ],
)
def test_json_that_readers_take_differently(tiny, old, new, message):
    """A property twice in an object, and numbers without end, are refused."""
    path = tiny / "datapackage.json"
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))
    (problem,) = frames.problems(tiny)
    assert message in str(problem)
