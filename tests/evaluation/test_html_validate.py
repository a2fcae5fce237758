"""The built pages, as a validator of another maker sees them: npm install -g html-validate."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import ROOT

FOUND = shutil.which("html-validate")
pytestmark = pytest.mark.skipif(FOUND is None, reason="no html-validate on PATH: see its web site")


def told(folder, *pages) -> list[str]:
    """Every message about pages: file, rule and words. folder: for what the program writes, which
    it would cut off in a pipe."""
    command = [FOUND, "--config", ROOT / "tests/html-validate.json"]
    report = folder / "report.json"
    subprocess.run([*command, "--formatter", f"json={report}", *pages], check=False)
    return [
        f"{Path(page['filePath']).name}: {message['ruleId']}: {message['message']}"
        for page in json.loads(report.read_text(encoding="utf-8"))
        for message in page["messages"]
    ]


def test_every_page_is_valid(built, tmp_path):
    """By the standard of HTML and the rules of accessibility there is nothing to say."""
    pages = sorted(built.resolve().rglob("*.html"))
    assert len(pages) > 1
    assert told(tmp_path, *pages) == []


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("<title>", "<title>" + "x" * 70, "long-title"),
        ("<section class=table", '<div role="region"></div><section', "prefer-native-element"),
        ("<figcaption>", "<p>x</p><figcaption>", "element-permitted-order"),
    ],
)
def test_a_fault_is_told(built, tmp_path, old, new, rule):
    """It is no rubber stamp: each kind of fault that it once found is told of a page with it."""
    page = (built / "en/02_investment_jobs.html").read_text(encoding="utf-8")
    assert old in page
    broken = tmp_path / "broken.html"
    broken.write_text(page.replace(old, new, 1), encoding="utf-8")
    assert any(f": {rule}: " in message for message in told(tmp_path, broken))
