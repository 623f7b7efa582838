from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.approvals import services
from crm.approvals.forms import DeputyForm
from crm.approvals.models import Deputy
from crm.approvals.tables import DeputyTable
from crm.base.pages import Action, Empty, FormPage, ListPage, Page
from crm.identity.models import User

APPROVALS = (gettext_lazy("Approvals"), "proposals")
APPOINT = Action(gettext_lazy("Appoint a deputy"), "deputy_add", icon="plus")


class DeputyList(ListPage):
    """Who stands in for whom, and when; no secret to those who propose."""

    permission = "proposals:read"
    title = gettext_lazy("Deputies")
    parents = [APPROVALS]
    queryset = Deputy.objects.select_related("approver", "deputy", "appointed_by")
    scoped = False
    table_class = DeputyTable
    ordering_fields = {"starts_at": "starts_at"}
    ordering = "-starts_at"
    empty = Empty(
        gettext_lazy("No deputies"),
        gettext_lazy("For an absence an approver names somebody who decides."),
        icon="user-share",
    )

    def get_actions(self) -> list[Action]:
        return [APPOINT] if self.request.user.role == User.Role.APPROVER else []


class _ByApprover(Page):
    permission = "proposals:write"

    def is_allowed(self) -> bool:
        return super().is_allowed() and self.request.user.role == User.Role.APPROVER


class AppointDeputy(FormPage, _ByApprover):
    title = gettext_lazy("Appoint a deputy")
    parents = [APPROVALS, (gettext_lazy("Deputies"), "deputies")]
    form_class = DeputyForm
    submit = gettext_lazy("Appoint")
    done = gettext_lazy("The deputy is appointed.")
    success_url = cancel_to = "deputies"

    def get_initial(self) -> dict[str, Any]:
        return {"approver": self.request.user, "since": timezone.localdate()}

    def perform(self, form: DeputyForm) -> Deputy:
        return services.appoint_deputy(**form.cleaned_data, by=self.request.user)


class EndDeputy(_ByApprover):
    http_method_names = ["post"]

    def back(self) -> str:
        return reverse("deputies")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        services.end_deputy(mandate=get_object_or_404(Deputy, pk=kwargs["pk"]), by=self.request.user)
        messages.success(request, _("The absence is over."))
        return redirect("deputies")
