"""Whether the inputs of a claim are what its operation takes, by the annotations of its function: a
word is no list of rows, and its letters are none."""

from __future__ import annotations

import inspect
import types
import typing
from collections.abc import Callable, Iterable, Sequence

import pandas as pd

from ..language import is_missing


class NotFound(Exception):
    """A claim refers to something that does not exist: found, expected, remedy."""


def fitted(operation: Callable, items: Sequence[str], values: Iterable) -> list:
    """The values of the inputs as arguments of an operation on events. Empty cells of a list are
    left out, unless the operation takes `None` for them; one date serves as a list of dates.

    Raises TypeError for an input of another kind, and for too few or too many.
    """
    values = list(values)
    inspect.signature(operation).bind(*values)
    parameters = list(inspect.signature(operation).parameters)
    hints = typing.get_type_hints(operation)
    found = []
    for number, (item, value) in enumerate(zip(items, values, strict=True)):
        name = parameters[min(number, len(parameters) - 1)]  # the last one may take several
        value = _listed(value, hints[name])
        if not _fits(value, hints[name]):
            raise TypeError(f"{item!r} does not serve as {name!r}")
        found.append(value)
    return found


def _listed(value, hint):
    """A list without its empty cells, and a date as a list, where the annotation wants that."""
    lists = [one for one in _either(hint) if _is_list(one)]
    if isinstance(value, pd.Period) and lists == _either(hint):
        return [value]
    if isinstance(value, list) and lists:
        empty = any(_fits(None, of) for one in lists for of in typing.get_args(one))
        return [each for each in value if empty or each is not None]
    return value


def _either(hint) -> list:
    """The annotations of which a value meets at least one."""
    union = typing.get_origin(hint) in (types.UnionType, typing.Union)
    return list(typing.get_args(hint)) if union else [hint]


def _is_list(hint) -> bool:
    return hint is Sequence or typing.get_origin(hint) is Sequence


def _fits(value, hint) -> bool:
    if len(either := _either(hint)) > 1:
        return any(_fits(value, one) for one in either)
    if _is_list(hint):
        of = typing.get_args(hint)
        return isinstance(value, list) and all(_fits(each, one) for each in value for one in of)
    return isinstance(value, hint) or (hint is pd.Period and is_missing(value))
