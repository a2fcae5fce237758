"""What is worked out of the tables once is shared, and never stale."""

import shutil
from pathlib import Path

import pytest

from helpers import tables
from helpers.annex.run.kernels import kept_tables, reads
from helpers.claims import Ledger, checks
from helpers.errors import DataError, Problem
from helpers.files import folders, reading


@pytest.fixture
def letter(tmp_path, monkeypatch):
    """A file of a data folder, what upper-cases its text, and how often that was done."""
    monkeypatch.setenv("ANNEX_DATA", str(tmp_path))
    path, times = tmp_path / "letter", []
    path.write_bytes(b"abc")

    def upper(**texts) -> bytes:
        return reading.once(("upper", path), lambda: made(**texts))

    def made(then: bytes = b"") -> bytes:
        times.append(1)
        found = reading.content(path, "a letter").upper()
        if then:
            path.write_bytes(then)
        return found + reading.content(path, "a letter")

    return path, upper, times


def opened(make) -> list[str]:
    """The names of the data files that a call opens, each once, in order."""
    paths: list[str] = []
    with reads.observed(paths.append):
        make()
    return list(dict.fromkeys(Path(path).name for path in paths if "/data/" in path))


def test_a_result_is_made_once(letter):
    """A second call gives the same object, and makes nothing."""
    _, upper, times = letter
    assert upper() is upper()
    assert len(times) == 1


def test_an_edit_of_the_same_length_is_seen(letter):
    """The content of a file counts, not its size or time."""
    path, upper, _ = letter
    assert upper() == b"ABCabc"
    path.write_bytes(b"abd")
    assert upper() == b"ABDabd"


def test_a_result_is_of_one_state_of_a_file(letter):
    """A file that changes meanwhile is read as it was, and the next call sees the change."""
    _, upper, _ = letter
    assert upper(then=b"xyz") == b"ABCabc"
    assert upper() == b"XYZxyz"


def test_a_file_that_is_gone_is_told(letter):
    """What was kept of a file is not given when it can't be read any more."""
    path, upper, _ = letter
    upper()
    path.unlink()
    with pytest.raises(DataError, match="no such file; expected a letter"):
        upper()


def test_what_could_not_be_read_is_read_again(tmp_path):
    """A result that was made without a file is made again, should the file come."""
    path = tmp_path / "late"

    def there() -> bool:
        try:
            return bool(reading.content(path, "a file"))
        except DataError:
            return False

    assert not reading.once(("there", path), there)
    path.write_bytes(b"now")
    assert reading.once(("there", path), there)


def test_what_holds_another_result_changes_with_its_files(letter):
    """A result that was made of another one is made again when a file of that one changes."""
    path, upper, _ = letter
    upper()
    assert reading.once(("twice", path), lambda: 2 * upper()) == b"ABCabcABCabc"
    path.write_bytes(b"de")
    assert reading.once(("twice", path), lambda: 2 * upper()) == b"DEdeDEde"


def test_only_so_many_results_are_kept(letter, monkeypatch):
    """The oldest one is made again; memory does not fill up."""
    _, upper, times = letter
    monkeypatch.setattr(reading, "KEPT_ENTRIES", 2)
    upper()
    for other in ("one", "two"):
        reading.once(other, lambda: b"")
    assert len(reading._kept) == 2
    upper()
    assert len(times) == 2


@pytest.fixture
def later(tmp_path, monkeypatch):
    """Keeps what is known in a file, damaged as asked, and begins another process that knows
    nothing else; returns whether what it then knows would be kept again."""
    monkeypatch.setenv("ANNEX_TABLES", str(tmp_path / "c" / "tables-1.pickle"))

    def begin(damage=lambda whole: whole) -> bool:
        file = tmp_path / "c" / "tables-1.pickle"
        kept_tables.save()
        file.write_bytes(damage(file.read_bytes()))
        monkeypatch.setattr(reading, "_kept", {})
        monkeypatch.setattr(reading, "_restored", {})
        kept_tables.restore()
        return bool(reading.saved(folders.data()))

    monkeypatch.setattr(reading, "_kept", {})
    return begin


def test_what_a_build_keeps_is_not_made_again_by_a_later_one(letter, later):
    """Until a file changes; and it is kept anew only then."""
    path, upper, times = letter
    upper()
    assert not later()
    assert upper() == b"ABCabc"
    assert (len(times), reading.saved(path.parent)) == (1, b"")
    path.write_bytes(b"de")
    assert upper() == b"DEde"
    assert len(times) == 2
    assert reading.saved(path.parent)


@pytest.mark.parametrize(
    "damage",
    [lambda whole: whole[:-1], lambda whole: whole.replace(b"ABC", b"XYZ"), lambda whole: b""],
)
def test_what_was_damaged_is_made_again(letter, later, damage):
    """What is kept counts whole and unchanged, or not at all."""
    _, upper, times = letter
    upper()
    later(damage)
    assert upper() == b"ABCabc"
    assert len(times) == 2


def test_what_is_kept_moves_with_the_tables(letter, tmp_path):
    """It names no place on this machine, and holds in another one as long as the files do."""
    _, upper, _ = letter
    upper()
    content = reading.saved(tmp_path)
    assert str(tmp_path).encode() not in content
    moved = tmp_path / "moved"
    moved.mkdir()
    (moved / "letter").write_bytes(b"abc")
    reading.restore(content, moved)
    assert reading.once(("upper", moved / "letter"), lambda: b"made again") == b"ABCabc"
    (moved / "letter").write_bytes(b"xyz")
    assert reading.once(("upper", moved / "letter"), lambda: b"made again") == b"made again"


def test_a_problem_is_not_kept(letter, tmp_path):
    """It names a file where that is now."""
    reading.once("faults", lambda: [Problem(f"{tmp_path}/letter", "a digit", "letters")])
    assert reading.saved(tmp_path) == b""


def test_checked_tables_and_verdicts_are_kept(later, monkeypatch):
    """A later build checks no table and works out no claim that an earlier one has."""
    verdicts = checks.sound().findings().internal.tolist()
    later()
    monkeypatch.delattr(checks, "_problems")
    monkeypatch.delattr(Ledger, "_judge_all")
    ledger = checks.sound()
    assert ledger.findings().internal.tolist() == verdicts
    assert ledger.used("foreign_investment:")[0].table == "foreign_investment"


def test_only_the_tables_of_one_state_of_the_code_are_kept(letter, later, tmp_path):
    """What another state kept is removed, as nothing else would remove it."""
    letter[1]()
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "tables-0.pickle").write_bytes(b"of older code")
    later()
    assert [path.name for path in (tmp_path / "c").iterdir()] == ["tables-1.pickle"]


def test_each_load_is_a_frame_of_its_own():
    """Changing cells, quantities or the name of the index changes no other load."""
    own, other = tables.load("foreign_investment"), tables.load("foreign_investment")
    kept = repr(other), other.index.name
    own.loc[own.index[0], "value_eur_m"] = own["value_eur_m"].iloc[1]
    own["year"] = 0
    own.index.name = "changed"
    own.attrs["changed"] = True
    assert (repr(other), other.index.name) == kept
    assert (
        repr(tables.load("foreign_investment")),
        tables.load("foreign_investment").index.name,
    ) == kept
    assert "changed" not in tables.load("foreign_investment").attrs


def test_each_caller_has_findings_of_its_own():
    """Changing a verdict, or a list of quantities, changes nobody else's findings."""
    own = Ledger().findings()
    kept = Ledger().findings()
    own.loc[own.index[0], "internal"] = "contradicted"
    for numbers in own.official:
        numbers.clear()
    assert Ledger().findings().internal.tolist() == kept.internal.tolist()
    assert list(map(len, Ledger().findings().official)) == list(map(len, kept.official))
    assert any(kept.official)


def test_claims_are_worked_out_once_and_their_files_opened_each_time(monkeypatch):
    """A second ledger computes no verdict, and opens the files that the first one opened."""
    reading._kept.clear()
    first = opened(lambda: Ledger().findings())
    monkeypatch.delattr(Ledger, "_row")
    assert opened(lambda: Ledger().findings()) == first
    assert {*first} >= {"claims.csv", "foreign_investment.csv"}


def test_an_edited_claim_has_its_new_verdict(example_copy):
    """A claim that names another year is judged anew; what a notebook writes into a copy of the
    data folder is said of the copy alone."""
    shutil.copytree(example_copy, copy := example_copy.parent / "copy")

    def verdict(data) -> str:
        return Ledger(data).findings().external["claim-01"]

    assert verdict(example_copy) == verdict(copy) == "reproduced"
    path = copy / "report" / "claims.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("year=2017", "year=2018"), encoding="utf-8")
    assert (verdict(example_copy), verdict(copy)) == ("reproduced", "contradicted")
    assert verdict(copy) == "contradicted"


def test_checks_are_made_once_until_a_file_changes_or_comes(example_copy, monkeypatch):
    """Sound tables are checked once; an edit, and a file that no table describes, are told."""
    ledger = checks.sound(example_copy)
    monkeypatch.setattr(checks, "_sound", lambda _: "checked again")
    assert checks.sound(example_copy) is ledger
    (example_copy / "new.csv").touch()
    assert checks.sound(example_copy) == "checked again"
    (example_copy / "new.csv").unlink()
    assert checks.sound(example_copy) is ledger
    with (example_copy / "report" / "claims.csv").open("a") as claims:
        claims.write("\n")
    assert checks.sound(example_copy) == "checked again"
