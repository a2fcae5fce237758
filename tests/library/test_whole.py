"""Nothing half-written: the order in which an annex goes to disk, two builds at once, no room."""

from __future__ import annotations

import contextlib
import errno
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest

from conftest import notebook
from helpers.annex.cli import main
from helpers.annex.release import publish as publishing
from helpers.annex.release.publish import publish
from helpers.errors import AnnexError

ANNEX = Path(sys.executable).with_name("annex")
GOOD = """from helpers import counts, tables
from helpers.present import say
say(nl="{x:0}", en="{x:0}", x=counts.count(tables.load("hedges")), source=["7"])"""


@pytest.fixture
def calls(monkeypatch) -> list[tuple[str, str]]:
    """What is done to files and folders, in order, by the names that they have at the end."""
    found = []

    def told(module, name: str, of) -> None:
        before = getattr(module, name)

        def call(*arguments, **options):
            found.append((name, of(*arguments)))
            return before(*arguments, **options)

        monkeypatch.setattr(module, name, call)

    told(os, "fsync", lambda handle: Path(f"/proc/self/fd/{handle}").readlink().name)
    told(publishing.fcntl, "flock", lambda handle, _: "lock")
    told(Path, "replace", lambda path, to: Path(to).name)
    told(shutil, "rmtree", lambda path, **_: Path(path).name)
    return found


def test_all_is_on_disk_before_it_is_shown(calls, tmp_path):
    """The lock comes first, then files, then the folders that name them and the one that names the
    build; then the link; then the folder that names the link; and only then the old build goes."""
    publish({"index.html": "old"}, tmp_path / "annex")
    old = (tmp_path / "annex").resolve().name
    calls.clear()
    publish({"index.html": "new", "nl/a.html": "new"}, tmp_path / "annex")
    new = (tmp_path / "annex").resolve().name
    assert calls[0] == ("flock", "lock")
    assert sorted(calls[1:3]) == [("fsync", "a.html"), ("fsync", "index.html")]
    assert calls[3:] == [
        ("fsync", "nl"), ("fsync", new), ("fsync", tmp_path.name), ("replace", "annex"),
        ("fsync", tmp_path.name), ("rmtree", old),
    ]  # fmt: skip


@pytest.mark.parametrize("failing", ["a.html", "nl", "parent"])
def test_what_can_not_be_flushed_is_not_shown(tmp_path, monkeypatch, failing):
    """When the disk refuses a file or a folder, the old annex stays and nothing else is left."""
    out = tmp_path / "annex"
    publish({"index.html": "old"}, out)
    before, flush = sorted(tmp_path.iterdir()), os.fsync
    name = tmp_path.name if failing == "parent" else failing

    def refuse(handle):
        if Path(f"/proc/self/fd/{handle}").readlink().name == name:
            raise OSError(errno.EIO, "Input/output error")
        flush(handle)

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(AnnexError, match="Input/output error"):
        publish({"index.html": "new", "nl/a.html": "new"}, out)
    assert (out / "index.html").read_text() == "old"
    assert sorted(tmp_path.iterdir()) == before


def test_the_second_of_two_waits(tmp_path):
    """While one build writes, another that is for the same folder has written nothing."""
    out, done = tmp_path / "annex", threading.Event()
    publish({"index.html": "old"}, out)

    def second():
        publish({"index.html": "second"}, out)
        done.set()

    with publishing._locked(tmp_path):
        other = threading.Thread(target=second)
        other.start()
        assert not done.wait(0.3)
        assert (out / "index.html").read_text() == "old"
        assert len(list(tmp_path.iterdir())) == 2
    other.join(timeout=10)
    assert (out / "index.html").read_text() == "second"


def test_the_annex_of_another_build_is_no_news_of_ones_own(project, monkeypatch, capsys):
    """A build that another overtakes between publishing and its end knows its own annex only."""
    root = project(_01_a=notebook(GOOD))
    whole = publishing.publish

    def overtaken(files, out):
        digest = whole(files, out)
        whole({"index.html": "another's"}, out)
        return digest

    monkeypatch.setattr(publishing, "publish", overtaken)
    assert main(["build"]) == 0
    monkeypatch.undo()
    monkeypatch.chdir(root)
    assert (root / "annex" / "index.html").read_text() == "another's"
    assert main(["build"]) == 0
    assert (root / "annex" / "index.html").read_text() != "another's"


def test_two_builds_at_once(project, example_copy, tmp_path):
    """Two builds with other data for one place both end well; the annex is that of one of them."""
    root = project(_01_a=notebook(GOOD))
    hedges = example_copy / "hedges.csv"
    hedges.write_text(hedges.read_text() + "pakweg,1,1\n")
    folders, out = [root / "data", example_copy], tmp_path / "together"
    builds = [
        subprocess.Popen(
            [ANNEX, "build", "--data", folder, "--out", out], stderr=subprocess.PIPE, text=True
        )
        for folder in folders
    ]
    assert [(build.communicate()[1], build.returncode) for build in builds] == [("", 0)] * 2
    beside = [path.name for path in tmp_path.iterdir() if "together" in path.name]
    assert sorted(beside) == sorted(["together", out.readlink().name])
    alone = []
    for folder in folders:
        subprocess.run([ANNEX, "build", "--data", folder, "--out", tmp_path / "alone"], check=True)
        alone.append(_content(tmp_path / "alone"))
    assert alone[0] != alone[1]
    assert _content(out) in alone


def _content(out: Path) -> dict[str, bytes]:
    return {str(p.relative_to(out)): p.read_bytes() for p in out.rglob("*") if p.is_file()}


def _built(root: Path, *options, **more) -> subprocess.CompletedProcess:
    return subprocess.run(
        [ANNEX, "build", "--no-cache", *options], cwd=root, capture_output=True, text=True, **more
    )


def _told(ran: subprocess.CompletedProcess, words: str) -> None:
    """A build failed in lines for its user, with these words."""
    assert ran.returncode == 1
    assert {line.split(":")[0] for line in ran.stderr.splitlines()} == {"annex"}
    assert words in ran.stderr


def test_no_file_may_grow(project):
    """Where a page can't be written whole, the build says so, and the old annex stays."""
    root = project(_01_a=notebook(GOOD))
    publish({"index.html": "old"}, root / "annex")
    beside = sorted(root.iterdir())
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))  # noqa: E731
    _told(_built(root, preexec_fn=limit), "found File too large; expected a ")
    assert _content(root / "annex") == {"index.html": b"old"}
    assert sorted(root.iterdir()) == beside


@contextlib.contextmanager
def mounted(place: Path, *options: str):
    """A file system of its own at a place."""
    place.mkdir()
    ran = subprocess.run(["mount", *options, str(place)], capture_output=True, text=True)
    if ran.returncode:
        pytest.skip(f"no file system can be mounted here: {ran.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", str(place)], check=True)


def test_no_room_for_the_annex(project, tmp_path):
    """On a full disk the build says so and leaves it as it was; with room the next ends well."""
    root, disk = project(_01_a=notebook(GOOD)), tmp_path / "disk"
    with mounted(disk, "-t", "tmpfs", "-o", "size=600k", "tmpfs"):
        (disk / "full").write_bytes(bytes(560_000))
        _told(_built(root, "--out", disk / "annex"), "annex: found No space left on device")
        assert [path.name for path in disk.iterdir()] == ["full"]
        subprocess.run(["mount", "-o", "remount,size=9m", str(disk)], check=True)
        assert main(["build", "--out", str(disk / "annex")]) == 0


def test_no_room_for_temporary_files(project):
    """With no room for temporary files the build says where, and the old annex stays."""
    root = project(_01_a=notebook(GOOD))
    publish({"index.html": "old"}, root / "annex")
    with tempfile.TemporaryDirectory() as short:  # a socket's path has room for few characters
        place = Path(short) / "t"
        with mounted(place, "-t", "tmpfs", "-o", "size=64k", "tmpfs"):
            ran = _built(root, env={**os.environ, "TMPDIR": str(place)})
            _told(ran, f"annex: {place}: found No space left on device, or little: ")
            assert list(place.iterdir()) == []
    assert _content(root / "annex") == {"index.html": b"old"}


def test_room_that_ends_on_the_way(project, monkeypatch, capsys):
    """A disk that fills up while notebooks run is told in a line, without a traceback."""
    project(_01_a=notebook(GOOD))

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device", "spool/01_a")

    monkeypatch.setattr("helpers.annex.pages.spool.Spool.keep", full)
    assert main(["build"]) == 1
    told = capsys.readouterr().err
    assert told.startswith("annex: spool/01_a: found No space left on device; expected a ")
    assert len(told.splitlines()) == 1


@pytest.mark.usefixtures("built_project")
def test_a_disk_that_is_only_read(tmp_path, capsys):
    """A folder that can't be written to is named."""
    disk = tmp_path / "disk"
    with mounted(disk, "-t", "tmpfs", "-o", "ro", "tmpfs"):
        assert main(["build", "--out", str(disk / "annex")]) == 1
    [told] = capsys.readouterr().err.splitlines()
    assert told.startswith(f"annex: {disk}/annex: found Read-only file system")


@pytest.mark.usefixtures("built_project")
def test_a_place_below_a_file(tmp_path, capsys):
    """A folder that can't be there is named."""
    (tmp_path / "file").write_text("mine")
    assert main(["build", "--out", str(tmp_path / "file" / "annex")]) == 1
    [told] = capsys.readouterr().err.splitlines()
    assert told.startswith("annex: ") and "file/annex: found " in told
    assert (tmp_path / "file").read_text() == "mine"
