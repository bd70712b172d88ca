"""The address of a video or audio of a conference."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0009_when_touched'),
    ]

    operations = [
        migrations.AddField(
            model_name='conference',
            name='recording_url',
            field=models.URLField(blank=True, help_text='Of a video or audio.', max_length=500, validators=[django.core.validators.URLValidator(['http', 'https'])], verbose_name='recording address'),
        ),
        migrations.AddConstraint(
            model_name='conference',
            constraint=models.CheckConstraint(condition=models.Q(('recording_url', ''), ('recording_url__startswith', 'http://'), ('recording_url__startswith', 'https://'), _connector='OR'), name='recording_is_on_the_web'),
        ),
    ]
