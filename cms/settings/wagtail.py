"""How Wagtail and wagtail-localize are set in every installation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]  # each in its own words

WAGTAIL_SITE_NAME = "Hợp Tác CMS"
WAGTAIL_I18N_ENABLED = True
# What content is written in, in the words of whoever reads the admin.
WAGTAIL_CONTENT_LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILADMIN_USER_LOGIN_FORM = "cms.editor.login.LoginForm"
WAGTAIL_APPEND_SLASH = True
WAGTAIL_ALLOW_UNICODE_SLUGS = False
# What the date fields of the admin show; every language of it reads the same (cms.editor.formats).
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
# A deleted page's translations stay where they are: the texts serve again when it comes back.
WAGTAILLOCALIZE_DISABLE_ON_DELETE = True
# A page that is submitted is a draft in the other language: nothing is translated in it yet.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
# The feed writes redirects itself, in the transaction that moves a page.
WAGTAILREDIRECTS_AUTO_CREATE = False

# Calls to other machines that the admin would make.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None

WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "search.admin.backend"}}

WAGTAILIMAGES_IMAGE_MODEL = "pages.PortalImage"
WAGTAILDOCS_DOCUMENT_MODEL = "pages.PortalDocument"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.pages.pictures.form.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "svg", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024  # bytes
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000  # over all frames; decoded, four bytes each
WAGTAILDOCS_SERVE_METHOD = "serve_view"  # never a direct address, which would skip privacy
WAGTAILDOCS_MAX_UPLOAD_SIZE = 100 * 1024 * 1024  # bytes; scanned documents are large
WAGTAILDOCS_EXTENSIONS = [
    "csv", "doc", "docx", "jpeg", "jpg", "mp3", "mp4", "odp", "ods", "odt", "pdf", "png", "ppt",
    "pptx", "rar", "rtf", "txt", "vtt", "webm", "xls", "xlsx", "xml", "zip",
]  # fmt: skip
