"""The layers of the house: folders tell them, and imports go downwards only."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# Of each app its rooms, folders and loose modules alike, from the ground up. A room imports from
# itself and from the floors below it, wherever in a file: inside functions too.
FLOORS = {
    "archive": (
        ("text",),
        ("charts", "citations", "parsing"),
        ("formatting", "links"),
        ("models",),
        ("audit", "extension_points", "hosts", "periods", "signals"),
        ("exports", "http_cache", "templatetags"),
        ("editing",),
        ("maintenance",),
        ("views",),
        ("admin",),
        ("management",),
        ("admin_site", "apps", "middleware", "urls"),
    ),
    "search": (
        ("analysis",),
        ("query",),
        ("links", "models"),
        ("engine",),
        ("highlight", "passages", "query_resolution"),
        ("index",),
        ("search_indexes",),
        ("results",),
        ("query_explanation",),
        ("statistics",),
        ("autocomplete", "exports", "forms", "no_results", "zero_result_log"),
        ("views",),
        ("admin", "apps", "management", "urls"),
    ),
}
# What each app may know of another; of itself it knows all that lies below.
KNOWN = {
    ("search", "archive"): {
        *("text", "charts", "formatting", "links", "models", "signals", "extension_points"),
        "maintenance",
    },
}
PURE = {
    "archive": {"text", "charts", "citations", "parsing"},
    "search": {"analysis", "query"},
}
# What no pure room imports.
FRAMEWORKS = {"django", "haystack", "whoosh", "auditlog"}
LOOSE = 13  # modules at the top of archive/ that belong to no room


def is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").is_file() or path.is_dir()


def imports(path: Path):
    """The dotted names of the modules that a source file imports, wherever it does."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            yield from {name if is_module(name) else node.module for name in names}


def sources_of(app: str) -> list[Path]:
    found = sorted((ROOT / app).rglob("*.py"))
    return [path for path in found if "migrations" not in path.parts]


def app_of(module: str) -> str:
    return module.partition(".")[0]


def room_of(module: str) -> str:
    """The folder or loose module of its app that a module is in; "" for the app's own __init__."""
    return module.partition(".")[2].partition(".")[0]


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def arrows_of(app: str):
    """Every import of an app: the module that imports, and the one that is imported."""
    for path in sources_of(app):
        yield from ((module_of(path), name) for name in imports(path))


def is_allowed(importer: str, imported: str) -> bool:
    """Whether an arrow stays in its room, goes down, or leads where its app may look."""
    app, other = app_of(importer), app_of(imported)
    if app == other:
        floors = {room: at for at, rooms in enumerate(FLOORS[app]) for room in rooms}
        own, room = room_of(importer), room_of(imported)
        return own == room or floors[room] < floors[own]
    if other in FLOORS:
        return room_of(imported) in KNOWN.get((app, other), ())
    return other not in {"config", "staff", "tests"}


@pytest.mark.parametrize("app", FLOORS)
def test_imports_go_downwards_only(app):
    assert [arrow for arrow in arrows_of(app) if not is_allowed(*arrow)] == []


@pytest.mark.parametrize("app", FLOORS)
def test_pure_rooms_know_no_django(app):
    def is_pure(name):
        top = app_of(name)
        return room_of(name) in PURE[top] if top in PURE else top not in FRAMEWORKS

    arrows = [(one, other) for one, other in arrows_of(app) if room_of(one) in PURE[app]]
    assert len(arrows) > 10
    assert [arrow for arrow in arrows if not is_pure(arrow[1])] == []


@pytest.mark.parametrize("app", FLOORS)
def test_every_room_has_a_floor_and_every_floor_a_room(app):
    rooms = {room_of(module_of(path)) for path in sources_of(app)} - {""}
    assert rooms == {room for floor in FLOORS[app] for room in floor}


def test_few_modules_lie_loose_in_the_archive():
    assert len(list((ROOT / "archive").glob("*.py"))) <= LOOSE


def test_the_staff_s_log_in_knows_nothing_of_the_archive():
    for path in sources_of("staff"):
        known = {app_of(name) for name in imports(path)}
        assert not known & {"archive", "search", "config"}, path


def test_only_the_engine_over_whoosh_knows_whoosh():
    for path in (*sources_of("archive"), *sources_of("config"), *sources_of("search")):
        if not path.is_relative_to(ROOT / "search" / "engine" / "whoosh"):
            assert not [name for name in imports(path) if app_of(name) == "whoosh"], path


ENGINES = ROOT / "search" / "engine"
# What may be known of an engine, whichever it is.
DOOR = {"search.engine", "search.engine.errors", "search.engine.protocol"}


def test_an_engine_is_known_by_its_door_alone():
    everywhere = [path for app in ("archive", "config", "search") for path in sources_of(app)]
    outside = [path for path in everywhere if not path.is_relative_to(ENGINES / "whoosh")]
    reached = {
        (module_of(path), name)
        for path in outside
        for name in imports(path)
        if name.startswith("search.engine")
    }
    assert {name for _path, name in reached} == DOOR
    assert {name for name, _reached in reached} >= {"search.results", "search.index.writer"}


def test_arrays_stay_inside_the_engine():
    for path in sources_of("search"):
        if not path.is_relative_to(ENGINES / "whoosh"):
            assert not [name for name in imports(path) if app_of(name) == "numpy"], path
