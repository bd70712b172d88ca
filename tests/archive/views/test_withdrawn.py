"""What was withdrawn leaves a page that says so, at every address it had, and nothing elsewhere."""

import pytest

from archive.editing import publication, revisions
from archive.models import Conference, Transcript
from tests.archive.casts import make_conference, make_talk
from tests.archive.views.pages import URL

pytestmark = pytest.mark.django_db
PLACES = [
    *("", "2/", "9/", "cite.bib", "2/cite.ris", "history/", "versions/1/", "versions/1.json"),
    *("versions/7/", "2/report/", "2/report/sent/"),
]


@pytest.fixture
def gone() -> Conference:
    conference = make_talk(title="例行记者会", headline="世界回不到过去")
    revisions.record_revision(conference, "published", user=None)
    publication.withdraw(conference, user=None, reason="日期有误")
    return conference


def addresses() -> list[str]:
    shas = Transcript.objects.values_list("sha256", flat=True)
    files = [f"{URL}{kind}/{sha[:16]}/" for sha in shas for kind in ("original", "history")]
    return [*(URL + place for place in PLACES), f"{URL.rstrip('/')}.json", *files]


def english(client, url):
    return client.get(url, headers={"accept-language": "en"})


def test_every_address_of_it_says_when_and_why(client, gone):
    for url in addresses():
        response = english(client, url)
        page = response.content.decode()
        assert response.status_code == 410, url
        assert "This conference was withdrawn." in page
        assert "日期有误" in page
        assert "<time" in page


def test_title_and_date_stay_and_the_words_go(client, gone):
    page = english(client, URL).content.decode()
    assert "例行记者会" in page
    assert 'datetime="2020-05-24"' in page
    assert "世界回不到过去" not in page
    assert "问？" not in page


def test_no_search_engine_keeps_the_page(client, gone):
    assert '<meta name="robots" content="noindex">' in english(client, URL).content.decode()
    assert "canonical" not in english(client, URL).content.decode()


def test_a_report_about_it_is_not_taken(client, gone):
    assert client.post(f"{URL}2/report/", {"message": "错"}).status_code == 410
    assert not gone.reports.exists()


def test_an_old_address_of_it_leads_there(client, gone):
    conference = Conference.objects.get()
    conference.slug = "moved"
    conference.save()
    response = client.get(f"{URL}2/")
    assert (response.status_code, response["Location"]) == (301, "/conferences/moved/2/")
    assert client.get("/conferences/moved/2/").status_code == 410


@pytest.mark.parametrize(
    "url",
    [
        *(
            "/conferences/",
            "/conferences/2020/",
            "/conferences/2020/05/",
            "/conferences/2020/05/24/",
        ),
        *("/outlets/reuters/", "/speakers/wang-yi/", "/search/?q=第2问", "/series/"),
    ],
)
def test_it_is_in_no_list_and_no_count(client, gone, url):
    page = english(client, url).content.decode()
    assert "例行记者会" not in page
    assert "日期有误" not in page


def test_one_withdrawn_before_that_was_remembered_says_why(client):
    make_conference(status="withdrawn", withdrawn_because="原文有误")
    page = english(client, URL).content.decode()
    assert "原文有误" in page
    assert "<time" not in page.split("<main")[1].split("<dl")[1]


def test_what_is_published_again_is_there_again_with_its_log(client, gone):
    publication.publish(gone, user=None, reason="已核实")
    for url in addresses():
        found = client.get(url).status_code
        assert found == (404 if url.endswith(("/9/", "versions/7/")) else 200), url
    page = english(client, f"{URL}history/").content.decode()
    assert "日期有误" in page
    assert "已核实" in page


def test_a_draft_is_nowhere(client):
    make_talk(published=False)
    for url in addresses():
        assert client.get(url).status_code == 404, url


def test_the_page_takes_four_queries(client, gone, django_assert_num_queries):
    with django_assert_num_queries(4):
        client.get(URL)
