"""Files of a published annex against its manifest: what was done to one is named."""

import hashlib
import os
import shutil

import pytest

from helpers.annex.verify import integrity as module
from helpers.annex.verify.integrity import integrity

FILES = {"index.html": b"<p>front</p>", "nl/a.html": b"<p>een</p>", "en/a.html": b"<p>one</p>"}


@pytest.fixture
def published(tmp_path):
    """A folder with three files, as a manifest lists them, and that list."""
    for name, content in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    (tmp_path / "manifest.json").write_text("{}")
    listed = {
        name: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
        for name, content in FILES.items()
    }
    return tmp_path, listed


def found(place) -> dict[str, str]:
    return {each.name: each.note.en for each in integrity(*place)}


def test_files_as_listed_agree(published):
    """Nothing is said of files that are as the manifest lists them."""
    assert found(published) == {}


def exchange(folder):
    (folder / "nl" / "a.html").write_bytes(FILES["en/a.html"])
    (folder / "en" / "a.html").write_bytes(FILES["nl/a.html"])


def linked(folder):
    (folder / "nl" / "a.html").rename(folder.parent / "outside.html")
    (folder / "nl" / "a.html").symlink_to(folder.parent / "outside.html")


def linked_folder(folder):
    (folder / "nl").rename(folder.parent / "outside")
    (folder / "nl").symlink_to(folder.parent / "outside")


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (lambda f: (f / "index.html").write_bytes(b"<p>FRONT</p>"), {"index.html": "changed"}),
        (lambda f: (f / "index.html").unlink(), {"index.html": "missing"}),
        (
            lambda f: (f / "index.html").write_bytes(b"<p>fr"),
            {"index.html": "shorter than as built: truncated, or changed"},
        ),
        (
            exchange,
            {
                "nl/a.html": "holds what belongs in en/a.html",
                "en/a.html": "holds what belongs in nl/a.html",
            },
        ),
        (linked, {"nl/a.html": "a link, where a file should be"}),
        (
            linked_folder,
            {"nl/a.html": "a link, where a file should be"},
        ),
        (lambda f: ((f / "index.html").unlink(), os.mkfifo(f / "index.html")),
         {"index.html": "no file"}),
        (lambda f: ((f / "manifest.json").rename(f.parent / "m"),
                    (f / "manifest.json").symlink_to(f.parent / "m")),
         {"manifest.json": "a link, where a file should be"}),
        (lambda f: (shutil.rmtree(f / "nl"), (f / "nl").write_text("")),
         {"nl/a.html": "missing", "nl": "added: a file that no build made"}),
        (lambda f: (f / "x.js").write_bytes(b""), {"x.js": "added: a file that no build made"}),
        (lambda f: (f / "nl" / "d").mkdir(), {"nl/d": "added: a folder that no build made"}),
        (lambda f: (f / "etc").symlink_to("/etc"), {"etc": "added: a link that no build made"}),
    ],
)  # fmt: skip
def test_what_was_done_to_a_file_is_named(published, spoil, expected):
    """Changed, missing, shorter, exchanged, linked and added files are each told as such."""
    spoil(published[0])
    assert found(published) == expected


def test_a_size_that_was_forged(published):
    """The number of bytes is held to the file too."""
    published[1]["index.html"]["bytes"] = 5
    assert found(published) == {"index.html": "changed"}


def test_a_folder_that_cannot_be_looked_into(published):
    """Folders in each other, deeper than the system follows, are told; the rest is looked at."""
    deep = published[0] / "x"
    here = os.open(published[0], os.O_RDONLY)
    for _ in range(30):
        os.mkdir("x" * 200, dir_fd=here)
        here = os.open("x" * 200, os.O_RDONLY, dir_fd=here)
    (published[0] / "z").write_text("")
    told = integrity(*published)
    assert deep.name not in {each.name for each in told}
    assert "a folder that can't be looked into" in {each.note.en for each in told}
    assert "z" in {each.name for each in told}


def test_a_file_without_end_is_not_hashed(published, monkeypatch):
    """A file of a size that no file of the annex has is told without being read."""
    os.truncate(published[0] / "index.html", 10**12)
    monkeypatch.setattr(module, "checksum", _read_whole(module.checksum))
    (told,) = integrity(*published)
    assert (told.name, told.now) == ("index.html", "1000000000000 bytes")


def _read_whole(checksum):
    """As `checksum`, failing for what would take long."""

    def guarded(path):
        assert path.stat().st_size < 10**6
        return checksum(path)

    return guarded
