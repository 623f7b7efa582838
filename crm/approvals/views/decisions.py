"""Yes and no on pages. What may not be, the services say."""

import re
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.approvals import services
from crm.approvals.forms import ApproveForm, ReasonForm
from crm.approvals.models import Proposal
from crm.approvals.people.logins import hand_over
from crm.base.errors import RuleBroken
from crm.base.pages import FormPage, Page

NUMBER = re.compile(r"\d{1,18}", re.ASCII)
PARENTS = [(gettext_lazy("Approvals"), "proposals")]


class _One(Page):
    permission = "proposals:write"
    parents = PARENTS

    @cached_property
    def proposal(self) -> Proposal:
        visible = Proposal.objects.visible_to(self.request.user)
        return get_object_or_404(visible.select_related("maker"), pk=self.kwargs["pk"])

    def back(self) -> str:
        return reverse("proposal", args=[self.proposal.pk])


class Approve(FormPage, _One):
    title = gettext_lazy("Approve")
    form_class: type[ReasonForm] = ApproveForm
    submit = gettext_lazy("Approve")
    done = gettext_lazy("It is approved.")

    def get_initial(self) -> dict[str, Any]:
        return {"content_hash": self.proposal.content_hash}

    def perform(self, form: ReasonForm) -> None:
        typed = form.cleaned_data
        services.approve(
            proposal=self.proposal, content_hash=typed["content_hash"], reason=typed["reason"], by=self.request.user
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(intro=self.proposal.title, cancel_url=self.back(), **kwargs)

    def get_success_url(self) -> str:
        return self.back()


class Refuse(Approve):
    title = gettext_lazy("Refuse")
    form_class = ReasonForm
    submit = gettext_lazy("Refuse")
    done = gettext_lazy("It is refused; the maker is told why.")

    def perform(self, form: ReasonForm) -> None:
        services.refuse(proposal=self.proposal, reason=form.cleaned_data["reason"], by=self.request.user)


class Withdraw(_One):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        services.withdraw(proposal=self.proposal, by=self.request.user)
        messages.success(request, _("It is withdrawn."))
        return redirect(self.back())


class ApproveTogether(Page):
    """Small ones of the inbox: `chosen` are "id:hash", the hashes being those of the page."""

    permission = "proposals:write"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        pairs = (one.partition(":") for one in request.POST.getlist("chosen"))
        hashes = {int(number): hashed for number, _colon, hashed in pairs if NUMBER.fullmatch(number)}
        visible = Proposal.objects.visible_to(request.user).filter(pk__in=hashes)
        try:
            services.approve_many(proposals=list(visible), hashes=hashes, by=self.request.user)
            messages.success(request, _("Approved together: %(count)s.") % {"count": len(hashes)})
        except RuleBroken as refusal:
            messages.error(request, _("None was approved. %(why)s") % {"why": refusal})
        return redirect("proposals")


class HandOver(_One):
    """The link by which a person sets the first password: shown to the checker alone, who hands it over."""

    title = gettext_lazy("Link to a new password")
    http_method_names = ["post"]
    template_name = "approvals/link.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        path = hand_over(proposal=self.proposal, by=self.request.user, at=timezone.now())
        context = self.get_context_data(link=request.build_absolute_uri(path), proposal=self.proposal)
        return self.render_to_response(context)
