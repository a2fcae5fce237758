"""A notebook from a template, in which lines such as `# %% code` and `# %% de` begin cells."""

from __future__ import annotations

import json
import re
from importlib import resources

import jinja2
import nbformat
from nbformat import v4

from ...language import Text, languages

_CELL = re.compile(r"^# %% (\w+)\n", re.M)


def template(name: str, package: str = __package__) -> jinja2.Template:
    """A template of a package, which may import those of this one."""

    def text(name: str, package: str = __package__) -> str:
        return resources.files(package).joinpath(name).read_text(encoding="utf-8")

    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(text),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
    )
    environment.filters["code"] = code
    return environment.from_string(text(name, package))


def book(text: str, short: Text) -> str:
    """The notebook as a file. short: what the menu calls it."""
    _, *parts = _CELL.split(text)
    cells, counted = [], 0
    for kind, source in zip(parts[::2], parts[1::2], strict=True):
        counted += kind in ("code", languages()[0])
        source, own = source.strip("\n"), f"{counted:02}"
        cells.append(
            v4.new_code_cell(source, id=f"code-{own}") if kind == "code"
            else v4.new_markdown_cell(source, id=f"text-{own}-{kind}", metadata={"tags": [kind]})
        )  # fmt: skip
    metadata = {
        "annex": short._asdict(),
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return nbformat.writes(v4.new_notebook(cells=cells, metadata=metadata)) + "\n"


def code(value: object) -> str:
    """A value as Python, a text between the quotes that the style of the project prefers."""
    if not isinstance(value, str):
        return repr(value.item() if hasattr(value, "item") else value)
    return (
        repr(value) if '"' in value and "'" not in value else json.dumps(value, ensure_ascii=False)
    )
