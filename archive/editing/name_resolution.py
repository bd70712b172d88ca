"""From the names a transcript prints to the rows they stand for. Reads the database."""

import re
from collections.abc import Iterable, Sequence

from django.db import IntegrityError
from django.db.models import F, Q, QuerySet
from django.utils.text import slugify

from archive.editing.public_change import public_change
from archive.models import Conference, MovedAddress, Outlet, OutletAlias, Speaker, SpeakerAlias
from archive.models.base import SLUG_TRIES
from archive.models.outlets import fold_alias
from archive.parsing.records import ParsedExchange
from archive.text.romanisation import romanise

# Countries as they stand before an outlet's own name: 日本共同社, 英国《泰晤士报》.
_COUNTRIES = re.compile(
    r"^(?:美国|英国|法国|德国|俄罗斯|日本|韩国|朝鲜|印度|巴基斯坦|西班牙|葡萄牙|意大利|荷兰|比利时"
    r"|瑞士|奥地利|瑞典|挪威|丹麦|芬兰|波兰|捷克|匈牙利|希腊|土耳其|乌克兰|白俄罗斯|哈萨克斯坦"
    r"|加拿大|墨西哥|古巴|巴西|阿根廷|智利|委内瑞拉|澳大利亚|新西兰|新加坡|马来西亚|印度尼西亚|印尼"
    r"|泰国|越南|菲律宾|缅甸|柬埔寨|老挝|蒙古|伊朗|伊拉克|以色列|埃及|沙特|卡塔尔|阿联酋|南非"
    r"|尼日利亚|肯尼亚|拉美|欧洲|香港|澳门|台湾)(?=.)"
)


def outlets_named(labels: Iterable[str]) -> dict[str, Outlet | None]:
    """The outlet that is printed as each label, with or without its country; None where it is not
    known. One query."""
    names = {label: folds_of(label) for label in labels}
    folded = {one for pair in names.values() for one in pair} - {""}
    if not folded:
        return dict.fromkeys(names)
    aliases = OutletAlias.objects.filter(folded__in=folded).select_related("outlet")
    known = {alias.folded: alias.outlet for alias in aliases}
    return {label: known.get(whole) or known.get(bare) for label, (whole, bare) in names.items()}


def folds_of(label: str) -> tuple[str, str]:
    """What a label is looked up as: whole, and without the country before it (日本共同社)."""
    return fold_alias(label), fold_alias(_COUNTRIES.sub("", label))


def outlets_of(exchanges: Sequence[ParsedExchange]) -> list[Outlet | None]:
    """The outlet of each exchange: the one an editor chose, else the one its label names.

    One query; two more where editors chose any.
    """
    by_label = outlets_named({one.asked_by for one in exchanges if one.asked_by})
    by_slug = _outlets_of_slugs({one.outlet_slug for one in exchanges if one.outlet_slug})
    return [by_slug.get(one.outlet_slug) or by_label.get(one.asked_by) for one in exchanges]


def _outlets_of_slugs(slugs: set[str]) -> dict[str, Outlet]:
    """Outlets by slug, also by one that they had before. Two queries, none without slugs."""
    if not slugs:
        return {}
    moves = MovedAddress.objects.filter(kind=MovedAddress.Kind.OUTLET, old_slug__in=slugs)
    now = dict.fromkeys(slugs, "") | dict(moves.values_list("old_slug", "new_slug"))
    found = {one.slug: one for one in Outlet.objects.filter(slug__in=slugs.union(now.values()))}
    current = {slug: found.get(slug) or found.get(now[slug]) for slug in slugs}
    return {slug: outlet for slug, outlet in current.items() if outlet is not None}


def speaker_named(name: str, conference: Conference | None = None) -> Speaker:
    """The speaker of that name, made when new.

    What a name means at a conference counts most, then an own name, then another's alias.
    """
    for _try in range(SLUG_TRIES):
        found = _known_speaker(name, conference)
        if found is not None:
            return found
        try:
            with public_change():
                return Speaker.objects.create(name=name, slug=Speaker.free_slug(_slug_of(name)))
        except IntegrityError as error:
            # Somebody took the slug just now: for the same speaker, or one whose name sounds alike.
            taken = error
    raise taken


def in_one_order(names: Iterable[str]) -> list[str]:
    """Names of speakers in the order in which everybody makes them, or two transactions that make
    the same ones would wait for each other: slugs are what they wait for.
    """
    return sorted(names, key=lambda name: (_slug_of(name), name))


def _known_speaker(name: str, conference: Conference | None) -> Speaker | None:
    """Two queries, or three."""
    aliases = SpeakerAlias.objects.filter(name=name).select_related("speaker")
    alias = next(iter(_here_first(aliases, conference.pk if conference else None)), None)
    if alias is not None and alias.conference_id is not None:
        return alias.speaker
    own = Speaker.objects.filter(name=name).first()
    return own or (alias.speaker if alias else None)


def _here_first(
    aliases: "QuerySet[SpeakerAlias]", conference: int | None
) -> "QuerySet[SpeakerAlias]":
    """Those of a conference before those that hold everywhere; none of other conferences."""
    here = Q(conference=conference) if conference else Q(pk__in=[])
    return aliases.filter(here | Q(conference=None)).order_by(F("conference").asc(nulls_last=True))


def known_names(names: Iterable[str], conference: int | None) -> dict[str, str]:
    """How the rows of a conference call whom a file calls by each name, where that differs.

    As speaker_named() finds them. Two queries.
    """
    wanted = set(names)
    own = set(Speaker.objects.filter(name__in=wanted).values_list("name", flat=True))
    aliases = SpeakerAlias.objects.filter(name__in=wanted).select_related("speaker")
    found: dict[str, str] = {}
    for alias in _here_first(aliases, conference):
        if alias.conference_id is not None or alias.name not in own:
            found.setdefault(alias.name, alias.speaker.name)
    return found


def _slug_of(name: str) -> str:
    return slugify(romanise(name, is_person=True)) or "speaker"
