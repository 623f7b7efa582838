"""A number or picture in full. Both are asked for with a reason, by POST: there is no address under which one could lie."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.errors import RuleBroken
from crm.base.pages.access import is_fragment
from customers.documents.revealing import reveal_number, show_image
from customers.forms import RevealForm
from customers.masking import national_id
from customers.models import Customer, Document, DocumentImage
from customers.views.change import ChangePage

POLICIES = {
    DocumentImage.Kind.PDF: "default-src 'none'; frame-ancestors 'none'",  # a sandbox would show none
}
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
ENDINGS = {DocumentImage.Kind.JPEG: "jpg", DocumentImage.Kind.PNG: "png", DocumentImage.Kind.PDF: "pdf"}


class Reveals(ChangePage):
    """Asks for the reason, then shows."""

    permission = "documents:read"
    submit = _("Show")
    form_class = RevealForm
    intro = _("Your reason is kept with it.")

    def get_title(self) -> str:
        return f"{self.customer}: {self.document}"

    @cached_property
    def document(self) -> Document:
        rows = Document.objects.visible_to(self.request.user).select_related("customer")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def customer(self) -> Customer:
        return self.document.customer

    def get_success_url(self) -> str:
        return f"{reverse('customer', args=[self.customer.pk])}?tab=documents"

    def form_valid(self, form: BaseForm) -> HttpResponse:
        try:
            return self.shown(form.cleaned_data["reason"])
        except RuleBroken as refusal:
            return self.refused(form, refusal)

    def shown(self, reason: str) -> HttpResponse:
        raise NotImplementedError


class RevealDocument(Reveals):
    def shown(self, reason: str) -> HttpResponse:
        number = reveal_number(document=self.document, by=self.request.user, reason=reason)
        context = {
            "document": self.document,
            "number": number,
            "masked": national_id(number),
            "title": self.get_title(),
        }
        name = "_revealed" if is_fragment(self.request) else "revealed"
        return render(self.request, f"customers/documents/{name}.html", context)


class ShowImage(Reveals):
    """The answer is the picture itself, for a page of its own."""

    @cached_property
    def image(self) -> DocumentImage:
        rows = DocumentImage.objects.visible_to(self.request.user).without_content()
        return get_object_or_404(rows.select_related("document__customer"), pk=self.kwargs["pk"])

    @cached_property
    def document(self) -> Document:
        return self.image.document

    def shown(self, reason: str) -> HttpResponse:
        return picture_of(self.image, show_image(image=self.image, by=self.request.user, reason=reason))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(opens_new=True, **kwargs)


def picture_of(image: DocumentImage, content: bytes) -> HttpResponse:
    """Kept nowhere on the way, taken for nothing else than it is, and able to do nothing."""
    kind = DocumentImage.Kind(image.content_type)
    response = HttpResponse(content, content_type=kind.value)
    response["Content-Disposition"] = f'inline; filename="document-{image.pk}.{ENDINGS[kind]}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICIES.get(kind, POLICY)
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    add_never_cache_headers(response)
    return response
