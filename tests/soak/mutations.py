"""A campaign of slips in copies of `data/`: each must be refused by file, row and column, change
what the annex says, or be equivalent for a reason that stands here.

    python tests/soak/mutations.py [--mutants N] [--seed S]

Prints a line of figures per operator; exit code 1 when a slip is let through, a problem has no
place, or a valid variation is refused.
"""

from __future__ import annotations

import argparse
import collections
import json
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import cell_slips
import descriptor_slips
import equivalents
import file_slips
import number_slips
from judge import CHANGED, ELSEWHERE, REJECTED, ROOT, SAME, STOPPED, Built, Judge, Verdict
from tabled import DESCRIPTOR, Mutant, Table, tables

EQUIVALENT = "equivalent"
FINE = (REJECTED, ELSEWHERE, CHANGED, STOPPED, EQUIVALENT)
IN_TABLES = [*file_slips.OPERATORS, *cell_slips.OPERATORS, *number_slips.OPERATORS]


def mutants(count: int, seed: int) -> Iterator[Mutant]:
    """At least `count` mutants, as many of each operator, never the same file twice."""
    rng, known = Random(seed), tables(ROOT / "data")
    text = (ROOT / "data" / DESCRIPTOR).read_text(encoding="utf-8")
    made = [*_makers(rng, known, text)]
    for name, make in made:
        seen = set()
        for _ in range(50 * (count // len(made) + 1)):
            if len(seen) > count // len(made):
                break
            mutant = make()
            if mutant and mutant.content not in seen:
                seen.add(mutant.content)
                yield Mutant(**{**vars(mutant), "operator": name})


def _makers(rng: Random, known: list[Table], text: str) -> Iterator[tuple]:
    for operator in IN_TABLES:
        yield operator.__name__, lambda operator=operator: _changed(operator, rng, known)
    for operator in descriptor_slips.OPERATORS:
        yield (
            f"descriptor: {operator.__name__}",
            lambda operator=operator: descriptor_slips.descriptor(operator, rng, text),
        )
    yield "descriptor: cut", lambda: descriptor_slips.cut(rng, text)


def _changed(operator, rng: Random, known: list[Table]) -> Mutant | None:
    """A mutant of one of the tables; `None` when the slip left it as it was."""
    table = rng.choice(known)
    mutant = operator(rng, table)
    return None if mutant is None or mutant.content == table.written() else mutant


def variations() -> Iterator[Mutant]:
    """The same tables, written otherwise: all valid."""
    rng = Random(1)
    for table in tables(ROOT / "data"):
        rows = rng.sample(table.rows, len(table.rows))
        for what, content in {
            "rows in another order": table.written(rows),
            "every cell in quotes": table.written(quoting=1),
            "CRLF": table.written(lineterminator="\r\n"),
            "a byte-order mark": b"\xef\xbb\xbf" + table.written(),
            "no last line end": table.written().rstrip(b"\n"),
        }.items():
            yield Mutant(table.path, content, f"{table.name}: {what}", operator=what)
    package = json.loads((ROOT / "data" / DESCRIPTOR).read_bytes())
    yield Mutant(DESCRIPTOR, json.dumps(package).encode(), "descriptor in a line", operator="JSON")


def judged(judge: Judge, mutant: Mutant) -> Verdict:
    """The verdict on a mutant in this process, with the reason if it is equivalent."""
    verdict = judge.verdict(mutant)
    if verdict.kind == SAME and (reason := equivalents.reason(mutant, judge.used)):
        return Verdict(EQUIVALENT, reason)
    return verdict


_judge: Judge | None = None


def _start(folder: str) -> None:
    global _judge
    _judge = Judge(Path(tempfile.mkdtemp(dir=folder)))


def _one(mutant: Mutant) -> tuple[Mutant, Verdict]:
    return mutant, judged(_judge, mutant)


def _vary(mutants: list[Mutant]) -> tuple[str, list[str]]:
    """What is wrong with one variation, or with one kind of it in every table at once."""
    if len(mutants) == 1:
        return mutants[0].what, _judge.refused(mutants[0])
    return mutants[0].operator, _judge.numbers(mutants)


def _by_building(found: list[tuple[Mutant, Verdict]], folder: Path) -> list[tuple[Mutant, Verdict]]:
    """The same verdicts, where those on which nothing was seen are of a build. What a descriptor
    calls things may stand on sheets that only a build makes, so each such mutant is built; and one
    mutant of every other reason, so that no reason is taken on trust."""
    samples = {v.told: m for m, v in found if v.kind == EQUIVALENT}
    built = Built(folder) if samples or any(v.kind == SAME for _, v in found) else None
    done = []
    for mutant, verdict in found:
        if verdict.kind == SAME:
            verdict = built.verdict(mutant)
        elif verdict.kind == EQUIVALENT and mutant.operator in equivalents.NAMES:
            seen = built.verdict(mutant)
            verdict = verdict if seen.kind == SAME else seen
        elif samples.get(verdict.told) is mutant:
            seen = built.verdict(mutant)
            if seen.kind != SAME:
                verdict = Verdict("not equivalent", f"{verdict.told}: {seen.told}")
        done.append((mutant, verdict))
    return done


def _line(mutant: Mutant, verdict: Verdict) -> str:
    return f"{verdict.kind}: {mutant.operator}: {mutant.path}, {mutant.what}: {verdict.told}"


def _printed(found: list[tuple[Mutant, Verdict]]) -> int:
    """Print the figures; the number of mutants that are not explained."""
    operators = dict.fromkeys(mutant.operator for mutant, _ in found)
    counts = collections.Counter((mutant.operator, verdict.kind) for mutant, verdict in found)
    for operator in operators:
        own = {kind: n for (name, kind), n in counts.items() if name == operator}
        told = ", ".join(f"{kind} {n}" for kind, n in sorted(own.items()))
        print(f"{operator:32} {sum(own.values()):4}  {told}")
    bad = [(mutant, verdict) for mutant, verdict in found if verdict.kind not in FINE]
    for mutant, verdict in bad:
        print(_line(mutant, verdict))
    for reason, n in collections.Counter(v.told for _, v in found if v.kind == EQUIVALENT).items():
        print(f"equivalent {n}: {reason}")
    totals = collections.Counter(verdict.kind for _, verdict in found)
    told = ", ".join(f"{kind} {totals[kind]}" for kind in FINE)
    print(f"mutants {len(found)}, operators {len(operators)}, {told}, unexplained {len(bad)}")
    return len(bad)


def main() -> int:
    """Run the campaign."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mutants", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=2020)
    parser.add_argument("--verbose", action="store_true", help="a line per mutant")
    chosen, start = parser.parse_args(), time.monotonic()
    every, single = list(mutants(chosen.mutants, chosen.seed)), list(variations())
    kinds = dict.fromkeys(mutant.operator for mutant in single)
    written = [[mutant] for mutant in single]
    written += [[m for m in single if m.operator == kind] for kind in kinds if kind != "JSON"]
    with tempfile.TemporaryDirectory() as folder:
        with multiprocessing.get_context("spawn").Pool(2, _start, (folder,)) as pool:
            found = []
            for done in pool.imap(_one, every, chunksize=4):
                found.append(done)
                if chosen.verbose:
                    print(_line(*done), flush=True)
                if len(found) % 100 == 0:
                    print(f"  {len(found)} of {len(every)}", file=sys.stderr, flush=True)
            varied = list(pool.imap(_vary, written, chunksize=1))
        found = _by_building(found, Path(folder))
    bad = _printed(found)
    refused = [(what, wrong) for what, wrong in varied if wrong]
    for what, wrong in refused:
        print(f"valid, and refused or other: {what}: {wrong[0][:300]}")
    seconds = time.monotonic() - start
    print(f"valid variations {len(single)}, refused or other {len(refused)}; {seconds:.0f} s")
    return 1 if bad or refused else 0


if __name__ == "__main__":
    sys.exit(main())
