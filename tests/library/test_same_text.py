"""A file that says the same and is only written otherwise is told as that, and by what alone."""

import csv
import hashlib
import io
import json
import shutil
import subprocess

import nbformat
import pytest

from conftest import EXAMPLE, ROOT, notebook
from helpers.annex.cli import main
from helpers.annex.plan.inputs import Inputs
from helpers.annex.release import manifest
from helpers.annex.run import notebook_files
from helpers.annex.verify import compare, same_text
from helpers.annex.verify.differences import CHANGED, Difference
from helpers.annex.verify.integrity import integrity
from helpers.language import Text

BOM = b"\xef\xbb\xbf"


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize(
    ("was", "now", "same"),
    [
        (b"a\nb\n", b"a\r\nb\r\n", True),
        (b"a\r\nb\r\n", b"a\nb\n", True),
        (b"a\nb\n", b"a\rb\r", True),
        (b"a\nb\n", b"a\r\nb\n", True),
        (b"a\n", BOM + b"a\n", True),
        (BOM + b"a\n", b"a\n", True),
        (b"a\n", b"a", True),
        (b"a", b"a\n", True),
        (b"a\nb\n", BOM + b"a\r\nb\r\n", True),
        (b"a\nb\n", BOM + b"a\r\nb", True),
        (b"a\nb\n", b"a\nb\n", False),
        (b"a\nb\n", b"a\nc\n", False),
        (b"a\nb\n", b"a\r\nc\r\n", False),
        (b"a\nb\n", b"b\na\n", False),
        (b"ab\n", b"a\nb\n", False),
    ],
)
def test_a_text_of_which_only_line_ends_or_a_byte_order_mark_differ(was, now, same):
    """That nothing else differs is told where the old digest proves it, and nowhere else."""
    told = Text(
        "alleen regeleinden of een byte order mark verschillen",
        "only line ends or a byte order mark differ",
    )
    assert same_text.only(now, sha(was)) == (told if same else None)


def manifests(tables=({}, {}), contents=({}, {}), **inputs) -> list[dict]:
    """Two manifests of inputs given as bytes before and after."""
    return [
        {
            "inputs": {name: sha(ends[side]) for name, ends in inputs.items()},
            "tables": tables[side], "contents": contents[side],
        }
        for side in (0, 1)
    ]  # fmt: skip


def test_a_table_of_the_same_rows_is_only_written_otherwise(tmp_path):
    """Quotes around cells are no other table; a row more, or no row to tell columns by, is."""
    (tmp_path / "a").write_bytes(b'"x"\n"1"\n')

    def told(before: str, after: str) -> list[str]:
        tables = [{"t": {"path": "a", "rows": rows}} for rows in (before, after)]
        found = same_text.inputs(*manifests(tables, a=(b"x\n1\n", b'"x"\n"1"\n')),
                               lambda name: tmp_path / name)  # fmt: skip
        return [note.en for note in found.values()]

    same = "the same rows; only how cells are written differs, such as their quoting"
    assert told("1" * 8, "1" * 8) == [same]
    assert told("1" * 8, "2" * 8) == []
    assert told("", "") == []


def test_a_notebook_is_what_a_build_reads_of_it(tmp_path):
    """Outputs, counts, a byte order mark and an editor's metadata are not in the digest of a
    notebook; code, prose, tags, kinds of cells and short names are."""
    (tmp_path / "data").mkdir()
    path = tmp_path / "01_a.ipynb"
    inputs = Inputs(tmp_path, tmp_path / "data", helpers=tmp_path / "data")

    def digest(spoil=lambda book: None, before: str = "") -> str:
        book = notebook("1 + 1")
        spoil(book)
        path.write_text(before + nbformat.writes(book), encoding="utf-8")
        return inputs.contents([path])["notebooks/01_a.ipynb"]

    def stored(book):
        book.cells[2].outputs = [nbformat.v4.new_output("stream", text="2")]
        book.cells[2].execution_count = 7
        book.cells[2].metadata |= {"collapsed": True, "trusted": True}
        book.metadata |= {"widgets": {"state": 1}, "kernelspec": {"name": "x", "display_name": "X"}}
        book.metadata |= {"language_info": {"name": "python", "version": "3.12"}}

    plain = digest()
    assert digest(stored) == digest(before="\ufeff") == plain
    for spoil in (
        lambda book: book.cells[2].update(source="1 + 2"),
        lambda book: book.cells[0].update(source="# Ander"),
        lambda book: book.cells[0].metadata.update(tags=["en"]),
        lambda book: book.cells[1].update(cell_type="raw"),
        lambda book: book.cells[2].metadata.update(tags=["raises-exception"]),
        lambda book: book.metadata.update(annex={"nl": "Kort", "en": "Short"}),
        lambda book: book.cells.reverse(),
    ):
        assert digest(spoil) != plain
    path.write_text("{}")
    assert notebook_files.content(path) is None


def test_a_json_file_is_what_it_holds(tmp_path):
    """Another indent of a descriptor is no other content; another value or order is."""
    inputs = lambda: Inputs(tmp_path, tmp_path, helpers=tmp_path).contents([])["data/a.json"]  # noqa: E731
    path = tmp_path / "a.json"
    found = []
    for text in ('{"a": [1, 2]}', '{\n  "a": [1,\n2]}', '{"a": [2, 1]}', '{"a": [1.0, 2]}'):
        path.write_text(text)
        found.append(inputs())
    assert found[0] == found[1]
    assert len(set(found)) == 3


def test_a_page_whose_line_ends_changed(tmp_path):
    """A file of the annex in other line ends differs, as each of its bytes counts, and is told as
    that; an edited one is not."""
    listed = {n: {"sha256": sha(b"<p>\na\n"), "bytes": 6} for n in ("a.html", "b.html")}
    (tmp_path / "a.html").write_bytes(BOM + b"<p>\r\na\r\n")
    (tmp_path / "b.html").write_bytes(b"<p>\r\nb\r\n")
    (tmp_path / "manifest.json").write_text("{}")
    told = {each.name: each for each in integrity(tmp_path, listed)}
    assert told["a.html"].note.en == "only line ends or a byte order mark differ"
    assert (told["a.html"].same, told["a.html"].counts) == (True, True)
    assert (told["b.html"].note, told["b.html"].same) == (CHANGED, False)


def test_a_checksum_on_a_page_is_no_other_page(tmp_path):
    """A page that prints the checksum of an input that is only written otherwise says the same; one
    on which more changed does not."""
    old, new = sha(b"a\n"), sha(b"a\r\n")
    sides, rest = [], {"quantities": [], "claims": [], "environment": {}}
    for name, digest in (("was", old), ("now", new)):
        (tmp_path / name).mkdir()
        pages = {"a.html": f"<p>{digest}", "b.html": f"<p>{digest} {name}"}
        for page, text in pages.items():
            (tmp_path / name / page).write_text(text)
        outputs = {p: {"sha256": sha(t.encode()), "bytes": len(t)} for p, t in pages.items()}
        made = {"inputs": {"data/a.csv": digest}, "outputs": outputs, "tables": {}}
        sides.append({**made, "contents": {}, **rest})
    same = {"data/a.csv": Text("zo", "so")}
    told = compare.results(*sides, tmp_path / "was", tmp_path / "now", same)
    assert {each.name: each.counts for each in told} == {"a.html": False, "b.html": True}
    assert told[0].note.en == "only checksums of inputs with the same content in another format"
    told = compare.results(*sides, tmp_path / "was", tmp_path / "now")
    assert all(each.counts for each in told)


def test_forged_contents_are_told(tmp_path):
    """A digest in the manifest of what is read of an unchanged file is held to the fresh run."""
    was, now = (
        {"inputs": {"notebooks/a.ipynb": "1"}, "contents": {"notebooks/a.ipynb": digest},
         "outputs": {}, "quantities": [], "claims": [], "environment": {}}
        for digest in ("1", "2")
    )  # fmt: skip
    (told,) = compare.results(was, now, tmp_path, tmp_path)
    assert told.name == "manifest.json: contents"
    was["inputs"] = {"notebooks/a.ipynb": "another"}
    assert compare.results(was, now, tmp_path, tmp_path) == []


def test_only_inputs_that_say_the_same_agree():
    """An input that is only written otherwise does not count, a file of the annex does."""
    counts = {part: Difference(part, "a", CHANGED, same=True).counts for part in ("input", "file")}
    assert counts == {"input": False, "file": True}
    assert Difference("input", "a", CHANGED).counts


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A project of one notebook on a copy of the data, built."""
    root = tmp_path_factory.mktemp("small") / "project"
    (root / "notebooks").mkdir(parents=True)
    (root / "notebooks" / "01_a.ipynb").write_text(nbformat.writes(notebook("a = 1")))
    shutil.copytree(EXAMPLE / "data", root / "data")
    assert main(["build", "--project", str(root)]) == 0
    return root


def test_a_checkout_with_other_line_ends_agrees(small, tmp_path, capsys):
    """Inputs with other line ends, a byte order mark, quoted cells, another indent, and a notebook
    saved with outputs agree: each is told for what it is, and nothing blames rows."""
    root = shutil.copytree(small, tmp_path / "p", symlinks=True)
    for path in sorted((root / "data").rglob("*.csv")):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    path = root / "data" / "hedges.csv"
    path.write_bytes(BOM + path.read_bytes())
    path = root / "data" / "report" / "claims.csv"
    out = io.StringIO()
    rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8")))
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8")
    path = root / "data" / "datapackage.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8"))), encoding="utf-8")
    path = root / "notebooks" / "01_a.ipynb"
    book = nbformat.read(path, 4)
    book.cells[2].outputs = [nbformat.v4.new_output("stream", text="1")]
    book.metadata["widgets"] = {}
    path.write_text(nbformat.writes(book))
    capsys.readouterr()
    assert main(["verify", "--project", str(root)]) == 0
    told = capsys.readouterr().out
    assert "only line ends or a byte order mark differ: data/hedges.csv, data/report/" in told
    assert "such as their quoting: data/report/claims.csv" in told
    assert "only how the JSON is written differs: data/datapackage.json" in told
    assert "metadata that no build reads differ: notebooks/01_a.ipynb" in told
    assert "what changed underneath" not in told
    assert (
        told.splitlines()[-1] == "The annex agrees; inputs have the same content in another format."
    )
    assert f"{'inputs':14}" in told
    (line,) = (line for line in told.splitlines() if line.startswith("inputs "))
    assert line.split()[-1] == "0"


def test_a_copy_with_other_line_ends_is_told_as_that(small, tmp_path, capsys):
    """A copy that came by a system with other line ends is not called edited: exit code 1, in a
    line, the manifest and a checksum published elsewhere included."""
    folder = shutil.copytree(small / "annex", tmp_path / "handout")
    known = sha((folder / manifest.NAME).read_bytes())
    for path in folder.rglob("*"):
        if path.is_file() and b"\0" not in path.read_bytes():
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    capsys.readouterr()
    assert main(["verify", str(folder), "--project", str(small)]) == 1
    told = capsys.readouterr().out.splitlines()
    (line,) = (line for line in told if line.startswith("file: "))
    assert line.startswith("file: only line ends or a byte order mark differ: manifest.json, ")
    assert told[-1].startswith("All results are the same, but files of this copy have another ")
    assert main(["verify", str(folder), "--project", str(small), "--checksum", known]) == 1
    told = capsys.readouterr().out
    note = "not the manifest that was published: only line ends or a byte order mark differ"
    assert f"{note}: manifest.json" in told


def test_a_checkout_has_the_line_ends_of_the_commit(tmp_path):
    """Files come out of git as they are in it where `core.autocrlf` is set, pictures too."""
    git = ["git", "-C", str(tmp_path), "-c", "user.name=a", "-c", "user.email=a@b"]
    git += ["-c", "core.autocrlf=true"]
    made = {"a.csv": b"x\n1\n", "b.py": b"a = 1\n", "c.png": b"\x89PNG\r\n\x1a\n text\n"}
    shutil.copy(ROOT / ".gitattributes", tmp_path)
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
    for what in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "a"]):
        subprocess.run([*git, *what], check=True, capture_output=True)
    for name in made:
        (tmp_path / name).unlink()
    subprocess.run([*git, "checkout", "--quiet", "."], check=True)
    assert {name: (tmp_path / name).read_bytes() for name in made} == made
