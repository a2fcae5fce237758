"""Writes a new project that builds at once: its tables with rows that are examples, a notebook with
questions to its author, and what is around them."""

from __future__ import annotations

import datetime
import re
import sys
from collections.abc import Sequence
from importlib import metadata, resources
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from ... import tables
from ...errors import LIBRARY, AnnexError, Problem, listed, quoted
from ...language import Text, languages, name_of
from ...locales import is_language, set_languages
from ...messages import UNWRITTEN, _, translated
from ...tables.roles import Role
from .. import new_files
from ..new_table import described_table
from ..new_table.descriptor_edit import laid_out
from ..new_theme.begun_words import words as begun_words
from ..new_theme.book_text import book, template
from ..plan.inputs import DISTRIBUTION

_PLACE = "annex new relation"
_TABLE, _REPORT = "numbers", "report"
_EXAMPLES = {
    "example-01": (12, _("Example, made up: visits to the partner")),
    "example-02": (9, _("Example, made up: visits from the partner")),
}


def start(folder: Path, codes: Sequence[str], title: str = "") -> list[str]:
    """Make a project in a folder that does not exist or is empty; return its files. codes: its
    languages, the first one first. title: by default made of the name of the folder.

    Raises `AnnexError` for languages that the library has not, for a folder with something in it,
    and where it can't be written; nothing is written then."""
    folder = folder.resolve()
    _check(folder, codes)
    set_languages(tuple(codes))
    words = title.strip() or " ".join(re.findall(r"[^\W_]+", folder.name)).capitalize() or "Annex"
    name = re.sub(r"[^a-z0-9._-]+", "-", folder.name.lower()).strip("-.") or "annex"
    files = {**_data(words, name), **_around(words)}
    new_files.write_folder(folder, files)
    return list(files)


def _check(folder: Path, codes: Sequence[str]) -> None:
    known = translated()
    for code in codes:
        if code not in known:
            named = f"{code!r}, {name_of(code)}" if is_language(code) else repr(code)
            expected = "one of " + ", ".join(f"{each} ({name_of(each)})" for each in known)
            raise AnnexError(Problem(f"{_PLACE}, --languages", named, expected))
    if len({*codes}) < len(codes) or not codes:
        found = quoted(",".join(codes)) if codes else "none"
        raise AnnexError(Problem(f"{_PLACE}, --languages", found, "languages, each once"))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        inside = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
        found = f"a folder with {listed(inside)}" if inside else "a file"
        raise AnnexError(Problem(str(folder), found, "a new or empty folder"))
    if not folder.parent.is_dir():
        raise AnnexError(Problem(str(folder.parent), "no such folder", "one to write into"))


def _data(title: str, name: str) -> dict[str, str]:
    """The descriptor and the tables."""
    own = {Role.REPORTED: _TABLE, Role.HEDGES: str(Role.HEDGES)}
    units = {"visits": _("visits")}
    described = {
        role: described_table.described(table, role, own, [], units) for role, table in own.items()
    }
    document = {
        "name": _REPORT,
        **described_table.worded("title", _("The report, whose title is {}").format(UNWRITTEN)),
        "language": languages()[0],
        **described_table.worded("label", _("report")),
    }
    about = _("What this annex is about is {}.")
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": name,
        **described_table.worded("title", Text.same(title)),
        **described_table.worded("description", about.format(UNWRITTEN)),
        "created": datetime.date.today().isoformat(),
        "annex": {
            "languages": [*languages()],
            "documents": [document],
            "roles": {str(role): table for role, table in own.items()},
            "traced": {_TABLE: {"raw": "figures"}},
        },
        "resources": [*described.values()],
    }
    examples = [
        {"id": id, "raw": str(value), "value": str(value), "last_digit": "1", "unit": "visits",
         **described_table.cells("subject", subject)}
        for id, (value, subject) in _EXAMPLES.items()
    ]  # fmt: skip
    files = {
        Role.REPORTED: described_table.rows(described[Role.REPORTED], examples),
        Role.HEDGES: _hedges(languages()[0]),
    }
    return {
        "data/datapackage.json": laid_out(package) + "\n",
        **{f"data/{table['path']}": files[role] for role, table in described.items()},
    }


def _hedges(lang: str) -> str:
    """The library's list of hedge words in a language, whose column `source` is no publication."""
    listed = resources.files(tables).joinpath(str(Role.HEDGES), f"{lang}.csv")
    header, rows = listed.read_text(encoding="utf-8").split("\n", 1)
    return f"{header.replace('source', 'origin')}\n{rows}"


def _around(title: str) -> dict[str, str]:
    """All other files."""
    version = metadata.version(DISTRIBUTION)
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    told = {
        "title": title, "table": _TABLE, "library": LIBRARY, "version": version, "annex": "annex",
        "named": listed([name_of(code) for code in languages()], 9),
        "codes": listed([f"`{code}`" for code in languages()], 9),
        "languages": languages(), "year": datetime.date.today().year, "python": python,
        "w": begun_words(), "packages": _packages(),
    }  # fmt: skip

    def filled(name: str) -> str:
        return template(name, __package__).render(told) + "\n"

    plain = resources.files(__package__)
    return {
        "notebooks/01_figures.ipynb": book(filled("notebook.txt.j2"), _("Figures")),
        "tests/test_figures.py": filled("test.txt.j2"),
        "README.md": filled("README.md.j2"),
        "environment.yml": filled("environment.yml.j2"),
        "requirements.lock": filled("requirements.txt.j2"),
        "Makefile": plain.joinpath("Makefile.txt").read_text(encoding="utf-8"),
        ".gitignore": plain.joinpath("gitignore.txt").read_text(encoding="utf-8"),
    }


def _packages() -> dict[str, str]:
    """The versions of the packages that the library needs, by name, those that these need too, but
    not the library itself."""
    found: dict[str, str] = {}
    waiting = [DISTRIBUTION]
    while waiting:
        name = waiting.pop()
        for line in metadata.requires(name) or ():
            needed = Requirement(line)
            own = canonicalize_name(needed.name)
            wanted = needed.marker is None or needed.marker.evaluate({"extra": ""})
            if wanted and own not in found:
                found[own] = metadata.version(own)
                waiting.append(own)
    return dict(sorted(found.items()))
