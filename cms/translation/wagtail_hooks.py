"""What this app hooks into the admin."""

from __future__ import annotations

from wagtail import hooks

from cms.translation.reviewing.views import ReviewViewSet, tell_of_reviews

hooks.register("register_admin_viewset", ReviewViewSet)
# Before wagtail-localize's own, which answers with its editor.
hooks.register("before_edit_page", tell_of_reviews, order=-1)
