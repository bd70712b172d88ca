"""The examples in docstrings are promises like all others."""

import doctest
import importlib
import pkgutil

import archive.ingest


def test_examples_in_docstrings_are_true():
    names = [one.name for one in pkgutil.walk_packages(archive.ingest.__path__, "archive.ingest.")]
    results = [doctest.testmod(importlib.import_module(name)) for name in names]
    assert sum(result.attempted for result in results) >= 10
    assert sum(result.failed for result in results) == 0
