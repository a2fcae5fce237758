"""Random numbers in a picture, such as those of a bootstrap, are the same in every language."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.random import bit_generator


@contextlib.contextmanager
def same_chance() -> Iterator[None]:
    """Random generators begin alike for each picture, so that all languages show the same one."""
    seeds: Any = bit_generator  # its source of seeds is not in the stubs
    numbers, bits, source = np.random.get_state(), seeds.randbits, random.Random(0)
    python = random.getstate()
    random.seed(0)
    np.random.seed(0)
    seeds.randbits = source.getrandbits  # of generators without a seed
    try:
        yield
    finally:
        np.random.set_state(numbers)
        random.setstate(python)
        seeds.randbits = bits
