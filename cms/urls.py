"""The project's addresses: the admin, its files, and Wagtail's own page addresses.

Pages are read over the API. Wagtail's serve view stays mounted, last, because `Page.get_url` and
the admin's "view live" reverse it; `i18n_patterns` gives every locale but the default its prefix,
as public paths have it.
"""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from cms.delivery.files import serve_file
from cms.editor.serving import ask_password, serve_page
from cms.editor.uploads import serve_upload

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", include(wagtailadmin_urls)),
    # With sessions, unlike the rest of delivery: signed-in people may see files of theirs.
    path("documents/<int:file_id>/<path:filename>", serve_file, name="wagtaildocs_serve"),
    re_path(rf"^{settings.MEDIA_URL.lstrip('/')}(?P<path>.+)$", serve_upload, name="upload"),
    # Answered by cms.delivery.middleware before these are looked at; here for reverse().
    path("", include("cms.delivery.urls")),
    # Without a language's prefix, which is known to the page view below alone.
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        ask_password,
        name="wagtailcore_authenticate_with_password",
    ),
    *(pattern for pattern in wagtail_urls.urlpatterns if pattern.name == "wagtailcore_login"),
]

urlpatterns += i18n_patterns(
    re_path(wagtail_urls.serve_pattern, serve_page, name="wagtail_serve"),
    prefix_default_language=False,
)

handler400 = "cms.delivery.problems.bad_request"
handler404 = "cms.delivery.problems.not_found"
handler500 = "cms.delivery.problems.server_error"
