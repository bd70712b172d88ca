"""Every public address of an archive, and what it answers.

A line of the list is an address with the status it gave when the archive was made, and where that
led elsewhere, where to. Addresses that were public answer for ever, so lines are only ever added.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.test import Client
from django.urls import reverse

HOST = "localhost"
_ENDINGS = ("bib", "ris", "json")
_LANGUAGES = ("/zh-hans", "/zh-hant", "/en")
_LINK = re.compile(r'href="((?:/[^"#?]*)?\?[^"#]+)')
MOVED = (301, 302, 307, 308)
# What people ask, with everything that narrows and shows it otherwise.
_SEARCHES = (
    "",
    "q=合作",
    "q=“命运共同体”",
    "q=疫情+-病毒&sort=newest",
    "q=合作&view=kwic&context=after",
    "q=合作&in=question&outlet=reuters",
    "q=合作&outlet=reuters-twice&speaker=wang-yi&from=2020-01-01&to=2020-12-31",
    "q=speaker:王毅+合作&sort=oldest&step=month&page=2",
    "q=NEAR/5(中国,世界)",
    "q=查无此语",
)


class Answer(NamedTuple):
    """`status` of an address and, where it leads elsewhere, `to`; status and content at the end."""

    status: int
    to: str
    end: int
    content: bytes


def listed() -> list[str]:
    """All of them, each once, in an order that stays."""
    found = [*_everywhere(), *_conferences(), *_names(), *_moved(), *_searches()]
    found += linked(found)
    found += [f"{one}{address}" for one in _LANGUAGES for address in one_of_each(found)]
    return sorted(set(found))


def _to(name: str, *arguments: Any) -> str:
    return reverse(f"archive:{name}", args=arguments)


def _everywhere() -> Iterator[str]:
    from archive.hosts import list_hosts
    from archive.models import Conference

    yield from ("/healthz", "/readyz", "/admin/", "/admin/login/")
    for name in ("home", "conference_list", "host_list", "outlet_list", "speaker_list"):
        yield _to(name)
    for one in list_hosts():
        yield one.get_absolute_url()
        yield from (_to("host", name) for name in one.names)
    for year, month, day in {
        (d.year, d.month, d.day)
        for d in Conference.objects.ever_public().values_list("date", flat=True)
    }:
        yield from (_to("year", year), _to("month", year, month), _to("day", year, month, day))


def _conferences() -> Iterator[str]:
    from archive.models import Conference

    for one in Conference.objects.all():
        yield from _of_conference(one.slug, one)


def _of_conference(slug: str, one: Any) -> Iterator[str]:
    """Those of a conference that is called `slug`, or once was. Of a draft none is public."""
    for name in ("conference", "conference_json", "history"):
        yield _to(name, slug)
    yield from (_to("cite_conference", slug, ending) for ending in _ENDINGS)
    for ref in range(1, one.refs_given + 1):
        yield from (_to(name, slug, ref) for name in ("exchange", "report", "report_sent"))
        yield from (_to("cite_exchange", slug, ref, ending) for ending in _ENDINGS)
    for sha256 in one.transcripts.values_list("sha256", flat=True):
        yield from (_to(name, slug, sha256[:16]) for name in ("history", "original"))
    for number in one.revisions.values_list("number", flat=True):
        yield from (_to(name, slug, number) for name in ("version", "version_json"))


def _names() -> Iterator[str]:
    from archive.models import Outlet, Speaker

    yield from (one.get_absolute_url() for one in Outlet.objects.all())
    yield from (one.get_absolute_url() for one in Speaker.objects.all())


def _moved() -> Iterator[str]:
    from archive.models import Conference, MovedAddress

    for one in MovedAddress.objects.all():
        if one.kind == "conference":
            yield from _of_conference(one.old_slug, Conference.objects.get(slug=one.new_slug))
        else:
            yield _to(one.kind, one.old_slug)


def _searches() -> Iterator[str]:
    for query in _SEARCHES:
        yield f"/search/?{query}".rstrip("?")
        yield from (f"/search/results.{ending}?{query}" for ending in ("csv", "json"))
    yield from (f"/search/suggest?q={q}" for q in ("王", "rout", "合"))


def one_of_each(addresses: Iterable[str]) -> list[str]:
    """One address of each shape: a language before it changes nothing but words."""
    shapes: dict[str, str] = {}
    for address in addresses:
        path, _, query = address.partition("?")
        shape = re.sub(r"/[^/]*\d[^/.]*|(?<=s/)[^/]+(?=/$)", "/_", path)
        shapes.setdefault(f"{shape}?{query.split('=')[0]}", address)
    return list(shapes.values())


def linked(addresses: Iterable[str]) -> list[str]:
    """What these lead to with a query string, one of each shape; searches have no end."""
    browser, found = reader(), set()
    for address in addresses:
        answer: Any = browser.get(address)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            for link in _LINK.findall(answer.content.decode()):
                whole = link if link.startswith("/") else address.split("?")[0] + link
                found.add(whole.replace("&amp;", "&"))
    kept = sorted(one for one in found if not re.search(r"/(search|admin|static)/", one))
    return one_of_each(kept)


def reader() -> Client:
    return Client(SERVER_NAME=HOST, raise_request_exception=False)


def ask(browser: Client, address: str) -> Answer:
    """What an address answers: its status and where it leads, and what is said there."""
    answer: Any = browser.get(address)
    status, to = answer.status_code, answer.get("Location", "")
    for _step in range(5):
        if answer.status_code not in MOVED:
            break
        answer = browser.get(answer["Location"])
    return Answer(status, to, answer.status_code, answer.content)


def written(answers: Iterable[tuple[str, Answer]]) -> str:
    """The list, a line for each address."""
    return "".join(f"{one.status} {address} {one.to}".rstrip() + "\n" for address, one in answers)


def broken(answers: Iterable[tuple[str, Answer]]) -> list[str]:
    """Those that lead to nothing, or answer nothing that an address may."""
    return [
        address
        for address, one in answers
        if one.end != (200 if one.status in MOVED else one.status)
        or one.status not in (200, 404, 410, *MOVED)
    ]


def read(path: Path) -> Iterator[tuple[int, str]]:
    """The status and the address of each line of the list."""
    for line in path.read_text(encoding="utf-8").splitlines():
        status, address = line.split(" ")[:2]
        yield int(status), address


def _told(then: int, address: str, now: Answer) -> dict[str, Any]:
    exported = now.end == 200 and re.fullmatch(r"/conferences/[^/]+\.json", address)
    return {
        "then": then,
        "address": address,
        "now": now.status,
        "to": now.to,
        "end": now.end,
        "sha256": hashlib.sha256(now.content).hexdigest(),
        "text": now.content.decode() if exported else "",
    }


def answers(listed: str) -> list[dict[str, Any]]:
    """What each address of the list in the file `listed` answered then, and what it does now."""
    browser = reader()
    return [_told(status, one, ask(browser, one)) for status, one in read(Path(listed))]
