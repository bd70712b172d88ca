"""An index on which the questions of each conference are counted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("archive", "0006_groups")]

    operations = [
        migrations.AddIndex(
            model_name="exchange",
            index=models.Index(fields=["conference", "kind"], name="asked_at"),
        ),
    ]
