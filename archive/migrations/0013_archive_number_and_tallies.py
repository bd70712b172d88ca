"""The number of the last change that readers see, and tallies of what is public."""

import archive.models.tallies
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0012_discarded_transcripts'),
    ]

    operations = [
        migrations.CreateModel(
            name='ArchiveNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('n', models.PositiveBigIntegerField()),
                ('series', models.CharField(default=archive.models.tallies.new_series, max_length=16)),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ConferenceTally',
            fields=[
                ('conference_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('counts', models.JSONField()),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('conferences', 'Conferences'), ('questions', 'Questions'), ('outlet', 'Outlet'), ('speaker', 'Speaker')], max_length=16)),
                ('key', models.BigIntegerField()),
                ('count', models.BigIntegerField()),
                ('change', models.PositiveBigIntegerField()),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.RemoveIndex(
            model_name='conference',
            name='when_touched',
        ),
        migrations.AddField(
            model_name='conference',
            name='change',
            field=models.PositiveBigIntegerField(default=0, editable=False, help_text="The archive's number when readers saw it change."),
        ),
        migrations.AddIndex(
            model_name='conference',
            index=models.Index(fields=['date', 'slug', 'status'], name='in_order_of_lists'),
        ),
        migrations.AddIndex(
            model_name='tally',
            index=models.Index(fields=['kind', 'count', 'key'], name='tallied_most'),
        ),
        migrations.AddConstraint(
            model_name='tally',
            constraint=models.UniqueConstraint(fields=('kind', 'key'), name='tallied_once'),
        ),
    ]
