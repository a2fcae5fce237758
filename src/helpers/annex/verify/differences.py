"""A difference between a published annex and its manifest or a fresh run, and its causes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...errors import visible
from ...language import Text

CHANGED, NEW = Text("gewijzigd", "changed"), Text("nieuw", "new")
GONE = Text("niet meer aanwezig", "no longer there")

# In the order in which a reviewer reads them.
PARTS = {
    "file": Text("bestanden", "files"),
    "input": Text("bronbestanden", "inputs"),
    "version": Text("versies", "versions"),
    "verdict": Text("oordelen", "verdicts"),
    "number": Text("getallen", "numbers"),
    "chart": Text("grafieken", "charts"),
    "text": Text("teksten", "texts"),
    "other": Text("overige uitvoer", "other output"),
}


KINDS = {
    "data": Text("gegevens", "data"),
    "code": Text("code", "code"),
    "environment": Text("omgeving", "environment"),
    "unrepeatable": Text("niet herhaalbaar", "not repeatable"),
    "unexplained": Text("onverklaard", "unexplained"),
}


def apart(was: Mapping, now: Mapping) -> Iterator[tuple[str, Text]]:
    """The names whose values differ, sorted, each with how: changed, new or gone."""
    for name in sorted({*was, *now}):
        if was.get(name) != now.get(name):
            yield name, CHANGED if name in was and name in now else NEW if name in now else GONE


def english(words: Text | str) -> str:
    """The English text, for terminals and programs."""
    return words if isinstance(words, str) else words.en


@dataclass(frozen=True)
class Cause:
    """A changed input or package that may explain a difference.

    kind: `data`, `code` or `environment`; `unrepeatable` for a notebook whose outputs vary between
    runs; `unexplained` when no input differs. name: table and rows, helper or notebook, or package
    with its versions.
    """

    kind: str
    name: Text

    @property
    def text(self) -> Text:
        """Kind and name in words."""
        return Text(*(f"{k}: {n}" for k, n in zip(KINDS[self.kind], self.name, strict=True)))


@dataclass(frozen=True)
class Difference:
    """One difference.

    part: a key of `PARTS`. name: a path, or the id of a number or claim. note: how it differs. was:
    in the manifest or published copy; now: as found; empty where there is nothing. same: whether
    the content is the same in another form.
    """

    part: str
    name: str
    note: Text
    was: Text | str = ""
    now: Text | str = ""
    causes: tuple[Cause, ...] = ()
    same: bool = False

    @property
    def counts(self) -> bool:
        """Whether the annex disagrees because of it. Versions never count, files of the annex count
        by their bytes, everything else by its content."""
        return self.part != "version" and (self.part == "file" or not self.same)

    def plain(self) -> dict:
        """As plain data for JSON, in English, with invisible characters escaped."""
        own = {"name": self.name, "note": self.note.en}
        own |= {"was": english(self.was), "now": english(self.now)}
        causes = [{"kind": c.kind, "name": visible(c.name.en)} for c in self.causes]
        shown = {key: visible(text) for key, text in own.items()}
        return {**shown, "same": self.same, "causes": causes}
