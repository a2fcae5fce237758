"""Redo the pictures of the README from a built annex: .venv/bin/python docs/pictures.py"""

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
ANNEX = HERE.parent / "annex"
SHOTS = {
    # name: page, heading to start at, width and height in pixels
    "front.png": ("en/index.html", "", 1240, 800),
    "page.png": ("en/01_trade_growth.html", "", 1240, 800),
}

with sync_playwright() as playwright:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))))
    browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
    for name, (page, place, width, height) in SHOTS.items():
        tab = browser.new_page(viewport={"width": width, "height": height})
        tab.goto((ANNEX / page).as_uri() + place)
        tab.wait_for_load_state("networkidle")
        tab.screenshot(path=HERE / name)
    browser.close()
