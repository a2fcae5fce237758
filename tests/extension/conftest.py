"""The columns that pandas' own tests get: as read, and of computed quantities."""

from __future__ import annotations

import numpy as np
import pytest

# Fixtures that are the same for every dtype.
from pandas.tests.extension.conftest import *  # noqa: F403

from helpers.evidence.array import QuantityArray, QuantityDtype
from helpers.evidence.column import ReadColumn
from helpers.evidence.rows import Row
from helpers.evidence.scaled import rounded
from helpers.language import is_missing

UNIT = "EUR_m"


def as_read(values: list[float | None]) -> QuantityArray:
    """A column as read of these numbers, each rounded to a tenth."""
    numbers = rounded(np.array(values, dtype=float), np.full(len(values), 0.1))
    keys = [f"r-{place}" for place in range(len(values))]

    def row(place: int) -> Row:
        return Row("costs", keys[place], "value", source="a-source")

    alike = np.zeros(len(values), dtype=np.int64)
    return QuantityArray.read(
        ReadColumn(
            "costs", "value", keys, [UNIT] * len(values), numbers, row, False, (alike, [()]),
            (alike, ["a-source"]),
        )
    )  # fmt: skip


def computed(values: list[float | None]) -> QuantityArray:
    """The same numbers, each the half of another."""
    return as_read([None if value is None else value * 2 for value in values]) / 2


@pytest.fixture(params=[as_read, computed])
def column(request):
    """What makes a column of numbers."""
    return request.param


@pytest.fixture
def dtype():
    return QuantityDtype(UNIT)


@pytest.fixture
def data(column):
    return column([1.5, 2.5, 3, 4.1, 5, 6, 7, 8, 9, 100])


@pytest.fixture
def data_for_twos(column):
    return column([2] * 10)


@pytest.fixture
def data_missing(column):
    return column([None, 1])


@pytest.fixture
def data_for_sorting(column):
    return column([2, 3, 1])


@pytest.fixture
def data_missing_for_sorting(column):
    return column([2, None, 1])


@pytest.fixture
def data_for_grouping(column):
    return column([2, 2, None, None, 1, 1, 2, 3])


@pytest.fixture
def na_cmp():
    return lambda one, other: is_missing(one) and is_missing(other)
