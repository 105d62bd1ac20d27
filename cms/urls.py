"""The project's addresses: the admin, its files, and Wagtail's own page addresses.

Pages are read over the API. Wagtail's serve view stays mounted, last, because `Page.get_url` and
the admin's "view live" reverse it; `i18n_patterns` gives every locale but the default its prefix,
as public paths have it.
"""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.editor.serving import serve_page

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    # Answered by cms.delivery.middleware before these are looked at; here for reverse().
    path("", include("cms.delivery.urls")),
]

if settings.CMS_SERVE_MEDIA:
    # Renditions and avatars only: a document is served by the view above, which asks whether its
    # collection may be seen, and originals are nobody's business.
    urlpatterns += [
        re_path(
            rf"^{settings.MEDIA_URL.lstrip('/')}(?P<path>(?:images|avatar_images)/.+)$",
            serve,
            {"document_root": settings.MEDIA_ROOT},
        ),
    ]

urlpatterns += i18n_patterns(
    *(pattern for pattern in wagtail_urls.urlpatterns if pattern.name != "wagtail_serve"),
    re_path(wagtail_urls.serve_pattern, serve_page, name="wagtail_serve"),
    prefix_default_language=False,
)

handler400 = "cms.delivery.problems.bad_request"
handler404 = "cms.delivery.problems.not_found"
handler500 = "cms.delivery.problems.server_error"
