"""Whatever stands in a transcript, a name or an address: a browser shows it and runs nothing."""

from urllib.parse import quote, urlencode

import pytest
from django.apps import apps
from django.db.models import CharField, TextField, URLField
from django.test import Client
from django.urls import reverse

from archive.editing import publication
from archive.editing.correction_history import record
from archive.editing.interpretation import understand_transcript
from archive.editing.transcript_application import apply
from archive.editing.uploads import receive
from archive.hosts import list_hosts
from archive.models import Conference, ErrorReport, Outlet, Speaker, Transcript
from archive.parsing.corrections.turn_corrections import TranscriptCorrection as Wanted
from search.index import writer
from search.models import EmptySearch, IndexTask
from tests.addresses import PUBLIC, SLUG, WITHDRAWN, address_of, fill, matrix

pytestmark = pytest.mark.browser
# Out of an attribute, a title and a text field; then three ways to run. 7*7: a template's.
PAYLOAD = (
    "\"'></title></textarea><script>ran()</script>"
    "<img src=x onerror=ran()><svg/onload=ran()>{{7*7}}"
)
PARAMETERS = (
    *("q", "in", "outlet", "speaker", "from", "to", "sort", "view", "context", "step", "page"),
    *("script", "letter", "year", "next", "date", "e", "_popup", "_to_field", "o", "p"),
)
NAMED = {"auth", "archive", "auditlog", "search"}  # apps whose rows come from people
# What would have run, or could be made to by a click.
SUSPECT = """() => [
    ...document.querySelectorAll(
        'script:not([src]):not([type="application/ld+json"]):not([type="application/json"])'
        + ', [onerror], [onload], img[src="x"], a[href^="javascript:" i], base, iframe, object'
    )].map(one => one.outerHTML.slice(0, 200))"""


def poison():
    """Write the payload into every text of every row that a person or a file could have written."""
    for model in apps.get_models():
        if model._meta.app_label not in NAMED:
            continue
        for field in model._meta.concrete_fields:
            plain = type(field) in (CharField, TextField) and not field.choices
            if not plain or field.unique or field.name in _KEPT or (field.max_length or 99) < 16:
                continue
            model._default_manager.update(**{field.attname: PAYLOAD[: field.max_length or 999]})
        for field in model._meta.concrete_fields:
            if type(field) is URLField:
                link = f"https://evil.example/{PAYLOAD}"
                model._default_manager.update(**{field.attname: link})


# What the program itself writes, and a charset or a language that a page must have.
_KEPT = {"media_type", "encoding", "sha256", "language", "password", "codename", "model"}


@pytest.fixture
def watched(chromium, transactional_db, server):
    """A page of an archive that is poisoned all over, and a list of what went wrong on it."""
    fill()
    poison()
    writer.rebuild()
    IndexTask.objects.create(conference_id=1)  # the rebuild has done the one there was
    context = chromium.new_context(base_url=server.url, locale="en-GB")
    wrong = []
    context.expose_function("ran", lambda: wrong.append("a script ran"))
    page = context.new_page()
    page.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda sent: sent.url.startswith(server.url) or wrong.append(sent.url))
    yield page, context, wrong
    context.close()


TALK = f"""2020年1月2日{PAYLOAD}

路透社记者：{PAYLOAD}？

王毅：{PAYLOAD}。
{PAYLOAD}又一段。

彭博<img src=x onerror=ran()>记者：{PAYLOAD}第二问？

王毅：{PAYLOAD}第二答。
"""


def work(user):
    """What editors do, with the payload wherever something is written: a conference that was
    corrected and published, another file of it that waits, and one that is new."""
    first = receive(TALK.encode(), f"{PAYLOAD}.txt", user=user).transcript
    turns = understand_transcript(first).turns
    asked, answered = (one.paragraphs for one in turns[:2])
    wanted = [
        (asked[0], "asker", {"outlet": "", "asked_by": PAYLOAD, "reporter": PAYLOAD[:120]}),
        (answered[0], "speaker", {"name": PAYLOAD[:120], "scope": "turn"}),
        (answered[1], "words", {"text": f"{PAYLOAD}\n{PAYLOAD}更正"}),
        (None, "office", {"name": PAYLOAD[:120], "role": PAYLOAD}),
    ]
    abouts = ("title", "headline", "lead", "institution", "venue", "occasion", "source_name")
    wanted += [(None, "about", {"field": name, "value": PAYLOAD}) for name in abouts]
    made = [
        Wanted(kind, at and at.line, at.text if at else "", value) for at, kind, value in wanted
    ]
    record(first, made, seen=0, user=user)
    conference = apply(first, user=user, publish=True, reason=PAYLOAD).conference
    # This one has not the paragraph that was corrected.
    later = TALK.replace(f"{PAYLOAD}又一段。\n", "")
    receive(later.encode(), f"{PAYLOAD}2.txt", user=user)
    receive(TALK.replace("1月2日", "3月4日").encode(), f"{PAYLOAD}3.txt", user=user)
    publication.withdraw(Conference.objects.get(slug="2019-05-24"), user=user, reason=PAYLOAD)
    ErrorReport.objects.create(conference=conference, ref=1, message=PAYLOAD, quote=PAYLOAD)
    EmptySearch.objects.update(folded=PAYLOAD[:100])
    Outlet.objects.create(name=PAYLOAD, slug="ap", kind="agency").add_alias(PAYLOAD)
    return conference


def desk_pages():
    """Every page of every transcript and conference, with every form of the review page open."""
    urls = ["/admin/", "/admin/archive/outlet/unknown/", "/admin/archive/outlet/unknown/?ignored=1"]
    for one in Transcript.objects.defer("content"):
        at = f"/admin/archive/transcript/{one.pk}"
        urls += [f"{at}/{page}" for page in ("review/", "difference/", "change/", "history/")]
        urls += [f"{at}/review/?turn={turn}" for turn in ("about", 0, 1)]
    for one in Conference.objects.all():
        at = f"/admin/archive/conference/{one.pk}"
        pages = ("preview", "publish", "schedule", "withdraw", "change", "history")
        urls += [f"{at}/{page}/" for page in pages]
    for model in (Outlet, Speaker):
        one, other = model.objects.order_by("pk").values_list("pk", "slug")[:2]
        urls.append(f"/admin/archive/{model._meta.model_name}/{one[0]}/merge/?into={other[1]}")
        urls.append(f"/admin/archive/{model._meta.model_name}/{one[0]}/change/")
    return urls


def look(page, wrong, urls):
    """Open each of `urls`; answers what is wrong on it."""
    found = []
    for url in urls:
        answer = page.goto(url)
        if answer.status >= 500:
            found.append(f"{url}: {answer.status}")
        found += [f"{url}: {one}" for one in (*page.evaluate(SUSPECT), *wrong)]
        if "49{" in page.content() or ">49<" in page.inner_text("body"):
            found.append(f"{url}: a template ran")
        wrong.clear()
    return found


def pages(signs):
    return [
        address_of(name, row)
        for name, row, who in matrix()
        if (who == PUBLIC) is (signs == PUBLIC) and who[-1] == "+" and name not in _FILES
    ]


_FILES = {
    *("archive:conference_json", "archive:cite_conference", "archive:cite_exchange"),
    *("archive:original", "archive:version_json", "archive:host"),
    *("search:results_csv", "search:results_json"),
    *("search:suggest", "admin:archive_transcript_download", "staff:code", "admin:logout"),
}


def test_what_would_run_is_seen(watched, policy):
    page, _context, _wrong = watched
    page.goto("/")
    page.evaluate("document.body.innerHTML = '<img src=x onerror=ran()><p style=color:red>'")
    page.wait_for_timeout(200)
    assert len(policy) >= 2
    assert len(page.evaluate(SUSPECT)) == 1
    policy.clear()


def test_no_public_page_runs_what_is_in_the_archive(watched):
    page, _context, wrong = watched
    urls = pages(PUBLIC) + [host.get_absolute_url() for host in list_hosts()]
    words = quote("“script”")
    urls += [f"/search/?q={words}", f"/search/?q={words}&view=kwic", f"/{SLUG}?q={words}"]
    urls += [f"/conferences/{SLUG}/?q={words}", f"/conferences/{SLUG}/?script=hant", "/search/?q=*"]
    assert look(page, wrong, urls) == []
    assert PAYLOAD[:40] in page.inner_text("body")


def test_no_page_of_the_admin_runs_what_is_in_the_archive(watched, admin_user, server):
    page, context, wrong = watched
    log_in(context, admin_user, server)
    assert look(page, wrong, pages("staff")) == []


def test_nothing_that_editors_and_readers_write_runs(watched, admin_user, server):
    page, context, wrong = watched
    conference = work(admin_user)
    at = f"/conferences/{conference.slug}/"
    public = ["", "1/", "2/", "history/", "versions/1/", "1/report/", "1/report/sent/"]
    gone = [f"/conferences/{slug}/" for slug in (WITHDRAWN, "2019-05-24")]
    assert look(page, wrong, [at + one for one in public] + gone) == []
    assert PAYLOAD[:40] in page.inner_text("body")  # the reason
    log_in(context, admin_user, server)
    logs = ("auditlog/logentry", "archive/errorreport", "search/emptysearch", "archive/transcript")
    assert look(page, wrong, desk_pages() + [f"/admin/{log}/" for log in logs]) == []


# Writes into every field of a form and sends it, whatever script or browser have against it.
SEND = """([at, payload]) => {
    const form = document.querySelectorAll("form[method=post]:not(#logout-form)")[at];
    for (const field of form.elements) {
        if (/^(text|textarea|email|url|search)$/.test(field.type)) field.value = payload;
    }
    const button = [...form.elements].find(one => one.type === "submit" && one.name);
    if (button) {
        const hidden = document.createElement("input");
        Object.assign(hidden, {type: "hidden", name: button.name, value: button.value});
        form.append(hidden);
    }
    HTMLFormElement.prototype.submit.call(form);
}"""


def test_no_form_says_back_what_runs(watched, admin_user, server):
    page, context, wrong = watched
    conference = work(admin_user)
    log_in(context, admin_user, server)
    waiting = Transcript.objects.waiting().exclude(conference=None).get().pk
    new = Transcript.objects.waiting().filter(conference=None).last().pk
    draft = Conference.objects.filter(status="draft").get().pk
    found = []
    for url in (
        *(f"/admin/archive/transcript/{new}/review/?turn={turn}" for turn in ("about", 0, 1)),
        f"/admin/archive/transcript/{waiting}/difference/",
        f"/admin/archive/conference/{draft}/schedule/",
        f"/admin/archive/conference/{draft}/publish/",
        f"/admin/archive/conference/{conference.pk}/withdraw/",
        f"/admin/archive/outlet/{Outlet.objects.first().pk}/merge/?into=",
        "/admin/archive/outlet/unknown/",
        "/admin/archive/outlet/add/",
        f"/admin/archive/errorreport/{ErrorReport.objects.first().pk}/change/",
        "/admin/archive/transcript/upload/",
        f"/conferences/{conference.slug}/1/report/",
    ):
        for at in range(4):
            page.goto(url)
            form = page.locator("form[method=post]:not(#logout-form)").nth(at)
            if not form.count():
                break
            with page.expect_navigation():
                page.evaluate(SEND, [at, PAYLOAD])
            found += [f"{url} {at}: {one}" for one in (*page.evaluate(SUSPECT), *wrong)]
            assert "500" not in page.title(), url
            wrong.clear()
    assert Conference.objects.get(pk=draft).is_published  # so forms were sent and taken
    assert found == []
    assert look(page, wrong, ["/admin/", "/admin/auditlog/logentry/", *desk_pages()]) == []


def test_no_parameter_runs(watched):
    page, _context, wrong = watched
    every = urlencode(dict.fromkeys(PARAMETERS, PAYLOAD))
    urls = [f"{url}?{every}" for url in pages(PUBLIC)]
    urls += [f"/search/?q=*&{urlencode({name: PAYLOAD})}" for name in PARAMETERS if name != "q"]
    urls += [f"/{quote(PAYLOAD)}/", f"/outlets/{quote(PAYLOAD)}/", f"/en/{quote(PAYLOAD)}/?q=x"]
    urls += [f"/series/{quote(PAYLOAD.replace('/', ''))}/", f"/admin/login/?{every}"]
    assert look(page, wrong, urls) == []


def test_no_parameter_of_the_admin_runs(watched, admin_user, server):
    page, context, wrong = watched
    log_in(context, admin_user, server)
    every = urlencode(dict.fromkeys(PARAMETERS, PAYLOAD))
    assert look(page, wrong, [f"{url}?{every}" for url in pages("staff")]) == []


def test_an_uploaded_file_runs_nothing(watched, admin_user, server):
    page, context, wrong = watched
    log_in(context, admin_user, server)
    text = (
        f"标题{PAYLOAD}\n\n2020年1月2日\n\n路透社{PAYLOAD}记者：{PAYLOAD}？\n\n王毅：{PAYLOAD}。\n\n"
        f"{PAYLOAD}：{PAYLOAD}\n"
    )
    for name in (f"{PAYLOAD.replace('/', '')}.txt", "a.md", "a.html"):
        page.goto(reverse("admin:archive_transcript_upload"))
        page.set_input_files(
            "input[type=file]",
            {"name": name, "mimeType": "text/plain", "buffer": text.encode()},
        )
        page.locator("#told li:not(.is-sending)").wait_for()  # sent as soon as it is chosen
        assert [*page.evaluate(SUSPECT), *wrong] == []


def log_in(context, user, server):
    client = Client()
    client.force_login(user)
    value = client.cookies["session"].value
    context.add_cookies([{"name": "session", "value": value, "url": server.url}])
