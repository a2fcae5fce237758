"""The doors of the house: which part may import and read what."""

import ast
import functools
import json
import re
import subprocess
import tomllib
from collections import Counter

import pytest
import yaml

from conftest import ROOT
from helpers.evidence import units
from helpers.tables import frames
from helpers.tables.roles import Role

HELPERS = ROOT / "src" / "helpers"
MODULES = sorted(HELPERS.rglob("*.py"))


def here(path) -> str:
    """The place of a module in the helpers."""
    return path.relative_to(HELPERS).as_posix()


@functools.cache  # many tests look into each module
def source(path) -> str:
    """The text of a module."""
    return path.read_text(encoding="utf-8")


@functools.cache
def imports(path) -> set[str]:
    """Modules that a file imports, relative ones as `helpers.x`."""
    found = set()
    inside = ["helpers", *path.relative_to(HELPERS).parts[:-1]]
    for node in ast.walk(ast.parse(source(path))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            start = inside[: len(inside) - node.level + 1] if node.level else []
            base = ".".join([*start, *filter(None, [node.module])])
            found |= {base, *(f"{base}.{name.name}" for name in node.names)}
    return found


# Each room, a module or a folder, after all that it may import; docs/architecture.md draws them.
ROOMS = [
    "limits", "errors", "number_patterns", "numerals", "files", "locales", "texts", "messages",
    "amounts", "language", "listing", "evidence", "quantities", "formats", "tables", "counts",
    "year_series", "measures", "ranges", "claims", "charts", "statements", "present", "explore",
    "annex.run", "annex.plan", "annex.rules", "annex.pages", "annex.register", "annex.pdf",
    "annex.release", "annex.timings", "annex.terminal", "annex.trace", "annex.new_files",
    "annex.new_theme", "annex.new_table", "annex.new_relation",
    "annex.stages", "annex.page_preload", "annex.page_processes",
    "annex.build", "annex.one_build", "annex.preview", "annex.verify", "annex.many",
    "annex.overview", "annex.commands", "annex.new_commands", "annex.cli",
]  # fmt: skip


def room(name: str) -> str:
    """The room of a module: `annex.pages` of `helpers.annex.pages.body`, `tables` of
    `helpers.tables.cells`; empty for `helpers` itself, for the annex and for other packages."""
    inside = name.split(".")[1:] if name.startswith("helpers.") else []
    return ".".join(inside[: 2 if inside[:1] == ["annex"] else 1]).removesuffix("annex")


def dotted(path) -> str:
    """The name of a module."""
    return ".".join(["helpers", *path.relative_to(HELPERS).with_suffix("").parts])


def test_rooms_import_in_one_direction():
    """No room imports one that stands after it; so no helper knows the annex."""
    wrong = {}
    for path in MODULES:
        own = room(dotted(path).removesuffix(".__init__"))
        earlier = ROOMS[: ROOMS.index(own) + 1] if own else ROOMS
        known = {room(name) for name in imports(path)} - {""}
        wrong[here(path)] = known - set(earlier)
    assert {place: rooms for place, rooms in wrong.items() if rooms} == {}


def test_no_two_modules_share_a_name():
    """The name of a file tells one module from all others."""
    names = Counter(path.stem for path in MODULES if path.stem != "__init__")
    assert [name for name, times in names.items() if times > 1] == []


PURE = [
    *(
        HELPERS / f"{name}.py"
        for name in (
            "counts",
            "language",
            "measures",
            "number_patterns",
            "ranges",
            "statements",
            "year_series",
        )
    ),
    HELPERS / "claims" / "verdicts.py",
    HELPERS / "claims" / "lists.py",
    *(path for room in ("charts", "evidence", "formats") for path in (HELPERS / room).glob("*.py")),
]


def test_pure_parts_touch_no_files():
    """Measures, language, evidence, formats, verdicts and charts read and write no files."""
    for path in PURE:
        # What charts call things by default stands in the descriptor, which one of their modules
        # asks.
        doors = {"files"} if path == HELPERS / "charts" / "defaults.py" else {"files", "tables"}
        assert not {name for name in imports(path) if room(name) in doors}, path
        assert "pathlib" not in imports(path), path
        calls = r"\b(open|read_text|write_text|read_csv|to_csv)\("
        assert not re.search(calls, source(path)), path


def test_printed_numbers_are_read_by_code_of_their_own():
    """What reads numbers back shares nothing with what writes them."""
    rules = HELPERS / "annex" / "rules"
    readers = [rules / "printed_numbers.py", rules / "number_texts.py"]
    readers += (HELPERS / "numerals").glob("*.py")
    for path in readers:
        known = {name for name in imports(path) if name.startswith("helpers.")}
        own = (
            "helpers.numerals",
            "helpers.annex.rules.html_rules",
            "helpers.annex.rules.number_texts",
        )
        assert {name for name in known if not name.startswith(own)} <= {"helpers.annex.rules"}


def test_only_tables_reads_the_data():
    """CSV files are read in one place."""
    readers = [p for p in MODULES if re.search(r"\bread_csv|csv\.(Dict)?[rR]eader", source(p))]
    assert [p.name for p in readers] == ["frames.py"]


def test_helpers_name_no_place():
    """What is particular to this evaluation is in data and notebooks, not in helpers."""
    places = r"Utrecht|Guangdong|Overijssel|China|Chinese|Netherlands"
    assert [here(path) for path in MODULES if re.search(places, source(path))] == []


# Words that a table or unit of this project shares with the library: as what, and where.
SHARED = {
    "sources": ("a property of Data Package, and what an output cites", [
        "annex/pages/body.py", "annex/pages/labels.py", "annex/run/outputs.py", "present.py",
        "tables/description.py", "tables/properties.py",
    ]),
    "claims": ("a part of the library, of the manifest and of the register", [
        "__init__.py",
        "annex/pages/labels.py", "annex/register/sheets.py", "annex/release/manifest.py",
        "annex/release/short_form.py", "annex/verify/causes.py", "annex/verify/compare.py",
        "annex/verify/numbers.py",
    ]),
    "quantities": ("a part of the manifest", [
        "annex/release/manifest.py", "annex/release/short_form.py", "annex/verify/causes.py",
        "annex/verify/compare.py", "annex/verify/page_text.py",
    ]),
    "milestones": ("what a timeline marks", ["charts/alt_text.py", "charts/timeline.py"]),
    "documents": ("a part of `annex` in the descriptor", [
        "tables/annex_checks.py", "tables/documents.py", "annex/new_relation/started_relation.py",
        "annex/new_theme/begun_words.py",
    ]),
    "sections": ("what rows are called", ["annex/new_table/column_words.py"]),
    "Appendix": ("the last heading of a theme", ["annex/new_theme/begun_words.py"]),
    "days": ("a word in a formula", ["claims/verdicts.py"]),
}  # fmt: skip


@functools.cache
def particular() -> dict[str, str]:
    """The words that belong to this evaluation, by what each is: names of tables, sections and
    their titles, units. Not the units that the library calculates with."""
    package = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    rows = frames.load("sections", ROOT / "data")
    titles = [title for title in rows.raw if " " in title]  # a single word may be anything
    found = dict.fromkeys([*rows.section, *titles], "a section")
    (document,) = package["annex"]["documents"]
    kinds = document["headings"].values()
    found |= {kind["name"]: "a section" for kind in kinds if "name" in kind}
    for table in package["resources"]:
        found[table["name"]] = "a table"
        for field in table["schema"]["fields"]:
            words = field.get("categories", []) if field["name"] == "unit" else []
            found |= {word["value"]: "a unit" for word in words}
    return {  # a single figure may be anything
        word: what
        for word, what in found.items()
        if word not in "0123456789" and units.own_label(word) is None
    }


def named(path) -> set[str]:
    """What a module names of this evaluation; the names of roles are the library's own."""
    own = {word for word, (_, places) in SHARED.items() if here(path) in places}
    own |= set(Role) if path.name == "roles.py" else set()
    return (literals(source(path)) & particular().keys()) - own


def literals(code: str) -> set[str]:
    """The texts in a module that are no docstrings, and the words in them that begin with a
    capital, as in a heading or a pattern for one."""
    tree = ast.parse(code)
    words = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in words
    }
    return texts | {word for text in texts for word in re.findall(r"\b[A-Z]\w+", text)}


def test_helpers_name_nothing_of_this_evaluation():
    """No helper has the name of a table, a section or a unit of this project as a text: what is
    particular stands in the descriptor."""
    assert {here(path): words for path in MODULES if (words := named(path))} == {}


@pytest.mark.parametrize("path", sorted(HELPERS.rglob("*.j2")), ids=lambda p: p.name)
def test_templates_name_nothing_of_this_evaluation(path):
    """Nor has a template, between quotes or as an address."""
    text = re.sub(r'(here|name) [!=]= "[^"]*"', "", path.read_text(encoding="utf-8"))
    words = {*re.findall(r'"([\w.-]+)"', text), *re.findall(r"#\w+-(\w+)", text)}
    assert words & particular().keys() - {"sources"} == set()  # a part of an output, too


def test_the_door_sees_names():
    """A table, a section, its title and a unit are found in code, and no docstring is."""
    code = (
        '"""goods_trade"""\na = load("missions")\nb = r"(?:Appendix|annex) 1"\n'
        'c = ("jobs", "5.1.2", "EUR", "Inleiding en verantwoording")'
    )
    found = {"missions", "jobs", "Appendix", "5.1.2", "Inleiding en verantwoording"}
    assert literals(code) & particular().keys() == found


def test_shared_words_are_shared():
    """Each exception is needed: the word is particular, and the module has it."""
    for word, (_, places) in SHARED.items():
        for place in places:
            assert word in literals(source(HELPERS / place)) & particular().keys(), place


def test_modules_are_small_and_documented():
    """A module fits in a head: about 200 lines, and it says what it is for."""
    bare = []
    for path in MODULES:
        tree = ast.parse(source(path))
        for node in (tree, *tree.body) if tree.body else ():
            public = not getattr(node, "name", "").startswith("_")
            if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef)) and public:
                bare += [] if ast.get_docstring(node) else [(here(path), node)]
    assert bare == []
    assert [here(path) for path in MODULES if len(source(path).splitlines()) > 260] == []


# Plain numbers that stop and refuse nothing, by module: how a page or a message looks, what a file
# is called, how a copy of the document is read.
SIZES = {
    "annex/pdf/table_fit.py": {"_GAP", "_HYPHENATED"},
    "annex/preview/server.py": {"PORT", "TRIES"},
    "annex/preview/worker.py": {"RENEW"},
    "annex/register/conditions.py": {"_COLUMNS", "_VALUES", "_BUT"},  # that a sentence may tell
    "annex/new_table/descriptor_edit.py": {"_WIDTH"},
    "annex/register/entries.py": {"FEW"},
    "annex/register/entry_names.py": {"NAMED", "_DEPTH"},
    "annex/register/sheets.py": {"FOLDED"},
    "annex/register/written_sums.py": {"_MOST", "_SURE", "_ROUGH"},
    "annex/release/annex_summary.py": {"FORMAT"},
    "annex/release/manifest.py": {"FORMAT", "DIGITS"},
    "annex/trace/headings.py": {"_LAST", "_LATER"},
    "annex/trace/layout.py": {"_EDGE", "_LEAST", "_WINDOW", "_LONGEST", "_WIDEST"},
    "annex/verify/causes.py": {"_MANY"},
    "annex/verify/compare.py": {"_LINES"},
    "annex/verify/result.py": {"_SHOWN"},
    "annex/verify/statement.py": {"_SHOWN"},
    "charts/alt_text.py": {"MOST"},
    "charts/figure_fit.py": {"_PER_INCH"},
    "charts/label_placement.py": {"MARK", "WORDS", "OUTSIDE"},
    "charts/own_chart.py": {"HEIGHT"},
    "charts/key.py": {"LINE", "_EDGE", "_BOX", "_SPACE"},
    "charts/segments.py": {"_LINE", "_BAR", "_GAP", "_SPACE"},
    "charts/style.py": {"DASHES", "SMALL"},
    "charts/svg_canvas.py": {"POINTS"},
    "charts/timeline.py": {"LINE", "_MARK"},
    "explore/controls.py": {"_LISTED"},
    "explore/row_view.py": {"MOST"},
    "formats/html_tables.py": {"_FEW"},
    "listing.py": {"_WIDE", "_LEAST"},
    "tables/columns_described.py": {"_VALUES", "_RULES"},
    "tables/description.py": {"_SOURCES"},
    "tables/quantity_view.py": {"_INPUTS", "_FIRST", "_DEPTH", "_STEPS"},
    "tables/quantity_words.py": {"_DIGITS", "_NAMED", "_ENDS"},
    "tables/row_places.py": {"_FEW"},
    "tables/cells.py": {"_EXACT_LENGTH"},  # of a float, not of a cell
    "tables/value_checks.py": {"_SUSPECT"},  # a factor
}


def amounts(code: str) -> set[str]:
    """The names that a module gives to plain numbers: one, a sum or product of some, or several at
    once; and arguments that say how long to wait, where more than a second is written out."""
    found = {
        name
        for name, seconds in re.findall(r"(\w*timeout)(?:: \w+)? ?= ?([\d.]+)", code)
        if float(seconds) > 1
    }
    for node in ast.parse(code).body:
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if re.fullmatch(r"[\d_.,()*/+\s-]*\d[\d_.,()*/+\s-]*", ast.unparse(node.value)):
                names = (part for target in targets for part in ast.walk(target))
                found |= {part.id for part in names if isinstance(part, ast.Name)}
    return found


def test_limits_stand_in_one_place():
    """What stops or refuses something is in `limits`, with its unit and for whom it is there."""
    named = {here(path): amounts(source(path)) for path in MODULES if path.stem != "limits"}
    assert {place: names for place, names in named.items() if names} == SIZES


def test_the_door_sees_limits():
    """A number with a name, two at once, a product, and a time to wait are found."""
    code = (
        "MOST = 5_000\nA, _B = 1, 2.5\nROOM: int = 10 * 2**20\nWORDS = ('a', 1)\nPI = f(3)\n"
        "def wait(way, timeout=60, *, last_timeout=-1): ask(iopub_timeout=5, timeout=1)"
    )
    assert amounts(code) == {"MOST", "A", "_B", "ROOM", "timeout", "iopub_timeout"}


def test_every_limit_is_used_and_names_its_unit():
    """A limit ends in what it counts, and some module imports it."""
    known = amounts(source(HELPERS / "limits.py")) | {"COPY_MEGABYTES"}
    used = "\n".join(source(path) for path in MODULES if path.stem != "limits")
    assert {name for name in known if not re.search(rf"\b{name}\b", used)} == set()
    counted = {
        "BYTES", "MEGABYTES", "CHARACTERS", "DIGITS", "ROWS", "PROBLEMS", "OUTPUTS", "SECONDS",
        "ENTRIES", "TAGS", "DEPTH", "INPUTS", "LINES", "RATIO", "BUILDS", "PAGES", "PROCESSES",
        "OBJECTS",
    }  # fmt: skip
    assert {name.rpartition("_")[2] for name in known} == counted


def test_git_keeps_the_sources_and_not_what_is_built():
    """No source is ignored by git, and a built annex is: its link as well as its folder."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    ask = ["git", "-C", str(ROOT), "check-ignore", "--no-index"]
    kept = [str(path.relative_to(ROOT)) for path in MODULES]
    assert subprocess.run([*ask, *kept], capture_output=True, text=True).stdout == ""
    built = ["annex", ".annex.build-x1y2", "annex-draft", ".annex-draft.build-x1y2"]
    assert subprocess.run([*ask, *built], capture_output=True, text=True).stdout.split() == built


def locked() -> dict[str, set[str]]:
    """Versions in requirements.lock by package."""
    found: dict[str, set[str]] = {}
    for name, version in re.findall(
        r"^([\w.-]+)==([\w.]+)", (ROOT / "requirements.lock").read_text(), re.M
    ):
        found.setdefault(name.lower(), set()).add(version)
    return found


def declared() -> dict[str, str]:
    """What pyproject.toml asks for, for builds and for researchers: name to lowest version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lines = [*project["dependencies"], *project["optional-dependencies"]["lab"]]
    return dict(re.match(r"([\w-]+)>=([\d.]+)", line).groups() for line in lines)


def conda() -> dict[str, str]:
    """What environment.yml pins, by the name it has in the lock file."""
    lines = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    pins = dict(line.split("=") for line in lines if isinstance(line, str) and "=" in line)
    return {name.removesuffix("-base").replace("_", "-"): pin for name, pin in pins.items()}


def test_three_files_tell_the_same_versions():
    """pyproject.toml, requirements.lock and environment.yml agree on every direct dependency."""
    pins = conda()
    assert set(pins) - {"python"} == set(declared())
    for name, lowest in declared().items():
        assert locked()[name] == {pins[name]}
        key = [int(part) for part in pins[name].split(".")]
        assert key >= [int(part) for part in lowest.split(".")]


def test_lock_has_hashes_and_no_address():
    """Every package is pinned by hash, and no file names a registry."""
    text = (ROOT / "requirements.lock").read_text()
    assert "://" not in text
    for entry in re.split(r"\n(?=\S)", text.strip()):
        assert "--hash=sha256:" in entry, entry.split()[0]


def test_descriptor_has_no_outside_path():
    """The data package names only files inside its folder."""
    package = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    for table in package["resources"]:
        assert re.fullmatch(r"((report|statistics)/)?\w+\.csv", table["path"])


LIBRARY = sorted((ROOT / "tests" / "library").glob("*.py"))


def test_library_tests_know_no_evaluation():
    """Whoever adds a row to data breaks no test of the library: none reads this project's data,
    notebooks or annex."""
    for path in LIBRARY:
        text = path.read_text(encoding="utf-8")
        opened = r"ROOT / f?[\"'](data|notebooks)|Plan\(ROOT\b|chdir\(ROOT\)"
        assert not re.search(opened, text), path
        asked = {
            argument.arg
            for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)
            for argument in node.args.args
        }  # fmt: skip
        assert not asked & {"built", "data_copy"}, path
        assert not re.search(r"import .*\b(NAMES|SHEETS)\b", text), path


def test_every_test_has_its_folder_and_a_name_of_its_own():
    """A test stands with the library, the evaluation, the examples, the project, the campaigns or
    pandas' own tests; pytest imports it by its name alone."""
    paths = sorted((ROOT / "tests").rglob("test_*.py"))
    folders = {"library", "evaluation", "examples", "project", "soak", "extension"}
    assert {path.parent.name for path in paths} == folders
    names = Counter(path.name for path in paths)
    assert [name for name, times in names.items() if times > 1] == []
