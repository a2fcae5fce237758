"""Find the names that a cell takes from one tagged `explore`, which no build runs.

Python's compiler tells which names of a statement are global, and in which order it uses and binds
them.
"""

from __future__ import annotations

import ast
import builtins
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from dis import get_instructions
from inspect import CO_OPTIMIZED
from types import CodeType
from typing import NamedTuple

from ...errors import Problem
from .notebook_files import EXPLORE, place

_STORE, _DELETE = {"STORE_NAME", "STORE_GLOBAL"}, {"DELETE_NAME", "DELETE_GLOBAL"}
_LOAD = {"LOAD_NAME", "LOAD_GLOBAL", "LOAD_FROM_DICT_OR_GLOBALS"}
_AT_ONCE = {"<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>"}  # code that runs where it stands
_AWAIT = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
# Magics whose code binds names as if it stood in the cell itself; `%%capture out` binds `out`.
_TRANSPARENT = re.compile(
    r"\A\s*%%(?:time|prun|capture)\b(?:.*[ \t](?P<out>[^\W\d]\w*)[ \t]*)?.*$"
    r"|^(?P<indent>[ \t]*)%(?:time|prun)[ \t]+",
    re.M,
)
_GIVEN = {*dir(builtins), "display", "get_ipython", "In", "Out", "exit", "quit"}
_ANY = "*"  # stands for what `from module import *` binds


@dataclass
class _Names:
    """The global names of a statement. used: before the statement itself binds them. later: used
    when a function that it defines is called. bound: with what an import binds to the name, else
    an empty string; changed: of which an item or attribute is assigned."""

    used: list[str] = field(default_factory=list)
    later: list[str] = field(default_factory=list)
    bound: dict[str, str] = field(default_factory=dict)
    deleted: list[str] = field(default_factory=list)
    changed: set[str] = field(default_factory=set)


class _Binding(NamedTuple):
    """What bound a name last. number: of the cell. imported: what an import binds to it. before:
    whether a cell without the tag had bound it before."""

    number: int
    explored: bool
    imported: str
    before: bool


def problems(name: str, cells: Sequence[Mapping]) -> Iterator[Problem]:
    """A problem for every name that a cell takes from a cell tagged `explore`, or whose value such
    a cell changes for it: the page would not show what its author saw.

    name, cells: of a notebook. A cell that is no valid Python is passed over: it does not run."""
    tagged = [EXPLORE in cell["metadata"].get("tags", []) for cell in cells]
    if not any(tagged):
        return
    known: dict[str, _Binding] = {}
    inside: dict[str, list[str]] = {}  # the names that a function uses, by its name
    told = set()
    for number, (cell, explored) in enumerate(zip(cells, tagged, strict=True), 1):
        for names in _statements(cell["source"]) if cell["cell_type"] == "code" else ():
            for used, by in {} if explored else _reached(names.used, inside).items():
                binding = known.get(used) or (None if used in _GIVEN else known.get(_ANY))
                if binding and binding.explored and (number, used) not in told:
                    told.add((number, used))
                    yield _problem(name, cells, number, f"{used!r}{by}", binding)
            _bind(names, known, number, explored)
            if not explored:
                inside |= dict.fromkeys(names.bound, names.later)


def _reached(used: Sequence[str], inside: Mapping[str, list[str]]) -> dict[str, str]:
    """The names that a statement uses, also through functions; each with words for those."""
    found = dict.fromkeys(used, "")
    waiting = list(found)
    for name in waiting:
        for other in inside.get(name, ()):
            if other not in found:
                found[other] = f" (through {name})"
                waiting.append(other)
    return found


def _bind(names: _Names, known: dict[str, _Binding], number: int, explored: bool) -> None:
    """Note what a statement binds, changes and deletes."""
    if not explored:
        for name in names.deleted:
            known.pop(name, None)
    for name, imported in names.bound.items():
        was = known.get(name)
        if explored and was and not was.explored and imported and imported == was.imported:
            continue  # the same import once more
        before = was is not None and (was.before or not was.explored)
        known[name] = _Binding(number, explored, imported, before)
    for name in names.changed if explored else ():
        if name in known and not known[name].explored:
            known[name] = _Binding(number, True, "", True)


def _problem(
    name: str, cells: Sequence[Mapping], number: int, used: str, binding: _Binding
) -> Problem:
    other = place(name, cells, binding.number).partition(", ")[2]
    tagged = f"which is tagged {EXPLORE} and does not run in a build"
    if binding.before:
        found = f"{used} as {other} changes it, {tagged}"
        remedy = f"Give it another name in {other}, or take the tag off there"
    else:
        found = f"{used} from {other}, {tagged}"
        remedy = f"Move what binds it to a cell without the tag, or tag this cell {EXPLORE} too"
    return Problem(place(name, cells, number), found, "names of cells that run", remedy)


def _statements(source: str) -> Iterator[_Names]:
    """The names of each statement of a cell; none if it is no valid Python."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the run tells about its syntax
        for statement in _tree(source):
            names = _Names()
            module = ast.Module([statement], [])
            try:
                code = compile(module, "cell", "exec", flags=_AWAIT, dont_inherit=True)
            except SyntaxError:
                continue
            for node in ast.walk(statement):
                names.bound |= _imported(node)
            imported, names.bound = names.bound, {_ANY: ""} if _ANY in names.bound else {}
            _read(code, names, imported, names.used)
            if not _is_definition(statement):  # what is called is not known: it may be at once
                names.used += names.later
                names.later = []
            names.changed = {*map(_changed, ast.walk(statement))} & {*names.used}
            yield names


def _tree(source: str) -> list[ast.stmt]:
    try:
        return ast.parse(source).body
    except (SyntaxError, ValueError):
        if not re.search(r"[%!?]", source):
            return []
    from IPython.core.inputtransformer2 import TransformerManager  # here, as it takes long

    plain = _TRANSPARENT.sub(
        lambda m: f"{m['out']} = None" if m["out"] else m["indent"] or "", source
    )
    try:
        return ast.parse(TransformerManager().transform_cell(plain)).body
    except (SyntaxError, ValueError):
        return []


def _read(code: CodeType, names: _Names, imported: Mapping[str, str], used: list[str]) -> None:
    """Add the global names of compiled code. used: the list for those that it uses."""
    top = code.co_name == "<module>"
    own: set[str] = set()  # names in the body of a class
    for step in get_instructions(code):
        if isinstance(step.argval, CodeType):
            inner = step.argval
            later = inner.co_flags & CO_OPTIMIZED and inner.co_name not in _AT_ONCE
            _read(inner, names, imported, names.later if later else used)
        elif step.opname not in _LOAD | _STORE | _DELETE:
            continue
        elif step.opname in _LOAD | _DELETE and step.argval not in own | names.bound.keys():
            used.append(step.argval)
        if step.opname in _STORE | _DELETE:
            if not top and step.opname.endswith("_NAME"):
                own.add(step.argval)
            else:
                names.bound[step.argval] = imported.get(step.argval, "")
                if step.opname in _DELETE:
                    names.deleted.append(step.argval)


def imported(source: str) -> list[str]:
    """The modules and names that a cell imports, in order, with the module before each name."""
    found: list[str] = []
    for statement in _tree(source) if "import" in source else ():
        for node in ast.walk(statement):
            if isinstance(node, ast.Import):
                found += (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                found += _imported(node).values()
    return found


def _is_definition(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Assign):
        return isinstance(statement.value, ast.Lambda)
    return isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))


def _imported(node: ast.AST) -> dict[str, str]:
    """What an import binds, by name."""
    if isinstance(node, ast.Import):
        plain = {a.name.partition(".")[0]: a.name.partition(".")[0] for a in node.names}
        return {a.asname: a.name for a in node.names if a.asname} | plain
    if isinstance(node, ast.ImportFrom):
        base = "." * node.level + (node.module or "")
        return {a.asname or a.name: f"{base}.{a.name}" for a in node.names}
    return {}


def _changed(node: ast.AST) -> str:
    """The name of which an item or attribute is assigned or deleted; empty for other code."""
    if not isinstance(node, (ast.Attribute, ast.Subscript)) or isinstance(node.ctx, ast.Load):
        return ""
    inner: ast.expr = node
    while isinstance(inner, (ast.Attribute, ast.Subscript)):
        inner = inner.value
    return inner.id if isinstance(inner, ast.Name) else ""
