"""How a quantity shows itself in JupyterLab. That needs the names of units, rows and files, which
`tables` knows: it puts the module here whose `card` makes HTML of a quantity alone, and
whose `Trail` is its derivation."""

from types import ModuleType

known: list[ModuleType] = []
