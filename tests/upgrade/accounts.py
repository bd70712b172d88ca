"""Those who work at an archive of the story log in and look at its files."""

from tests.upgrade.desk import Editor, holds
from tests.upgrade.story import KEY, PASSWORD


def files_that_open() -> int:
    """How many files open for an editor, each understood as today, with its corrections."""
    from django_otp.oath import totp

    from archive.models import Transcript

    editor, publisher = Editor("editor", PASSWORD), Editor("publisher", PASSWORD)
    digits = f"{totp(bytes.fromhex(KEY)):06d}"
    publisher.send("/admin/second-step/token/", holds("digits"), digits=digits)
    publisher.open("/admin/archive/conference/")
    keys = list(Transcript.objects.values_list("pk", flat=True))
    for key in keys:
        editor.open(f"/admin/archive/transcript/{key}/review/")
    return len(keys)
