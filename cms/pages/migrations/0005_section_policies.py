import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0004_translation_states"),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SectionPolicy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("locale", models.CharField(max_length=20, verbose_name="locale")),
                (
                    "policy",
                    models.CharField(
                        choices=[
                            ("absent", "Absent"),
                            ("notice", "The source, with a notice"),
                            ("alias", "An alias in the tree of the language"),
                        ],
                        default="notice",
                        max_length=8,
                        verbose_name="untranslated pages",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="section_policies",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="section",
                    ),
                ),
            ],
            options={
                "verbose_name": "rule for untranslated pages",
                "verbose_name_plural": "rules for untranslated pages",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("page", "locale"),
                        name="section_policy_once",
                        violation_error_message="This section has a rule for this language already.",
                    )
                ],
            },
        ),
    ]
