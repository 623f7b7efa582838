"""Documents: those that end, and forms about one of a customer in reach. Each is one service."""

from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Empty, ListPage
from customers.documents import services
from customers.documents.filters import DocumentFilter
from customers.documents.forms import AddImagesForm, CloseDocumentForm, DocumentForm
from customers.documents.showing import RevealDocument, ShowImage
from customers.documents.tables import DocumentTable
from customers.models import Customer, Document, DocumentImage
from customers.views.change import ChangePage

__all__ = [
    "AddImages",
    "CloseDocument",
    "DocumentList",
    "RecordDocument",
    "RenewDocument",
    "RevealDocument",
    "ShowImage",
]


class DocumentList(ListPage):
    permission = "documents:read"
    title = _("Documents")
    queryset = Document.objects.select_related("customer__branch", "customer__manager")
    filterset_class = DocumentFilter
    table_class = DocumentTable
    ordering_fields = {"valid_until": "valid_until"}
    ordering = "valid_until"
    empty = Empty(
        _("No document of your customers ends within 90 days"),
        _(
            "Identity cards, passports, permits and licences stand here before they end. Record them on a customer's page."
        ),
        icon="id",
    )

    @cached_property
    def rows(self) -> QuerySet:
        """What has ended or ends soon, unless one asks for more."""
        asked, rows = self.request.GET, super().rows
        return rows if asked.get("state") or asked.get("within") else rows.ending(timezone.localdate() + Document.SOON)


class DocumentsPage(ChangePage):
    """Back to the tab where the result stands."""

    permission = "documents:write"
    done = _("Saved.")

    def get_success_url(self) -> str:
        return f"{reverse('customer', args=[self.customer.pk])}?tab=documents"


class RecordDocument(DocumentsPage):
    submit = _("Record")
    done = _("The document is on file.")
    form_class = DocumentForm

    @cached_property
    def type(self) -> str:
        if self.kwargs["type"] not in Document.OF_KIND[self.customer.kind]:
            raise Http404
        return str(self.kwargs["type"])

    def get_title(self) -> str:
        return str(Document.Type(self.type).label)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"type": self.type}

    def perform(self, form: Any) -> Document:
        return services.record_document(
            customer=self.customer, type=self.type, by=self.request.user, at=timezone.now(), **form.said()
        )


class OfDocument(DocumentsPage):
    """About a document that stands, of a customer in reach."""

    @cached_property
    def document(self) -> Document:
        rows = Document.objects.open().visible_to(self.request.user).select_related("customer")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def customer(self) -> Customer:
        return self.document.customer

    def get_title(self) -> str:
        return f"{self.title}: {self.document}"


class RenewDocument(OfDocument):
    title = _("Renew")
    submit = _("Renew")
    done = _("The new document is on file; the old one stays in the history.")
    form_class = DocumentForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"type": self.document.type, "renews": self.document}

    def get_initial(self) -> dict[str, Any]:
        share = self.document.share
        return {
            "issuer": self.document.issuer,
            "holder": self.document.holder,
            "identified_by": self.document.identified_by,
            "percent": share and share * 100,
        }

    def perform(self, form: Any) -> Document:
        return services.renew_document(document=self.document, by=self.request.user, at=timezone.now(), **form.said())


class CloseDocument(OfDocument):
    title = _("Close the document")
    intro = _("It no longer counts, and stays in the history.")
    submit = _("Close it")
    form_class = CloseDocumentForm

    def perform(self, form: BaseForm) -> Document:
        return services.close_document(
            document=self.document, by=self.request.user, at=timezone.now(), **form.cleaned_data
        )


class AddImages(OfDocument):
    title = _("Add pictures")
    form_class = AddImagesForm

    def perform(self, form: Any) -> list[DocumentImage]:
        return services.add_images(
            document=self.document, images=form.images(), by=self.request.user, at=timezone.now()
        )
