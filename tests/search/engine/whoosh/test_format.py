"""An index of another format: recognised before anything of it is read, and made anew."""

import json
import pickle

import pytest
from django.core.management import call_command

from search.engine import engine
from search.engine.errors import IndexUnavailable
from search.engine.whoosh.generations import FORMAT
from search.index import writer
from search.results import SearchParams, run_search
from tests.archive.casts import make_conference
from tests.search.casts import make_answers

pytestmark = pytest.mark.django_db

# A column as an index of format 4 holds it: by the name its module had then.
OLD_COLUMN = b"\x80\x02csearch.engine.facts\nFactsColumn\nq\x00)\x81q\x01."


@pytest.fixture
def old(index_folder):
    """The folder of an index of format 4: no pickle in it can be read any more."""
    make_answers(make_conference(), ["山川异域，风月同天"])
    writer.rebuild()
    engine().close()
    folder = (index_folder / "current").resolve()
    for path in folder.iterdir():
        if path.name != "marker.json":
            path.write_bytes(OLD_COLUMN)
    marker = folder / "marker.json"
    told = json.loads(marker.read_text(encoding="utf-8"))
    marker.write_text(json.dumps(told | {"format": 4}), encoding="utf-8")
    return folder


def test_a_column_of_an_old_index_cannot_be_unpickled():
    with pytest.raises(ModuleNotFoundError, match=r"search\.engine\.facts"):
        pickle.loads(OLD_COLUMN)  # noqa: S301


def test_an_old_index_is_of_another_format_and_not_damaged(old):
    with pytest.raises(IndexUnavailable) as told:
        run_search(SearchParams(q="山川"))
    assert f"of another format (4, not {FORMAT})" in str(told.value)
    assert "damaged" not in str(told.value)


def test_the_search_page_says_that_there_is_no_index_for_now(old, client):
    assert client.get("/search/", {"q": "山川"}).status_code == 503


def test_the_index_command_makes_an_old_index_anew(old, index_folder, capsys):
    call_command("index", verbosity=0)
    assert "of another format (4" in capsys.readouterr().out
    assert (index_folder / "current").resolve() != old
    assert run_search(SearchParams(q="“山川异域”")).counts.parts == 1
