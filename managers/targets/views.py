"""Targets: the list with how far they are reached, what counts towards one, and setting it."""

from decimal import Decimal
from typing import Any, ClassVar

from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.pages import Action, DetailPage, Empty, FormPage, ListPage
from crm.base.pages.access import Crumb
from customers.models import Customer
from managers.models import Opportunity, Target
from managers.targets.attaining import counted, with_attained
from managers.targets.filters import TargetFilter
from managers.targets.forms import AmountForm, TargetForm
from managers.targets.services import change_target, set_target
from managers.targets.tables import TargetTable, shown

SET = Action(_("Set a target"), "target_add", icon="plus", permission="targets:write")
HERE = (pgettext_lazy("of a period", "Targets"), "targets")


class TargetList(ListPage):
    permission = "targets:read"
    title = HERE[0]
    queryset = Target.objects.select_related("manager", "team", "branch", "product")
    filterset_class = TargetFilter
    table_class: ClassVar[Any] = TargetTable
    ordering_fields = {"since": "since"}
    ordering = "-since"
    actions = [SET]
    empty = Empty(
        _("No target is set"),
        _(
            "A branch head sets them for a manager, a team or a branch; what is reached is reckoned from sales and balances."
        ),
        SET,
        icon="target",
    )

    def table(self, rows: Any) -> Any:
        return super().table(with_attained(rows))


class TargetPage(DetailPage):
    """What counts towards it; what is out of reach is one line, so that the rows add up to the figure."""

    permission = "targets:read"
    template_name = "managers/targets/target.html"
    context_object_name = "target"
    parents = [HERE]
    queryset = Target.objects.select_related("manager", "team", "branch", "product", "set_by")
    object: Target

    def get_actions(self) -> list[Action]:
        if not self.may("targets:write") or self.object.until <= timezone.localdate():
            return []
        return [Action(_("Change"), reverse("target_change", args=[self.object.pk]), icon="pencil", dialog=True)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        with_attained([self.object])
        rows, user = counted([self.object]), self.request.user
        customers = Customer.objects.open_to(user).in_bulk({row["customer_id"] for row in rows})
        sales = Opportunity.objects.select_related("product").in_bulk({row["opportunity_id"] for row in rows} - {None})
        lines = [
            (
                customers[row["customer_id"]],
                sales.get(row["opportunity_id"]),
                shown(row["amount"], self.object.currency),
            )
            for row in rows
            if row["customer_id"] in customers
        ]
        away = [row["amount"] for row in rows if row["customer_id"] not in customers]
        told: Any = self.object
        context = {
            "lines": sorted(lines, key=lambda line: (line[0].sort_key, line[0].pk)),
            "away_count": len(away),
            "away": shown(sum(away, Decimal(0)), told.currency),
            "amount": shown(told.amount, told.currency),
            "done": shown(told.done, told.currency),
        }
        return super().get_context_data(**context | kwargs)


class SetTarget(FormPage):
    permission = "targets:write"
    title = _("Set a target")
    parents = [HERE]
    form_class = TargetForm
    submit = _("Set it")
    cancel_to = success_url = "targets"
    done = _("Set.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def perform(self, form: BaseForm) -> Target:
        return set_target(by=self.request.user, at=timezone.now(), **form.cleaned_data)


class ChangeTarget(FormPage):
    permission = "targets:write"
    title = _("Change the target")
    form_class = AmountForm
    done = _("Saved.")

    @cached_property
    def target(self) -> Target:
        return get_object_or_404(Target.objects.visible_to(self.request.user), pk=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        return {"amount": self.target.amount.normalize(), "version": self.target.version}

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(HERE[0], reverse(HERE[1])), Crumb(str(self.target), self.get_success_url())]

    def get_success_url(self) -> str:
        return reverse("target", args=[self.target.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        said = {"intro": str(self.target), "cancel_url": self.get_success_url()}
        return super().get_context_data(**said | kwargs)

    def perform(self, form: BaseForm) -> Target:
        return change_target(target=self.target, by=self.request.user, at=timezone.now(), **form.cleaned_data)
