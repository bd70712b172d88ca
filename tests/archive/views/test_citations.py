"""Citing from the pages: the disclosure, the files, and what the head tells programs."""

import json
import re

import pytest
from django.utils import timezone

from tests.archive.casts import (
    make_answer,
    make_conference,
    make_exchange,
    make_outlet,
    make_speaker,
    make_talk,
)
from tests.archive.views.pages import URL, read

pytestmark = pytest.mark.django_db
SITE = f"http://testserver{URL}"
ENDINGS = {
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "json": "application/vnd.citationstyles.csl+json",
}


def metas(page: str, name: str) -> list[str]:
    return re.findall(rf'<meta (?:name|property)="{re.escape(name)}" content="([^"]*)">', page)


def structured(page: str) -> dict:
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    return json.loads(data)


@pytest.mark.parametrize("url", [URL, f"{URL}2/"])
def test_a_page_offers_every_form_and_a_button_for_each(client, url):
    make_talk()
    page = read(client, url)
    for key in ("gbt7714", "apa", "chicago-note", "chicago-bibliography", "bib", "ris", "json"):
        assert f'<pre id="cite-{key}"' in page
        assert f'data-copy-target="#cite-{key}"' in page
    for ending in ENDINGS:
        assert f'href="{url}cite.{ending}" download' in page


def test_a_citation_names_who_asked_the_permalink_and_the_day_of_access(client):
    make_talk(title="记者会")
    today = timezone.localdate()
    cited = f"王毅. 答路透社记者问[EB/OL]//记者会. (2020-05-24)[{today}]. {SITE}2/."
    assert cited in read(client, f"{URL}2/")


def test_every_exchange_of_a_conference_leads_to_its_own_citation(client):
    make_talk()
    assert f'href="{URL}2/#cite-gbt7714"' in read(client)


def test_what_is_cited_is_never_converted(client):
    make_talk(title="记者会", language="zh-Hans")
    for place in ("", "2/"):
        page = read(client, f"{URL}{place}?script=hant")
        assert '<pre id="cite-gbt7714" class="cited" lang="zh-Hans">' in page
        assert "记者会[EB/OL]" in page or "//记者会." in page
        assert "记者会" in structured(page)["about" if not place else "isPartOf"]["name"]


@pytest.mark.parametrize("language", ["en", "zh-hant"])
def test_what_is_cited_is_the_address_without_a_language(client, language):
    make_talk()
    page = read(client, f"/{language}{URL}2/")
    assert f"{SITE}2/." in page
    assert metas(page, "citation_public_url") == [f"{SITE}2/"]
    assert f"/{language}{URL}2/cite.bib" in page


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(("place", "name"), [("", ""), ("2/", "-2")])
def test_a_citation_comes_as_a_file_with_its_type_and_name(client, ending, place, name):
    make_talk()
    response = client.get(f"{URL}{place}cite.{ending}")
    assert response["Content-Type"] == ENDINGS[ending]
    filename = f'attachment; filename="dawen-2020-05-24{name}.{ending}"'
    assert response["Content-Disposition"] == filename
    assert f"{SITE}{place}" in response.content.decode()


@pytest.mark.parametrize(("url", "queries"), [("cite.bib", 3), ("2/cite.ris", 4)])
def test_a_file_asks_few_questions_of_the_database(client, url, queries, django_assert_num_queries):
    make_talk(count=20)
    with django_assert_num_queries(queries):
        client.get(URL + url)


@pytest.mark.parametrize(("status", "answer"), [("draft", 404), ("withdrawn", 410)])
@pytest.mark.parametrize("place", ["cite.bib", "1/cite.ris", "history/"])
def test_what_is_not_published_is_not_cited(client, status, answer, place):
    make_talk(status=status)
    assert client.get(URL + place).status_code == answer


def test_a_number_never_given_has_no_citation(client):
    make_talk()
    assert client.get(f"{URL}4/cite.bib").status_code == 404
    assert client.get(f"{URL}2/cite.docx").status_code == 404


def test_a_number_that_is_gone_is_cited_as_its_conference(client):
    make_talk().exchanges.get(ref=2).delete()
    response = client.get(f"{URL}2/cite.bib")
    assert (response.status_code, response["Location"]) == (302, f"{URL}cite.bib")


@pytest.mark.parametrize("rest", ["cite.bib", "2/cite.ris", "history/"])
def test_a_renamed_conference_is_still_cited(client, rest):
    conference = make_talk()
    conference.slug = "two-sessions"
    conference.save()
    response = client.get(URL + rest)
    assert response.status_code == 301
    assert response["Location"] == f"/conferences/two-sessions/{rest}"


def test_the_head_tells_reference_managers(client):
    make_talk(title="记者会", source_name="新华社")
    page = read(client)
    assert metas(page, "citation_title") == metas(page, "DC.title") == ["记者会"]
    assert metas(page, "citation_author") == metas(page, "DC.creator") == ["王毅"]
    assert metas(page, "citation_publication_date") == ["2020/05/24"]
    assert metas(page, "z:itemType") == ["webpage"]
    assert metas(page, "og:url") == [SITE]
    page = read(client, f"{URL}2/")
    assert metas(page, "citation_title") == ["答路透社记者问"]
    assert metas(page, "DC.relation") == ["记者会"]
    assert metas(page, "og:description") == ["第2问？"]


def test_search_engines_are_told_of_the_event_and_its_questions(client):
    make_talk(count=2, institution="外交部", venue="蓝厅")
    data = structured(read(client))
    assert data["about"]["organizer"]["name"] == "外交部"
    assert [part["@type"] for part in data["hasPart"]] == ["Question", "Question"]
    assert data["hasPart"][1]["@id"] == f"{SITE}2/"
    data = structured(read(client, f"{URL}2/"))
    assert (data["@type"], data["text"]) == ("Question", "第2问？")
    assert data["author"] == {"@type": "NewsMediaOrganization", "name": "路透社"}
    assert data["acceptedAnswer"][0]["text"] == "第2答。"
    assert data["acceptedAnswer"][0]["author"][0]["name"] == "王毅"
    assert data["isPartOf"]["@id"] == SITE


def test_a_statement_is_a_quotation(client):
    make_answer(make_exchange(make_conference(), ""), "各位好。", speaker=make_speaker())
    data = structured(read(client, f"{URL}1/"))
    assert (data["@type"], data["text"]) == ("Quotation", "各位好。")
    assert "发言[EB/OL]" in read(client, f"{URL}1/")


@pytest.mark.parametrize("url", [URL, f"{URL}1/"])
def test_no_words_of_a_transcript_end_the_data(client, url):
    nasty = "</script><script>alert(1)</script><!--&\u2028"
    make_answer(make_exchange(make_conference(title=nasty), nasty), nasty)
    page = read(client, url)
    assert "<script>" not in page
    assert nasty in json.dumps(structured(page), ensure_ascii=False)
    assert page.count("</script>") == page.count("<script ")


def test_a_question_nobody_answered_is_cited_as_the_asker_s(client):
    make_exchange(make_conference(title="记者会"), outlet=make_outlet(), asked_by="路透社")
    assert "路透社. 路透社记者提问[EB/OL]//记者会." in read(client, f"{URL}1/")


def test_the_host_speaks_where_no_speaker_is_named(client):
    make_conference(title="记者会", institution="外交部")
    assert "外交部. 记者会[EB/OL]." in read(client)
