"""The claims of the document with the figures that test them, as the register shows them."""

from __future__ import annotations

from dataclasses import dataclass

from ...claims.ledger import Ledger
from ...claims.named_rows import Used
from ...claims.verdicts import LABELS
from ...evidence import trail
from ...evidence.arithmetic import Quantity
from ...language import Text, has_words, is_missing, worded
from ...tables import sections


@dataclass(frozen=True)
class Claim:
    """A statement of the evaluation with its verdicts (keys of `VERDICTS`).

    external: verdict by figures from outside; `None` without any. kind: the weakest kind of source
    of these. figures: the numbers `stated` and `computed`, as far as the claim has them. official:
    the numbers from outside, one for each alternative. used: the rows that test it. section: the
    place that it cites, as `sections.Places` names it; rule: the value of its column `operation`;
    place and operation: their names for readers.
    """

    id: str
    statement: Text
    place: Text
    operation: Text
    internal: str
    external: str | None
    kind: str | None
    remark: Text | None
    figures: dict[str, Quantity]
    official: list[Quantity]
    used: list[Used]
    section: str
    rule: str

    @property
    def ids(self) -> dict[str, str]:
        return {name: figure.id for name, figure in self.figures.items()}

    def tested_by(self) -> set[str]:
        """The ids of all numbers and rows that the claim is tested by."""
        parts = trail.walk([*self.figures.values(), *self.official])
        return {*(part.id for part in parts), *(each.item for each in self.used)}


def claim_of(row, ledger: Ledger, places: sections.Places) -> Claim:
    """The claim of a row of `Ledger.findings`."""
    cited = places.of_row(row)
    figures = {name: getattr(row, name) for name in ("stated", "computed")}
    return Claim(
        row.id,
        worded(row, "statement"),
        places.label(cited),
        LABELS[row.operation],
        row.internal,
        None if is_missing(row.external) else row.external,
        None if is_missing(row.external_kind) else row.external_kind,
        worded(row, "remark") if has_words(row, "remark") else None,
        {name: figure for name, figure in figures.items() if getattr(figure, "id", "")},
        [figure for figure in row.official if getattr(figure, "id", "")],
        [*ledger.used(row.inputs), *ledger.used(row.series)],
        cited,
        row.operation,
    )
