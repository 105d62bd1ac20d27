"""An exposed field with a name of the envelope."""

from cms.plugins.api import ContentPage, ExposedField


class BrokenPage(ContentPage):
    exposed_fields = [ExposedField("title")]

    class Meta:
        app_label = "broken"
