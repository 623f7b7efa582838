"""What the rules noticed of customers, why, and the rules themselves."""

from datetime import timedelta
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Action, DetailPage, Empty, ListPage, Page
from crm.base.pages.access import Crumb, is_fragment
from customers.views.head import look
from segmentation.changes.definition import readable
from segmentation.changes.filters import ChangeFilter
from segmentation.changes.tables import ChangeTable
from segmentation.changes.wording import rule_in_words
from segmentation.decisions.views import crumbs_of
from segmentation.models import Change, ChangeDay, ChangeRule, Published
from segmentation.services.drafts import CHANGE, begin_draft

COUNTED = timedelta(days=30)


class ChangeList(ListPage):
    permission = "changes:read"
    title = _("Customer changes")
    queryset = Change.objects.select_related("customer__manager", "rule")
    filterset_class = ChangeFilter
    table_class = ChangeTable
    ordering_fields = {"day": "day"}
    ordering = "-day"
    actions = [Action(_("Rules"), "change_rules", icon="bell-cog", permission="change-rules:read")]
    empty = Empty(
        _("Nothing was noticed yet"),
        _("After each night stands here whose money came or went, who has a birthday, what matures, who moved."),
        icon="bell",
    )


class ChangeWhy(DetailPage):
    """The figures that made the rule speak, and the rule: a dialog, and a page of its own."""

    permission = "changes:read"
    queryset = Change.objects.select_related("customer", "rule")
    template_name = "segmentation/changes/why.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        look(self.object.customer, request, "page.change")
        return self.render_to_response(self.get_context_data(object=self.object))

    def get_template_names(self) -> list[str]:
        return ["segmentation/changes/_why.html" if is_fragment(self.request) else self.template_name]

    def get_title(self) -> str:
        return str(self.object)

    def get_crumbs(self) -> list[Crumb]:
        return crumbs_of(self.object.customer)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = readable(self.object.rule.content)
        words = rule_in_words(asked) if asked else ""
        return super().get_context_data(change=self.object, words=words, **kwargs)


class ChangeRulesPage(Page):
    """Every kind of change with the rules that look for it, and what they noticed within a month."""

    permission = "change-rules:read"
    title = _("Change rules")
    template_name = "segmentation/changes/rules.html"
    parents = [(_("Customer changes"), "changes")]

    def get_crumbs(self) -> list[Crumb]:
        return super().get_crumbs() if self.may("changes:read") else []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        published = Published.objects.first()
        on = published.business_date if published else timezone.localdate()
        holding = {rule.code: rule for rule in ChangeRule.objects.in_force(on)}
        coming = {
            rule.code: rule for rule in ChangeRule.objects.filter(effective_from__gt=on).order_by("-effective_from")
        }
        counts = dict(
            Change.objects.filter(day__gt=on - COUNTED).order_by().values_list("code").annotate(count=Count("pk"))
        )
        rows = [_row(holding.get(code), coming.get(code), counts.get(code, 0)) for code in sorted({*holding, *coming})]
        kinds = list(ChangeRule.Kind)
        found = {
            "rows": sorted(rows, key=lambda row: (kinds.index(row["shown"].kind), row["shown"].code)),
            "unused": [kind for kind in kinds if kind not in {row["shown"].kind for row in rows}],
            "kinds": kinds,
            "last": ChangeDay.objects.first(),
            "may_change": self.may("drafts:write"),
        }
        return super().get_context_data(**found | kwargs)


def _row(version: ChangeRule | None, coming: ChangeRule | None, count: int) -> dict[str, Any]:
    shown = version or coming
    assert shown is not None
    asked = readable(shown.content)
    return {
        "shown": shown,
        "version": version,
        "coming": coming,
        "words": rule_in_words(asked) if asked else "",
        "is_on": version is not None and asked is not None and not asked.is_off,
        "can_be_read": asked is not None,
        "count": count,
    }


class ChangeRuleChange(Page):
    """Begins a draft: from the version of a rule that is in force, or of a kind with figures to begin with."""

    permission = "drafts:write"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        is_known = code in ChangeRule.Kind.values or ChangeRule.objects.filter(code=code).exists()
        if not is_known:
            get_object_or_404(ChangeRule, code=code)
        draft = begin_draft(start=f"{CHANGE}:{code}", by=self.request.user)
        return redirect("draft_edit", pk=draft.pk)
