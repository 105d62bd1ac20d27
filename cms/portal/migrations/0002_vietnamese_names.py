from django.db import migrations

# What Wagtail's migrations make, whose names everybody sees who works in the admin.
NAMES = (
    ("auth", "Group", "name", "Editors", "Biên tập viên"),
    ("auth", "Group", "name", "Moderators", "Người duyệt"),
    ("wagtailcore", "Workflow", "name", "Moderators approval", "Quy trình duyệt"),
    ("wagtailcore", "Task", "name", "Moderators approval", "Duyệt nội dung"),
    ("wagtailcore", "Collection", "name", "Root", "Gốc"),
    ("wagtailcore", "Page", "title", "Root", "Gốc"),
    ("wagtailcore", "Page", "draft_title", "Root", "Gốc"),
)


def _rename(apps, names):
    for app, model, field, before, after in names:
        rows = apps.get_model(app, model).objects.filter(**{field: before})
        if model in {"Collection", "Page"}:
            rows = rows.filter(depth=1)
        rows.update(**{field: after})


def name(apps, schema_editor):
    """Gives them Vietnamese names; what somebody has named otherwise stays."""
    _rename(apps, NAMES)


def unname(apps, schema_editor):
    _rename(apps, [(*where, after, before) for *where, before, after in NAMES])


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailcore", "0098_apitoken"),
        # These give rights to the groups by their English names.
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtaildocs", "0002_initial_data"),
        ("wagtailimages", "0002_initial_data"),
        ("wagtail_localize", "0006_create_submit_translation_permission"),
    ]

    operations = [migrations.RunPython(name, unname)]
