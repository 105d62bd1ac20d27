"""The table of the glossary, and the glossary that ships."""

import modelsearch.index
from django.db import migrations, models

import search.models
from search.shipped import read_shipped_glossary


def fill(apps, schema_editor):
    """Writes the shipped glossary; editors keep it from here on."""
    Abbreviation = apps.get_model("search", "Abbreviation")
    rows = read_shipped_glossary()
    Abbreviation.objects.using(schema_editor.connection.alias).bulk_create(
        Abbreviation(locale="vi", **row) for row in rows
    )


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Abbreviation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("abbreviation", models.CharField(max_length=30, verbose_name="abbreviation")),
                (
                    "phrase",
                    models.CharField(
                        help_text="In full, with its marks.",
                        max_length=120,
                        unique=True,
                        verbose_name="phrase",
                    ),
                ),
                (
                    "locale",
                    models.CharField(
                        choices=search.models.content_languages,
                        default="vi",
                        max_length=12,
                        verbose_name="language",
                    ),
                ),
                (
                    "active",
                    models.BooleanField(
                        default=True,
                        help_text="Searches know of a change once the index has been written anew.",
                        verbose_name="used by searches",
                    ),
                ),
            ],
            options={
                "verbose_name": "abbreviation",
                "verbose_name_plural": "abbreviations",
                "ordering": ["abbreviation", "phrase"],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=False),
    ]
