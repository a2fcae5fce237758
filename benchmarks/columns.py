"""How fast are columns that carry their evidence, compared with floats?

Prints ratios within one run: the best of several times each, in turn.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from helpers import tables
from helpers.evidence.array import QuantityArray
from helpers.evidence.column import ReadColumn
from helpers.evidence.rows import Row
from helpers.evidence.scaled import rounded

ROWS, FEW, ROUNDS = 1_000_000, 50_000, 7
DATA = Path(__file__).parent.parent / "data"


def as_read(numbers: np.ndarray) -> pd.Series:
    """A column as read of a table with these numbers, each rounded to a tenth."""
    keys = [f"row-{place}" for place in range(len(numbers))]
    alike = np.zeros(len(numbers), dtype=np.int64)

    def row(place: int) -> Row:
        return Row("costs", keys[place], "value", source="a-source")

    scaled = rounded(numbers, np.full(len(numbers), 0.1))
    units = ["EUR_m"] * len(numbers)
    column = ReadColumn(
        "costs", "value", keys, units, scaled, row, False, (alike, [("2001", "2001")]),
        (alike, ["a-source"]),
    )  # fmt: skip
    return pd.Series(QuantityArray.read(column))


def best(*works: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """The shortest time of each of some works in seconds, which take turns."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for work, taken in zip(works, times, strict=True):
            start = time.perf_counter()
            work()
            taken.append(time.perf_counter() - start)
    return [min(taken) for taken in times]


def show(label: str, ours: float, other: float, goal: str = "") -> None:
    """One row of the table in README.md."""
    missed = goal and ours / other > float(goal)
    cells = label, f"{ours * 1000:.3g}", f"{other * 1000:.3g}", f"{ours / other:.3g}"
    print("|", " | ".join((*cells, f"≤ {goal}" if goal else "", "missed" if missed else "")), "|")


def main() -> None:
    """Prints the table in README.md."""
    floats = np.round(np.random.default_rng(1).uniform(0, 1e6, ROWS), 1)
    column, plain = as_read(floats), pd.Series(floats)
    print("| ours : floats | ms | ms | ratio | goal | |\n|---|---|---|---|---|---|")
    show(f"sum of {ROWS:,} rows", *best(column.sum, plain.sum), "20")
    half, plain_half = column[column > 5e5], plain[plain > 5e5]
    show(f"sum of {len(half):,} chosen rows", *best(half.sum, plain_half.sum))
    groups = np.arange(ROWS) % 100
    show("sums of 100 groups", *best(column.groupby(groups).sum, plain.groupby(groups).sum))
    loads = best(
        lambda: tables.load("goods_trade", DATA),
        lambda: tables.load("goods_trade", DATA, plain=True),
    )
    show("`tables.load` : `plain=True`", *loads)
    few, plain_few = column[:FEW], plain[:FEW]
    show(f"`s * 2`, {FEW:,} rows", *best(lambda: few * 2, lambda: plain_few * 2, rounds=3))
    show(
        f"`a / b`, {FEW:,} rows", *best(lambda: few / few, lambda: plain_few / plain_few, rounds=3)
    )


if __name__ == "__main__":
    main()
