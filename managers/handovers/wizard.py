"""The pages on which a head hands a book over: to whom, who gets whom, done."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.base.errors import RuleBroken
from crm.base.pages import Page
from customers.models import Customer
from managers.books.naming import nameable
from managers.books.querysets import with_tier
from managers.books.views.managers import OfManager
from managers.handovers.forms import DealForm
from managers.handovers.giving import STALE, Proposal, hand_over
from managers.models import Assignment, Leaving, Opportunity, Task
from segmentation.models import Tier, TierPeriod

SHOWN = 200


def _count(rows: Any) -> Coalesce:
    found = rows.filter(customer=OuterRef("pk")).order_by().values("customer").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(found), 0)


class HandBookOver(OfManager, Page):
    """What was asked for stays in the address; who is given to whom otherwise than proposed is posted, with the seal of what was seen."""

    permission = "handovers:write"
    template_name = "managers/handovers/wizard.html"

    def get_title(self) -> str:
        return _("Hand over the book of %(user)s") % {"user": self.manager}

    @cached_property
    def people(self) -> Any:
        at_work = nameable(self.request.user, Assignment.Role.BACKUP).exclude(pk=self.manager.pk)
        return at_work.exclude(pk__in=Leaving.objects.standing().values("manager"))

    @cached_property
    def form(self) -> DealForm:
        asked = self.request.GET if "receivers" in self.request.GET or "tier" in self.request.GET else None
        standing = TierPeriod.objects.open().filter(customer__manager=self.manager.pk).values("tier")
        tiers = Tier.objects.filter(pk__in=standing).order_by("-rank", "code")
        return DealForm(asked, people=self.people, tiers=tiers)

    @cached_property
    def proposal(self) -> Proposal | None:
        if not self.form.is_valid():
            return None
        said = self.form.cleaned_data
        return Proposal(
            giver=self.manager,
            receivers=list(said["receivers"]),
            tier=said["tier"],
            by=self.request.user,
            at=timezone.now(),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown: dict[str, Any] = {"manager": self.manager, "form": self.form, "proposal": self.proposal, "shown": SHOWN}
        if self.proposal:
            shown["rows"] = self._rows(self.proposal)
        return super().get_context_data(**shown | kwargs)

    def _rows(self, proposal: Proposal) -> list[Customer]:
        keys = sorted(proposal.weights, key=lambda key: (-proposal.weights[key], key))[:SHOWN]
        found = with_tier(Customer.objects.filter(pk__in=keys)).annotate(
            tasks_open=_count(Task.objects.open()), opportunities_open=_count(Opportunity.objects.open())
        )
        rows = sorted(found, key=lambda row: keys.index(row.pk))
        for row in rows:
            row.to = proposal.dealt[row.pk].pk
        return rows

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        reason = request.POST.get("reason", "")[:300]
        if not self.proposal:
            return self.render_to_response(self.get_context_data(), status=400)
        try:
            handed = self._hand_over(self.proposal, reason)
        except RuleBroken as refusal:
            context = self.get_context_data(refusal=refusal, reason=reason)
            return self.render_to_response(context, status=400)
        text = ngettext("%(count)s customer is handed over.", "%(count)s customers are handed over.", len(handed))
        messages.success(request, text % {"count": len(handed)})
        if left := len(self.proposal.dealt) - len(handed):
            text = ngettext(
                "%(count)s stayed: somebody is changing the record.",
                "%(count)s stayed: somebody is changing the records.",
                left,
            )
            messages.warning(request, text % {"count": left})
        return self.leave(reverse("handovers") + f"?giver={self.manager.username}")

    def _hand_over(self, proposal: Proposal, reason: str) -> set[int]:
        if self.request.POST.get("seal") != proposal.seal:
            raise RuleBroken(_("Somebody changed the book in the meantime. Look at it again."), code=STALE)
        people = {str(each.user.pk): each.user for each in proposal.receivers}
        said = {key: people.get(self.request.POST.get(f"to-{key}", "")) for key in proposal.weights}
        proposal.changed({key: user for key, user in said.items() if user})
        return hand_over(
            giver=self.manager, dealt=proposal.dealt, by=self.request.user, at=timezone.now(), reason=reason
        )
