"""An archive that an earlier version made is brought up to this one, and nothing of it is lost."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connections

from tests.faults.homes import drop, make_bare_home
from tests.upgrade.addresses import MOVED
from tests.upgrade.facts import words
from tests.upgrade.old_archives import FOLDERS, OldArchive, unpack

CLEAN = "Everything is as it was saved."
PERMANENT = (301, 308)
ANOTHER = "another version of the program"
ANEW = "The index was made anew"


@dataclass(frozen=True)
class BroughtUp:
    """An old archive after `migrate` and `index`, and what is said of it then."""

    archive: OldArchive
    old_index: dict[str, Any]  # what it was made with
    indexed: dict[str, Any]  # what `index` said, and its code
    verified: dict[str, Any]
    facts: dict[str, Any]
    answers: list[dict[str, Any]]  # of every address: as it was then, and now
    files_that_open: int


@pytest.fixture(scope="module", params=FOLDERS, ids=lambda folder: folder.name)
def upgraded(request, tmp_path_factory, django_db_blocker):
    with django_db_blocker.unblock():
        archive = unpack(request.param, tmp_path_factory.mktemp("upgrade") / "data")
        old_index = archive.index_made_with()
        _migrated, *told = archive.does(
            *("migrate -v0", "index -v0", "verify_archive --all -v0", "facts"),
            *(f"addresses '{archive.addresses}'", "files_that_open"),
        )
        yield BroughtUp(archive, old_index, *told)
        drop(archive.home)


def test_everything_is_what_it_was(upgraded):
    _assert_same(upgraded.facts, upgraded.archive.facts)


def _assert_same(now, then):
    for what, told in then.items():
        assert now[what] == told, what


def test_verification_finds_no_difference(upgraded):
    assert upgraded.verified["code"] == 0
    assert CLEAN in upgraded.verified["said"]


@dataclass(frozen=True)
class Remade:
    """What was said of an index of another format, in whose files nobody can read."""

    asked: dict[str, Any]
    indexed: dict[str, Any]
    verified: dict[str, Any]
    new_index: dict[str, Any]


@pytest.fixture(scope="module")
def remade(upgraded):
    marker = upgraded.archive.marker
    told = json.loads(marker.read_text(encoding="utf-8")) | {"format": 0}
    for path in marker.parent.iterdir():
        path.write_bytes(b"a class that is called otherwise today")
    marker.write_text(json.dumps(told), encoding="utf-8")
    said = upgraded.archive.does("search 合作", "index -v0", "verify_archive --all -v0")
    return Remade(*said, upgraded.archive.index_made_with())


def test_an_index_of_another_format_is_never_opened(remade):
    for one in (remade.asked, remade.indexed):
        assert ANOTHER in one["said"]
        assert "damaged" not in one["said"]
    assert (remade.asked["code"], remade.indexed["code"]) == (1, 0)
    assert ANEW in remade.indexed["said"]
    assert CLEAN in remade.verified["said"]


def test_the_old_index_is_used_on_or_known_for_another(upgraded, remade):
    """Which of them, its marker decides, and nothing that is found on opening it."""
    said = upgraded.indexed["said"]
    if upgraded.old_index == remade.new_index:
        assert said == "1 conferences brought up to date.\n"  # the one in its queue
    else:
        assert ANOTHER in said
        assert ANEW in said
    assert "damaged" not in said


def test_every_public_address_answers_or_leads_to_one_that_does(upgraded):
    assert len(upgraded.answers) > 900
    wrong = [
        f"{one['address']}: {one['then']} then, {one['now']} now, {one['end']} in the end"
        for one in upgraded.answers
        if not _answers(one["then"], one["now"], one["end"])
    ]
    assert not wrong, "\n".join(wrong)


def _answers(then: int, now: int, end: int) -> bool:
    """Whether an address that answered with the status `then` may do so with `now`, and `end`
    where that leads."""
    if then in (404, 410):  # of a draft nothing is public; what was withdrawn stays so
        return now == then
    if then in MOVED:
        return now in MOVED and end == 200
    return then == 200 and (now == 200 or (now in PERMANENT and end == 200))


def test_originals_and_versions_are_the_same_bytes(upgraded):
    then = upgraded.archive.facts
    now = {one["address"]: one["sha256"] for one in upgraded.answers if one["end"] == 200}
    files = {
        f"/conferences/{one['conference']}/original/{sha256[:16]}/": sha256
        for sha256, one in then["files"].items()
    }
    versions = {
        f"/conferences/{slug}/versions/{number}.json": told["sha256"]
        for slug, one in then["conferences"].items()
        for number, told in one["revisions"].items()
    }
    for kept in (files, versions):
        public = kept.keys() & now.keys()
        assert len(public) > 15
        assert {address: now[address] for address in public} == {
            address: kept[address] for address in public
        }


def test_every_number_has_its_words(upgraded):
    """What a citation names: a conference, and an exchange by its number."""
    exported = {one["address"]: one["text"] for one in upgraded.answers if one["text"]}
    told = upgraded.archive.facts["conferences"]
    public = [slug for slug, one in told.items() if one["status"] == "published"]
    assert len(public) > 10
    for slug in public:
        data = json.loads(exported[f"/conferences/{slug}.json"])
        now = {str(one["ref"]): words(one["topic"], one["question"]) for one in data["exchanges"]}
        then = {ref: one["words"] for ref, one in told[slug]["exchanges"].items()}
        assert now == then, slug


def test_editors_log_in_as_before_and_can_open_every_file(upgraded):
    assert upgraded.files_that_open == len(upgraded.archive.facts["files"])


@pytest.mark.skipif(
    connections["default"].vendor != "sqlite",
    reason="what pg_dump packs is for one version of PostgreSQL; here its statements are loaded",
)
def test_an_old_backup_is_restored(upgraded, tmp_path, django_db_blocker):
    with django_db_blocker.unblock():
        home = make_bare_home(tmp_path / "restored")
    restored = OldArchive(home, upgraded.archive.folder)
    backup = upgraded.archive.home.folder / "backup"
    said, facts = restored.does(f"restore '{backup}' -v0", "facts")
    assert said["code"] == 0
    assert "compared and indexed" in said["said"]
    _assert_same(facts, upgraded.archive.facts)
