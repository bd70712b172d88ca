"""What the pages for developers say of the code: names, models, files and commands that exist."""

import datetime as dt
import importlib
import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).parent.parent
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
NAMES = sorted(set(re.findall(r"`((?:archive|search|config|staff)(?:\.\w+)+)`", ARCHITECTURE)))
DECISIONS = ("decisions.md", "decisions-editing.md", "decisions-running.md")


def exists(name):
    """Whether a dotted name is a module, or what one of a module is called."""
    try:
        importlib.import_module(name)
    except ModuleNotFoundError:
        module, _dot, attribute = name.rpartition(".")
        return bool(module) and hasattr(importlib.import_module(module), attribute)
    return True


def test_the_ways_through_the_program_name_what_is_there():
    assert len(NAMES) > 20
    assert [name for name in NAMES if not exists(name)] == []
    assert not exists("archive.editing.publication.nothing_of_this_name")


def test_the_diagram_of_the_data_has_every_model():
    diagram = ARCHITECTURE.split("erDiagram\n")[1].split("```")[0]
    drawn = set(re.findall(r"\b[A-Z]\w+", re.sub(r'".*?"', "", diagram)))
    models = [
        *apps.get_app_config("archive").get_models(),
        *apps.get_app_config("search").get_models(),
    ]
    assert drawn == {model.__name__ for model in models}


@pytest.mark.parametrize("page", [ARCHITECTURE, CONTRIBUTING], ids=["architecture", "contributing"])
def test_files_that_are_named_are_there(page):
    paths = re.findall(r"`([\w.-]+(?:/[\w.-]+)+/?)`", page)
    told = [path for path in paths if "NAME" not in path]
    assert len(told) > 5
    assert [path for path in told if not (ROOT / path).exists()] == []
    folders = [path.partition("NAME")[0].rpartition("/")[0] for path in paths if "NAME" in path]
    assert [folder for folder in folders if not (ROOT / folder).is_dir()] == []


def test_what_contributors_are_told_to_make_can_be_made():
    targets = re.findall(
        r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
    )
    told = set(re.findall(r"(?m)(?:^|`)make ([a-z-]+)", CONTRIBUTING))
    assert {"test", "test-all", "lint"} <= told <= set(targets)


def test_every_decision_has_a_number_of_its_own_and_a_date():
    texts = [(ROOT / "docs" / name).read_text(encoding="utf-8") for name in DECISIONS]
    headings = [line for text in texts for line in text.splitlines() if line.startswith("## ")]
    form = re.compile(r"## (\d+)\. .+ \((\d{4}-\d\d-\d\d)(?:, changed (\d{4}-\d\d-\d\d))?\)")
    assert [line for line in headings if not form.fullmatch(line)] == []
    told = [form.fullmatch(line).groups() for line in headings]
    numbers = [int(number) for number, *_days in told]
    assert sorted(numbers) == list(range(1, len(numbers) + 1))
    for _number, *days in told:
        read = [dt.date.fromisoformat(day) for day in days if day]
        assert all(one < other for one, other in pairwise(read))
