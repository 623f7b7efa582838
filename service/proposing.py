"""The page that proposes another version of a document of lists."""

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.approvals.kinds import kind_of
from crm.approvals.services import propose
from crm.base.errors import RuleBroken
from crm.base.pages import Page
from segmentation.views.editing import with_rule
from service.clocks.forms import ReasonForm
from service.editing import ListsForm


class ProposeLists(Page):
    """Every button of the form keeps what was typed; the one that proposes leads to the proposal. `kind` is that of the proposal."""

    template_name = "service/propose.html"
    kind = ""
    form_class: ClassVar[type[ListsForm]]
    content_on: Callable[[date], dict[str, Any]]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form, reason = self.form_class.read(request.POST), ReasonForm(request.POST)
        button = request.POST.get("do", "")
        if button != "propose":
            form.do(button)
            return self.render_to_response(self.get_context_data(form=form, reason=ReasonForm(initial=reason.typed)))
        if reason.is_valid() and not form.problems:
            try:
                proposal = propose(
                    kind=self.kind, content=form.content, title=self.proposed_title(form), by=self.request.user,
                    at=timezone.now(), **reason.cleaned_data,
                )  # fmt: skip
            except RuleBroken as refusal:
                reason.add_error(refusal.field if refusal.field in reason.fields else None, str(refusal.message))
            else:
                messages.success(request, str(_("Proposed. Somebody else approves it.")))
                return self.leave(reverse("proposal", args=[proposal.pk]))
        return self.render_to_response(self.get_context_data(form=form, reason=reason), status=422)

    def proposed_title(self, form: ListsForm) -> str:
        return str(kind_of(self.kind).label)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or self.form_class(self.content_on(timezone.localdate()))
        is_typed = self.request.method == "POST"
        context = {
            "form": form,
            "reason": ReasonForm(),
            "problems": [(form.place_of(path), text) for path, text in form.problems.items()] if is_typed else [],
            "groups": [(group, [with_rule(row) for row in form.drawn(group)]) for group in form.groups],
            "back": self.get_crumbs()[-1].url,
        }
        return super().get_context_data(**context | kwargs)
