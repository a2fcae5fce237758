"""A page in Chromium, and what axe-core and a look at its layout find there."""

from __future__ import annotations

import importlib.resources

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = importlib.resources.files("axe_playwright_python").joinpath("axe.min.js")

VIOLATIONS = """async options => {
  const found = await axe.run(document, {...options, resultTypes: ['violations'], preload: false});
  return found.violations.flatMap(rule =>
    rule.nodes.map(node => `${rule.id}: ${node.target} ${node.html.slice(0, 90)}`));
}"""

# What reaches beyond the window outside a region that scrolls, is clipped, or has not arrived.
STRAYS = """() => {
  const room = innerWidth + 1, inside = '.table, pre';
  const beyond = [...document.querySelectorAll('body *')].filter(e => !e.closest(inside) &&
    !e.matches('.skip') && e.getBoundingClientRect().right > room);
  const clipped = [...document.querySelectorAll('body *')].filter(e => !e.matches(inside) &&
    !e.closest('.cards thead') &&
    /hidden|clip/.test(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth + 1);
  const lost = [...document.images].filter(i => !i.complete || !i.naturalWidth);
  return {sideways: document.documentElement.scrollWidth - innerWidth,
          beyond: beyond.map(e => e.outerHTML.slice(0, 90)),
          clipped: clipped.map(e => e.outerHTML.slice(0, 90)), lost: lost.map(i => i.src)};
}"""
COLOURS = ["color-contrast", "link-in-text-block"]
NO_STRAYS = {"sideways": 0, "beyond": [], "clipped": [], "lost": []}
OPEN = "() => document.querySelectorAll('details').forEach(d => { d.open = true; })"


class Tab:
    """A page opened from its file, every disclosure open; what it logs and loads is kept."""

    def __init__(self, browser, path):
        self.tab = browser.new_page(viewport={"width": 1280, "height": 900})
        self.noise, self.outside = [], []
        self.tab.on("console", lambda message: self.noise.append(message.text))
        self.tab.on("pageerror", lambda error: self.noise.append(str(error)))
        self.tab.on("request", lambda request: self._requested(request.url))
        self.tab.goto(path.as_uri())
        self.tab.wait_for_load_state("networkidle")
        self.tab.evaluate(OPEN)

    def _requested(self, url: str) -> None:
        if not url.startswith(("file:", "data:")):
            self.outside.append(url)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.tab.close()

    def at(self, width: int, scheme: str) -> None:
        """Show it at a width in CSS pixels, in a light or dark scheme."""
        self.tab.set_viewport_size({"width": width, "height": 900})
        self.tab.emulate_media(color_scheme=scheme)

    def violations(self, rules=None, without=()) -> list[str]:
        """What axe-core finds, by all rules of WCAG A and AA and best practice but those of
        `without`, or by some."""
        if not self.tab.evaluate("() => 'axe' in window"):
            self.tab.evaluate(AXE.read_text(encoding="utf-8"))
        only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
        off = {rule: {"enabled": False} for rule in without}
        return self.tab.evaluate(VIOLATIONS, {"runOnly": only, "rules": off})

    def strays(self) -> dict:
        """What does not fit or has not arrived."""
        return self.tab.evaluate(STRAYS)
