"""Hostile words, and a project that has them wherever words from outside come to a page.

None of the words has a figure: a figure outside the register stops a build for another reason.
Those that run anything would open a dialog or ask an address of the network.
"""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from conftest import ROOT, notebook

# What must be seen as it is written.
SEEN = [
    "<script>alert()</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<script/x>alert()//",
    "</script><script>alert()</script>",
    "<img src=x onerror=alert()>",
    "<IMG SRC=`javascript:alert()`>",
    "<image href=//evil.example/x.png>",
    "<svg onload=alert()>",
    "<svg><script href=data:,alert()></script></svg>",
    "<svg><animate onbegin=alert() attributeName=x></svg>",
    "<svg><foreignObject><iframe src=//evil.example></foreignObject></svg>",
    "<body onload=alert()>",
    "<iframe srcdoc='<script>alert()</script>'></iframe>",
    "<object data=//evil.example></object>",
    "<embed src=//evil.example>",
    "<base href=//evil.example/>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content=';url=//evil.example'>",
    "<form action=//evil.example><button>x</button></form>",
    "<input autofocus onfocus=alert()>",
    "<details open ontoggle=alert()>",
    "<video><source onerror=alert()></video>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert()>",
    "<math href='javascript:alert()'>x</math>",
    "<template><script>alert()</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert()>'>",
    "<style>@import '//evil.example/x.css';</style>",
    "<style>*{background:url(//evil.example/x.png)}</style>",
    "<p style='background:url(//evil.example)'>x</p>",
    "<plaintext>",
    "<xmp><script>alert()</script></xmp>",
    "<a href=javascript:alert()>x</a>",
    "<a href='data:text/html,<script>alert()</script>'>x</a>",
    "\" onmouseover=\"alert()\" x=\"",
    "' onfocus='alert()' autofocus='",
    "\"><script>alert()</script>",
    "'><img src=x onerror=alert()>",
    "` onclick=alert() `",
    "--><script>alert()</script><!--",
    "<!-- x --!><script>alert()</script>",
    "<!--[if IE]><script>alert()</script><![endif]-->",
    "]]><script>alert()</script>",
    "<![CDATA[<script>alert()</script>]]>",
    "<?xml-stylesheet href='//evil.example/x.xsl'?>",
    "<?php echo alert() ?>",
    "<!DOCTYPE x [<!ENTITY y SYSTEM '//evil.example'>]>&y;",
    "</textarea><script>alert()</script>",
    "</title><script>alert()</script>",
    "</style><script>alert()</script>",
    "</td></tr></table><script>alert()</script>",
    "</text><script>alert()</script><text>",
    "javascript:alert()",
    "JaVaScRiPt:alert()//",
    "vbscript:msgbox()",
    "data:text/html,<script>alert()</script>",
    "//evil.example/x",
    "&lt;script&gt;alert()&lt;/script&gt;",
    "&quot; onload=&quot;alert()",
    "&#x;&colon;&Tab;&NewLine;",
    "{{ cycler.__init__.__globals__ }}",
    "{% for x in y %}{% endfor %}",
    "{alert} {x.__class__} {}",
    "${alert()} #{alert()} <%= alert() %>",
    "$\\frac{x}{y}$ \\href{javascript:alert()}{x}",
    "=HYPERLINK(\"//evil.example\",\"x\")",
    "+cmd|' /C calc'!A",
    "-cmd|' /C calc'!A",
    "@SUM(A:A)",
    "x;=HYPERLINK(\"//evil.example\")",
    "＝HYPERLINK(\"//evil.example\")",
    "[x](javascript:alert())",
    "![x](//evil.example/x.png)",
    "<javascript:alert()>",
    "```mermaid <img src=x onerror=alert()>```",
    "<data value=\"x\" data-id=\"x\">x</data>",
    "<span class=\"value\">x</span>",
    "id=\"x\" style=\"y: z\" href=\"#q\" url(#a)",
    "＜script＞alert()＜/script＞",
    "‹script› ˂script˃ <ѕсrірt>alert()</ѕсrірt>",
    "广东省 <b>粤</b>",
    "../../../etc/passwd%ZZ\\..\\x",
    "<" * 200 + "x" * 200 + ">" * 200,
]  # fmt: skip
ALL = " ¦ ".join(SEEN)
NAME = "</title><script>x()</script>"  # as long as a title may be
DRAWN = [each for each in SEEN if max(map(len, each.split())) < 32]  # a chart has room for them

# What no reader sees, or can not be a text: refused by its place.
HIDDEN = {
    "NUL": "a\x00b",
    "bell": "a\x07b",
    "escape": "a\x1b[mb",
    "delete": "a\x7fb",
    "next line": "a\x85b",
    "control sequence": "a\x9bb",
    "carriage return": "a\rb",
    "vertical tab": "a\x0bb",
    "override": "a\u202eb",
    "embedding": "a\u202ab",
    "isolate": "a\u2066b",
    "mark to the left": "a\u200fb",
    "Arabic mark": "a\u061cb",
    "no room": "a\u200bb",
    "joiner": "a\u200db",
    "byte order": "a\ufeffb",
    "soft hyphen": "a\u00adb",
    "line separator": "a\u2028b",
    "tag": "a\U000e0041b",
    "filler": "a\u3164b",
    "grapheme joiner": "a\u034fb",
    "private": "a\ue000b",
    "no character": "a\uffffb",
    "too long": "ab " * 7000 + "b",
}


def rows(path: Path, change) -> None:
    """Rewrite a table: `change` is given its rows as dicts and gives the new ones."""
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        names, found = reader.fieldnames, list(reader)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, names)
        writer.writeheader()
        writer.writerows(change(found))


def spread(columns: list[str]):
    """Put one payload in each row, in the same columns."""

    def change(found: list[dict]) -> list[dict]:
        for row, words in zip(found, SEEN, strict=False):
            row |= dict.fromkeys(columns, words) | ({"hedge": ""} if "hedge" in row else {})
        assert len(found) >= len(SEEN)
        return found

    return change


def _sources(found: list[dict]) -> list[dict]:
    """A source for each payload: its publisher, title and address are hostile. The others have no
    address, so that every odd one on a page is a payload's."""
    found = [row | {"url": ""} for row in found]
    texts = ("publisher", "publisher_nl", "table_id", "title", "retrieved_via", "licence",
             "attribution", "attribution_nl", "note_nl", "note_en")  # fmt: skip
    for number, words in enumerate(SEEN):
        address = "https://example.org/" + "".join(words.split())
        own = {
            "id": f"evil-{number}",
            "url": address,
            "language": "en",
            "hand": "first",
            "kind": "press",
        }
        found.append(dict.fromkeys(texts, words) | own | {"modified": ""})
    return found


def _cited(found: list[dict]) -> list[dict]:
    for number, row in enumerate(found):
        row |= {"source": f"evil-{number % len(SEEN)}"}
    return found


def _described(path: Path) -> None:
    """All payloads in each text of the descriptor that comes to a page."""
    package = json.loads(path.read_text(encoding="utf-8"))
    words = ("title", "title_nl", "description", "description_nl")
    package |= dict.fromkeys(words, ALL) | dict.fromkeys(words[:2], NAME)
    for table in package["resources"]:
        if table["name"] in ("goods_trade", "outcomes"):
            table |= dict.fromkeys(words, ALL)
            table["row"] = {"label": ALL, "label_nl": ALL}
        for field in table["schema"]["fields"]:
            if field["name"] in ("hand", "theme", "concept"):
                field |= dict.fromkeys(words, ALL)
                for each in field["categories"]:
                    each |= {"label": ALL, "label_nl": ALL}
    path.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")


CODE = """import pandas as pd
from IPython.display import display
from helpers import charts, counts, tables
from helpers.language import Text
from helpers.present import Column, say, show_chart, show_table

words = WORDS
every = " ¦ ".join(words)
same = lambda text: Text(text, text)

for each in words:
    print(each)
for each in words:
    display({"text/plain": each}, raw=True)
for each in words:
    typed = each.replace("{", "{{").replace("}", "}}")
    say(nl="Hier: " + typed + " {x}", en="Here: " + typed + " {x}", x=each, source=["evil-0"])
say(nl="{x}", en="{x}", x=every, source=["7"], role="headline")
say(nl="{x}", en="{x}", x=words, source=["7"], role="finding")
say(nl="{x}", en="{x}", x=words[:1], source=["7"], role="through")
sources = [f"evil-{n}" for n in range(len(words))]

outcomes = tables.load("outcomes").head(len(words))
names = {each: same(each) for each in words}
columns = {"raw": Column(same(every)), "description": Column(same("x")),
           "note_nl": Column(same("y"), names=names), "note_en": Column(same(every), lang="nl")}
show_table(outcomes, columns, caption=same("{x}"), x=every, source=sources)

partners = tables.load("province_partners").tail(len(words))
signs = {each: each for each in words}
shown = {"partner": Column(same("p")), "raw": Column(same("r"), names=names, marks=signs)}
show_table(partners, shown, caption=same("Partners"), source=["7"])
say(nl="{n:0}", en="{n:0}", n=counts.count(partners), source=["7"])
say(nl="{n:0}", en="{n:0}", n=counts.count(tables.load("outcomes").head(2)), source=["outcomes"])

trade = tables.load("goods_trade").head(len(words))
show_table(trade, {"source": Column(same("s")), "value_eur_m": Column(same(every))},
           caption=same("Trade"))

reported = tables.load("quantities").head(len(words)).reset_index(drop=True)
say(nl="{x:raw}", en="{x:raw}", x=reported.value[0])
drawn = reported[[max(map(len, each.split())) < 32 for each in reported.raw]]
for start in range(0, len(drawn), 21):
    part = drawn.iloc[start : start + 21]
    chart = charts.stacked(
        pd.DataFrame({"value": [reported.value[0]] * len(part)}, part.raw),
        names={each: same(each) for each in part.raw},
        series_names={"value": same("v")}, unit=same(words[start]),
    )
    show_chart(chart, caption=same("{x}"), alt=same("{x}"), x=list(part.raw),
               source=["7"], lead=not start)
"""


def hostile_book():
    """A notebook that shows them in every way it can, and has others stored in it."""
    book = notebook(CODE.replace("WORDS", repr(SEEN)), said=False)
    book.metadata["annex"] = {"nl": NAME, "en": NAME}
    stored = {"text/html": "<script>alert('stored')</script>stored", "text/plain": "stored"}
    book.cells[2].outputs = [
        new_output("display_data", data=stored), new_output("stream", text="stored")
    ]  # fmt: skip
    book.cells += [
        new_code_cell("", outputs=[new_output("display_data", data=stored)]),
        *(
            new_markdown_cell("Prose", metadata={"tags": [lang]}, attachments={
                "x.svg": {"image/svg+xml": "<svg onload='alert()'>stored</svg>"}
            })
            for lang in ("nl", "en")
        ),
    ]  # fmt: skip
    return book


def hostile_project(root: Path) -> Path:
    """The project, in a folder; the folder."""
    data = Path(shutil.copytree(ROOT / "data", root / "data"))
    rows(data / "report/quantities.csv",
         spread(["subject_nl", "subject_en", "raw", "note_nl", "note_en"]))  # fmt: skip
    rows(data / "report/claims.csv",
         spread(["statement_nl", "statement_en", "remark_nl", "remark_en"]))  # fmt: skip
    rows(data / "report/outcomes.csv",
         spread(["raw", "description_nl", "description_en", "note_nl", "note_en"]))  # fmt: skip
    rows(data / "report/province_partners.csv", _partners)
    rows(data / "statistics/sources.csv", _sources)
    rows(data / "statistics/goods_trade.csv",
         lambda found: spread(["note_nl", "note_en"])(_cited(found)))  # fmt: skip
    _described(data / "datapackage.json")
    (root / "notebooks").mkdir()
    nbformat.write(hostile_book(), root / "notebooks" / "01_hostile.ipynb")
    return root


def _partners(found: list[dict]) -> list[dict]:
    own = {"province": "Utrecht", "section": "7", "footnote": ""}
    texts = ("partner", "raw", "note_nl", "note_en")
    return found + [dict.fromkeys(texts, words) | own for words in SEEN]
