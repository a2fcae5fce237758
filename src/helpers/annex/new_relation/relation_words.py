"""The words of a new project, besides those of its notebook."""

from __future__ import annotations

from ...messages import _

DESCRIPTION = _("What this annex is about is {}.")
REPORT = _("The report, whose title is {}")
LABEL = _("report")
VISITS = _("visits")
FIGURES = _("Figures")  # the short name of the notebook
THERE = _("Example, made up: visits to the partner")
HERE = _("Example, made up: visits from the partner")
