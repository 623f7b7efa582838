"""What is said in calls, and why people call: kept by admins."""

from typing import Any

import django_tables2 as tables
from django.forms import BaseForm
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Action, Empty, FormPage, ListPage, Page
from crm.base.pages.access import Text
from crm.base.tables import Table
from service.models import CallReason, CallScript
from service.phone.forms import ReasonForm, ScriptForm
from service.phone.keeping import keep_reason, keep_script

SCRIPTS = (_("Scripts of calls"), "call_scripts")
REASONS = (_("Reasons of calls"), "call_reasons")


class ScriptList(Page):
    """Every moment with what is said now, and how often it was changed."""

    permission = "call-scripts:read"
    title = SCRIPTS[0]
    template_name = "service/phone/scripts.html"
    actions = [Action(REASONS[0], "call_reasons", icon="list", permission="call-reasons:read")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        current = {each.moment: each for each in CallScript.objects.current().select_related("written_by")}
        rows = [(moment, current.get(moment)) for moment in CallScript.Moment]
        return super().get_context_data(**{"rows": rows, "may_write": self.may("call-scripts:write")} | kwargs)


class KeepScript(FormPage):
    permission = "call-scripts:write"
    parents = [SCRIPTS]
    cancel_to = "call_scripts"
    done = _("Saved: it is said from now on.")
    form_class = ScriptForm

    @cached_property
    def moment(self) -> CallScript.Moment:
        if self.kwargs["moment"] not in CallScript.Moment.values:
            raise Http404
        return CallScript.Moment(self.kwargs["moment"])

    def get_title(self) -> Text:
        return self.moment.label

    def get_initial(self) -> dict[str, Any]:
        last = CallScript.objects.filter(moment=self.moment).order_by("-number").first()
        return (
            {"number": 0} if last is None else {"number": last.number, "text_en": last.text_en, "text_zh": last.text_zh}
        )

    def perform(self, form: BaseForm) -> CallScript:
        return keep_script(moment=self.moment, by=self.request.user, at=timezone.now(), **form.cleaned_data)

    def get_success_url(self) -> str:
        return reverse("call_scripts")


class ReasonTable(Table):
    name = tables.Column()
    code = tables.Column()
    is_used = tables.BooleanColumn()

    class Meta:
        model = CallReason
        fields = ("name", "code", "is_used")
        sequence = fields

    def row_url(self, record: CallReason) -> str:
        return reverse("call_reason", args=[record.pk]) if self.request.user.may("call-reasons:write") else ""


class ReasonList(ListPage):
    permission = "call-reasons:read"
    scoped = False
    title = REASONS[0]
    parents = [SCRIPTS]
    queryset = CallReason.objects.all()
    table_class = ReasonTable
    ordering_fields = {"name": "name"}
    ordering = "name"
    actions = [Action(_("New reason"), "call_reason_add", icon="plus", permission="call-reasons:write")]
    empty = Empty(
        _("No reason yet"),
        _("Why people call is chosen when a call is wrapped up."),
        Action(_("New reason"), "call_reason_add", permission="call-reasons:write"),
        icon="list",
    )


class KeepReason(FormPage):
    permission = "call-reasons:write"
    title = _("Reason of calls")
    parents = [REASONS]
    cancel_to = "call_reasons"
    done = _("Saved.")
    form_class = ReasonForm

    @cached_property
    def reason(self) -> CallReason | None:
        return get_object_or_404(CallReason, pk=self.kwargs["pk"]) if "pk" in self.kwargs else None

    def get_initial(self) -> dict[str, Any]:
        return {"is_used": True} if self.reason is None else vars(self.reason)

    def get_form(self, form_class: Any = None) -> BaseForm:
        form = super().get_form(form_class)
        form.fields["code"].disabled = self.reason is not None
        return form

    def perform(self, form: BaseForm) -> CallReason:
        return keep_reason(reason=self.reason, by=self.request.user, **form.cleaned_data)

    def get_success_url(self) -> str:
        return reverse("call_reasons")
