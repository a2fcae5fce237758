import pytest

from helpers.annex.plan.cache import Cache


def test_what_was_put_is_found(tmp_path):
    """An entry is found by its name and key, by a later build too."""
    Cache(tmp_path / "c").put("run-a", "k1", {"x": [1, "é"]})
    assert Cache(tmp_path / "c").get("run-a", "k1") == {"x": [1, "é"]}
    assert Cache(tmp_path / "c").get("run-a", "k2") is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: whole[:-1],
        lambda whole: whole.replace(b"17", b"18"),
        lambda whole: b"",
        lambda whole: whole.split(b"\n", 1)[1],
        lambda whole: b"0" * 64 + b"\n" + whole.split(b"\n", 1)[1],
        lambda whole: b"\xff\xfe" + whole,
    ],
)
def test_damaged_entry_is_not_there(tmp_path, damage):
    """An entry that is cut off, changed or of another form is as if it were not there."""
    cache = Cache(tmp_path)
    cache.put("run-a", "k", {"value": 17})
    (file,) = tmp_path.iterdir()
    file.write_bytes(damage(file.read_bytes()))
    assert cache.get("run-a", "k") is None
    cache.put("run-a", "k", {"value": 17})
    assert cache.get("run-a", "k") == {"value": 17}


def test_an_entry_in_the_place_of_another_is_not_there(tmp_path):
    """What was copied over another entry is not taken for it."""
    cache = Cache(tmp_path)
    cache.put("run-a", "k", 1)
    (one,) = tmp_path.iterdir()
    cache.put("run-b", "k", 2)
    (other,) = (path for path in tmp_path.iterdir() if path != one)
    other.write_bytes(one.read_bytes())
    assert cache.get("run-b", "k") is None


def test_no_folder_keeps_nothing():
    """Without a folder nothing is kept."""
    cache = Cache(None)
    cache.put("a", "k", 1)
    assert cache.get("a", "k") is None


def test_folder_that_can_not_be_written(tmp_path):
    """A cache that can't be written is no error, it keeps nothing."""
    (tmp_path / "file").write_text("")
    cache = Cache(tmp_path / "file" / "cache")
    cache.put("a", "k", 1)
    assert cache.get("a", "k") is None


def test_three_entries_of_a_name_are_kept(tmp_path):
    """Of one name the last three stay, and those of other names."""
    cache = Cache(tmp_path)
    cache.put("run-01_a", "other", 0)
    for number in range(5):
        cache.put("run-01", f"k{number}", number)
    assert [cache.get("run-01", f"k{n}") for n in range(5)] == [None, None, 2, 3, 4]
    assert cache.get("run-01_a", "other") == 0
    assert not list(tmp_path.glob(".*"))


def test_a_name_with_half_a_character_is_kept(tmp_path):
    """A file whose name is no text is one that a notebook may read: it is kept with the others."""
    cache = Cache(tmp_path)
    cache.put("reads-a", "key \udcff", [{"\udcff.csv": "0"}])
    assert cache.get("reads-a", "key \udcff") == [{"\udcff.csv": "0"}]
