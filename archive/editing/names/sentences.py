"""Sentences about changes of names, for readers and for editors, in the language of the page."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from archive.models import MovedAddress, NameChange

_OUTLET, _SPEAKER = MovedAddress.Kind.OUTLET, MovedAddress.Kind.SPEAKER


def sentences_of(change: NameChange) -> list[str]:
    """What a change of a name says, a sentence each. No query."""
    match change.kind:
        case NameChange.Kind.MERGED:
            return [_merged(change)]
        case NameChange.Kind.TAKEN_BACK:
            return [_taken_back(change)]
    return list(_renamed(change))


def _merged(change: NameChange) -> str:
    said = {
        _OUTLET: _("The outlet “%(one)s” is “%(into)s” now."),
        _SPEAKER: _("The speaker “%(one)s” is “%(into)s” now."),
    }
    named = {"one": change.before["name"], "into": change.after["name"]}
    return said[MovedAddress.Kind(change.named)] % named


def _taken_back(change: NameChange) -> str:
    said = {
        _OUTLET: _("“%(one)s” and “%(into)s” are two outlets again."),
        _SPEAKER: _("“%(one)s” and “%(into)s” are two speakers again."),
    }
    named = {"one": change.after["name"], "into": change.before["name"]}
    return said[MovedAddress.Kind(change.named)] % named


def _renamed(change: NameChange) -> Iterator[str]:
    before, after = change.before, change.after
    if change.named == MovedAddress.Kind.CONFERENCE:
        said = _("The address of the conference is “%(after)s” now; it was “%(before)s”.")
        yield said % {"before": before["slug"], "after": after["slug"]}
        return
    if before["name"] != after["name"]:
        is_outlet = change.named == _OUTLET
        said = (
            _("The outlet “%(before)s” is called “%(after)s” now.")
            if is_outlet
            else _("The speaker “%(before)s” is called “%(after)s” now.")
        )
        yield said % {"before": before["name"], "after": after["name"]}
    if before["name_en"] != after["name_en"]:
        said = _("The English name of “%(name)s” is “%(after)s” now; it was “%(before)s”.")
        texts = {"before": before["name_en"] or "–", "after": after["name_en"] or "–"}
        yield said % (texts | {"name": after["name"]})
    if before["slug"] != after["slug"]:
        said = _("The address of “%(name)s” is “%(after)s” now; it was “%(before)s”.")
        yield said % {"name": after["name"], "before": before["slug"], "after": after["slug"]}
    yield from _aliases(change)


def _aliases(change: NameChange) -> Iterator[str]:
    before, after = (set(one.get("names", ())) for one in (change.before, change.after))
    named = {"name": change.after["name"]}
    for label in sorted(after - before):
        yield _("“%(label)s” is a name of “%(name)s” now.") % (named | {"label": label})
    for label in sorted(before - after):
        yield _("“%(label)s” is no name of “%(name)s” any more.") % (named | {"label": label})
    if change.named == _OUTLET and before == after and change.before == change.after:
        said = _("Questions that print a name of “%(name)s” are its questions now.")
        yield said % named
