"""An index on which the labels of those who are no known outlet are counted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("archive", "0007_questions_of_a_conference")]

    operations = [
        migrations.AddIndex(
            model_name="exchange",
            index=models.Index(fields=["outlet", "asked_by"], name="asked_as_printed"),
        ),
    ]
