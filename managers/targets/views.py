"""Targets: the list with how far they are reached, what counts towards one, and setting it."""

from datetime import timedelta
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.pages import Action, Empty, FormPage, ListPage
from crm.base.pages.access import Crumb
from managers.models import Target
from managers.targets.attaining import BY_NAME, Counting, with_attained
from managers.targets.filters import TargetFilter
from managers.targets.forms import AmountForm, TargetForm
from managers.targets.services import change_target, set_target
from managers.targets.tables import CountedTable, TargetTable, shown

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


class TargetPage(ListPage):
    """The customers who count towards it; those out of reach are one sum, so that all together are the figure."""

    permission = "targets:read"
    template_name = "managers/targets/target.html"
    parents = [HERE]
    table_class: ClassVar[Any] = CountedTable
    ordering_fields = BY_NAME
    ordering = "name"
    empty = Empty(_("Nothing counts yet"), icon="target")

    @cached_property
    def counting(self) -> Counting:
        rows = Target.objects.visible_to(self.request.user)
        rows = rows.select_related("manager", "team", "branch", "product", "set_by")
        return Counting(get_object_or_404(rows, pk=self.kwargs["pk"]), self.request.user)

    def get_title(self) -> str:
        return str(self.counting.target)

    def get_actions(self) -> list[Action]:
        target = self.counting.target
        if not self.may("targets:write") or target.until <= timezone.localdate():
            return []
        return [Action(_("Change"), reverse("target_change", args=[target.pk]), icon="pencil", dialog=True)]

    def get_queryset(self) -> QuerySet:
        return self.counting.customers

    def table(self, rows: Any) -> Any:
        return super().table(self.counting.lines(rows))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counting, target = self.counting, self.counting.target
        context = super().get_context_data(**kwargs)
        figures = {"amount": target.amount, "done": target.done, "away": counting.away_sum}
        said = {name: shown(figure, target.currency) for name, figure in figures.items()}
        period = {"last": target.until - timedelta(days=1)}
        return context | said | period | {"target": target, "away_count": len(counting.away)}


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
        return {"amount": f"{self.target.amount.normalize():f}", "version": self.target.version}

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(HERE[0], reverse(HERE[1])), Crumb(str(self.target), self.get_success_url())]

    def get_success_url(self) -> str:
        return reverse("target", args=[self.target.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        said = {"intro": str(self.target), "cancel_url": self.get_success_url()}
        return super().get_context_data(**said | kwargs)

    def perform(self, form: BaseForm) -> Target:
        return change_target(target=self.target, by=self.request.user, at=timezone.now(), **form.cleaned_data)
