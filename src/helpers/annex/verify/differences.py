"""A difference between a published annex and its manifest or a fresh run, and its causes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...errors import visible
from ...language import Text, english
from ...messages import SOURCE, _

CHANGED, NEW = _("changed"), _("new")
GONE = _("no longer there")

# In the order in which a reviewer reads them.
PARTS = {
    "file": _("files"),
    "input": _("inputs"),
    "version": _("versions"),
    "verdict": _("verdicts"),
    "number": _("numbers"),
    "chart": _("charts"),
    "text": _("texts"),
    "other": _("other output"),
}


KINDS = {
    "data": _("data"),
    "code": _("code"),
    "environment": _("environment"),
    "unrepeatable": _("not repeatable"),
    "unexplained": _("unexplained"),
}


def apart(was: Mapping, now: Mapping) -> Iterator[tuple[str, Text]]:
    """The names whose values differ, sorted, each with how: changed, new or gone."""
    for name in sorted({*was, *now}):
        if was.get(name) != now.get(name):
            yield name, CHANGED if name in was and name in now else NEW if name in now else GONE


def said(words: Text | str, lang: str = SOURCE) -> str:
    """A text in a language, which need not be one of the project; else in English, or in the first
    language that it has."""
    return words if isinstance(words, str) else words.word(lang) or english(words)


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
        return _("{}: {}").format(KINDS[self.kind], self.name)


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
        own = {"name": self.name, "note": said(self.note)}
        own |= {"was": said(self.was), "now": said(self.now)}
        causes = [{"kind": c.kind, "name": visible(said(c.name))} for c in self.causes]
        shown = {key: visible(text) for key, text in own.items()}
        return {**shown, "same": self.same, "causes": causes}
