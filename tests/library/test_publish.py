import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from helpers.annex.release.publish import publish, sweep
from helpers.errors import AnnexError


def content(out) -> dict[str, str]:
    return {str(p.relative_to(out)): p.read_text() for p in out.rglob("*") if p.is_file()}


def test_publishes_all_files(tmp_path):
    """Every file is in its place, folders included."""
    publish({"index.html": "a", "nl/b.html": "b"}, tmp_path / "annex")
    assert content(tmp_path / "annex") == {"index.html": "a", "nl/b.html": "b"}


def test_replaces_whole(tmp_path):
    """A new annex takes the place of the old one whole: nothing of the old remains."""
    out = tmp_path / "annex"
    publish({"index.html": "old", "gone.html": "x"}, out)
    publish({"index.html": "new"}, out)
    assert content(out) == {"index.html": "new"}
    assert len(list(tmp_path.iterdir())) == 2


def test_failure_leaves_the_old_one(tmp_path):
    """When writing fails half-way the old annex stands untouched and nothing else is left."""
    out = tmp_path / "annex"
    publish({"index.html": "old"}, out)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(AnnexError):
        publish({"index.html": "new", "index.html/below.html": "not possible"}, out)
    assert content(out) == {"index.html": "old"}
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("trouble", ["rmtree", "iterdir"])
def test_what_can_not_be_swept_is_left_to_the_next_build(tmp_path, monkeypatch, capsys, trouble):
    """An annex that is in its place was published; what is left beside it is told, and goes when
    it can."""
    out = tmp_path / "annex"
    publish({"index.html": "old"}, out)
    old = out.readlink().name

    def refuse(*_, **__):
        raise OSError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(*{"rmtree": (shutil, "rmtree"), "iterdir": (Path, "iterdir")}[trouble],
                        refuse)  # fmt: skip
    publish({"index.html": "new"}, out)
    sweep(out) if trouble == "rmtree" else None
    monkeypatch.undo()
    assert content(out) == {"index.html": "new"}
    assert (tmp_path / old).is_dir()
    told = capsys.readouterr().err.splitlines()
    place = tmp_path / old if trouble == "rmtree" else tmp_path
    expected = "an earlier build that can be removed. The next build tries again."
    assert set(told) == {f"annex: {place}: found Permission denied; expected {expected}"}
    publish({"index.html": "newer"}, out)
    assert len(list(tmp_path.iterdir())) == 2
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("stranger", ["folder", "file"])
def test_never_replaces_what_it_did_not_make(tmp_path, stranger):
    """A folder or file that no build made is refused, not overwritten."""
    out = tmp_path / "annex"
    if stranger == "folder":
        out.mkdir()
    (out / "mine.txt" if stranger == "folder" else out).write_text("mine")
    with pytest.raises(AnnexError, match="no build made"):
        publish({"index.html": "new"}, out)
    assert "mine" in (out / "mine.txt" if stranger == "folder" else out).read_text()


def test_leftovers_of_a_killed_build_go(tmp_path):
    """What a killed build left behind is removed by the next."""
    out = tmp_path / "annex"
    (tmp_path / ".annex.build-killed_1").mkdir()
    (tmp_path / ".annex.build-killed_1.link").symlink_to(".annex.build-killed_1")
    publish({"index.html": "new"}, out)
    assert len(list(tmp_path.iterdir())) == 2


def test_nothing_else_is_swept(tmp_path):
    """A draft beside the annex, and a stranger's folder with a like name, are left alone."""
    publish({"index.html": "draft"}, tmp_path / "annex-draft")
    for name in (".annex-notes", ".annex.build-mine", ".annex.build-long_name_1"):
        (tmp_path / name).mkdir()
    publish({"index.html": "new"}, tmp_path / "annex")
    publish({"index.html": "newer"}, tmp_path / "annex")
    assert content(tmp_path / "annex-draft") == {"index.html": "draft"}
    for name in (".annex-notes", ".annex.build-mine", ".annex.build-long_name_1"):
        assert (tmp_path / name).is_dir()


@pytest.mark.parametrize("target", ["elsewhere", "gone"])
def test_foreign_link_is_refused(tmp_path, target):
    """A link that no build made is not replaced, whether it leads somewhere or not."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "annex").symlink_to(target)
    with pytest.raises(AnnexError, match="no build made"):
        publish({"index.html": "new"}, tmp_path / "annex")
    assert str((tmp_path / "annex").readlink()) == target


@pytest.mark.parametrize("mask", [0o077, 0o022, 0o000])
def test_published_pages_can_be_read_by_all(tmp_path, mask):
    """Folders and files are open to readers and to no other writer, whatever the user's umask."""
    before = os.umask(mask)
    try:
        publish({"index.html": "a", "nl/parts/b.html": "b"}, tmp_path / "annex")
    finally:
        os.umask(before)
    place = (tmp_path / "annex").resolve()
    modes = {p.relative_to(place).as_posix(): p.stat().st_mode & 0o777 for p in place.rglob("*")}
    assert modes == {"nl": 0o755, "nl/parts": 0o755, "index.html": 0o644, "nl/parts/b.html": 0o644}
    assert place.stat().st_mode & 0o777 == 0o755


LOOP = """
import sys, itertools
from pathlib import Path
from helpers.annex.release.publish import publish
for turn in itertools.count():
    files = {f"page-{n}.html": str(turn) * 20000 for n in range(30)}
    publish(files, Path(sys.argv[1]))
    print(turn, flush=True)
"""


def test_killed_at_any_moment(tmp_path):
    """Killed a dozen times while publishing, the annex is always one whole build."""
    out = tmp_path / "annex"
    for kill in range(12):
        process = subprocess.Popen([sys.executable, "-c", LOOP, str(out)], stdout=subprocess.PIPE)
        process.stdout.readline()
        time.sleep(0.003 * kill)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        pages = content(out)
        assert len(pages) == 30
        assert len(set(pages.values())) == 1
    publish({"index.html": "last"}, out)
    assert len(list(tmp_path.iterdir())) == 2


def test_works_from_any_folder_name(tmp_path):
    """Spaces and Chinese characters in the path are no trouble."""
    out = tmp_path / "een map 广东" / "annex"
    publish({"index.html": "a"}, out)
    assert content(out) == {"index.html": "a"}


def test_a_link_that_a_killed_build_left_stops_none(tmp_path):
    """The link of each build has a name of its own, so one that was left is not in the way."""
    (tmp_path / ".annex.link").symlink_to("gone")
    publish({"index.html": "x"}, tmp_path / "annex")
    assert (tmp_path / "annex" / "index.html").read_text() == "x"
