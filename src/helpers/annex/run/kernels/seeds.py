"""Give unseeded random generators the same seeds in every kernel, so that builds are repeatable.

Randomness from the system stays random: `os.urandom`, `secrets`, `uuid4`, `SystemRandom`.
"""

from __future__ import annotations

import os
import random
import secrets
import tempfile


def seed_generators() -> None:
    """Seed the global generators of Python and numpy, and all that are created without a seed from
    now on: `numpy.random.default_rng()`, which other libraries call for `seed=None`."""
    import numpy
    from numpy.random import bit_generator

    tempfile.gettempdir()  # the first call, by ipykernel in the first cell, draws a random name
    bits, known = _seed_source(), random.Random.seed

    def seed(self, a=None, version=2) -> None:
        known(self, bits(128) if a is None else a, version)

    random.seed(0)
    numpy.random.seed(0)
    for owner, name, new in (random.Random, "seed", seed), (bit_generator, "randbits", bits):
        setattr(owner, name, new)
    random.seed = random._inst.seed


def _seed_source():
    """A source of seeds. In a process forked by a notebook the system provides them: two workers
    must not draw the same numbers."""
    own, process = random.Random(0), os.getpid()
    return lambda size: (own.getrandbits if os.getpid() == process else secrets.randbits)(size)
