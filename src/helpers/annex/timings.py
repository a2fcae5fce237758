"""Measure the duration of each stage of a build."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Mapping


class Clock:
    """seconds: duration by stage, in the order in which the stages first ended."""

    def __init__(self):
        self.seconds: dict[str, float] = {}

    @contextlib.contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        """Add the duration of the block to `stage`, including that of stages inside it."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0) + time.perf_counter() - start


def table(stages: Mapping[str, float]) -> str:
    """Durations as text, one line per stage."""
    return "\n".join(f"{seconds:8.2f} s  {stage}" for stage, seconds in stages.items())
