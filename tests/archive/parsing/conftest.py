"""Options and paths of the ingest tests."""

from pathlib import Path

import pytest

SEED = Path(__file__).parents[3] / "fixtures" / "transcripts" / "wang-yi-npc-press-conference.txt"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite-golden",
        action="store_true",
        help="write tests/golden/*.expected.json anew; read the diff before you commit it",
    )


@pytest.fixture
def rewrite_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--rewrite-golden", default=False))


@pytest.fixture(scope="session")
def seed_bytes() -> bytes:
    return SEED.read_bytes()
