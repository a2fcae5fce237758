"""What a build of several projects says at its end."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence

from ...errors import Problem
from ..timings import table


def as_json(results: Sequence[dict]) -> str:
    """All results as one JSON object."""
    return json.dumps({"builds": list(results)}, ensure_ascii=False, indent=1)


def lines(results: Sequence[dict]) -> Iterator[str]:
    """A line per project: what became of it, how long that took, and its front page; then how many
    there are of each. results: of `build_all`."""
    wide = max((len(result["project"]) for result in results), default=0)
    for each in results:
        told = f"{each['outcome']:<15}  {each['seconds']:7.1f} s"
        yield f"{each['project']:<{wide}}  {told}  {each.get('annex', '')}".rstrip()
    counts = Counter(result["outcome"] for result in results)
    told = ", ".join(f"{number} {outcome}" for outcome, number in counts.items())
    yield f"{len(results)} projects: {told}"


def remarks(result: dict, timings: bool = False) -> Iterator[str]:
    """What a build says beside its result: messages, warnings and problems, each with its project,
    and with `timings` the duration of each stage."""
    told = [message.removeprefix("annex: ") for message in result["messages"]]
    told += [f"warning: {Problem(**each)}" for each in result.get("warnings", ())]
    told += [str(Problem(**each)) for each in result.get("problems", ())]
    yield from (f"{result['project']}: {each}" for each in told)
    if timings and (stages := result.get("stages")):
        yield f"{result['project']}:\n{table(stages)}"
