"""What happened in the archive that is kept: everything an archive goes through in its life.

Told as readers and editors do it, by commands and pages, so that it can be told to any version of
the program whose pages have these fields. Sources are the seed transcript and the golden ones.
"""

import io
import json
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from tests.upgrade.desk import (
    HOST,
    Clock,
    Editor,
    corrections_of,
    holds,
    ingest,
    key_of,
    review_of,
    turn_that_says,
)

# Of nobody and of nothing else: these stand in the repository.
PASSWORD = "a password of nobody, thrown away"  # noqa: S105
KEY = "0123456789abcdef0123456789abcdef01234567"  # of the second step, in hexadecimal
PUBLISHED = (
    *("big5.txt", "capitals.txt", "gbk.txt", "japanese.txt", "korean.txt", "named-reporters.txt"),
    *("one-character.txt", "presidential.txt", "question-answer-bold.html", "reporter-label.txt"),
    *("sayit.an.xml", "spoken-question.txt", "utf-16.txt"),
)
WITHDRAWN, BACK_AGAIN = "2017-05-03", "2019-02-21"
RENAMED, ITS_NEW_SLUG = "2022-08-15", "department-briefing"
SCHEDULED = "2022-03-09"
TALK = "2023-06-21"


class Story:
    """An archive from its first day on. `sources` is a checkout, `scratch` a folder to write in."""

    def __init__(self, sources: Path, scratch: Path, clock: Clock) -> None:
        self.golden = sources / "tests" / "golden" / "transcripts"
        self.seed = sources / "fixtures" / "transcripts" / "wang-yi-npc-press-conference.txt"
        self.outlets = sources / "fixtures" / "outlets.json"
        self.scratch = scratch
        self.clock = clock

    def tell(self) -> None:
        chapters = (
            *(self.begin, self.load, self.find_editors, self.correct_a_file, self.review),
            *(self.undo, self.supersede, self.upload, self.resolve_names, self.merge),
            *(self.rename, self.publish, self.report, self.secure),
        )
        for chapter in chapters:
            self.clock.turn()
            chapter()

    def begin(self) -> None:
        """Tables, and those of the outlets that any of the sources speaks of."""
        call_command("migrate", verbosity=0)
        files = [self.seed, *self.golden.iterdir()]
        text = "".join(path.read_bytes().decode("utf-8", "ignore") for path in files)
        entries = json.loads(self.outlets.read_text(encoding="utf-8"))
        known = [e for e in entries if any(n and n in text for n in (e["name"], *e["aliases"]))]
        self._load_outlets([*known, *BESIDE])

    def _load_outlets(self, entries: list[dict[str, Any]]) -> None:
        path = self.scratch / "outlets.json"
        path.write_text(json.dumps(entries), encoding="utf-8")
        call_command("load_outlets", path, stdout=io.StringIO())

    def load(self) -> None:
        """What the first `make run` does, and what comes in by the command later on."""
        ingest(self.seed)
        for name in PUBLISHED:
            self.clock.turn()
            ingest(self.golden / name)
        ingest(self.golden / "spanish.txt", draft=True)
        ingest(self.golden / "white-house.md", draft=True)

    def find_editors(self) -> None:
        from django.contrib.auth.hashers import make_password
        from django.contrib.auth.models import Group, User

        hashed = make_password(PASSWORD, salt="ofNobodyThrownAwayOfNobody")
        for name in ("administrator", "editor", "publisher"):
            chief = name == "administrator"
            made = User.objects.create(
                username=name, password=hashed, is_staff=True, is_superuser=chief
            )
            made.groups.set(Group.objects.filter(name=name))
        self.administrator, self.editor, self.publisher = (
            Editor(name, PASSWORD) for name in ("administrator", "editor", "publisher")
        )

    def correct_a_file(self) -> None:
        """The source of the longest conference was wrong: a question goes, and its ref with it."""
        text = self.seed.read_text(encoding="utf-8")
        again = "这种流言蜚语长，还会继续记录在案。"
        at = text.index("《**今日俄罗斯国际通讯社**》记者：")
        text = text[:at] + text[text.index("《**", at + 1) :]
        self._corrected(text.replace(again * 3, again), "corrected.txt", "删去重复的句子。")

    def _corrected(self, text: str, name: str, reason: str) -> None:
        """An editor uploads a file, and a publisher looks at what it changes and applies it."""
        key = self._upload(name, text.encode())
        address = f"/admin/archive/transcript/{key}/difference/"
        self.publisher.send(
            address, holds("decision", "apply"), press="decision=apply", reason=reason
        )

    def _upload(self, name: str, content: bytes, **given: str) -> int:
        from archive.models import Transcript

        file = SimpleUploadedFile(name, content)
        self.editor.send(
            "/admin/archive/transcript/upload/", holds("convention"), file=[file], **given
        )
        return Transcript.objects.order_by("-pk").values_list("pk", flat=True)[0]

    def review(self) -> None:
        """An editor corrects how a file was understood, in every way; a publisher says why."""
        page = review_of(TALK)
        change = self._change
        change(page, "about", venue="南楼蓝厅", institution="中国外交部", occasion="例行记者会")
        change(page, "有何期待", reporter="李四")
        change(page, "请关注后续消息", words="请关注后续消息。\n谢谢。")
        change(page, "谢谢。", press="do=split:2", split_kind="note")
        change(page, "谢谢。", press="do=join")
        change(page, "请法新社", kind="question", asked_by="主持人")
        change(page, "协议何时生效", outlet="路透社中文网")
        change(page, "建议有三点", speaker="汪文斌", office="外交部新闻司副司长", scope="turn")
        change(page, "我刚才已经回答了", words="我刚才已经回答过了。")
        change(page, "我补充一点", kind="note")
        self.clock.turn()
        self._publish_corrections(page, "按现场录音订正。")
        # A name that nobody knew is known from here on.
        page = review_of("2023-06-14")
        change(page, "How do you see growth", new_outlet="El País", new_outlet_kind="newspaper")
        self._publish_corrections(page, "The newspaper is known now.")

    def _change(self, page: str, place: str, press: str = "do=save", **filled: Any) -> None:
        """Open the form of the turn that says `place`, and send it."""
        turn = "about" if place == "about" else turn_that_says(self.editor, page, place)
        self.editor.send(f"{page}?turn={turn}", holds("turn", turn), press=press, **filled)

    def _publish_corrections(self, page: str, reason: str) -> None:
        self.publisher.send(page, holds("do", "publish"), press="do=publish", reason=reason)

    def undo(self) -> None:
        page = review_of(TALK)
        number = corrections_of(TALK, "kind")[-1]
        self.editor.send(page, holds("do", f"undo:{number}"), press=f"do=undo:{number}")
        self.clock.turn()
        self._publish_corrections(page, "撤销一处订正。")

    def supersede(self) -> None:
        """A corrected file takes over what editors corrected; another comes by the command."""
        source = (self.golden / "reporter-label.txt").read_text(encoding="utf-8")
        gone = "路透社记者：我想追问，是本周吗？\n毛宁：我刚才已经回答了。\n"
        added = "新华社记者：还有一个问题？\n毛宁：没有了。\n责任编辑"
        text = source.replace(gone, "").replace("责任编辑", added)
        self._corrected(text, "reporter-label-2.txt", "换用完整的记录。")
        self.clock.turn()
        path = self.scratch / "wang-yi-third.txt"
        text = self.seed.read_text(encoding="utf-8")
        path.write_text(text.replace("赞比亚", "赞　比亚").rstrip() + "\n谢谢大家。\n", "utf-8")
        ingest(path)
        # And one more correction that is not published: readers do not see it yet.
        self._change(review_of(TALK), "about", headline="尚未公布的副题")

    def upload(self) -> None:
        """One upload becomes a conference, one waits for its date, one waits to correct."""
        name = "traditional-full-width.txt"
        key = self._upload(name, (self.golden / name).read_bytes())
        page = f"/admin/archive/transcript/{key}/review/"
        self._change(page, "何時宣布", reporter="王小明")
        self.publisher.send(page, holds("do", "publish"), press="do=publish")
        name = "named-speakers.txt"
        key = self._upload(name, (self.golden / name).read_bytes())
        page = f"/admin/archive/transcript/{key}/review/"
        self._change(page, "about", title="第五次記者茶敘", venue="公共創新空間")
        name = "name-tags.txt"
        self._upload(name, (self.golden / name).read_bytes(), convention="name-tags")
        waits = (self.golden / "gbk.txt").read_bytes() + "\n编者按：已核对。\n".encode("gbk")
        self._upload("gbk-corrected.txt", waits)

    def resolve_names(self) -> None:
        """Labels that nobody knew: one is a new outlet, one a name of an old one, one is none."""
        page = self.publisher.open(UNKNOWN)
        labels = {one.get("value"): one.get("name") for one in page.xpath(LABELS)}
        sent = {labels[label].replace("-label", "__decision"): verb for label, verb in DECIDED}
        # What published conferences print is settled by who may publish, for a reason.
        self.publisher.send(UNKNOWN, holds("0-label"), reason="补全名称。", **sent)

    def merge(self) -> None:
        """Two outlets that are one, and two speakers: their addresses lead to those that stay."""
        self.publisher.send(
            f"/admin/archive/outlet/{key_of('Outlet', 'reuters-twice')}/merge/?into=reuters",
            holds("into", "reuters"),
            into="reuters",
            reason="同一家通讯社。",
        )
        gone, stays = "wang-wenbin", "mao-ning"
        self.publisher.send(
            f"/admin/archive/speaker/{key_of('Speaker', gone)}/merge/?into={stays}",
            holds("into", stays),
            into=stays,
            reason="同一人。",
        )

    def rename(self) -> None:
        """Addresses that are changed by hand, one of them twice, and a name that is added."""
        rows = (
            ("conference", RENAMED, "briefing-2022"),
            ("conference", "briefing-2022", ITS_NEW_SLUG),
            ("outlet", "afp", "agence-france-presse"),
            ("speaker", "geng-shuang", "geng-shuang-mfa"),
        )
        for model, old, new in rows:
            self._edit(model, old, slug=new)
        page = f"/admin/archive/outlet/{key_of('Outlet', 'reuters')}/change/"
        count = self.administrator.open(page).xpath("//*[@name='aliases-TOTAL_FORMS']/@value")
        last = f"aliases__{int(count[0]) - 1}__name"
        self._edit("outlet", "reuters", **{last: "路透新闻社"})
        self._edit("speaker", "wang-yi", name_en="Wang Yi")

    def _edit(self, model: str, old: str, /, **filled: str) -> None:
        key = key_of(model.capitalize(), old)
        page = f"/admin/archive/{model}/{key}/change/"
        why = {"reason": "更正名称。"}
        self.administrator.send(page, holds("_save"), press="_save", **why, **filled)

    def publish(self) -> None:
        """One withdrawn, one withdrawn and published again, one to be published in a far year."""
        for slug in (WITHDRAWN, BACK_AGAIN):
            page = f"/admin/archive/conference/{key_of('Conference', slug)}/withdraw/"
            self.publisher.send(page, holds("sure"), sure="on", reason="应来源机构的要求。")
            self.clock.turn()
        page = f"/admin/archive/conference/{key_of('Conference', BACK_AGAIN)}/publish/"
        self.publisher.send(page, holds("reason"), reason="已经核对，重新公布。")
        page = f"/admin/archive/conference/{key_of('Conference', SCHEDULED)}/schedule/"
        self.publisher.send(page, holds("when"), when="2999-12-31T12:00")

    def report(self) -> None:
        """Readers report errors, and look for what is not there."""
        reader = Client(SERVER_NAME=HOST)
        for ref, message in ((1, "“特殊”应为“特别”。"), (2, "错字。")):
            sent = {"message": message, "quote": "各位记者朋友", "contact": "reader@example.org"}
            reader.post(f"/conferences/2020-05-24/{ref}/report/", sent)
        reader.get("/search/", {"q": "查无此语"})
        from archive.models import ErrorReport

        key = ErrorReport.objects.get(ref=2).pk
        page = f"/admin/archive/errorreport/{key}/change/"
        self.editor.send(page, holds("_save"), press="_save", state="declined", note="没有错。")

    def secure(self) -> None:
        """The publisher logs in by two steps from here on. Sessions end, and are nobody's."""
        from django.contrib.auth.models import User
        from django.contrib.sessions.models import Session
        from django_otp.plugins.otp_totp.models import TOTPDevice

        user = User.objects.get(username="publisher")
        TOTPDevice.objects.create(user=user, name="publisher", key=KEY, confirmed=True)
        Session.objects.all().delete()


UNKNOWN, LABELS = "/admin/archive/outlet/unknown/", "//input[contains(@name, '-label')]"
DECIDED = (
    ("自由時報", "new:newspaper"),
    ("연합뉴스", "new:agency"),
    ("Associated Press", "name:associated-press"),
    ("KBS", "none:"),
)
# One that is another one, and one whose English name nobody has told.
BESIDE = [
    {
        "slug": "reuters-twice",
        "name": "路透社中文网",
        "name_en": "Reuters China",
        "country": "GB",
        "kind": "online",
        "aliases": ["路透中文"],
    },
    {
        "slug": "associated-press",
        "name": "美联社",
        "name_en": "",
        "country": "US",
        "kind": "agency",
        "aliases": [],
    },
]
