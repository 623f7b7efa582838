"""Pages of subject exports: the list, the request, the page that watches it being made, and the file."""

import json
from typing import Any

from django.conf import settings
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from crm.base.pages import DetailPage, Empty, ListPage, Page
from crm.identity.models import User
from crm.jobs.progress import progress_of
from customers import tasks
from customers.models import SubjectExport
from customers.privacy.exporting import ask_export, take_along
from customers.privacy.filters import SubjectExportFilter
from customers.privacy.forms import AskForm
from customers.privacy.paper import page_of
from customers.privacy.tables import SubjectExportTable
from customers.views.change import ChangePage

KINDS = ("html", "json")
EXPORTS = SubjectExport.objects.without_content().select_related("customer", "asked_by", "run")


class ExportList(ListPage):
    permission = "subject-exports:read"
    title = _("Subject exports")
    queryset = EXPORTS
    filterset_class = SubjectExportFilter
    table_class = SubjectExportTable
    ordering_fields = {"asked_at": "asked_at"}
    ordering = "-asked_at"
    empty = Empty(
        _("No customer asked what the bank holds about them"),
        _("Ask for an export on the customer's page, under More."),
    )


class AskExport(ChangePage):
    permission = "subject-exports:write"
    title = _("Subject export")
    submit = _("Make the export")
    intro = _(
        "Everything that the bank holds about this customer, in one file in their language. Other people in it are masked."
    )
    form_class = AskForm

    def perform(self, form: BaseForm) -> SubjectExport:
        return ask_export(
            customer=self.customer,
            by=self.request.user,
            at=timezone.now(),
            ring=tasks.ring_export,
            **form.cleaned_data,
        )

    def get_success_url(self) -> str:
        made = getattr(self, "result", None)
        return reverse("subject_export", args=[made.pk]) if made else super().get_success_url()


class ExportPage(DetailPage):
    permission = "subject-exports:read"
    parents = [(_("Subject exports"), "subject_exports")]
    queryset = EXPORTS
    template_name = "customers/privacy/export.html"

    def get_title(self) -> str:
        return _t("Subject export %(number)s") % {"number": self.object.number}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        export, user = self.object, self.request.user
        may_take = self.may("subject-exports:write") and (export.asked_by_id == user.pk or user.role == User.Role.HEAD)
        is_kept = export.ready_at is not None and export.expires_at > timezone.now()
        return super().get_context_data(
            export=export,
            run=export.run,
            progress=progress_of(export.run, at=timezone.now()),
            is_kept=is_kept,
            may_take=may_take and is_kept,
            language=dict(settings.LANGUAGES).get(export.language, export.language),
            **kwargs,
        )


class ExportProgress(ExportPage):
    template_name = "customers/privacy/_progress.html"


class ExportFile(Page):
    """The file as JSON, or as a page to read. Each taking is recorded."""

    permission = "subject-exports:write"
    http_method_names = ["post"]

    def back(self) -> str:
        return reverse("subject_export", args=[self.kwargs["pk"]])

    def post(self, request: HttpRequest, *args: Any, pk: int, kind: str, **kwargs: Any) -> HttpResponse:
        if kind not in KINDS:
            raise Http404
        export = get_object_or_404(SubjectExport.objects.visible_to(request.user), pk=pk)
        content = take_along(export=export, kind=kind, by=self.request.user, at=timezone.now())
        name = f"{export.number}-{export.customer.number}.{kind}"
        named = {"Content-Disposition": f'attachment; filename="{name}"'}
        if kind == "html":
            return HttpResponse(page_of(content), content_type="text/html; charset=utf-8", headers=named)
        text = json.dumps(content, ensure_ascii=False, indent=1)
        return HttpResponse(text, content_type="application/json", headers=named)
