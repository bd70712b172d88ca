"""Facts about the project itself."""

import ast
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.management import call_command, get_commands

ROOT = Path(__file__).parent.parent
SOURCES = [
    path
    for top in ("archive", "config", "search", "staff", "tests")
    for path in sorted((ROOT / top).rglob("*.py"))
    if "migrations" not in path.parts
]


def test_no_file_is_longer_than_300_lines():
    kinds = {".py", ".html", ".css", ".md", ".toml", ""}
    for path in tracked():
        if path.suffix in kinds and "migrations" not in path.parts and path.name != "LICENSE":
            assert len(path.read_text(encoding="utf-8").splitlines()) <= 300, path


def test_no_function_is_longer_than_40_lines():
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                assert node.end_lineno - node.lineno < 40, f"{path}:{node.lineno}"


def raised_in(function):
    """The exceptions that a function raises itself, and not what it defines inside."""
    for node in ast.iter_child_nodes(function):
        if isinstance(node, ast.FunctionDef | ast.Lambda | ast.ClassDef):
            continue
        if isinstance(node, ast.Raise) and node.exc is not None:
            named = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
            if isinstance(named, ast.Name) and named.id[0].isupper():
                yield named.id
        yield from raised_in(node)


def test_functions_say_what_they_raise():
    """In their docstring or their module's; but for Django's own answers to a request."""
    answers = {"Http404", "PermissionDenied"}
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in tree.body if "tests" not in path.relative_to(ROOT).parts else []:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                own, module = ast.get_docstring(node) or "", ast.get_docstring(tree) or ""
                untold = [one for one in set(raised_in(node)) - answers if one not in own + module]
                assert not untold or "raise" in own.lower(), f"{path}:{node.lineno} {untold}"


def tracked():
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False, text=True
    )
    if listed.returncode:
        pytest.skip("this is no git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.django_db
def test_migrations_are_complete():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_commands_in_the_readme_exist(readme):
    text = (ROOT / readme).read_text(encoding="utf-8")
    assert set(re.findall(r"manage\.py (\w+)", text)) <= set(get_commands())
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"(?:^|`|… )make ([a-z]+)", text, re.MULTILINE)) <= targets


def test_the_two_readmes_have_the_same_parts():
    def shape(name):
        text = (ROOT / name).read_text(encoding="utf-8")
        return re.findall(r"^(#+) ", text, re.MULTILINE), re.findall(
            r"```(\w*)\n(.*?)```", text, re.S
        )

    english, chinese = shape("README.md"), shape("README.zh.md")
    assert english[0] == chinese[0]
    assert [kind for kind, _code in english[1]] == [kind for kind, _code in chinese[1]]


def test_every_fixture_is_told_of_with_the_command_that_reads_it():
    folder = ROOT / "fixtures"
    readme = (folder / "README.md").read_text(encoding="utf-8")
    row = re.compile(r"^\| `([^`]+)` \|.*\| `manage\.py (\w+)[^|]*` \|$", re.MULTILINE)
    rows = dict(row.findall(readme))
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert set(rows) == files - {"README.md"}
    assert set(rows.values()) <= set(get_commands())
    entries = json.loads((folder / "outlets.json").read_text(encoding="utf-8"))
    countries = {entry["country"] for entry in entries} - {""}
    assert f"{len(entries)} news outlets of {len(countries)} countries" in readme
