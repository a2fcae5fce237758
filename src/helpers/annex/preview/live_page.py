"""What a preview adds to a page: the script that shows its next build, and leave to run it."""

from __future__ import annotations

import json
from pathlib import Path

SCRIPT = Path(__file__).with_name("preview.js")
# The policy of a page allows no script. What the addition may do stands beside that.
_POLICY = "default-src 'none'"
_END = "</head>"
_EMPTY = f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>annex preview</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
{_END}<body><h1>%s</h1></body></html>
"""
WAITING = _EMPTY % "Building …"
MISSING = _EMPTY % "This page is not in the annex"


def live(html: str, host: str, state: dict) -> str:
    """A page of the annex with the script.

    host: name and port of the server. state: `run` of the server, and `version` of the page.
    """
    allowed = f"{_POLICY}; script-src 'self'; connect-src ws://{host}"
    # Escaped as HTML inside quotes; numbers and a token need nothing else.
    told = json.dumps(state).replace('"', "&quot;")
    script = f'<script src="/{SCRIPT.name}" data-state="{told}" defer></script>\n'
    return html.replace(_POLICY, allowed, 1).replace(_END, script + _END, 1)
