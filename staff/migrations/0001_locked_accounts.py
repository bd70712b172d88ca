"""Accounts that are locked, as the admin shows them: no table of their own."""

from django.db import migrations


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('axes', '0010_accessattemptexpiration'),
    ]

    operations = [
        migrations.CreateModel(
            name='LockedAccount',
            fields=[
            ],
            options={
                'verbose_name': 'locked account',
                'verbose_name_plural': 'locked accounts',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('axes.accessattempt',),
        ),
    ]
