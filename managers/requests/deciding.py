"""Asking for a resource, once more too, and deciding on what waits."""

from typing import Any

from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from crm.base.pages import FormPage
from crm.base.pages.access import Crumb, Text
from crm.base.templatetags.frame import said_day
from managers.models import ResourceRequest
from managers.requests.forms import DeclineForm, ReadForm, RequestForm, said_before
from managers.requests.services import ask, decline, grant, lay_before
from managers.requests.views import HERE

State = ResourceRequest.State


class AskForResource(FormPage):
    permission = "resource-requests:write"
    title = _("Ask for a resource")
    parents = [HERE]
    form_class = RequestForm
    submit = _("Ask")
    cancel_to = "resource_requests"
    intro = _(
        "What you may grant, together with what stands granted of the same thing to the same customer, is granted at once."
        " Above that a head or an approver decides."
    )

    @cached_property
    def renewed(self) -> ResourceRequest | None:
        """The grant of which the address says that a new one replaces it."""
        key = self.request.GET.get("replaces", "")
        if not key:
            return None
        rows = ResourceRequest.objects.visible_to(self.request.user).granted()
        is_key = key.isascii() and key.isdigit() and len(key) < 19
        return get_object_or_404(rows.select_related("customer", "product", "fee"), pk=int(key) if is_key else 0)

    def get_title(self) -> Text:
        return _t("Renew: %(request)s") % {"request": self.renewed} if self.renewed else self.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.renewed:
            until = said_day(self.renewed.valid_until)
            text = _t("With its grant the one until %(day)s ends, and counts against no limit any more.")
            kwargs["intro"] = f"{self.intro} {text % {'day': until}}"
        return super().get_context_data(**kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        return said_before(self.renewed) if self.renewed else {"customer": self.request.GET.get("customer", "")}

    def perform(self, form: BaseForm) -> ResourceRequest:
        assert isinstance(form, RequestForm)
        return ask(by=self.request.user, at=timezone.now(), **form.said())

    def get_done(self) -> Text:
        return {
            State.GRANTED: _t("Granted."),
            State.WAITING: _t("Asked: a head decides."),
            State.PROPOSED: _t("Asked: an approver decides."),
        }[State(self.result.state)]

    def get_success_url(self) -> str:
        return reverse("resource_request", args=[self.result.pk])


class OfRequest(FormPage):
    permission = "resource-requests:write"

    @cached_property
    def asked(self) -> ResourceRequest:
        rows = ResourceRequest.objects.visible_to(self.request.user)
        return get_object_or_404(rows.select_related("customer", "product", "fee"), pk=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.asked.version}

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(HERE[0], reverse(HERE[1])), Crumb(str(self.asked), self.get_success_url())]

    def get_success_url(self) -> str:
        return reverse("resource_request", args=[self.asked.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        said = {"intro": f"{self.asked} · {self.asked.customer}", "cancel_url": self.get_success_url()}
        return super().get_context_data(**said | kwargs)

    def verb(self, form: BaseForm) -> dict[str, Any]:
        return {"request": self.asked, "by": self.request.user, "at": timezone.now(), **form.cleaned_data}


class GrantRequest(OfRequest):
    title = _("Grant")
    submit = _("Grant")
    form_class = ReadForm
    done = _("Granted.")

    def perform(self, form: BaseForm) -> ResourceRequest:
        return grant(**self.verb(form))


class LayBefore(OfRequest):
    title = _("Lay before an approver")
    submit = _("Lay before an approver")
    form_class = ReadForm
    done = _("Asked: an approver decides.")

    def perform(self, form: BaseForm) -> ResourceRequest:
        return lay_before(**self.verb(form))


class DeclineRequest(OfRequest):
    title = _("Decline")
    submit = _("Decline")
    form_class = DeclineForm
    done = _("Declined.")

    def perform(self, form: BaseForm) -> ResourceRequest:
        return decline(**self.verb(form))
