"""Where the time of a build went."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator


class Clock:
    """Seconds by stage, in the order in which the stages ended."""

    def __init__(self):
        self.seconds: dict[str, float] = {}

    @contextlib.contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        """Count the time of the block for `stage`; what is counted inside it counts there too."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0) + time.perf_counter() - start

    def table(self) -> str:
        """A line per stage."""
        return "\n".join(f"{seconds:8.2f} s  {stage}" for stage, seconds in self.seconds.items())
