"""One small transcript for each oddity found in real ones, and how it must be understood.

Write the expected side anew with `pytest tests/archive/parsing --rewrite-golden`, and read the
difference before you commit it.
"""

import json
from pathlib import Path

import pytest

from archive.parsing.completeness import account
from archive.parsing.parser import parse_transcript, read
from tests.archive.parsing.golden import as_golden

GOLDEN = Path(__file__).parents[2] / "golden" / "transcripts"
INPUTS = sorted(path for path in GOLDEN.iterdir() if not path.name.endswith(".expected.json"))


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.name)
def test_transcript_is_understood_as_it_was_by_eye(path, rewrite_golden):
    parsed = parse_transcript(path.read_bytes(), path.name)
    found = as_golden(parsed)
    expected = path.with_name(f"{path.name}.expected.json")
    if rewrite_golden:
        expected.write_text(found, encoding="utf-8")
    assert json.loads(found) == json.loads(expected.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.name)
def test_no_word_of_a_transcript_is_lost(path):
    content = path.read_bytes()
    counted = account(read(content, path.name), parse_transcript(content, path.name))
    assert counted.missing == 0
