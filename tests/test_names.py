"""Names of the product: each public name has one meaning, and each docstring begins with a noun.

docs/terms.md has the words.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
QUESTIONS = {
    *("What", "Who", "Whom", "Whose", "Which", "How", "When", "Where", "Why", "Whether"),
}
# Names that Django, Python or gunicorn look for, and settings that the test suite sets otherwise.
CONVENTIONS = {
    *("Command", "app_name", "logger", "main", "register", "urlpatterns"),
    *("CACHES", "LANGUAGES", "PUBLISH_DUE_SECONDS", "INDEX_FOLLOWS_AFTER", "RATES", "STORAGES"),
    *("MONTH_DAY_FORMAT", "NUMBER_GROUPING", "THOUSAND_SEPARATOR"),
    *("WEEKDAY_DATE_FORMAT", "YEAR_FORMAT"),
}
# One meaning in every module that has it: what a caller may ask of whichever module it was given.
INTERFACES = {
    "connect": "each app's ready() has a module receive its signals",
    "find": "every convention of archive/parsing/conventions finds its turns",
    **dict.fromkeys(
        ("DUMP_FILE", "dump_database", "restore_database"),
        "archive/maintenance/backups has a module for each kind of database",
    ),
}


def _modules() -> Iterator[tuple[str, ast.Module]]:
    """Path and syntax tree of every module of the product."""
    for top in ("archive", "config", "search", "staff"):
        for path in sorted((ROOT / top).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def _defined(module: ast.Module) -> set[str]:
    """The public names that a module defines itself; `A = other.A` passes one on."""
    found: set[str] = set()
    for node in module.body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                found.add(name)
            case ast.ClassDef(name=name) | ast.AnnAssign(target=ast.Name(id=name)):
                found.add(name)
            case ast.Assign(targets=targets, value=value):
                passed_on = value.attr if isinstance(value, ast.Attribute) else ""
                names = (one for target in targets for one in ast.walk(target))
                found |= {one.id for one in names if isinstance(one, ast.Name)} - {passed_on}
    return {name for name in found if not name.startswith("_")}


def _shared_names(modules: dict[str, ast.Module]) -> dict[str, list[str]]:
    """The public names that several modules define, with these modules."""
    places: dict[str, list[str]] = defaultdict(list)
    for path, module in modules.items():
        for name in _defined(module):
            places[name].append(path)
    return {name: paths for name, paths in places.items() if len(paths) > 1}


@pytest.fixture(scope="module")
def modules():
    return dict(_modules())


def test_no_public_name_has_two_meanings(modules):
    allowed = CONVENTIONS | INTERFACES.keys()
    new = {name: at for name, at in _shared_names(modules).items() if name not in allowed}
    assert not new, "Name them apart, by docs/terms.md."


def test_every_docstring_of_a_module_begins_with_what_the_module_is(modules):
    first = {
        path: (ast.get_docstring(one) or "").partition(" ")[0] for path, one in modules.items()
    }
    asking = {path for path, word in first.items() if word.strip(",:") in QUESTIONS}
    assert not asking, "Begin with a noun: “Pagination of lists.”"


def _terms() -> list[list[str]]:
    """The rows of the tables of docs/terms.md, a list of cells each."""
    text = (ROOT / "docs" / "terms.md").read_text(encoding="utf-8")
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return [row for row in rows if row[0] != "concept"]


def test_the_terms_are_complete_and_each_stands_for_one_concept():
    rows = _terms()
    assert len(rows) > 50
    assert all(len(row) == 5 and all(row) for row in rows)
    concepts = [row[0] for row in rows]
    assert len(set(concepts)) == len(concepts)
    for language in (2, 3, 4):
        terms = [row[language] for row in rows]
        assert len(set(terms)) == len(terms)


def test_the_names_among_the_terms_are_in_the_code(modules):
    names = {
        name
        for module in modules.values()
        for node in ast.walk(module)
        for name in (getattr(node, "id", ""), getattr(node, "name", ""), getattr(node, "attr", ""))
    }
    for row in _terms():
        for name in re.findall(r"`([^`]+)`", row[1]):
            assert (ROOT / name).is_file() if "/" in name else name in names, name


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("def a(): ...", {"a"}),
        ("async def a(): ...", {"a"}),
        ("class A: ...", {"A"}),
        ("A: int = 1", {"A"}),
        ("A = B = 1", {"A", "B"}),
        ("A, B = 1, 2", {"A", "B"}),
        ("A = other.A", set()),
        ("A = other.B", {"A"}),
        ("_a = 1\ndef _b(): ...", set()),
        ("from other import A", set()),
        ("class A:\n    def b(self): ...", {"A"}),
    ],
)
def test_names_that_a_module_defines(source, names):
    assert _defined(ast.parse(source)) == names


def test_a_name_in_two_modules_is_told_with_both():
    one, two = ast.parse("def load(): ..."), ast.parse("load = 1\nother = 2")
    assert _shared_names({"a.py": one, "b.py": two}) == {"load": ["a.py", "b.py"]}
