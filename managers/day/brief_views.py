"""The brief before a meeting: a page that prints well, and a PDF."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Action, Page
from crm.base.pages.access import Crumb
from customers.models import Customer
from customers.views.head import look
from managers.day.brief import Brief, brief_of
from managers.day.paper import drawn
from segmentation.decisions.views import crumbs_of


class BriefPage(Page):
    permission = "day:read"
    template_name = "managers/day/brief.html"
    http_method_names = ["get", "head", "options"]
    what = "page.brief"

    @cached_property
    def customer(self) -> Customer:
        rows = Customer.objects.open_to(self.request.user).select_related("branch", "manager")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def brief(self) -> Brief:
        look(self.customer, self.request, self.what)
        return brief_of(self.customer, self.request.user, at=timezone.now())

    def get_title(self) -> str:
        return _("Brief: %(customer)s") % {"customer": self.customer}

    def get_crumbs(self) -> list[Crumb]:
        return crumbs_of(self.customer)

    def get_actions(self) -> list[Action]:
        key = self.customer.pk
        return [
            Action(_("Arrange a meeting"), reverse("meeting_add", args=[key]), "calendar-plus", "meetings:write", dialog=True),
            Action(_("PDF"), reverse("customer_brief_pdf", args=[key]), icon="printer", key="p"),
        ]  # fmt: skip

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(brief=self.brief, customer=self.customer, now=timezone.now(), **kwargs)


class BriefPaper(BriefPage):
    """The same as a PDF, in the language of the reader."""

    what = "brief.pdf"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        pdf = drawn(self.brief, made_at=timezone.now(), made_by=str(request.user))
        named = {"Content-Disposition": f'inline; filename="{self.customer.number}.pdf"'}
        return HttpResponse(pdf, content_type="application/pdf", headers=named)
