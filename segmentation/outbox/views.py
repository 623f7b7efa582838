"""The outbox as an admin sees it: what waits, what was sent, what the core answered."""

import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm.base import signals
from crm.base.exports import csv_of, safe
from crm.base.pages import Action, DetailPage, Empty, FormPage, ListPage, Page
from crm.base.pages.access import Text
from segmentation.models import Posting, PostingBatch
from segmentation.outbox.services import FILE, MOST, Answered, answer, rows_of, send, waiting
from segmentation.outbox.tables import BatchTable

State = Posting.State
HERE: list[tuple[Text, str]] = [(gettext_lazy("Outbox"), "postings")]
marked = lazy(lambda text, names: format_html(text, format_html("<code>{}</code>", names)), SafeString)
TEXTS = ("account", "charge")
LARGEST = 20 * 2**20


def with_states(batches: QuerySet[PostingBatch]) -> QuerySet[PostingBatch]:
    """`posted`, `refused`, `open` and `settled`: how many of each batch; `sent` is the sum of the first three."""
    counted = {str(state): Count("postings", filter=Q(postings__state=state)) for state in State}
    return batches.annotate(sent=Count("postings", filter=~Q(postings__state=State.SETTLED)), **counted)


class BatchList(ListPage):
    permission = "waiver-batches:read"
    title = gettext_lazy("Outbox")
    scoped = False
    queryset = with_states(PostingBatch.objects.select_related("sent_by"))
    table_class = BatchTable
    fragment_name = "segmentation/outbox/_batches.html"
    ordering_fields = {"number": "pk"}
    ordering = "-number"
    actions = [
        Action(gettext_lazy("Send"), "postings_send", icon="send", permission="waiver-batches:write", post=True),
        Action(gettext_lazy("Answers"), "postings_answers", icon="upload", permission="waiver-postings:write"),
    ]
    empty = Empty(
        gettext_lazy("Nothing was sent yet"),
        gettext_lazy("Waivers of published nights wait here for the bank's core, which refunds them."),
        icon="send",
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counts = dict(Posting.objects.order_by().values_list("state").annotate(n=Count("pk")))
        states = [(state.label, counts.get(state, 0)) for state in State]
        sent = sum(counts.values()) - counts.get(State.SETTLED, 0)
        return super().get_context_data(waiting=waiting(), states=states, sent=sent, **kwargs)


class SendPostings(Page):
    permission = "waiver-batches:write"
    http_method_names = ["post"]

    def back(self) -> str:
        return reverse("postings")

    def post(self, request: Any) -> HttpResponse:
        batch = send(value_date=timezone.localdate(), by=request.user)
        said = ngettext("%(count)s entry is sent.", "%(count)s entries are sent.", batch.entries)
        messages.success(request, said % {"count": f"{batch.entries:,}"})
        return redirect("posting_batch", pk=batch.pk)


class BatchPage(DetailPage):
    permission = "waiver-batches:read"
    scoped = False
    parents = HERE
    queryset = with_states(PostingBatch.objects.select_related("sent_by"))
    context_object_name = "batch"
    template_name = "segmentation/outbox/batch.html"

    def get_title(self) -> Text:
        return _("Batch %(number)s") % {"number": self.object.pk}

    def get_actions(self) -> list[Action]:
        if not self.may("waiver-postings:read"):
            return []
        return [Action(gettext_lazy("Posting file"), reverse("posting_file", args=[self.object.pk]), icon="download")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        refused = self.object.postings.filter(state=State.REFUSED).order_by("pk")[:100]
        # the core may name a customer in its reason
        return super().get_context_data(refused=refused, may_read=self.may("waivers:read"), **kwargs)


class PostingFile(Page):
    """The file for the core, the same each time; taking it is logged."""

    permission = "waiver-postings:read"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        batch = get_object_or_404(PostingBatch, pk=self.kwargs["pk"])
        signals.exported.send(
            PostingBatch, user=request.user, what="postingbatch.csv", rows=batch.entries, parameters={"batch": batch.pk}
        )
        return csv_of(_lines(batch), filename=f"postings-{batch.pk}.csv")


def _lines(batch: PostingBatch) -> Iterator[list[str]]:
    yield list(FILE)
    for row in rows_of(batch):
        yield [safe(row[name]) if name in TEXTS else row[name] for name in FILE]


class AnswersForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File of answers"),
        help_text=marked(
            gettext_lazy("CSV in UTF-8 with the columns {}."), "entry, state (posted, refused), posted_on, reason"
        ),
    )

    def clean_file(self) -> list[dict[str, Any]]:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("The file is larger than 20 MB."))
        try:
            reader = csv.DictReader(io.StringIO(file.read().decode("utf-8-sig")), strict=True)
            rows = [row | {"line": reader.line_num} for row in islice(reader, MOST + 1)]
        except (UnicodeDecodeError, csv.Error):
            raise forms.ValidationError(_("This is no CSV file in UTF-8.")) from None
        if len(rows) > MOST:
            raise forms.ValidationError(_("A file has at most %(most)s answers.") % {"most": f"{MOST:,}"})
        if not {"entry", "state"} <= set(reader.fieldnames or ()):
            raise forms.ValidationError(_("The columns entry and state are missing."))
        return rows


class AnswerPostings(FormPage):
    permission = "waiver-postings:write"
    title = gettext_lazy("Answers of the core")
    parents = HERE
    form_class = AnswersForm
    submit = gettext_lazy("Take in")
    cancel_to = "postings"
    success_url = "postings"

    def perform(self, form: forms.Form) -> Answered:
        """Good rows are kept; the first wrong ones are told by their line."""
        rows = form.cleaned_data["file"]
        found = answer(rows=rows, by=self.request.user)
        for row, sentence in found.errors[:20]:
            said = {"line": rows[row - 1]["line"], "sentence": sentence}
            messages.warning(self.request, _("Line %(line)s: %(sentence)s") % said)
        return found

    def get_done(self) -> Text:
        said = {"accepted": self.result.accepted, "rejected": self.result.rejected, "unchanged": self.result.unchanged}
        return _("%(accepted)s answers taken in, %(unchanged)s of them known before; %(rejected)s rejected.") % said
