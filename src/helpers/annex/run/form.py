"""Whether plain data, as JSON gives them, have a form."""

from __future__ import annotations

NUMBER = (int, float, None)  # `None` is unknown, or an open end


def fits(thing: object, form: object) -> bool:
    """Whether plain data have the form: a type (`bool` is no number), `None`, one of a tuple of
    forms, a list whose items are all alike, or a dict with at least these keys; under the key
    `str` stands the form of whatever other keys there are."""
    if isinstance(form, dict):
        return isinstance(thing, dict) and _has(thing, form)
    if isinstance(form, list):
        return isinstance(thing, list) and all(fits(item, form[0]) for item in thing)
    if isinstance(form, tuple):
        return any(fits(thing, each) for each in form)
    if form is None:
        return thing is None
    return isinstance(thing, form) and (form is bool or not isinstance(thing, bool))


def _has(thing: dict, form: dict) -> bool:
    named = {key: part for key, part in form.items() if key is not str}
    rest = [part for key, part in thing.items() if key not in named]
    return all(key in thing and fits(thing[key], part) for key, part in named.items()) and (
        str not in form or all(fits(part, form[str]) for part in rest)
    )
