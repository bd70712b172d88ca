"""What an archive holds, told so that two of them can be compared.

The program that made an archive has told it once, into facts.json, and that is never written again.
Where a model is renamed later on, this file follows.
"""

import hashlib
import json
from typing import Any

Json = dict[str, Any]


def facts() -> Json:
    """Everything that must survive, by what never changes: addresses, numbers, checksums."""
    return {
        "conferences": _conferences(),
        "files": _files(),
        "outlets": _named("Outlet"),
        "speakers": _named("Speaker"),
        "moved": _moved(),
        "labels that are no outlets": _ignored(),
        "reports": _reports(),
        "accounts": _accounts(),
        "searches that found nothing": _searches(),
        "recorded changes": _recorded(),
    }


def _models() -> Any:
    from archive import models

    return models


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def words(*texts: Any) -> str:
    """Enough of a checksum to notice that a text is another one."""
    return _sha256(json.dumps(texts, ensure_ascii=False).encode())[:16]


def _conferences() -> Json:
    found = {}
    for one in _models().Conference.objects.all():
        told = ("title", "headline", "lead", "institution", "venue", "occasion", "language")
        found[one.slug] = {
            "date": one.date.isoformat(),
            "status": one.status,
            "publish_at": one.publish_at.isoformat() if one.publish_at else None,
            "withdrawn_because": one.withdrawn_because,
            "address": one.get_absolute_url(),
            "said of it": words(*(getattr(one, name) for name in told)),
            "there": [[a.speaker.slug, a.role] for a in one.appearances.order_by("pk")],
            "refs_given": one.refs_given,
            "exchanges": {str(e.ref): _exchange(e) for e in one.exchanges.all()},
            "revisions": {str(r.number): _revision(r) for r in one.revisions.all()},
        }
    return found


def _exchange(one: Any) -> Json:
    answers = [
        [a.role, a.label, a.speaker.slug if a.speaker else None, words(a.text)]
        for a in one.answers.order_by("position")
    ]
    return {
        "address": one.get_absolute_url(),
        "position": one.position,
        "kind": one.kind,
        "asked": [one.outlet.slug if one.outlet else None, one.asked_by, one.reporter],
        "follows": one.follows.ref if one.follows else None,
        "words": words(one.topic, one.question),
        "answers": answers,
    }


def _revision(one: Any) -> Json:
    return {
        "event": one.event,
        "sha256": one.sha256,
        "sha256 of its bytes": _sha256(one.content),
        "file": one.transcript.sha256,
        "corrections": one.corrections,
        "reason": one.reason,
        "made_by": one.made_by.username if one.made_by else None,
    }


def _files() -> Json:
    found = {}
    for one in _models().Transcript.objects.select_related("conference", "supersedes"):
        found[one.sha256] = {
            "filename": one.filename,
            "size": one.size,
            "sha256 of its bytes": _sha256(bytes(one.content)),
            "conference": one.conference.slug if one.conference else None,
            "applied": one.applied_at is not None,
            "supersedes": one.supersedes.sha256 if one.supersedes else None,
            "given": [one.convention_given, str(one.date_given)],
            "uploaded_by": one.uploaded_by.username if one.uploaded_by else None,
            "corrections": [_correction(c) for c in one.corrections.order_by("number")],
        }
    return found


def _correction(one: Any) -> list[Any]:
    by = one.made_by.username if one.made_by else None
    return [one.number, one.kind, one.line, words(one.text), one.value, one.fits, by]


def _named(model: str) -> Json:
    rows = getattr(_models(), model).objects.prefetch_related("aliases")
    return {
        one.slug: {
            "name": one.name,
            "name_en": one.name_en,
            "address": one.get_absolute_url(),
            "aliases": sorted(alias.name for alias in one.aliases.all()),
        }
        for one in rows
    }


def _moved() -> list[list[str]]:
    rows = _models().MovedAddress.objects.values_list("kind", "old_slug", "new_slug")
    return sorted(map(list, rows))


def _ignored() -> list[str]:
    return sorted(_models().IgnoredLabel.objects.values_list("name", flat=True))


def _reports() -> list[list[Any]]:
    rows = _models().ErrorReport.objects.select_related("conference", "handled_by")
    return sorted(
        [
            *(one.conference.slug, one.ref, one.message, one.quote, one.contact, one.state),
            *(one.note, one.handled_by.username if one.handled_by else ""),
        ]
        for one in rows
    )


def _accounts() -> Json:
    from django.contrib.auth.models import User
    from django_otp.plugins.otp_totp.models import TOTPDevice

    return {
        one.username: {
            "staff": one.is_staff,
            "superuser": one.is_superuser,
            "groups": sorted(group.name for group in one.groups.all()),
            "password": words(one.password),
            "keys": [d.key for d in TOTPDevice.objects.filter(user=one, confirmed=True)],
        }
        for one in User.objects.all()
    }


def _searches() -> Json:
    from search.models import EmptySearch

    return dict(EmptySearch.objects.values_list("folded", "count"))


def _recorded() -> Json:
    """Who did how many things. What is upgraded or restored adds nothing in anybody's name."""
    from auditlog.models import LogEntry
    from django.contrib.admin.models import LogEntry as AdminEntry
    from django.db.models import Count

    told = LogEntry.objects.exclude(actor=None).values_list("actor__username")
    history = AdminEntry.objects.values_list("user__username")
    return {
        "changes": dict(told.order_by("actor__username").annotate(Count("pk"))),
        "history": dict(history.order_by("user__username").annotate(Count("pk"))),
    }
