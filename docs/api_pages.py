"""The pages of docs/api/, from the docstrings: make docs. pdoc and its like make pages that load
scripts; these are read where the code is, and a test tells when they are out of date."""

import importlib
import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from helpers import locales

FOLDER = Path(__file__).with_name("api")
MODULES = (
    "tables", "quantities", "measures", "counts", "ranges", "claims", "charts", "statements",
    "present", "language", "explore",
)  # fmt: skip
# Those of `language` that notebooks use; each other module says in `__all__` what it offers.
LANGUAGE = ("Text", "year", "period", "number", "plural", "join", "languages", "current", "use")


class _Plain(str):
    """Shown as it is, without quotes."""

    __repr__ = str.__str__


def pages() -> dict[str, str]:
    """The text of each page, by the name of its file."""
    locales.set_languages(("en",))
    links = []
    found = {}
    for name in MODULES:
        module = importlib.import_module(f"helpers.{name}")
        text = "\n\n".join([f"# `{name}`", *_page(module, name)])
        found[f"{name}.md"] = f"{text}\n"
        links.append(f"- [`{name}`]({name}.md): {inspect.getdoc(module).partition('.')[0]}.")
    first = (
        "# What notebooks use\n\nMade of the docstrings by `make docs`. They are imported from "
        "`evidence_annex`, or in the library's own\nrepository from `helpers`: "
        "`from evidence_annex import tables`."
    )
    return {"README.md": "\n\n".join([first, "\n".join(links)]) + "\n", **found}


def _page(module, name: str) -> Iterator[str]:
    yield _prose(module)
    for each in LANGUAGE if name == "language" else module.__all__:
        yield from _entry(getattr(module, each), each, "##")


def _entry(thing, name: str, level: str) -> Iterator[str]:
    if not callable(thing):
        yield f"{level} `{name}`"
        yield "By key: " + ", ".join(f"`{key}`" for key in thing) + "."
        return
    yield f"{level} `{name}{_signature(thing)}`"
    yield _prose(thing)
    for inner, member in inspect.getmembers(thing) if inspect.isclass(thing) else ():
        target = member.fget if isinstance(member, property) else member
        module = getattr(target, "__module__", None) or ""
        if inner.startswith("_") or not module.startswith("helpers") or not inspect.getdoc(target):
            continue
        shown = inner if isinstance(member, property) else f"{inner}{_signature(target)}"
        yield f"{level}# `{name}.{shown}`"
        yield _prose(target)


def _signature(thing) -> str:
    try:
        found = inspect.signature(thing)
    except (TypeError, ValueError):
        return ""
    told = [
        each.replace(
            annotation=_plain(each.annotation),
            default=_Plain("...") if inspect.isfunction(each.default) else each.default,
        )
        for each in found.parameters.values()
    ]
    return str(found.replace(parameters=told, return_annotation=_plain(found.return_annotation)))


def _plain(annotation):
    return _Plain(annotation) if isinstance(annotation, str) else annotation


def _prose(thing) -> str:
    """A docstring as Markdown: examples as code."""
    text = inspect.getdoc(thing) or ""
    return re.sub(r"(?ms)^>>>.*?(?=\n\n|\Z)", lambda found: f"```python\n{found[0]}\n```", text)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    made = pages()
    for path in FOLDER.glob("*.md"):
        if path.name not in made:
            path.unlink()
    for name, text in made.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    sys.stdout.write(f"{len(made)} pages in {FOLDER}\n")
