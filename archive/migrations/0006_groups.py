"""The two roles of the editors' desk, as groups."""

from typing import Any

from django.contrib.auth.management import create_permissions
from django.db import migrations

_EVERYTHING = (
    *("answer", "appearance", "conference", "correction", "errorreport", "exchange", "movedaddress"),
    *("outlet", "outletalias", "revision", "speaker", "speakeralias", "transcript"),
)
EDITOR = {
    *(f"archive.view_{model}" for model in _EVERYTHING),
    "archive.add_transcript",
    "archive.change_conference",
    *(f"archive.{verb}_correction" for verb in ("add", "change", "delete")),
    *(f"archive.{verb}_{model}" for verb in ("add", "change") for model in ("outlet", "speaker")),
    *(
        f"archive.{verb}_{model}"
        for verb in ("add", "change", "delete")
        for model in ("outletalias", "speakeralias")
    ),
    "archive.change_errorreport",
    "search.view_emptysearch",
    "search.delete_emptysearch",
}
PUBLISHER = EDITOR | {
    "archive.publish_conference",
    "archive.merge_outlet",
    "archive.merge_speaker",
    "auditlog.view_logentry",
}


def make_groups(apps: Any, schema_editor: Any) -> None:
    """Make both groups. Permissions are made after all migrations, so what is missing is made here."""
    for label in ("archive", "auditlog", "search"):
        app = apps.get_app_config(label)
        known = getattr(app, "models_module", None)
        app.models_module = known or True  # a migration's app has none, and is passed over without
        create_permissions(app, verbosity=0, apps=apps, using=schema_editor.connection.alias)
        app.models_module = known
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for name, granted in (("editor", EDITOR), ("publisher", PUBLISHER)):
        group, _made = Group.objects.get_or_create(name=name)
        found = [
            permission
            for permission in Permission.objects.select_related("content_type")
            if f"{permission.content_type.app_label}.{permission.codename}" in granted
        ]
        if len(found) != len(granted):
            raise LookupError(f"Of {len(granted)} permissions of {name} {len(found)} exist.")
        group.permissions.add(*found)


class Migration(migrations.Migration):

    dependencies = [
        ("archive", "0005_names"),
        ("auditlog", "0017_add_actor_email"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("search", "0002_empty_searches"),
    ]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
