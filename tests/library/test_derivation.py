"""A measure brings the words of its entry in the register."""

import pytest
from bs4 import BeautifulSoup

from conftest import notebook, q
from helpers import measures, ranges
from helpers.annex.cli import main
from helpers.annex.register import written_sums
from helpers.claims.verdicts import ARITHMETIC
from helpers.errors import EvidenceError
from helpers.evidence.arithmetic import derive, total
from helpers.evidence.derivation import Derivation
from helpers.language import Text, use

NAME, VALUE = Text("het dubbele", "the double"), Text("waarde", "value")


def double(measure="double", formula="2 × value", unit="EUR", **told):
    """Twice a number; a test takes out, or spoils, some of what is told of it."""
    told = {"name": NAME, "words": VALUE, "value": q(5), **told}
    return derive(measure, formula, unit, lambda value, **_: value + value, **told)


OWN = """from helpers import measures, tables
from helpers.evidence.arithmetic import derive, total
from helpers.language import Text
from helpers.present import say
jobs = tables.reported_numbers()["investment-01"]
twice = derive(
    "double", "2 × job_number", "ratio", lambda job_number: job_number + job_number,
    name=Text("het dubbele", "the double"), words=Text("aantal banen", "job number"),
    percent=True, job_number=jobs,
)
say(nl="{x:0}", en="{x:0}", x=twice)"""


def test_a_measure_of_a_notebook_is_in_the_register(project):
    """Name, number read as a percentage, formula and input stand there in both languages."""
    root = project(_01_a=notebook(OWN))
    assert main(["build"]) == 0
    for lang, name, formula in (
        ("nl", "het dubbele: ", "2 × aantal banen"), ("en", "the double: ", "2 × job number"),
    ):  # fmt: skip
        page = (root / "annex" / lang / "evidence-01_a.html").read_text(encoding="utf-8")
        found = BeautifulSoup(page, "html.parser")
        entry = found.select_one("dl[id^=double-]").parent
        assert name in entry.summary.text
        assert "%" in entry.summary.b.text
        assert entry.select_one("dd code a")["href"].startswith("evidence.html#")
        assert [
            code.text for code in found.select(".entries > details:not(:has(> dl[id])) code")
        ] == [formula]


def test_a_measure_without_words_stops_the_build(project, capsys):
    """The message names the cell, the measure and what to give."""
    project(_01_a=notebook(OWN.replace('name=Text("het dubbele", "the double"), ', "")))
    assert main(["build"]) == 1
    told = capsys.readouterr().err
    assert "notebooks/01_a.ipynb, cell [1]: found EvidenceError: the measure 'double'" in told
    assert "Give one, such as name=Text(nl='...', en='the double')" in told


@pytest.mark.parametrize(
    ("spoilt", "message"),
    [
        ({"name": None}, r"'double': found no name; .* name=Text\("),
        ({"name": "the double"}, "found the name 'the double'; expected what it is called"),
        ({"name": Text("", " ")}, "found the name"),
        ({"words": None}, r"no words for its inputs; .* Give words=Text\(nl='...', en='value'\)"),
        ({"words": "value"}, "found the words 'value'"),
        ({"words": Text(" ", "")}, "found the words"),
        ({"words": Text("waarde, deel", "value")}, "found the words"),
        ({"words": Text("waarde, deel")}, "found the words"),
        ({"words": Text(en="amount")}, "expected 'value' in English"),
        ({"words": Text("waarde", "amount")}, "expected 'value' in English"),
        ({"formula": "2 × base_value"}, "found 'base_value' in the formula"),
        ({"of": "part"}, "found of='part'; .* Give one of value"),
        ({"measure": "my double"}, "'my double': found no identifier"),
        ({"percent": True}, "found the unit EUR; expected ratio"),
    ],
)
def test_what_the_register_would_lack_is_refused(spoilt, message):
    """A measure without a name, a word for an input, or an input of its formula is told at once,
    also when its inputs are missing."""
    assert double().origin.name == NAME
    for value in (q(5), float("nan")):
        with pytest.raises(EvidenceError, match=message):
            double(**{"value": value, **spoilt})


def test_every_flaw_is_told():
    """All that one measure lacks is told together."""
    with pytest.raises(EvidenceError) as error:
        double(name=None, words=None, formula="2 × worth")
    assert len(error.value.problems) == 3


def test_a_word_for_each_input_in_its_order():
    """The first word is that of the first input; letters and numbered inputs need none."""
    both = Text("deel, geheel", "part, whole")
    made = Derivation("share", "part / whole", {"part": q(1), "whole": q(2)}, name=NAME, words=both)
    assert made.called == {"part": Text("deel", "part"), "whole": Text("geheel", "whole")}
    assert Derivation("sum", "a1 + b", {"a1": q(1), "b": q(2)}, name=NAME).called == {}
    with pytest.raises(EvidenceError, match="expected 'part, whole' in English"):
        Derivation(
            "share", "part / whole", {"part": q(1), "whole": q(2)}, name=NAME,
            words=Text("geheel, deel", "whole, part"),
        )  # fmt: skip


def test_a_rule_in_words_is_its_own_name():
    """A tally needs no name beside its rule, and is named without its inputs."""
    rule = Text("jaren die passen", "years that fit")
    record = Derivation("tally", rule, {"of_1": q(1)}).record()
    assert (record["name"], record["of"]) == ({"nl": rule.nl, "en": rule.en}, "")


def test_a_measure_is_of_its_first_input_or_the_one_named():
    """A share is one of its part, growth one of the end."""
    one, two = q(1, id="a-01"), q(2, id="a-02")
    assert measures.share(one, two).origin.record()["of"] == "a-01"
    assert measures.growth_ratio(one, two).origin.record()["of"] == "a-02"


def test_formulas_are_written_in_the_words_of_the_inputs():
    """Whole names are replaced: `index` inside `base_index` is not."""
    words = {"index": VALUE._asdict(), "base_index": {"nl": "basis", "en": "base index"}}
    for lang, expected in (("nl", "basis / waarde"), ("en", "base index / value")):
        with use(lang):
            assert written_sums.formula("base_index / index", words) == expected


def test_every_measure_can_be_made():
    """Whatever the library computes has a name and words: all of it is made here once."""
    a, b, jobs = q(2, id="a-01"), q(3, id="a-02"), q(4, unit="jobs")
    ratio, percent = q(2, unit="ratio"), q(50, unit="percent")
    made = [
        a - b, a / b, a + b, measures.growth_ratio(a, b), measures.annual_growth(a, b, 2),
        measures.change(a, b), measures.growth_factor(percent), measures.share(a, b),
        measures.share_of_sum(a, [b]), measures.implied_total(a, percent),
        measures.value_before(a, ratio), measures.relative_growth(ratio, ratio),
        *measures.shift_share(a, ratio, ratio), measures.per_unit(a, jobs),
        measures.complement(ratio),
        measures.as_euros(q(1, unit="unspecified_currency")), ranges.width(a), *ranges.ends(a),
        ranges.at_most(a), ranges.at_least(a), ranges.up_to(a, b),
        ARITHMETIC["fte_of_days"](q(30, unit="days")),
    ]  # fmt: skip
    for quantity in made:
        record = quantity.origin.record()
        assert all(record["name"].values())
        assert set(record["words"]) in ({*record["inputs"]}, set())


TWICE = """from helpers.evidence.arithmetic import derive
from helpers.language import Text
from helpers.present import say
from helpers import measures, tables
a = tables.reported_numbers()[["investment-02", "trade-01"]].tolist()
def mine(work):
    return derive("mine", "a + b", "EUR", work, name=Text("mijn", "mine"), a=a[0], b=a[1])
say(nl="{x:0}", en="{x:0}", x=mine(lambda a, b: a + b))"""


def test_one_number_has_one_value(project, capsys):
    """Two calculations with one name, formula and inputs would share an entry: refused by cell."""
    again = 'say(nl="{x:0}", en="{x:0}", x=mine(lambda a, b: a))'
    project(_01_a=notebook(TWICE, again), _02_b=notebook(TWICE))
    assert main(["build"]) == 1
    told = capsys.readouterr().err
    assert told.count("found another value for mine-") == 1
    assert "notebooks/01_a.ipynb, cell [2]" in told


def test_another_notebook_has_the_same_value(project, capsys):
    """The same holds between notebooks."""
    other = TWICE.replace("lambda a, b: a + b", "lambda a, b: b")
    project(_01_a=notebook(TWICE), _02_b=notebook(other))
    assert main(["build"]) == 1
    assert "notebooks/02_b.ipynb: found another value for mine-" in capsys.readouterr().err


def test_a_measure_called_sum_is_no_sum():
    """Only parts that were added are taken apart in a total; 5 − 3 and 5 are 7."""
    less = derive("sum", "a - b", "EUR", lambda a, b: a - b, name=NAME, a=q(5), b=q(3, id="x"))
    assert total([less, q(5)]).value == 7


def test_a_unit_is_text():
    """A unit that is none is told at the call, with the measure."""
    with pytest.raises(EvidenceError, match="the measure 'double': found the unit None"):
        double(unit=None)
