"""Terms that keep a translation from being published."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("translation", "0002_memory_terms_exchange")]

    operations = [
        migrations.AddField(
            model_name="glossaryterm",
            name="enforced",
            field=models.BooleanField(
                default=False,
                help_text="A translation that doesn't keep to it is not published from its editor.",
                verbose_name="binding",
            ),
        ),
    ]
