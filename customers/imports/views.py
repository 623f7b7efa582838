"""Imports on screen: what came in, a new file with its preview, how far it is, and what was wrong with it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base import signals
from crm.base.pages import Action, DetailPage, Empty, FormPage, ListPage, Page
from crm.jobs.models import Run
from customers import tasks
from customers.imports import errors, uploads
from customers.imports.filters import ImportFilter
from customers.imports.forms import UploadForm
from customers.imports.mapping.services import is_ready as is_mapped
from customers.imports.preview import preview_of
from customers.imports.tables import ErrorTable, ImportTable
from customers.models import ImportBatch

SHOWN_ERRORS = 100
UPLOAD = Action(_("Upload a file"), "import_add", icon="upload", permission="imports:write", key="n")
PROFILES = Action(_("Profiles"), "import_profiles", icon="arrows-exchange", permission="import-profiles:read")
BATCHES = ImportBatch.objects.select_related("run", "uploaded_by", "profile")


class ImportList(ListPage):
    permission = "imports:read"
    title = _("Imports")
    queryset = BATCHES
    scoped = False
    filterset_class = ImportFilter
    table_class = ImportTable
    ordering_fields = {"at": "run_id"}
    ordering = "-at"
    actions = [UPLOAD, PROFILES]
    empty = Empty(
        _("Nothing has come in yet"),
        _("Customers, accounts and balances come as files: CSV, TSV or XLSX."),
        UPLOAD,
        icon="database-import",
    )


class UploadPage(FormPage):
    permission = "imports:write"
    title = _("Upload a file")
    parents = [(_("Imports"), "imports")]
    form_class = UploadForm
    submit = _("Look at it first")
    cancel_to = "imports"
    intro = _("Nothing is written before you have seen the first rows and confirmed.")

    def perform(self, form: UploadForm) -> ImportBatch:
        return uploads.upload(**form.cleaned_data, by=self.request.user, may_map=True)

    def get_success_url(self) -> str:
        """A file with columns that nobody knows is mapped first."""
        return reverse("import_mapping" if self.result.survey else "import", args=[self.result.pk])


class ImportPage(DetailPage):
    """Waiting: the preview, or the way to the columns that are still to be mapped. Under way: a bar that polls. Ended: the
    counts and the first errors."""

    permission = "imports:read"
    parents = [(_("Imports"), "imports")]
    queryset = BATCHES
    scoped = False
    template_name = "customers/imports/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        batch: ImportBatch = self.object
        run = batch.run
        found = run.row_errors.order_by("line", "id")[:SHOWN_ERRORS]
        waits = run.status == Run.Status.WAITING
        is_ready = waits and is_mapped(batch)
        return super().get_context_data(
            batch=batch,
            run=run,
            percent=percent_of(run),
            is_unmapped=waits and not is_ready,
            preview=preview_of(batch, as_of=timezone.localdate()) if is_ready and batch.file else None,
            errors=ErrorTable(found, request=self.request) if run.has_ended and found else None,
            may_confirm=waits and self.may("imports:write"),
            **kwargs,
        )


class ImportProgress(ImportPage):
    template_name = "customers/imports/_progress.html"


class AnswerImport(Page):
    permission = "imports:write"
    http_method_names = ["post"]

    def back(self) -> str:
        return reverse("import", args=[self.kwargs["pk"]])


class ConfirmImport(AnswerImport):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        uploads.confirm(batch=get_object_or_404(BATCHES, pk=pk), by=request.user, ring=tasks.ring)
        return redirect("import", pk)


class DiscardImport(AnswerImport):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        uploads.discard(batch=get_object_or_404(BATCHES, pk=pk), by=request.user)
        messages.success(request, _("The file is discarded; nothing was written."))
        return redirect("imports")


class ImportErrors(Page):
    """All errors as CSV: row, column, code, message, masked value."""

    permission = "imports:read"

    def get(self, request: HttpRequest, *args: Any, pk: int, **kwargs: Any) -> StreamingHttpResponse:
        batch = get_object_or_404(BATCHES, pk=pk)
        signals.exported.send(
            ImportBatch, user=request.user, what="import errors", rows=batch.rejected, parameters={"import": pk}
        )
        response = StreamingHttpResponse(errors.csv_lines(batch.run), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="import-{pk}-errors.csv"'
        return response


def percent_of(run: Run) -> int:
    if run.has_ended:
        return 100
    return min(99, run.rows_done * 100 // run.rows_total) if run.rows_total else 0
