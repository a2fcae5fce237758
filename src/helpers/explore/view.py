"""The base of all views: controls, and under them what is redrawn after each choice."""

from __future__ import annotations

import base64
import contextlib
import io
import os
import re
import traceback
import warnings
from collections.abc import Callable, Mapping, Sequence
from html import escape, unescape
from typing import Any, NamedTuple

from IPython.display import publish_display_data

from .. import language
from ..charts.style import PUBLISHED, Chart
from ..errors import AnnexError, NotebookError, Problem
from ..formats import filled_text, html_tables
from ..language import Text
from ..messages import SEMICOLON, _
from .controls import PLACE, Choice, widgets

_VIEW = "application/vnd.jupyter.widget-view+json"
# Where nothing answers the controls (nbconvert, a saved notebook), a copy of the first drawing
# stands under them; in JupyterLab itself it is hidden.
_HIDDEN = "<style>.jp-NotebookPanel .jp-OutputArea-child:has(.explored){display:none}</style>"
# JupyterLab takes keys from a list that has the focus: an arrow goes to the next cell, an x cuts
# the cell (ipywidgets, issue 3912). Here they do what they do in a list; with Ctrl, Alt or the
# command key, and for Escape and Shift-Enter, JupyterLab still hears them.
_KEYS = """<script>
document.currentScript.closest(".jp-OutputArea")?.addEventListener("keydown", event => {
  const passed = event.ctrlKey || event.metaKey || event.altKey || event.key === "Escape" ||
    (event.shiftKey && event.key === "Enter");
  if (!passed) event.stopPropagation();
});
</script>"""
_WARNED = _("Mind")
_PRINTED = _("Printed")
_FAILED = _("This could not be drawn")
_TABLE = _("The rows")


class Shown(NamedTuple):
    """What a view shows of a choice. said: sentences. chart: `None` when there is nothing to draw;
    then a sentence says so. table: HTML."""

    said: Sequence[Text | str]
    chart: Chart | None = None
    table: str = ""


class View:
    """A view with controls; JupyterLab shows it as the last line of a cell.

    draw: what to show, called with the value of each choice by its name. choices: the controls.
    disabled: names of controls that have no effect, given the values of all.
    controls: the widgets, by the same names, so that code may set their `.value`. content: the
    widget with the drawing.

    Raises `NotebookError` in a build, and what `draw` raises the first time. Later, an error is
    shown in the view, as are warnings and what `draw` prints.
    """

    def __init__(
        self,
        draw: Callable[..., Shown],
        choices: Mapping[str, Choice],
        disabled: Callable[..., set[str]] = lambda **_: set(),
    ):
        if PUBLISHED in os.environ:
            found = f"a view of {PLACE} in a cell that a build runs"
            remedy = "Give the cell the tag explore (JupyterLab: Property Inspector, Cell Tags)"
            expected = "such a view in a cell that only JupyterLab runs"
            raise NotebookError(Problem(PLACE, found, expected, remedy))
        ipywidgets = widgets()
        self._draw, self._choices, self._disabled = draw, choices, disabled
        self._language = language.current()  # a later choice is answered in no cell's context
        self.controls = {name: choice.widget() for name, choice in choices.items()}
        self._switch()
        self.content = ipywidgets.HTML(self._html())
        for control in self.controls.values():
            control.observe(self._redraw, names="value")
        row = ipywidgets.Layout(flex_flow="row wrap", align_items="flex-start", grid_gap="4px 20px")
        top = ipywidgets.Box(list(self.controls.values()), layout=row)
        self._box = ipywidgets.VBox([top, self.content])

    def _ipython_display_(self) -> None:
        with language.use(self._language):
            chosen = language.text(SEMICOLON).join(
                language.labelled(choice.title, choice.called(self.controls[name].value))
                for name, choice in self._choices.items()
            )
        html = self.content.value
        plain = f"{chosen}\n{_plain(html)}"
        model = {"model_id": self._box.model_id, "version_major": 2, "version_minor": 0}
        publish_display_data({_VIEW: model, "text/plain": plain})
        copy = f'{_HIDDEN}{_KEYS}<div class="explored"><p>{escape(chosen)}</p>{html}</div>'
        publish_display_data({"text/html": copy, "text/plain": ""})

    def _values(self) -> dict[str, Any]:
        return {name: control.value for name, control in self.controls.items()}

    def _switch(self) -> None:
        """Disable the controls that have no effect now."""
        idle = self._disabled(**self._values())
        for name, control in self.controls.items():
            control.disabled = name in idle

    def _redraw(self, _: object) -> None:
        try:
            self._switch()
            html = self._html()
        except Exception as error:  # in JupyterLab nothing else would show it
            with language.use(self._language):
                html = _error(error)
        self.content.value = html

    def _html(self) -> str:
        """What the view shows of the present choice."""
        printed = io.StringIO()
        with (
            language.use(self._language),
            warnings.catch_warnings(record=True) as warned,
            contextlib.redirect_stdout(printed),
            contextlib.redirect_stderr(printed),
        ):
            warnings.simplefilter("always")
            shown = self._draw(**self._values())
            parts = [_picture(shown.chart)] if shown.chart else []
            parts += [_scrolled(shown.table)] if shown.table else []
            notes = dict.fromkeys(
                language.labelled(language.text(_WARNED), each.message) for each in warned
            )
            if printed.getvalue():
                notes[language.labelled(language.text(_PRINTED), printed.getvalue())] = None
            said = f"<p>{escape(' '.join(map(language.text, shown.said)))}</p>"
            return _content(said + "".join([*map(_note, notes), *parts]))


def _content(html: str) -> str:
    """HTML with the look of an output of JupyterLab."""
    return f'<div class="jp-RenderedHTMLCommon" lang="{language.current()}">{html}</div>'


def _picture(chart: Chart) -> str:
    alt = " ".join(_plain(filled_text.fill(words, own)) for words, own in chart.alt())
    picture = base64.b64encode(chart.svg().encode()).decode()
    source = f"data:image/svg+xml;base64,{picture}"
    return f'<img alt="{escape(alt)}" style="background:white" src="{source}">'


def _scrolled(table: str) -> str:
    """A table in a region that scrolls, with the arrow keys too."""
    named = f'role="region" tabindex="0" aria-label="{language.text(_TABLE)}"'
    look = 'class="shown" style="max-height:28em;overflow:auto"'
    return f"{html_tables.LOOK}<div {named} {look}>{table}</div>"


def _note(words: str) -> str:
    return f'<p style="border-left:4px solid #B84F00;padding-left:8px">{escape(words)}</p>'


def _error(error: Exception) -> str:
    """Each problem; the traceback of an error of another kind."""
    problems = map(str, error.problems) if isinstance(error, AnnexError) else [repr(error)]
    notes = [_note(f"{language.text(_FAILED)}. {each}") for each in problems]
    if not isinstance(error, AnnexError):
        notes.append(f"<pre>{escape(''.join(traceback.format_exception(error)))}</pre>")
    return _content("".join(notes))


def _plain(html: str) -> str:
    """HTML as text, without tables."""
    text = re.sub(r"<(table|style).*?</\1>", "", html, flags=re.S).replace("</p>", "\n")
    return unescape(re.sub(r"<[^>]+>", "", text)).strip()
