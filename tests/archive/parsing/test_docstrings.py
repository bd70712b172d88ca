"""The examples in docstrings are promises like all others."""

import doctest
import importlib
import pkgutil

import archive.parsing


def test_examples_in_docstrings_are_true():
    names = [
        one.name for one in pkgutil.walk_packages(archive.parsing.__path__, "archive.parsing.")
    ]
    results = [doctest.testmod(importlib.import_module(name)) for name in names]
    assert sum(result.attempted for result in results) >= 10
    assert sum(result.failed for result in results) == 0
