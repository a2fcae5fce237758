"""Feed the loader what no table should be: random bytes, and texts made by a grammar of tables,
cells and descriptors. It may answer with a table or with `DataError`, and with nothing else.

    python tests/soak/fuzz.py [--inputs N]

Runs in a child process whose memory is limited. Prints the figures in a line; exit code 1 when an
input raised another error, took longer than a second, or when the memory limit was met.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from helpers.errors import DataError
from helpers.tables import descriptor, frames

MEMORY = 1 << 30  # bytes that the child may take beyond what its libraries have taken
SECONDS = 5.0  # that one input may take, on a machine that others use too

_WORDS = st.sampled_from(
    ["", "v-1", "1995", "12.5", "true", "out", "Utrecht", "1995-01", "NA", "inf", "-", "007",
     "1e9", '"', "\n", "\r", ",", "9" * 4000, "\x00", "\u202e", "２０１７", "1995-02-31", "0000"]
)  # fmt: skip
_CELLS = st.one_of(_WORDS, _WORDS, st.text(max_size=12))
_RIGHT = {  # cells that fit their column
    "id": st.integers(1, 999).map(lambda n: f"v-{n}"),
    "year": st.integers(1980, 10**17).map(str),
    "cost": st.decimals(-(10**6), 10**6, places=2).map(str),
    "when": st.dates().map(str),
    "listed": st.sampled_from(["true", "false", ""]),
    "place": st.just(""),
}
_HEADERS = st.one_of(st.just(list(_RIGHT)), st.lists(_CELLS, max_size=7))
_JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), _WORDS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
_TYPES = st.sampled_from(["string", "integer", "number", "boolean"])
_RULES = st.dictionaries(
    st.sampled_from(["required", "unique", "minimum", "maximum", "pattern", "enum"]),
    st.one_of(_JSON, st.booleans(), st.integers(), st.sampled_from([r"\d+", "(", "[a-z]*"])),
    max_size=3,
)


@st.composite
def lines(draw) -> bytes:
    """A CSV text of some cells, with slips in its rows, quotes and line ends."""
    if draw(st.integers(0, 3)):
        rows = [list(_RIGHT), *draw(st.lists(st.tuples(*_RIGHT.values()), min_size=1, max_size=4))]
        if draw(st.booleans()):
            rows[-1] = [*rows[-1][:-1], draw(_CELLS)]
    else:
        rows = [draw(_HEADERS), *draw(st.lists(st.lists(_CELLS, max_size=7), max_size=5))]
    quote, end = draw(st.sampled_from(["", '"'])), draw(st.sampled_from(["\n", "\r\n", "\r"]))
    text = end.join(",".join(f"{quote}{cell}{quote}" for cell in row) for row in rows)
    last = draw(st.sampled_from([b"", b"\n", b"\n", b"\xff"]))
    return text.encode("utf-8", "surrogatepass") + last


@st.composite
def fields(draw) -> dict:
    """A column of a descriptor, right or nearly so."""
    name = draw(st.sampled_from(["id", "year", "cost", "when", "listed", "place"]))
    field = {"name": name, "type": draw(st.one_of(_TYPES, _TYPES, _JSON))}
    if draw(st.booleans()):
        field["constraints"] = draw(st.one_of(_RULES, _RULES, _JSON))
    if draw(st.booleans()):
        field["period"] = draw(st.one_of(st.booleans(), _JSON))
    return field


@st.composite
def descriptors(draw) -> bytes:
    """A descriptor, right or nearly so, with a key that may lead somewhere."""
    names = st.one_of(st.sampled_from(["id", "year", "place"]), _JSON)
    schema = {"fields": draw(st.one_of(st.lists(fields(), max_size=6), _JSON))}
    if draw(st.booleans()):
        schema["primaryKey"] = draw(st.one_of(names, st.lists(names, max_size=2)))
    if draw(st.booleans()):
        to = {"resource": draw(st.one_of(st.just("places"), _JSON)), "fields": draw(names)}
        keys = st.one_of(st.just([{"fields": draw(names), "reference": to}]), _JSON)
        schema["foreignKeys"] = draw(keys)
    table = {"name": "visits", "path": draw(st.one_of(st.just("visits.csv"), _JSON))}
    table["schema"] = draw(st.one_of(st.just(schema), st.just(schema), _JSON))
    package = {"resources": [table, *draw(st.lists(_JSON, max_size=1))], "annex": _ANNEX}
    return json.dumps(draw(st.one_of(st.just(package), st.just(package), _JSON))).encode()


_ANNEX = {"languages": ["nl", "en"]}
SOUND = json.dumps(
    {
        "annex": _ANNEX,
        "resources": [
            {
                "name": "visits", "path": "visits.csv",
                "schema": {
                    "fields": [
                        {"name": "id", "type": "string", "constraints": {"required": True}},
                        {"name": "year", "type": "integer", "constraints": {"minimum": 1980}},
                        {"name": "cost", "type": "number"},
                        {"name": "when", "type": "string", "period": True},
                        {"name": "listed", "type": "boolean"},
                        {"name": "place", "type": "string", "constraints": {"unique": True}},
                    ],
                    "primaryKey": ["id"],
                    "foreignKeys": [
                        {"fields": ["place"], "reference": {"resource": "", "fields": ["id"]}}
                    ],
                },
            }
        ]
    }
).encode()  # fmt: skip


@st.composite
def spoiled(draw) -> bytes:
    """The sound descriptor with one thing in it replaced by another."""
    package = json.loads(SOUND)
    inside, at = [package], "resources"
    for _ in range(draw(st.integers(0, 8))):
        found = inside[-1][at]
        places = list(found) if isinstance(found, dict) else list(range(len(found)))
        if not places:
            break
        inside, at = [found], draw(st.sampled_from(places))
        if not isinstance(found[at], (dict, list)):
            break
    inside[-1][at] = draw(_JSON)
    return json.dumps(package).encode()


INPUTS = st.one_of(
    st.tuples(st.just(SOUND), lines()),
    st.tuples(spoiled(), lines()),
    st.tuples(st.just(SOUND), st.binary(max_size=200)),
    st.tuples(descriptors(), lines()),
    st.tuples(st.binary(max_size=100), st.just(b"id\nv-1\n")),
)


def answer(folder: Path, described: bytes, table: bytes) -> str:
    """What the loader answers: `read`, `refused`, or the error that it should not raise."""
    (folder / "datapackage.json").write_bytes(described)
    (folder / "visits.csv").write_bytes(table)
    try:
        problems = frames.problems(folder)
        if not all(problem.place and problem.found and problem.expected for problem in problems):
            return f"a problem without a place: {problems}"
        for name in descriptor.read(folder):
            frames.load(name, folder)
    except DataError:
        return "refused"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return "refused" if problems else "read"


def run(inputs: int, folder: Path, derandomize: bool = False) -> tuple[Counter, float]:
    """Feed some inputs; the answers with their number, and the longest in seconds."""
    found, longest = Counter(), 0.0

    @settings(
        max_examples=inputs, derandomize=derandomize, database=None, deadline=None,
        suppress_health_check=list(HealthCheck), phases=[Phase.generate],
    )  # fmt: skip
    @given(INPUTS)
    def feed(pair: tuple[bytes, bytes]) -> None:
        nonlocal longest
        start = time.process_time()
        told = answer(folder, *pair)
        longest = max(longest, time.process_time() - start)
        if told not in ("read", "refused") and told not in found:
            print(f"{told[:300]}\n  {pair[0][:600]!r}\n  {pair[1][:300]!r}", file=sys.stderr)
        found[told] += 1

    feed()
    return found, longest


def _child(inputs: int, answers) -> None:
    """Feed inputs with little memory to take."""
    taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (taken + MEMORY, taken + MEMORY))
    with tempfile.TemporaryDirectory() as folder:
        found, longest = run(inputs, Path(folder))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    answers.put((found, longest, peak))


def main() -> int:
    """Run the campaign."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--inputs", type=int, default=100_000)
    chosen, start = parser.parse_args(), time.monotonic()
    context = multiprocessing.get_context("spawn")
    answers, each = context.Queue(), chosen.inputs // (workers := os.cpu_count() or 1)
    children = [context.Process(target=_child, args=(each, answers)) for _ in range(workers)]
    for child in children:
        child.start()
    while any(child.is_alive() for child in children) and answers.qsize() < len(children):
        time.sleep(0.2)
    found, longest, peak = Counter(), 0.0, 0
    for _ in range(answers.qsize()):
        counted, seconds, memory = answers.get()
        found, longest, peak = found + counted, max(longest, seconds), max(peak, memory)
    for child in children:
        child.join()
    died = sum(child.exitcode != 0 for child in children)
    others = {told: n for told, n in found.items() if told not in ("read", "refused")}
    for told, n in others.items():
        print(f"{n}: {told[:300]}")
    print(
        f"inputs {found.total()}, read {found['read']}, refused {found['refused']}, "
        f"other errors {sum(others.values())}, died {died}, longest {longest:.2f} s, "
        f"memory {peak} MB; {time.monotonic() - start:.0f} s"
    )
    return 1 if others or died or longest > SECONDS or not found else 0


if __name__ == "__main__":
    sys.exit(main())
