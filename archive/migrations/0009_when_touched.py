"""An index from which alone it is seen whether anything of the archive changed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("archive", "0008_labels_as_printed")]

    operations = [
        migrations.AddIndex(
            model_name="conference",
            index=models.Index(fields=["updated_at", "status"], name="when_touched"),
        ),
    ]
