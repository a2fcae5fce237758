"""Bring the catalogues of the library's words up to date with the code: `make messages`.

`make messages NEW=pl` begins one in another language. A message that is new in the code is added
without a translation, one that the code no longer has goes, all others stay as they are.
"""

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_keywords
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
CODE = ROOT / "src" / "helpers"
LOCALE = CODE / "locale"
_KEYWORDS = parse_keywords(["_:1,1t", "_:1,2c,2t"])  # _("Table") and _("Table", "context")
_HEAD = """# The words of the library in {}. docs/translating.md says how to edit them.
msgid ""
msgstr ""
"Language: {}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def extracted() -> Catalog:
    """Every message of the code with the files that it stands in, sorted by the first of them."""
    found = Catalog()
    for name, __, message, ___, context in extract_from_dir(
        CODE, method_map=[("**.py", "python")], keywords=_KEYWORDS
    ):
        path = (CODE / name).relative_to(ROOT).as_posix()
        found.add(message, locations=[(path, 0)], context=context)
    return found


def path(lang: str) -> Path:
    """The file of a language's catalogue."""
    return LOCALE / lang / "LC_MESSAGES" / "helpers.po"


def known(lang: str) -> Catalog:
    """The catalogue of a language as it is; an empty one if it has none."""
    file = path(lang)
    return read_po(io.BytesIO(file.read_bytes() if file.is_file() else b""), locale=lang)


def updated(lang: str) -> str:
    """The catalogue of a language as it should be: the messages of the code, with the translations
    that they have."""
    own, new = known(lang), Catalog(locale=lang)
    for message in extracted():
        if message.id:
            translated = own.get(message.id, message.context)
            words = translated.string if translated and not translated.fuzzy else ""
            new.add(message.id, words, sorted(set(message.locations)), context=message.context)
    written = io.BytesIO()
    write_po(written, new, width=100, omit_header=True, include_lineno=False)
    name = new.locale.get_language_name("en")
    return _HEAD.format(name, lang) + written.getvalue().decode().lstrip("\n")


def main(new: list[str]) -> None:
    """Update all catalogues, and begin those of new languages."""
    for lang in sorted({each.parent.parent.name for each in LOCALE.glob("*/*/*.po")} | {*new}):
        text = updated(lang)
        path(lang).parent.mkdir(parents=True, exist_ok=True)
        path(lang).write_text(text, encoding="utf-8")
        lacking = sum(1 for message in known(lang) if message.id and not message.string)
        print(f"{path(lang).relative_to(ROOT)}: {lacking} without a translation")


if __name__ == "__main__":
    main(sys.argv[1:])
