"""Using the review page as an editor does: open a form, change fields, press a button."""

from archive.models import Transcript

TALK = """2024年3月5日外交部发言人毛宁主持例行记者会

路透社记者：第一个问题？

毛宁：第一段回答。
第二段回答。

彭博新闻社记者：第二个问题？

毛宁：又一个回答。
"""


def url_of(transcript: Transcript) -> str:
    return f"/admin/archive/transcript/{transcript.pk}/review/"


def see(client, transcript, query: str = ""):
    return client.get(url_of(transcript) + query, headers={"accept-language": "en"})


def page_of(response) -> str:
    return response.content.decode()


def send(client, transcript, turn, do: str = "save", seen: int | None = None, **changed):
    """Open a form, change fields of it and press a button."""
    response = see(client, transcript, f"?turn={turn}")
    form = response.context["opened"].form
    values = {field.name: field.value() for field in form}
    data = {name: value for name, value in values.items() if value not in (None, False)}
    data |= {"turn": turn, "do": do, "seen": response.context["seen"] if seen is None else seen}
    data = {name: value for name, value in (data | changed).items() if value is not None}
    return client.post(url_of(transcript), data, follow=True, headers={"accept-language": "en"})


def turns(client, transcript):
    """(kind, who, words) of every turn as the page shows it."""
    rows = see(client, transcript).context["sheet"].rows
    return [(row.turn.kind, row.who, row.turn.text) for row in rows]


def said(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def parsed(client, transcript):
    return see(client, transcript).context["sheet"].parsed
