"""Moves that the night suggested, and what a head says of them."""

from typing import Any

from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from crm.base.pages import Action, Empty, FormPage, ListPage
from managers.assigning.filters import SuggestionFilter
from managers.assigning.forms import ApproveForm, DecideForm
from managers.assigning.moves import approve_move, approve_moves, refuse_move
from managers.assigning.tables import SuggestionTable
from managers.models import MoveSuggestion

BOOKS = (_("Books"), "managers")
HERE = [BOOKS, (_("Move suggestions"), "move_suggestions")]
# what a head can look over at once
MOST = 2_000


class SuggestionList(ListPage):
    permission = "move-suggestions:read"
    title = _("Move suggestions")
    parents = [BOOKS]
    queryset = MoveSuggestion.objects.select_related("customer", "giver", "taker", "decided_by")
    filterset_class = SuggestionFilter
    table_class = SuggestionTable
    ordering_fields = {"made_at": "made_at"}
    ordering = "-made_at"
    actions = [Action(_("Approve all that are open"), "moves_approve", "checks", "move-suggestions:write")]
    empty = Empty(
        _("No move is suggested"),
        _("The night suggests moves from managers who carry far more than their team; a head decides."),
        icon="arrows-exchange",
    )


class DecideMove(FormPage):
    permission = "move-suggestions:write"
    title = _("Move suggestion")
    parents = HERE
    form_class = DecideForm
    submit = _("Decide")
    done = _("Decided.")
    cancel_to = "move_suggestions"

    @cached_property
    def suggestion(self) -> MoveSuggestion:
        rows = MoveSuggestion.objects.visible_to(self.request.user).select_related("customer", "giver", "taker")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.suggestion.version, "decision": "approve"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.suggestion
        said = (found.customer, found.giver, found.taker, found.get_why_display())
        return super().get_context_data(**{"intro": format_html("{}: {} → {}. {}.", *said)} | kwargs)

    def perform(self, form: BaseForm) -> None:
        given = form.cleaned_data
        said = {"suggestion": self.suggestion, "by": self.request.user, "at": timezone.now()}
        said["version"] = given["version"]
        if given["decision"] == "refuse":
            refuse_move(reason=given["reason"], **said)
        else:
            approve_move(**said)

    def get_success_url(self) -> str:
        return f"{reverse('move_suggestions')}?state=open"


class ApproveMoves(FormPage):
    """All that are open in the head's reach, as they stood on the page."""

    permission = "move-suggestions:write"
    title = _("Approve all that are open")
    parents = HERE
    form_class = ApproveForm
    cancel_to = "move_suggestions"

    @cached_property
    def seen(self) -> dict[int, int]:
        rows = MoveSuggestion.objects.visible_to(self.request.user).open().order_by("pk")
        return dict(rows.values_list("pk", "version")[:MOST])

    @property
    def submit(self) -> str:  # type: ignore[override]
        count = len(self.seen)
        return ngettext("Move %(count)s customer", "Move %(count)s customers", count) % {"count": count}

    @property
    def intro(self) -> str:  # type: ignore[override]
        return str(_("Each customer moves at once to the manager who takes them on, and the managers are told."))

    def get_initial(self) -> dict[str, Any]:
        return {"seen": " ".join(f"{key}:{version}" for key, version in self.seen.items())}

    def perform(self, form: BaseForm) -> int:
        return approve_moves(suggestions=form.cleaned_data["seen"], by=self.request.user, at=timezone.now())

    def get_done(self) -> str:
        count = self.result
        return ngettext("%(count)s customer was moved.", "%(count)s customers were moved.", count) % {"count": count}

    def get_success_url(self) -> str:
        return reverse("move_suggestions")
