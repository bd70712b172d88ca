"""A draft, and what was rolled back, is nowhere. Fault 9."""

import pytest
from django.db import connection, transaction
from django.test import Client

from archive.maintenance.integrity import VerificationOptions, verify
from archive.models import Conference, Revision
from search.index import writer
from search.models import IndexTask
from search.results import SearchParams, run_search
from tests.archive.casts import make_conference, make_outlet, make_speaker, make_talk
from tests.search.casts import make_answers

pytestmark = pytest.mark.django_db(transaction=True)

PHRASE = "绝密四字词"
LISTS = (
    *("/", "/conferences/", "/conferences/2020/", "/conferences/2020/05/", "/series/"),
    *("/conferences/2020/05/24/", "/outlets/", "/speakers/", "/outlets/secret/"),
    *("/speakers/secret/", f"/search/?q={PHRASE}", f"/search/results.csv?q={PHRASE}"),
    *(f"/search/results.json?q={PHRASE}", f"/search/suggest?q={PHRASE}", "/search/?q=*"),
    *("/feed/", "/sitemap.xml", "/api/v1/", "/api/v1/conferences/"),
)


def make_secret():
    """A draft with the words in every place; its outlet and speaker are in nothing else."""
    outlet = make_outlet("机密社", slug="secret")
    speaker = make_speaker("机密人", slug="secret")
    told = dict.fromkeys(("title", "headline", "lead", "institution", "venue"), PHRASE)
    conference = make_conference(published=False, slug="secret", speaker=speaker, **told)
    make_answers(conference, [PHRASE], question=PHRASE, outlet=outlet, speaker=speaker)
    return conference


def shown(visitor, path):
    page = visitor.get(path)
    return page.content.decode() if page.status_code == 200 else ""


def assert_nowhere():
    visitor = Client()
    for path in LISTS:
        said = shown(visitor, path)
        if PHRASE not in path:
            assert PHRASE not in said, path
        elif "results" in path:
            assert said.count(PHRASE) <= 2, path  # the query, as typed and as understood
    for path in ("", "1/", "history/", "cite.bib"):
        assert visitor.get(f"/conferences/secret/{path}").status_code == 404
    assert visitor.get("/conferences/secret.json").status_code == 404
    assert run_search(SearchParams(q=PHRASE)).counts.parts == 0
    assert run_search(SearchParams(q="*")).counts.conferences == 1
    assert not IndexTask.objects.exists()
    assert not Revision.objects.filter(conference__status="draft").exists()


def test_a_draft_is_nowhere():
    make_talk(slug="open")
    writer.rebuild()
    make_secret()
    assert_nowhere()
    writer.rebuild()
    assert_nowhere()


def test_what_was_rolled_back_is_nowhere():
    make_talk(slug="open")
    writer.rebuild()
    with transaction.atomic():
        make_secret()
        Conference.objects.filter(slug="secret").update(status="published")
        transaction.set_rollback(True)
    assert_nowhere()
    assert list(verify(VerificationOptions(lambda items, what, total: items, None))) == []


def test_the_database_is_connected_to_as_it_should_be():
    from django.core.checks import run_checks

    assert run_checks(tags=["database"], databases=["default"]) == []
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            assert cursor.fetchone() == ("1min",)
