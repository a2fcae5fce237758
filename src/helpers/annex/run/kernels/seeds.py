"""Random numbers that nobody seeds: alike in every kernel, so that a build can be repeated.

What is asked of the system itself stays fresh: `os.urandom`, `secrets`, `uuid4`, `SystemRandom`.
"""

from __future__ import annotations

import os
import random
import secrets
import tempfile


def settle() -> None:
    """Seed the generators that Python and numpy share, and every one that is made from here on
    without a seed: `numpy.random.default_rng()`, and with it a `seed=None` of other libraries."""
    import numpy
    from numpy.random import bit_generator

    tempfile.gettempdir()  # draws a name when it is first asked, as ipykernel does in a first cell
    bits, known = _bits(), random.Random.seed

    def seed(self, a=None, version=2) -> None:
        known(self, bits(128) if a is None else a, version)

    random.seed(0)
    numpy.random.seed(0)
    random.Random.seed, bit_generator.randbits = seed, bits
    random.seed = random._inst.seed


def _bits():
    """A source of seeds; in a process that a notebook forks the system's own, as two workers must
    not draw the same."""
    own, process = random.Random(0), os.getpid()
    return lambda size: (own.getrandbits if os.getpid() == process else secrets.randbits)(size)
