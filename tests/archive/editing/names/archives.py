"""Archives whose names are changed, and what is told of them."""

from django.contrib.auth.models import Group, User

from archive.editing import revisions
from archive.exports.conference_json import conference_as_json
from archive.models import (
    Appearance,
    Conference,
)
from tests.archive.casts import (
    make_answer,
    make_conference,
    make_exchange,
    make_outlet,
    make_speaker,
    make_talk,
)

WHY = "同一家通讯社"


def talks(count, **fields):
    """So many conferences of Reuters and Wang Yi, each with its first version."""
    made = [make_talk(2, slug=f"talk-{number}", **fields) for number in range(count)]
    for one in made:
        if one.is_published:
            revisions.record_revision(one, "published", user=None)
    return made


def account(role):
    user = User.objects.create_user(role, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


def exports():
    return {one.slug: conference_as_json(one) for one in Conference.objects.order_by("pk")}


def newest(conference):
    return conference.revisions.order_by("-number").first()


def assert_versions_are_what_is_shown():
    for one in Conference.objects.published():
        assert newest(one).content == conference_as_json(one), one


def archive_of_two():
    """Two outlets and two speakers, each with conferences of its own and one of both."""
    outlets = make_outlet(), make_outlet("法新社", "afp", name_en="AFP")
    outlets[1].add_alias("法国新闻社")
    speakers = make_speaker(), make_speaker("毛宁", "mao-ning", name_en="Mao Ning")
    speakers[1].aliases.create(name="毛发言人")
    for slug, who in (("a", [0]), ("b", [1]), ("ab", [0, 1])):
        talk = make_conference(slug=slug)
        for at in who:
            Appearance.objects.create(
                conference=talk, speaker=speakers[at], role="外长" if at else ""
            )
            exchange = make_exchange(
                talk, f"{slug}{at}？", outlet=outlets[at], asked_by=outlets[at].name
            )
            make_answer(exchange, f"{slug}{at}。", speaker=speakers[at])
        revisions.record_revision(talk, "published", user=None)
    return outlets, speakers
