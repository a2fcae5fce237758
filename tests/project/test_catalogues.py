"""The catalogues of the library's words: complete, and nothing in them but what the code says."""

import ast
import importlib.util
import re

import pytest

from conftest import ROOT
from helpers.messages import translated

HELPERS = ROOT / "src" / "helpers"
# Words that a translation shares with English.
SAME = {
    "de": {"Name", "Organisation", "Register", "Version", "{}: {}."},
    "fr": {
        "base", "code", "Contact", "Corrections", "Date", "Description", "Figure", "inverse",
        "multiple", "Relation", "Signature", "Source", "source", "Sources", "sources", "total",
        "Version",
        "versions", "publications", "Sections", "sections", "Section", "Document", "documents",
    },
    "nl": {
        "<x> in <at>", "code", "Contact", "In", "in {}", "product", "Register", "{} per {}",
        "Document", "{}: {}.",
    },
}  # fmt: skip
FIELD = re.compile(r"\{[^{}]*\}|<\w+>")


def _tool():
    spec = importlib.util.spec_from_file_location("messages_tool", ROOT / "etc" / "messages.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TOOL = _tool()
CATALOGUES = {lang: TOOL.known(lang) for lang in translated() if lang != "en"}


def _fields(words: str) -> list[str]:
    """The fields of a message; those without a name by their place, as `{1}` is the second."""
    found, unnamed = [], 0
    for field in FIELD.findall(words):
        if field in ("{}", "{!r}"):
            field = f"{{{unnamed}{field[1:]}"
            unnamed += 1
        found.append(field)
    return sorted(found)


def _listed() -> set[str]:
    """The messages of which the items are the names of the inputs of a measure."""
    return {
        node.value.args[0].value
        for path in HELPERS.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.keyword)
        and node.arg == "words"
        and isinstance(node.value, ast.Call)
    }


LISTED = _listed()


def test_there_are_four_languages():
    """The library speaks Dutch, English, German and French."""
    assert translated() == ["en", "de", "fr", "nl"]


def test_every_message_is_found():
    """No message hides where the tools of gettext do not look: inside an f-string, or made of
    parts."""
    found = {(each.context or "", each.id) for each in TOOL.extracted()}
    for path in sorted(HELPERS.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_":
                english, *context = (getattr(each, "value", None) for each in node.args)
                assert (*context, english) in found or ("", english) in found, f"{path}: {english}"


@pytest.mark.parametrize("lang", CATALOGUES)
def test_catalogues_are_up_to_date(lang):
    """A catalogue has the messages of the code and no others, in its order, as `make messages`
    writes it."""
    assert TOOL.path(lang).read_text(encoding="utf-8") == TOOL.updated(lang)


def _mistakes(lang: str, message) -> list[str]:
    """What is wrong with the translation of a message."""
    english, words = message.id, message.string
    if not words or message.fuzzy:
        return ["not translated, or unsure"]
    lettered = re.search(r"[^\W\d_]", FIELD.sub("", english))
    blanks = [
        words[side].isspace() == english[side].isspace() or words[side] == "\N{NBSP}"
        for side in (0, -1)
    ]
    wrong = {
        "other fields": _fields(words) != _fields(english),
        "another number of words in a list": english in LISTED
        and words.count(", ") != english.count(", "),
        "other blanks at its ends": not all(blanks),
        "the words of English, or no longer": lettered
        and (words == english) != (english in SAME[lang]),
    }
    return [what for what, found in wrong.items() if found]


@pytest.mark.parametrize("lang", CATALOGUES)
def test_messages_are_translated(lang):
    """Every message has a translation that nobody marked as unsure, with the same fields, as many
    items of a list of words and the same blanks at its ends, and in other words than English."""
    messages = [message for message in CATALOGUES[lang] if message.id]
    assert len(messages) > 500
    told = {message.id: _mistakes(lang, message) for message in messages}
    assert {english: wrong for english, wrong in told.items() if wrong} == {}


def test_french_has_its_spaces():
    """French words have a space that does not break before : ; ? and !, and inside « », and its own
    apostrophe."""
    for message in CATALOGUES["fr"]:
        if message.id:
            plain = FIELD.sub("", re.sub(r"\bfr/[^)]*", "", message.string))
            assert not re.search(r"(?<!\N{NBSP})[:;?!»]|«(?!\N{NBSP})|'", plain), message.string


# Where a module names a language as a text, and why.
NAMED = {
    "annex/cli.py": {"en"},  # the default of an option, named without an import
    "locales.py": {"en"},  # the language of the code
    "numerals/notation.py": {"nl", "en", "de", "fr"},  # in what order they are tried
}


def _languages_named(source: str) -> set[str]:
    """The languages of the library that code names: as a text, at the end of the name of a column
    or property in a text, as an argument, or as an attribute."""
    tree = ast.parse(source)
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare
    ]
    found = set(texts) | {
        word.rpartition("_")[2] for text in texts for word in re.findall(r"\w+_[a-z]+", text)
    }
    found |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg}
    found |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return found & {*translated()}


def test_the_code_names_no_language():
    """The library knows the languages by its catalogues, and those of a project by its descriptor.
    Docstrings may have examples."""
    named = {
        str(path.relative_to(HELPERS)): _languages_named(path.read_text(encoding="utf-8"))
        for path in HELPERS.rglob("*.py")
    }
    assert {place: found for place, found in named.items() if found} == NAMED


def test_named_languages_are_seen():
    """A text, a column, an argument and an attribute are found; a docstring and a word are not."""
    source = (
        'def f():\n    """nl"""\n    a("x_nl", de=1); b = "en"; "le code est en français, model"'
    )
    assert _languages_named(source) == {"nl", "de", "en"}
    assert _languages_named("words.fr") == {"fr"}
