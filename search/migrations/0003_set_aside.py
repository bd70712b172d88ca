from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0002_empty_searches'),
    ]

    operations = [
        migrations.AddField(
            model_name='indextask',
            name='error',
            field=models.TextField(blank=True, default='', editable=False, verbose_name='error'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='indextask',
            name='failed_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='failed at'),
        ),
    ]
