"""An editor at the desk: opens pages, fills in forms and presses buttons, as a browser does."""

import datetime as dt
import io
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.test import Client
from lxml import html

HOST = "localhost"


class Clock:
    """The time of the story: twenty minutes for each chapter, a millisecond for each look at it."""

    def __init__(self) -> None:
        self._began = dt.datetime(2026, 11, 24, 8, 0, tzinfo=dt.UTC)
        self._chapters = self._looks = 0

    def turn(self) -> None:
        self._chapters, self._looks = self._chapters + 1, 0

    def __call__(self) -> dt.datetime:
        self._looks += 1
        return self._began + dt.timedelta(minutes=20 * self._chapters, milliseconds=self._looks)


class Editor:
    """Somebody with an account, logged in."""

    def __init__(self, name: str, password: str) -> None:
        self._browser = Client(SERVER_NAME=HOST, headers={"accept-language": "en"})
        self.send("/admin/login/?next=/admin/", holds("username"), username=name, password=password)

    def send(self, address: str, holding: str, press: str = "", **filled: Any) -> Any:
        """Open a page, change fields of its form that has `holding`, and press a button of it.

        Fields and the button are named as in HTML; a button with a value as `do=save`. Answers
        the page that follows.
        """
        page = self.open(address)
        form = next(form for form in page.forms if form.xpath(holding))
        data: dict[str, list[Any]] = {}
        for name, value in form.form_values():
            data.setdefault(name, []).append(value)
        name, _, value = press.partition("=")
        if press and not form.xpath(holds(name, value)):
            raise LookupError(f"{address} has no button {press}")
        # Two underscores stand for a dash, which no name of Python has.
        changed = {key.replace("__", "-"): value for key, value in filled.items()}
        data |= {key: value for key, value in changed.items() if value is not None}
        data |= {name: value or "1"} if press else {}
        answer = self._browser.post(form.get("action") or address, data, follow=True)
        return self._looked_at(address, answer)

    def open(self, address: str) -> Any:
        return self._looked_at(address, self._browser.get(address, follow=True))

    def _looked_at(self, address: str, answer: Any) -> Any:
        page = html.fromstring(answer.content.decode())
        # What a template holds is on the page when a script has put it there: here none runs.
        for unseen in page.xpath("//template"):
            unseen.drop_tree()
        wrong = page.xpath("//*[contains(@class, 'errorlist') or contains(@class, 'errornote')]")
        wrong += page.xpath("//ul[@class='messagelist']/li[contains(@class, 'error')]")
        if answer.status_code != 200 or wrong:
            told = [one.text_content().strip() for one in wrong]
            raise RuntimeError(f"{address}: {answer.status_code} {told}")
        return page


def holds(name: str, value: str = "") -> str:
    """An XPath for a field or a button of that name."""
    also = f" and @value='{value}'" if value else ""
    return f".//*[@name='{name}'{also}]"


def ingest(path: Path, **options: Any) -> None:
    call_command("ingest", path, stdout=io.StringIO(), **options)


def key_of(model: str, slug: str) -> int:
    from django.apps import apps

    return apps.get_model("archive", model)._default_manager.get(slug=slug).pk


def review_of(slug: str) -> str:
    """The page on which the file of a conference is corrected."""
    from archive.models import Transcript

    current = Transcript.objects.current().get(conference__slug=slug)
    return f"/admin/archive/transcript/{current.pk}/review/"


def turn_that_says(editor: Editor, page: str, words: str) -> str:
    """The number of the first turn on a review page that has these words."""
    turns = editor.open(page).xpath("//article[@data-turn]")
    return next(one.get("data-turn") for one in turns if words in one.text_content())


def corrections_of(slug: str, kind: str) -> list[int]:
    """The numbers of the corrections of one kind in the file of a conference."""
    from archive.models import Transcript

    current = Transcript.objects.current().get(conference__slug=slug)
    rows = current.corrections.filter(kind=kind).order_by("number")
    return list(rows.values_list("number", flat=True))
