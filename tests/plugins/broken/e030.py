"""An exposed field that the model doesn't have."""

from cms.plugins.api import ContentPage, ExposedField


class BrokenPage(ContentPage):
    exposed_fields = [ExposedField("subtitle")]

    class Meta:
        app_label = "broken"
