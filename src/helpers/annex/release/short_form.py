"""The short form in which a manifest is written: what many numbers share stands in it once.

Formulas, places, lists of pages and the keys of rows are told once, in `shared`; numbers and claims
have their positions there, consecutive rows as the first and the last. Inputs of a number are
positions among the quantities. A bound that equals the value is left out; so is the source of a
number that cites itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from ...evidence.rows import natural_order
from ...limits import MANIFEST_ROWS

_BOUNDS = ("low", "high")

Spans = Sequence[int | Sequence[int]]
Fault = tuple[str, str]  # found, expected


def shortened(content: dict) -> dict:
    """The short form of a manifest in full, which is left as it is."""
    shared = {"formula": _Listed(), "place": _Listed(), "pages": _Listed()}
    keys = _keys(content)
    rows = {table: {key: at for at, key in enumerate(own)} for table, own in keys.items()}
    ids = {item["id"]: at for at, item in enumerate(content["quantities"])}

    def short(item: dict) -> dict:
        found = {k: v for k, v in item.items() if k not in _BOUNDS or not _same(v, item["value"])}
        found |= {name: shared[name].at(item[name]) for name in ("place", "pages") if name in item}
        if "row" in item and item["row"].get("source") == item["id"]:
            found["row"] = {k: v for k, v in item["row"].items() if k != "source"}
        if derivation := item.get("derivation"):
            found["derivation"] = own = dict(derivation)
            own["inputs"] = {name: ids[id] for name, id in derivation["inputs"].items()}
            if "formula" in own:
                own["formula"] = shared["formula"].at(own["formula"])
            if "rows" in own:
                own["rows"] = _spans(rows[own["table"]][key] for key in own["rows"])
        return found

    quantities = [short(item) for item in content["quantities"]]
    claims = [
        {**claim, "rows": [
            {**used, "rows": _spans(rows[used["table"]][key] for key in used["rows"])}
            for used in claim["rows"]
        ]}
        for claim in content["claims"]
    ]  # fmt: skip
    told = {name: listed.parts for name, listed in shared.items()} | {"keys": keys}
    return {**content, "shared": told, "quantities": quantities, "claims": claims}


def full(content: dict) -> tuple[dict, list[Fault]]:
    """The manifest in full of its short form, which fits the schema; and its faults: positions that
    do not exist, and more rows than any annex has."""
    faults: list[Fault] = []
    shared, ids = content["shared"], [item["id"] for item in content["quantities"]]
    left = MANIFEST_ROWS

    def at(listed: Sequence, position: int, name: str):
        if position < len(listed):
            return listed[position]
        faults.append((f"{name} {position}", f"a position below {len(listed)}"))
        return ""

    def keys(table: str, spans: Spans) -> list[str]:
        nonlocal left
        known = shared["keys"].get(table, [])
        ends = [(each, each) if isinstance(each, int) else (each[0], each[1]) for each in spans]
        left -= sum(max(0, last - first) + 1 for first, last in ends)
        if left < 0:
            faults.append((f"rows of {table}", f"{MANIFEST_ROWS} rows in all"))
            return []
        return [at(known, i, f"row of {table}") for a, b in ends for i in range(a, b + 1)]

    def whole(item: dict) -> dict:
        found = {**item, **{side: item.get(side, item["value"]) for side in _BOUNDS}}
        for name in ("place", "pages"):
            if name in item:
                found[name] = at(shared[name], item[name], name)
        if "row" in item:
            found["row"] = {"source": item["id"], **item["row"]}
        if derivation := item.get("derivation"):
            found["derivation"] = own = dict(derivation)
            own["inputs"] = {k: at(ids, place, "input") for k, place in own["inputs"].items()}
            if "formula" in own:
                own["formula"] = at(shared["formula"], own["formula"], "formula")
            if "rows" in own:
                own["rows"] = keys(own["table"], own["rows"])
        return found

    quantities = [whole(item) for item in content["quantities"]]
    claims = [
        {**claim, "rows": [{**u, "rows": keys(u["table"], u["rows"])} for u in claim["rows"]]}
        for claim in content["claims"]
    ]
    rest = {name: part for name, part in content.items() if name != "shared"}
    return {**rest, "quantities": quantities, "claims": claims}, list(dict.fromkeys(faults))


class _Listed:
    """Different parts, in the order in which they were asked for."""

    def __init__(self) -> None:
        self.parts: list[object] = []
        self._places: dict[str, int] = {}

    def at(self, part: object) -> int:
        """The position of a part, which is added if it is new."""
        text = json.dumps(part, ensure_ascii=False, sort_keys=True)
        if text not in self._places:
            self._places[text] = len(self.parts)
            self.parts.append(part)
        return self._places[text]


def _keys(content: Mapping) -> dict[str, list[str]]:
    """The keys of all rows that numbers were counted from or claims are tested by, by table."""
    found: dict[str, set[str]] = {}
    counted = (item.get("derivation", {}) for item in content["quantities"])
    used = (each for claim in content["claims"] for each in claim["rows"])
    for each in (*counted, *used):
        if "table" in each:
            found.setdefault(each["table"], set()).update(each["rows"])
    return {table: sorted(keys, key=natural_order) for table, keys in sorted(found.items())}


def _spans(places: Iterable[int]) -> list[int | list[int]]:
    """Positions in their order, those that follow each other as the first and the last of them."""
    found: list[list[int]] = []
    for place in places:
        if found and place == found[-1][1] + 1:
            found[-1][1] = place
        else:
            found.append([place, place])
    return [first if first == last else [first, last] for first, last in found]


def _same(one: object, other: object) -> bool:
    """Whether they are the same in JSON: 1 and 1.0 are not."""
    return type(one) is type(other) and repr(one) == repr(other)
