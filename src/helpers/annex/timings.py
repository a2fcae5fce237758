"""Measure the duration of each stage of a build."""

from __future__ import annotations

import time
from collections.abc import Mapping


class Clock:
    """beside: durations, by name, of what went on at the same time as a stage and others of it."""

    def __init__(self):
        self.beside: dict[str, float] = {}
        self._stages: dict[str, float] = {}
        self._last = self._start = time.perf_counter()

    def ended(self, stage: str) -> None:
        """A stage ends, which began when the one before ended: together they are the whole."""
        now = time.perf_counter()
        self._stages[stage] = self._stages.get(stage, 0) + now - self._last
        self._last = now

    @property
    def seconds(self) -> dict[str, float]:
        """Duration by stage, with their sum as `all`; in front, indented, what went on beside."""
        beside = {f"  {name}": seconds for name, seconds in self.beside.items()}
        return {**beside, **self._stages, "all": self._last - self._start}


def table(stages: Mapping[str, float]) -> str:
    """Durations as text, one line per stage."""
    return "\n".join(f"{seconds:8.2f} s  {stage}" for stage, seconds in stages.items())
