"""The memory, the glossary with the terms that ship, and uploads that wait."""

import django.db.models.deletion
import modelsearch.index
from django.conf import settings
from django.db import migrations, models

import cms.translation.terms.models
from cms.translation.terms.shipped import read_shipped_terms


def fill(apps, schema_editor):
    """Writes the shipped terms; translators keep them from here on."""
    GlossaryTerm = apps.get_model("translation", "GlossaryTerm")
    GlossaryTerm.objects.using(schema_editor.connection.alias).bulk_create(
        GlossaryTerm(source_locale="vi", target_locale="en", **row) for row in read_shipped_terms()
    )


class Migration(migrations.Migration):
    dependencies = [
        ("translation", "0001_initial"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MemorySource",
            fields=[
                (
                    "string",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="memory",
                        serialize=False,
                        to="wagtail_localize.string",
                    ),
                ),
                ("text", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="GlossaryTerm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "source_locale",
                    models.CharField(
                        choices=cms.translation.terms.models.content_languages,
                        default="vi",
                        max_length=12,
                        verbose_name="translated from",
                    ),
                ),
                (
                    "target_locale",
                    models.CharField(
                        choices=cms.translation.terms.models.content_languages,
                        default="en",
                        max_length=12,
                        verbose_name="translated into",
                    ),
                ),
                ("source", models.CharField(max_length=120, verbose_name="term")),
                (
                    "source_forms",
                    models.TextField(
                        blank=True,
                        help_text="Abbreviations and spellings, one a line.",
                        verbose_name="other forms",
                    ),
                ),
                ("target", models.CharField(max_length=120, verbose_name="translation")),
                (
                    "target_forms",
                    models.TextField(
                        blank=True,
                        help_text="Abbreviations and plurals, one a line.",
                        verbose_name="accepted as well",
                    ),
                ),
                (
                    "forbidden",
                    models.TextField(
                        blank=True,
                        help_text="Wrong translations, one a line.",
                        verbose_name="not to be used",
                    ),
                ),
                (
                    "case_sensitive",
                    models.BooleanField(
                        default=False,
                        help_text="In the term and in its translation.",
                        verbose_name="capitals matter",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=255, verbose_name="note")),
                ("active", models.BooleanField(default=True, verbose_name="in use")),
            ],
            options={
                "verbose_name": "term",
                "verbose_name_plural": "terms",
                "ordering": ["source", "target_locale"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source_locale", "target_locale", "source"),
                        name="one_translation_of_a_term",
                        violation_error_message="There is a translation of this term already.",
                    )
                ],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name="PendingImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=255)),
                ("content", models.BinaryField()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MemoryEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("object_key", models.UUIDField()),
                ("path", models.TextField()),
                ("wording", models.TextField()),
                ("digest", models.CharField(max_length=32)),
                (
                    "kind",
                    models.CharField(
                        choices=[("manual", "Manual"), ("machine", "Machine")], max_length=20
                    ),
                ),
                ("tool", models.CharField(blank=True, max_length=255)),
                ("used_at", models.DateTimeField()),
                ("current", models.BooleanField(default=True)),
                (
                    "locale",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailcore.locale",
                    ),
                ),
                (
                    "string",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtail_localize.string",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("string", "locale", "object_key", "digest"),
                        name="memory_entry_wording",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MemoryKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.BigIntegerField()),
                ("length", models.IntegerField()),
                (
                    "source",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="keys",
                        to="translation.memorysource",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["source"], name="memory_key_source")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "length", "source"), name="memory_key_length_source"
                    )
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=False),
    ]
