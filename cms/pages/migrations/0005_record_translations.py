from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pages", "0004_translation_states")]

    operations = [
        migrations.CreateModel(
            name="RecordTranslation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("type", models.CharField(max_length=64, verbose_name="type of record")),
                ("object_id", models.BigIntegerField()),
                ("locale", models.CharField(max_length=20, verbose_name="locale")),
                ("field", models.CharField(max_length=64, verbose_name="field")),
                ("text", models.TextField(verbose_name="text")),
                ("source", models.TextField(verbose_name="translated from")),
            ],
            options={
                "verbose_name": "translation of a shared record",
                "verbose_name_plural": "translations of shared records",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("type", "object_id", "locale", "field"),
                        name="record_translation_once",
                    )
                ],
            },
        ),
    ]
