"""A page's translation tools in the admin: files out and in, the memory, the machine."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from cms.translation.access import translatable
from cms.translation.exchange.formats import FORMATS, MAX_BYTES, read_file
from cms.translation.exchange.forms import ExportForm, ToolsForm, UploadForm
from cms.translation.exchange.importing import ImportRefusedError, apply_import, plan_import
from cms.translation.exchange.models import PendingImport
from cms.translation.exchange.sheets import make_bundle
from cms.translation.machine.applying import machine_translate
from cms.translation.machine.errors import TranslatorError
from cms.translation.machine.pairs import PairTranslator
from cms.translation.memory.filling import fill_from_memory
from cms.translation.segments import source_of, translations_below
from cms.translation.terms.wording import explain

__all__ = ["report", "tools", "tools_button_url", "upload"]

_SHOWN = 500  # changes in a report; all are taken in
_KEPT = timedelta(days=1)


@require_http_methods(["GET", "HEAD", "POST"])
def tools(request: HttpRequest, page_id: int) -> HttpResponse:
    """What can be done with all translations of a page and of those below it."""
    page = _page(request, page_id)
    if request.method == "POST":
        actions = {"export": _export, "memory": _fill, "machine": _machine}
        action = actions.get(request.POST.get("action", ""))
        if action is None:
            raise PermissionDenied
        return action(request, page)
    if (source := source_of(page)) is not None:
        return redirect("translation_tools", source.pk)
    return _show(request, page, ExportForm(page=page))


@require_POST
def upload(request: HttpRequest, page_id: int) -> HttpResponse:
    """Keeps a file for its report."""
    page = _page(request, page_id)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, page, ExportForm(page=page), form)
    file = form.cleaned_data["file"]
    # One byte more than is read: the report says that it is too large.
    content = file.read(MAX_BYTES + 1)
    PendingImport.objects.filter(created_at__lt=timezone.now() - _KEPT).delete()
    pending = PendingImport.objects.create(
        user_id=request.user.pk, name=file.name[:255], content=content
    )
    return redirect("translation_report", page.pk, pending.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, page_id: int, pk: int) -> HttpResponse:
    """What a file would change; a POST takes it in, or throws it away."""
    pending = get_object_or_404(PendingImport, pk=pk, user=request.user)
    back = reverse("translation_tools", args=[page_id])
    if request.POST.get("action") == "discard":
        pending.delete()
        return redirect(back)
    read = read_file(bytes(pending.content))
    if request.method == "POST":
        try:
            plan = apply_import(read, request.user, digest=request.POST.get("digest", ""))
        except ImportRefusedError as error:
            for problem in error.problems[:5]:
                messages.error(request, problem.reason)
            return redirect(request.path)
        pending.delete()
        count = len(plan.changes)
        text = ngettext(
            "%(count)s segment was taken in.", "%(count)s segments were taken in.", count
        )
        messages.success(request, text % {"count": count})
        return redirect(back)
    plan = plan_import(read, request.user)
    context = {
        "plan": plan,
        "shown": plan.changes[:_SHOWN],
        "warnings": [
            (change, [explain(finding) for finding in change.findings])
            for change in plan.departing[:_SHOWN]
        ],
        "name": pending.name,
        "back_url": back,
        "page_title": gettext("What the file would change"),
        "header_icon": "upload",
    }
    return render(request, "translation/report.html", context)


def _show(
    request: HttpRequest, page: Page, form: ToolsForm, upload_form: UploadForm | None = None
) -> HttpResponse:
    context = {
        "page": page,
        "form": form,
        "upload_form": upload_form or UploadForm(),
        "upload_url": reverse("translation_upload", args=[page.pk]),
        "machines": _machines(page),
        "page_title": gettext("Translation tools"),
        "page_subtitle": page.get_admin_display_title(),
        "header_icon": "wagtail-localize-language",
    }
    return render(request, "translation/tools.html", context)


def _machines(page: Page) -> list[tuple[str, str]]:
    """Who translates into which language: the texts are sent there."""
    translator = PairTranslator()
    return [
        (locale.get_display_name(), str(translator.display_name))
        for locale in Locale.objects.exclude(pk=page.locale_id).order_by("language_code")
        if translator.can_translate(page.locale, locale)
    ]


def _page(request: HttpRequest, page_id: int) -> Page:
    """The page, for who may edit it or translates anything there."""
    page: Page = get_object_or_404(Page.objects.select_related("locale"), pk=page_id)
    if page.permissions_for_user(request.user).can_edit():
        return page
    translations = Translation.objects.filter(
        source__object__in=page.get_descendants(inclusive=True).values("translation_key")
    ).select_related("source__specific_content_type")
    if not translatable(request.user, translations):
        raise PermissionDenied
    return page


def _chosen(request: HttpRequest, page: Page, form: ToolsForm) -> list[Translation]:
    """The translations that a valid form means and that the user may change."""
    translations = translations_below(page, form.cleaned_data["locale"])
    if not form.cleaned_data["below"]:
        translations = translations.filter(source__object=page.translation_key)
    return translatable(request.user, list(translations))


def _export(request: HttpRequest, page: Page) -> HttpResponse:
    form = ExportForm(request.POST, page=page)
    if not form.is_valid():
        return _show(request, page, form)
    chosen = form.cleaned_data
    bundle = make_bundle(
        _chosen(request, page, form),
        page.locale.language_code,
        chosen["locale"].language_code,
        only_untranslated=chosen["only_untranslated"],
    )
    if not bundle.sheets:
        messages.warning(request, gettext("There is nothing to translate here."))
        return redirect(request.path)
    kind = FORMATS[chosen["format"]]
    name = f"{slugify(page.slug) or page.pk}.{bundle.target_locale}.{kind.extension}"
    response = HttpResponse(kind.write(bundle), content_type=kind.content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _fill(request: HttpRequest, page: Page) -> HttpResponse:
    form = ToolsForm(request.POST, page=page)
    if not form.is_valid():
        return _show(request, page, form)
    done = fill_from_memory(_chosen(request, page, form), request.user)
    text = ngettext(
        "%(count)s segment was filled from the memory.",
        "%(count)s segments were filled from the memory.",
        done.filled,
    )
    messages.success(request, text % {"count": done.filled})
    if done.ambiguous:
        text = ngettext(
            "%(count)s segment has several translations elsewhere: choose on its page.",
            "%(count)s segments have several translations elsewhere: choose on their pages.",
            done.ambiguous,
        )
        messages.info(request, text % {"count": done.ambiguous})
    return redirect(request.path)


def _machine(request: HttpRequest, page: Page) -> HttpResponse:
    form = ToolsForm(request.POST, page=page)
    if not form.is_valid():
        return _show(request, page, form)
    if not PairTranslator().can_translate(page.locale, form.cleaned_data["locale"]):
        raise Http404
    try:
        done = machine_translate(_chosen(request, page, form), request.user)
    except TranslatorError as error:
        messages.error(request, str(error))
        return redirect(request.path)
    text = ngettext(
        "%(count)s segment was translated by a machine.",
        "%(count)s segments were translated by a machine.",
        done.translated,
    )
    messages.success(request, text % {"count": done.translated})
    if done.refused:
        text = ngettext(
            "%(count)s answer could not be used: its inline codes were broken.",
            "%(count)s answers could not be used: their inline codes were broken.",
            done.refused,
        )
        messages.warning(request, text % {"count": done.refused})
    return redirect(request.path)


def tools_button_url(page: Any) -> str:
    """Where a page's tools are."""
    return reverse("translation_tools", args=[page.pk])
