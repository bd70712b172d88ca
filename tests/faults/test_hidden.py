"""A draft, and what was rolled back, is nowhere. Fault 9."""

from urllib.parse import quote

import pytest
from django.db import connection, transaction
from django.test import Client

from archive.editing.publication import publish
from archive.maintenance.integrity import VerificationOptions, verify
from archive.models import Conference, Outlet, Revision
from search.index import writer
from search.models import IndexTask
from search.results import SearchParams, run_search
from tests.archive.casts import make_conference, make_outlet, make_speaker, make_talk
from tests.search.casts import make_answers

pytestmark = pytest.mark.django_db(transaction=True)

PHRASE = "绝密四字词"
# Of what is public, lists; each is there because of another conference.
LISTS = (
    *("/", "/conferences/", "/conferences/2020/", "/conferences/2020/05/"),
    *("/conferences/2020/05/24/", "/series/", "/outlets/", "/speakers/"),
    *("/search/?q=*", "/search/results.csv?q=*", "/search/results.json?q=*"),
    f"/search/suggest?q={quote('机密')}",
)
ABSENT = "虚无四字词"  # in no conference at all
ASKED = tuple(f"/search/{path}?q=" for path in ("", "results.csv", "results.json"))
OWN = (
    *(f"/conferences/secret/{path}" for path in ("", "1/", "history/", "cite.bib", "1/cite.ris")),
    *("/conferences/secret.json", "/speakers/secret/", f"/series/{PHRASE}/"),
)
OUTLET = "/outlets/secret/"  # the page of an outlet is there before it asked anything
NAMES = (PHRASE, "机密社", "机密人")


def make_secret():
    """A draft with the words in every place; its outlet and speaker are in nothing else."""
    outlet = make_outlet("机密社", slug="secret")
    speaker = make_speaker("机密人", slug="secret")
    told = dict.fromkeys(("title", "headline", "lead", "institution", "venue"), PHRASE)
    conference = make_conference(published=False, slug="secret", speaker=speaker, **told)
    make_answers(conference, [PHRASE], question=PHRASE, outlet=outlet, speaker=speaker)
    return conference


def shown(path):
    """What a reader is shown, who was never there before."""
    page = Client().get(path)
    assert page.status_code == 200, path
    return str(page.json()) if "/suggest" in path else page.content.decode()


def told_of_absent(path):
    """What a search answers to a word that nobody said, with the secret one in its place."""
    page = shown(path + quote(ABSENT)).replace(ABSENT, PHRASE)
    return page.replace(quote(ABSENT), quote(PHRASE))


def assert_nowhere():
    for path in LISTS:
        said = shown(path)
        assert not [name for name in NAMES if name in said], path
    for path in ASKED:
        # What is said of a word that nobody ever said, but for the word itself.
        assert shown(path + quote(PHRASE)) == told_of_absent(path), path
    for path in OWN:
        assert Client().get(path).status_code == 404, path
    outlet = Client().get(OUTLET)
    assert outlet.status_code == (200 if Outlet.objects.filter(slug="secret") else 404)
    assert PHRASE not in outlet.content.decode()
    assert run_search(SearchParams(q=PHRASE)).counts.parts == 0
    assert run_search(SearchParams(q="*")).counts.conferences == 1
    assert not IndexTask.objects.exists()
    assert not Revision.objects.filter(conference__status="draft").exists()


def test_the_same_is_seen_everywhere_as_soon_as_it_is_published():
    make_talk(slug="open", institution="外交部")
    publish(make_secret(), user=None)
    writer.rebuild()
    for path in (*LISTS, *(path + quote(PHRASE) for path in ASKED), OUTLET):
        said = shown(path)
        assert [name for name in NAMES if name in said], path
    for path in OWN:
        assert Client().get(path, follow=True).status_code == 200, path
    assert run_search(SearchParams(q=PHRASE)).counts.parts == 2


def test_a_draft_is_nowhere():
    make_talk(slug="open", institution="外交部")
    writer.rebuild()
    make_secret()
    assert_nowhere()
    writer.rebuild()
    assert_nowhere()


def test_what_was_rolled_back_is_nowhere():
    make_talk(slug="open", institution="外交部")
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
            cursor.execute("RESET statement_timeout")  # a reader of this session had less
            cursor.execute("SHOW statement_timeout")
            assert cursor.fetchone() == ("1min",)
