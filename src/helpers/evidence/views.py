"""How a quantity shows itself in JupyterLab. That needs the names of units, rows and files, which
the room `tables` knows: it says here what makes the views."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from ..errors import EvidenceError, Problem

if TYPE_CHECKING:
    from .bounded import Bounded


class Views(Protocol):
    """What makes the views of a quantity."""

    def card(self, quantity: Any) -> str:
        """The quantity alone, as HTML."""
        ...

    def trail(self, quantity: Any) -> object:
        """Its whole derivation; shows itself as HTML and as text."""
        ...


_known: list[Views] = []


def register(views: Views) -> None:
    """Say what makes the views."""
    _known[:] = [views]


def card(quantity: Bounded) -> str | None:
    """A quantity as HTML; `None` where no tables are loaded, so that its text is shown."""
    return _known[0].card(quantity) if _known else None


def trail(quantity: Bounded) -> object:
    """The derivation of a quantity. Raises `EvidenceError` where no tables are loaded."""
    if not _known:
        expected = "tables, which name its rows and units"
        raise EvidenceError(Problem("trail()", "no tables", expected, "Import helpers.tables"))
    return _known[0].trail(quantity)
