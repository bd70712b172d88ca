"""Whatever is uploaded is read or refused with a sentence, soon, in little memory, and harms
nothing."""

import random
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from archive.models import Transcript
from archive.parsing.records import TranscriptError
from archive.parsing.sandbox.reader import parse_safely
from tests.archive.parsing.bad_files import BY_DAY, LARGE, small_files
from tests.archive.parsing.hostile_files import hostile_files
from tests.extent import at_night, mostly_at_night

UPLOAD = "/admin/archive/transcript/upload/"
ROOT = Path(__file__).parents[3]
KILOBYTES = 512 * 1024


@pytest.fixture(autouse=True)
def files_are_read_once():
    """Here each is read by a process of its own."""


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"


def send(client, name, content):
    """What the page tells of the one file; None where the whole request is refused."""
    file = SimpleUploadedFile("a.txt", content)
    file._name = name  # SimpleUploadedFile would clean it; a hostile browser does not
    answer = client.post(UPLOAD, {"file": file, "date": "2020-05-24"})
    if answer.status_code == 400:
        return None
    assert answer.status_code == 200, name
    (told,) = answer.context["told"]
    return told


def opens_and_saves(client, transcript):
    """Its review page opens, and it is saved; both with a sentence where that cannot be."""
    url = f"/admin/archive/transcript/{transcript.pk}/"
    assert client.get(f"{url}review/", follow=True).status_code == 200
    assert client.get(f"{url}difference/").status_code == 200
    decided = {"do": "draft", "seen": "0"}
    assert client.post(f"{url}review/", decided, follow=True).status_code == 200


@pytest.mark.parametrize(("seed", "count"), [(0, 300), *(at_night(n, 2500) for n in (1, 2, 3, 4))])
def test_ten_thousand_hostile_files_are_read_or_refused(seed, count):
    done = subprocess.run(
        [sys.executable, "-m", "tests.archive.parsing.hostile_files", str(seed), str(count)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    understood, slowest, kilobytes = map(float, done.stdout.split())
    assert understood > count / 25  # not everything is nonsense
    assert slowest < 5
    assert kilobytes < KILOBYTES


@pytest.mark.parametrize("name", mostly_at_night(LARGE, but=BY_DAY))
def test_what_runs_away_is_held_by_the_reader_s_own_limits(name):
    try:
        assert parse_safely(LARGE[name](), name).exchanges is not None
    except TranscriptError as error:
        assert str(error).endswith(".")  # noqa: PT017


@pytest.mark.django_db
@pytest.mark.parametrize(("hostile", "careful"), [(3, 2), at_night(12, 8)])
def test_hostile_files_through_the_site_are_never_its_fault(admin_client, hostile, careful):
    # Of the ten thousand, and of those made with care; each takes two processes.
    chosen = random.Random(5).sample(sorted(small_files()), careful)
    sample = [*hostile_files(5, hostile), *chosen]
    for name, content in sample:
        told = send(admin_client, name, content)
        if told is None:
            assert len(name) > 1000, name  # longer than the head of a part may be
        elif told.received is None or told.received.outcome == "refused":
            assert told.refusal, name
        else:
            opens_and_saves(admin_client, told.received.transcript)
    for transcript in Transcript.objects.all():
        assert bytes(transcript.content) in {content for _name, content in sample}
        assert not {"/", "\\", "\0"} & set(transcript.filename)
    assert admin_client.get(UPLOAD).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..\\a.txt", "\0\n.txt", "\u202etxt.exe", "𠮷" * 90]
)
def test_no_file_name_leads_anywhere(admin_client, name, tmp_path):
    content = "路透社记者：好吗？\n毛宁：\u202e好𠮷\U0001f600。\n".encode()
    told = send(admin_client, name, content)
    if told.received is not None:
        opens_and_saves(admin_client, told.received.transcript)
        assert not {"/", "\\", "\0", "\n"} & set(Transcript.objects.get().filename)
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == set()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["zeros.docx", "spaces.docx", "nested.docx"])
def test_a_bomb_is_a_sentence_beside_its_name(admin_client, name):
    content = LARGE[name]() if name in LARGE else dict(small_files())[name]
    assert send(admin_client, name, content).refusal.endswith("。")
    assert not Transcript.objects.exists()


class Endless:
    """A request's body that is made as it is read: a form with one file of `size` bytes."""

    def __init__(self, size):
        self.head = (
            b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n'
            b"Content-Type: text/plain\r\n\r\n"
        )
        self.left = self.length = size
        self.given = 0

    def read(self, count=-1):
        count = min(self.left, 65536 if count is None or count < 0 else count)
        self.left -= count
        self.given += count
        start, self.head = self.head, b""
        return (start + b"x" * count)[:count]

    readline = read


@pytest.mark.django_db
@pytest.mark.parametrize("url", [UPLOAD, "/search/", "/admin/login/"])
def test_two_hundred_megabytes_are_refused_unread(admin_client, url):
    body = Endless(200 << 20)
    answer = admin_client.request(
        **{
            "REQUEST_METHOD": "POST",
            "PATH_INFO": url,
            "CONTENT_TYPE": "multipart/form-data; boundary=b",
            "CONTENT_LENGTH": str(body.length),
            "wsgi.input": body,
        }
    )
    # The search looks at no body and answers; nobody reads what was sent.
    assert answer.status_code == (200 if url == "/search/" else 400)
    assert body.given < 1 << 20
    if url == UPLOAD:
        assert "400" in answer.text
