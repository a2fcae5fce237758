from pathlib import Path

from helpers.annex.pages.spool import Spool


def test_gives_back_what_was_kept():
    """What was kept comes back the same, by its name."""
    with Spool() as spool:
        spool.keep("01_a", ["body", {"id": 1}])
        spool.keep("02_b", [])
        assert spool.load("01_a") == ["body", {"id": 1}]


def test_files_are_written_as_they_come():
    """A file of the annex waits on disk with its text unchanged, line ends too."""
    with Spool() as spool:
        path = spool.file("charts/a.csv", "\ufeffa\r\né\n")
        assert isinstance(path, Path)
        assert path.read_bytes() == b"\xef\xbb\xbfa\r\n\xc3\xa9\n"


def test_nothing_is_left():
    """What waited is gone when the build ends."""
    with Spool() as spool:
        path = spool.file("charts/a.svg", "<svg/>")
    assert not path.exists()
    assert not path.parents[2].exists()
