"""The cast of the archive's tests: plain functions that make rows, with names that recur."""

import datetime as dt
from typing import Any

from archive.models import Answer, Appearance, Conference, Exchange, Outlet, Speaker

THE_DAY = dt.date(2020, 5, 24)


def make_outlet(name: str = "路透社", slug: str = "reuters", **fields: Any) -> Outlet:
    """An outlet that has its name as an alias."""
    outlet = Outlet.objects.create(
        name=name, slug=slug, kind=fields.pop("kind", "agency"), **fields
    )
    outlet.add_alias(name)
    return outlet


def make_speaker(name: str = "王毅", slug: str = "wang-yi", **fields: Any) -> Speaker:
    return Speaker.objects.create(name=name, slug=slug, **fields)


def make_conference(
    *,
    date: dt.date = THE_DAY,
    published: bool = True,
    speaker: Speaker | None = None,
    role: str = "",
    **fields: Any,
) -> Conference:
    """A conference with no exchanges; with `speaker`, who appears there in `role`."""
    fields.setdefault("slug", date.isoformat())
    fields.setdefault("title", f"{date.isoformat()} 记者会")
    fields.setdefault("status", "published" if published else "draft")
    if fields["status"] == "withdrawn":
        fields.setdefault("withdrawn_because", "内容有误")
    conference = Conference.objects.create(date=date, **fields)
    if speaker is not None:
        Appearance.objects.create(conference=conference, speaker=speaker, role=role)
    return conference


def make_exchange(
    conference: Conference, question: str = "中方对此有何评论？", **fields: Any
) -> Exchange:
    """The next exchange of `conference`: a question, or a statement when `question` is empty."""
    number = conference.refs_given + 1
    fields.setdefault("ref", number)
    fields.setdefault("position", number)
    fields.setdefault("kind", "question" if question else "statement")
    conference.refs_given = max(conference.refs_given, fields["ref"])
    conference.save(update_fields=["refs_given"])
    return Exchange.objects.create(conference=conference, question=question, **fields)


def make_answer(exchange: Exchange, text: str = "我们的立场是明确的。", **fields: Any) -> Answer:
    fields.setdefault("position", exchange.answers.count() + 1)
    return Answer.objects.create(exchange=exchange, text=text, **fields)


def make_talk(count: int = 3, **fields: Any) -> Conference:
    """A conference of `count` questions of Reuters, each answered by Wang Yi."""
    speaker = Speaker.objects.filter(slug="wang-yi").first() or make_speaker()
    outlet = Outlet.objects.filter(slug="reuters").first() or make_outlet()
    conference = make_conference(speaker=speaker, role="外交部长", **fields)
    for number in range(1, count + 1):
        exchange = make_exchange(conference, f"第{number}问？", outlet=outlet, asked_by="路透社")
        make_answer(exchange, f"第{number}答。", speaker=speaker)
    return conference
