"""Indexes from which lists are read where rows are large: of exchanges, and of files."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("archive", "0010_recording_url")]

    operations = [
        migrations.AddIndex(
            model_name="exchange",
            index=models.Index(fields=["id", "conference", "outlet"], name="exchange_of"),
        ),
        migrations.AddIndex(
            model_name="transcript",
            index=models.Index(
                fields=["created_at", "filename", "sha256", "conference"],
                name="transcripts_listed",
            ),
        ),
        migrations.AddIndex(
            model_name="transcript",
            index=models.Index(fields=["convention", "encoding", "media_type"], name="read_as"),
        ),
    ]
