"""The archive's number, and tallies: what published conferences hold, counted as they change.

Kept by archive.editing.public_change in the transaction that changes what is public, so that no
page counts a hundred thousand conferences, or asks them when they changed.
"""

import secrets

from django.db import connection, models


def new_series() -> str:
    """The name of a series of numbers, which nobody guesses."""
    return secrets.token_hex(8)


class ArchiveNumber(models.Model):
    """The number of the last change that readers can see: one row, which only grows.

    `series` is another one for an archive that was put in the place of this one: numbers of two
    series say nothing of each other.
    """

    n = models.PositiveBigIntegerField()
    series = models.CharField(max_length=16, default=new_series)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.series} {self.n}"


class TallyQuerySet(models.QuerySet["Tally"]):
    def add(self, counts: dict[tuple[str, int], int], change: int) -> None:
        """Add `counts`, by kind and key, each as of the number `change`. Queries by the hundred."""
        # Counted by the database: the ORM has no such upsert. In order, so that two that count at
        # once never wait for each other.
        rows = [(kind, key, counts[kind, key], change) for kind, key in sorted(counts)]
        for start in range(0, len(rows), 200):
            some = rows[start : start + 200]
            values = ", ".join(["(%s, %s, %s, %s)"] * len(some))
            with connection.cursor() as cursor:
                cursor.execute(
                    f"INSERT INTO archive_tally (kind, key, count, change) VALUES {values} "  # noqa: S608 # nosec B608 - placeholders
                    "ON CONFLICT (kind, key) DO UPDATE SET change = excluded.change, "
                    "count = archive_tally.count + excluded.count",
                    [value for row in some for value in row],
                )


class Tally(models.Model):
    """How many of one kind published conferences hold, by what they are counted by.

    Of a conference and of a question the key is its month (202005); of a question by outlet and
    an answer by speaker the primary key of these. One that is shown and counts nothing, as who
    appears and says nothing, has a row too. `change` is the number of the last change of any
    conference that is or was counted in it.
    """

    class Kind(models.TextChoices):
        CONFERENCES = "conferences"
        QUESTIONS = "questions"
        OUTLET = "outlet"
        SPEAKER = "speaker"

    kind = models.CharField(max_length=16, choices=Kind)
    key = models.BigIntegerField()
    count = models.BigIntegerField()
    change = models.PositiveBigIntegerField()

    objects = TallyQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="tallied_once")]
        indexes = [models.Index(fields=["kind", "count", "key"], name="tallied_most")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}: {self.count}"


class ConferenceTally(models.Model):
    """What one conference that is or was public adds to each Tally: [[kind, key, count], …].

    Without a foreign key: of one that is deleted it has to be taken away.
    """

    conference_id = models.BigIntegerField(primary_key=True)
    counts = models.JSONField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"conference {self.conference_id}"
