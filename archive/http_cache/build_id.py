"""The build id: which program this is, so that none takes over what another has worked out."""

import ast
import hashlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

# Modules from which all is reached that makes a page or reads a file. Settings, and whatever else
# names a module by a string ("config.jinja.environment"), reach it by that.
_ROOTS = (
    *("config.settings", "archive.urls", "search.urls"),
    *("archive.apps", "search.apps", "search.search_indexes"),
)
_TOPS = {root.partition(".")[0] for root in _ROOTS}
# Named by the settings, and above every view (tests/test_layers.py).
_EDITORS = "archive.admin"  # and admin_site
# What a page is made of besides: templates, what nothing names, words in other languages, lists of
# words, and the packages that are pinned.
_BESIDES = (
    ("templates/site", "**/*.html"),
    ("archive/parsing", "**/*.py"),  # some are programs of their own
    ("archive/templatetags", "*.py"),  # these and the next are found by their place
    ("config/formats", "**/*.py"),
    ("config/locale", "**/*.mo"),
    ("search/data", "*"),
    ("config/requirements", "run.txt"),
)


@lru_cache(maxsize=1)
def build_id() -> str:
    """A name for what makes pages: other code, templates or catalogues, another name.

    What makes none, as tests, commands or templates of the admin, changes nothing.
    """
    digest = hashlib.sha256(settings.TIME_ZONE.encode())
    # Of static files a page has the names, which tell what is in them.
    digest.update(getattr(staticfiles_storage, "manifest_hash", "").encode())
    base = Path(settings.BASE_DIR)
    for path in sorted(made_by(base)):
        digest.update(f"{path.relative_to(base)}\n".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def made_by(base: Path) -> set[Path]:
    """The files below `base` that a page is made by: modules reached from _ROOTS, and _BESIDES."""
    besides = (path for folder, names in _BESIDES for path in (base / folder).glob(names))
    found = {path for path in besides if path.is_file()}
    waiting = [path for root in _ROOTS for path in _files(base, root)]
    waiting += [path for path in found if path.suffix == ".py"]
    read: set[Path] = set()
    while waiting:
        path = waiting.pop()
        if path not in read:
            read.add(path)
            names = _named(ast.parse(path.read_bytes()))
            waiting += [each for name in names for each in _files(base, name)]
    return found | read


def _named(tree: ast.Module) -> Iterator[str]:
    """Every dotted name that a module imports, anywhere in it, or has as a string."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (each.name for each in names)
            case ast.ImportFrom(module=str(module), names=names):
                yield from (f"{module}.{each.name}" for each in names)
            case ast.Constant(value=str(text)) if "." in text and " " not in text:
                yield text


def _files(base: Path, name: str) -> Iterator[Path]:
    """The files of a dotted name of ours: the packages it leads through, and the module itself.

    What is not a module any more, as a class in one, ends it.
    """
    first, *rest = name.split(".")
    if first not in _TOPS or name.startswith(_EDITORS):
        return
    place = base / first
    for part in (*rest, ""):
        if (package := place / "__init__.py").is_file():
            yield package
        elif (module := place.with_suffix(".py")).is_file():
            yield module
            return
        if not part.isidentifier():
            return
        place /= part
