import pandas as pd
import pytest

from helpers.tables import cells

INTEGER, NUMBER = {"type": "integer"}, {"type": "number"}
TEXT, PERIOD = {"type": "string"}, {"type": "string", "period": True}


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("2017", INTEGER, 2017),
        ("-3", INTEGER, -3),
        ("0", INTEGER, 0),
        ("17.56", NUMBER, 17.56),
        ("-0.5", NUMBER, -0.5),
        ("true", {"type": "boolean"}, True),
        ("ruim", TEXT, "ruim"),
        ("", TEXT, None),
        ("2017", PERIOD, pd.Period("2017", freq="Y")),
        ("2017-11", PERIOD, pd.Period("2017-11", freq="M")),
        ("2019-11-09", PERIOD, pd.Period("2019-11-09", freq="D")),
    ],
)
def test_reads(text, field, value):
    """A well-written cell is read as the type of its column."""
    assert cells.read(text, field) == value


@pytest.mark.parametrize(
    ("text", "field", "right"),
    [
        ("007", INTEGER, "no leading zeros: 7"),
        ("2017.0", INTEGER, "whole number"),
        ("twee", INTEGER, "whole number"),
        ("1,5", NUMBER, "1.5"),
        ("1.000,5", NUMBER, "decimal point"),
        ("9" * 400, NUMBER, "decimal point"),
        ("9" * 5000, INTEGER, "whole number"),
        ("١٩٩٥", INTEGER, "whole number"),
        ("1e5", NUMBER, "decimal point"),
        ("inf", NUMBER, "an empty cell"),
        ("-inf", NUMBER, "an empty cell"),
        ("NaN", NUMBER, "an empty cell"),
        ("NA", TEXT, "an empty cell"),
        ("n/a", INTEGER, "an empty cell"),
        (" ruim", TEXT, "no spaces"),
        ("ja", {"type": "boolean"}, "true or false"),
        ("a\x00b", TEXT, "control"),
        ("a\u202eb", TEXT, "direction-changing"),
        ("a\u200bb", TEXT, "invisible"),
        ("a\u00adb", TEXT, "invisible"),
        ("a\u2028b", TEXT, r"U\+2028, character 2"),
        ("ruim ", TEXT, "no spaces"),
        ("(a", {"type": "string", "regex": True}, "a regular expression .missing "),
        ("2017-13", PERIOD, "2017-11"),
        ("2019-02-30", PERIOD, "calendar"),
        ("", {"type": "string", "constraints": {"required": True}}, "required"),
        (
            "13",
            {"type": "integer", "constraints": {"maximum": 12}},
            "at most 12, the `maximum` of the column in datapackage.json$",
        ),
        ("0", {"type": "integer", "constraints": {"minimum": 1}}, "at least 1"),
        ("up", {"type": "string", "constraints": {"enum": ["out", "in"]}}, "one of out, in"),
        ("5.", {**TEXT, "constraints": {"pattern": r"\d"}}, "of the form .d, the `pattern` of the"),
        ("2026-13-01", {**TEXT, "constraints": {"pattern": r"[\d-]+"}}, "2017-11-09"),
        ("2026-02-30", {**TEXT, "constraints": {"pattern": r"[\d-]+"}}, "calendar"),
        (
            "5",
            {**INTEGER, "constraints": {"exclusiveMinimum": 5}},
            "than 5, the `exclusiveMinimum`",
        ),
        (
            "5",
            {**INTEGER, "constraints": {"exclusiveMaximum": 5}},
            "than 5, the `exclusiveMaximum`",
        ),
        ("17,960", NUMBER, r"17960 or 17\.960\? Leave out a thousands separator$"),
        ("1,521", NUMBER, r"1521 or 1\.521\?"),
        ("€ 1.521", NUMBER, r"1521 or 1\.521\?"),
        ("1,521", INTEGER, r"1521 or 1\.521\?.*decimals need a column of numbers$"),
        ("0,521", NUMBER, r"decimal point: 0\.521$"),
        ("1.234.567", NUMBER, "decimal point: 1234567$"),
        ("1,234,567", INTEGER, "digits: 1234567$"),
        ("1 234", NUMBER, "decimal point: 1234$"),
        ("1\u202f234", NUMBER, "decimal point: 1234$"),
        ("1'234", NUMBER, "decimal point: 1234$"),
        ("1.234,5", NUMBER, r"decimal point: 1234\.5$"),
        ("1,234.5", NUMBER, r"decimal point: 1234\.5$"),
        ("12,5", NUMBER, r"decimal point: 12\.5$"),
        ("12,5", INTEGER, "digits; a decimal needs a column of type number$"),
        ("1521.0", INTEGER, "digits: 1521$"),
        ("n.v.t.", INTEGER, "such as 2017; an empty cell when unknown$"),
        ("onbekend", NUMBER, r"such as 17\.56; an empty cell when unknown$"),
        ("1,234 567", NUMBER, r"such as 17\.56$"),
        ("€ 5", NUMBER, "with its unit in another column: 5$"),
        ("5%", NUMBER, "with its unit in another column: 5$"),
        ("1e6", NUMBER, r"such as 17\.56$"),
        ("+5", INTEGER, "digits: 5$"),
        ("½", NUMBER, r"such as 17\.56$"),
        ("−5", INTEGER, "digits: -5$"),
        (".5", NUMBER, r"decimal point: 0\.5$"),
        ("5 ", NUMBER, "no spaces"),
        (
            "0.123456789012345678",
            NUMBER,
            r"no more digits than a float keeps: 0\.12345678901234568",
        ),
    ],
)
def test_refuses(text, field, right):
    """A cell that could be read in two ways is refused, and the message says what is right."""
    with pytest.raises(cells.Unreadable, match=right):
        cells.read(text, field)
