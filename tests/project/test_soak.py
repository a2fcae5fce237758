"""The campaigns of `make soak`, small: a few slips of each kind, a few inputs, a dozen kills."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

import built_up
import dropped
import equivalents
import kills
import mutations
import pytest
from judge import CHANGED, ELSEWHERE, REJECTED, SAME, UNNAMED, Judge
from tabled import Mutant, tables


@pytest.fixture(scope="module")
def judge(tmp_path_factory) -> Judge:
    """A judge of slips, with a copy of the data of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ANNEX_DATA", "")  # it sets both variables, which must not stay
        patch.setenv("MPLBACKEND", "agg")
        yield Judge(tmp_path_factory.mktemp("judge"))


def test_no_slip_is_let_through(judge):
    """A slip by each operator is refused by its place or changes what the annex says. With these
    data and this seed none changes nothing, which takes longest to judge; `make soak` has
    many such slips, and builds one for each reason of `equivalents`."""
    every = [m for m in mutations.mutants(1, seed=33) if not m.operator.startswith("descriptor")]
    assert len({mutant.operator for mutant in every}) >= 38
    verdicts = [(mutant, mutations.judged(judge, mutant)) for mutant in every]
    let_through = [(m, v) for m, v in verdicts if v.kind not in mutations.FINE]
    assert let_through == []
    kinds = Counter(verdict.kind for _, verdict in verdicts)
    assert kinds[REJECTED] + kinds[ELSEWHERE] > len(every) / 2
    assert kinds[CHANGED] > 3


LIMITS = b"id,hedge,last_digit\nq-1,zeker,10\nq-2,circa,10\n"


@pytest.mark.parametrize(
    ("path", "columns", "told"),
    [
        ("statistics/visits.csv", ("value",), equivalents.UNUSED),
        ("statistics/statistics_sources.csv", ("title",), ""),
        ("report/visits.csv", ("value",), ""),
        ("report/visits.csv", ("note_nl", "note_en"), "is read in its table"),
        ("report/visits.csv", ("note_nl", "value"), ""),
        ("report/visits.csv", (), ""),
        ("report/missions.csv", ("leader",), "who led, in words"),
        ("report/missions.csv", ("leader_office",), ""),
        ("report/province_partners.csv", ("raw",), "`annex trace`"),
        ("report/quantities.csv", ("raw",), ""),
        ("report/quantities.csv", ("last_digit",), equivalents.SAME_LIMIT),
        ("report/quantities.csv", ("last_digit", "hedge"), ""),
    ],
)
def test_a_slip_is_excused_for_a_reason(path, columns, told):
    """Only what a rule names may change nothing: a row of a series that gives no value, columns
    that no page shows, the last digit of a limit."""
    slip = Mutant(path, LIMITS, "", 2, columns, table=Path(path).stem, keys=("a",))
    used = {("visits", "b")}
    found = equivalents.reason(slip, used)
    assert told in found
    assert bool(told) == bool(found)
    shown = equivalents.reason(slip, {*used, (slip.table, "a")})
    assert shown == ("" if told == equivalents.UNUSED else found)


def test_a_range_that_the_last_digit_moves_is_not_excused():
    """About 20 is another range in tens than in ones; so is a number without a word."""
    for row in (3, None):
        slip = Mutant("report/quantities.csv", LIMITS, "", row, ("last_digit",))
        assert equivalents.reason(slip, set()) == ""


def test_valid_variations_are_let_in(tmp_path, monkeypatch):
    """The order of rows, quotes, line ends and byte-order marks change no number: each table with
    its rows in another order, and in one of the other ways, the next table in another one."""
    *every, descriptor = mutations.variations()
    order, *others = dict.fromkeys(mutant.operator for mutant in every)
    assert (order, len(others), descriptor.operator) == ("rows in another order", 4, "JSON")
    monkeypatch.setenv("ANNEX_DATA", "")  # the judge sets both
    monkeypatch.setenv("MPLBACKEND", "agg")
    judge = Judge(tmp_path, ["02_investment_jobs", "04_province_budgets"])
    # Of each table there are as many as kinds.
    ordered, varied = every[::5], [every[5 * n + 1 + n % 4] for n in range(len(every) // 5)]
    assert {mutant.path for mutant in ordered} == {mutant.path for mutant in varied}
    assert {mutant.operator for mutant in ordered} == {order}
    assert {mutant.operator for mutant in varied} == {*others}
    assert judge.numbers(ordered) == []
    assert judge.numbers([*varied, descriptor]) == []


def test_the_judge_sees(judge):
    """By hand: what becomes of a refused cell, a moved number, nothing at all, and of a problem
    that says nothing of the slip."""
    (table,) = (t for t in tables(judge.data) if t.name == "goods_trade")
    row = next(n for n, r in enumerate(table.rows) if r[:4] == ["2002", "China", "imports", r[3]])
    number = (row, "value_eur_m")
    assert judge.verdict(table.edited({number: "8.929"}, "")).kind == REJECTED
    assert judge.verdict(table.edited({number: "8930"}, "")).kind == CHANGED
    assert judge.verdict(table.edited({number: "8929"}, "")).kind == SAME
    wrong = table.edited({number: "-1"}, "")
    elsewhere = Mutant(wrong.path, wrong.content, "", row + 3, ("year",), table=wrong.table)
    assert judge.verdict(elsewhere).kind == UNNAMED


def test_tables_built_up_from_nothing(tmp_path):
    """After each of some hundred edits of a folder that grows, with slips between, the check tells
    problems with their places; the whole folder is sound."""
    figures, examples = built_up.campaign(tmp_path, 700, seed=15)
    assert examples == {}
    assert figures["steps"] == 700
    assert figures["whole"] >= 1
    assert figures["sound"] >= 2
    assert figures["problems"] > 2000


def test_what_is_dropped_is_told(tmp_path):
    """Without a column, a table or a part of the descriptor, a third of those of the example, the
    check tells a problem or says nothing, never a traceback; where it says nothing of a table that
    is gone or empty, the annex is built."""
    every = list(dropped.cases(dropped.EXAMPLE / "data"))
    assert len(every) > 380
    found = Counter[str]()
    for case in every[::3]:
        verdict = dropped.check(dropped.write(case, tmp_path))
        assert verdict in ("told", "silent"), (case.name, verdict)
        found[verdict] += 1
    assert min(found.values()) > 30
    for name in (
        "without hedges.hedge",
        "without claims",
        "criteria empty",
        "quantities.raw empty",
    ):
        (case,) = (each for each in every if each.name == name)
        verdict = dropped.check(dropped.write(case, tmp_path))
        assert verdict == "told" or dropped.build(tmp_path) == "built", name


def test_killed_builds():
    """Six builds killed at random leave the annex whole, no process, and nothing that the next
    build does not put right."""
    with tempfile.TemporaryDirectory(prefix="k-") as folder:  # short, for the paths of sockets
        found = kills.campaign(Path(folder), 6, seed=3, each=6)
    assert found["kills"] == 6
    assert found["ended first"] < 5
    for name in ("half-written", "orphans", "failed builds", "wrong annexes", "strays"):
        assert found[name] == 0, found
