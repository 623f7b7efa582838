"""Resource requests: the list, one with its conditions, and granted against kept."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.pages import Action, DetailPage, Empty, ListPage
from crm.base.pages.access import Crumb, Text
from managers.books.filters import ManagerFilter
from managers.models import Manager, ResourceRequest
from managers.requests.filters import RequestFilter
from managers.requests.limits import Room, heads_for
from managers.requests.proposals import percent
from managers.requests.report import with_grants
from managers.requests.tables import STATES, GrantTable, RequestTable
from managers.requests.terms import RULES, limit_of
from segmentation.decisions.views import crumbs_of

ASK = Action(_("Ask for a resource"), "resource_request_add", icon="plus", permission="resource-requests:write")
HERE: tuple[Text, str] = (_("Resource requests"), "resource_requests")
State = ResourceRequest.State


class RequestList(ListPage):
    permission = "resource-requests:read"
    title = _("Resource requests")
    queryset = ResourceRequest.objects.select_related(
        "customer", "product", "fee", "asked_by", "decided_by"
    ).with_outcome()
    filterset_class = RequestFilter
    table_class: ClassVar[Any] = RequestTable
    ordering_fields = {"asked_at": "asked_at"}
    ordering = "-asked_at"
    actions = [ASK, Action(_("Granted against kept"), "resource_grants", icon="scale")]
    empty = Empty(
        _("Nothing was asked for yet"),
        _(
            "A manager asks for a rate, a limit, a quota or a fee for a customer, with what the customer keeps to for it."
        ),
        ASK,
        icon="cash",
    )


class GrantReport(ListPage):
    permission = "resource-requests:read"
    title = _("Granted against kept")
    parents = [HERE]
    queryset = Manager.objects.at_work().select_related("branch")
    filterset_class = ManagerFilter
    table_class: ClassVar[Any] = GrantTable
    ordering_fields = {"username": "username"}
    ordering = "username"
    empty = Empty(_("No manager in your reach"), icon="users")

    def get_queryset(self) -> QuerySet:
        today = timezone.localdate()
        return with_grants(super().get_queryset().with_book(today), self.request.user, today)


class RequestPage(DetailPage):
    permission = "resource-requests:read"
    reads_are_logged = True
    template_name = "managers/requests/request.html"
    context_object_name = "asked"
    queryset = ResourceRequest.objects.select_related(
        "customer__branch", "product", "fee", "asked_by", "decided_by", "proposal", "replaces"
    ).with_outcome()
    object: Any

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().with_used(timezone.localdate())

    def get_title(self) -> str:
        return f"{self.object} · {self.object.customer}"

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(HERE[0], reverse(HERE[1])), crumbs_of(self.object.customer)[-1]]

    def get_actions(self) -> list[Action]:
        user, asked = self.request.user, self.object
        found, key, is_own = [], [asked.pk], asked.asked_by_id == user.pk
        if not self.may("resource-requests:write"):
            return []
        if asked.state == State.GRANTED and self.holds:
            return [
                Action(
                    pgettext_lazy("a grant", "Renew"),
                    f"{reverse('resource_request_add')}?replaces={asked.pk}",
                    icon="refresh",
                )
            ]
        if asked.state != State.WAITING:
            return []
        if not is_own and self.room.holds:
            found.append(Action(_("Grant"), reverse("resource_request_grant", args=key), icon="check", dialog=True))
        if is_own and not heads_for(asked, timezone.localdate()):
            url = reverse("resource_request_lay_before", args=key)
            found.append(Action(_("Lay before an approver"), url, icon="gavel", dialog=True))
        if user.role == user.Role.HEAD or is_own:
            label = _("Take back") if is_own else _("Decline")
            found.append(Action(label, reverse("resource_request_decline", args=key), icon="x", dialog=True))
        return found

    @cached_property
    def room(self) -> Room:
        """Of the reader's own limit."""
        limit = limit_of(RULES.content_on(timezone.localdate()), self.object.kind, self.request.user)
        return Room(limit, self.object.used, self.object.measure)

    @cached_property
    def renewed_by(self) -> ResourceRequest | None:
        return ResourceRequest.objects.granted().filter(replaces=self.object.pk).first()

    @property
    def holds(self) -> bool:
        return self.renewed_by is None and self.object.valid_until >= timezone.localdate()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked: Any = self.object
        conditions = list(asked.conditions.prefetch_related("checks").order_by("pk"))
        shown = {
            "conditions": conditions,
            "state": State(asked.outcome).label,
            "colour": STATES[State(asked.outcome)],
            "price": None if asked.price is None else percent(asked.price),
            "usual": None if asked.usual is None else percent(asked.usual),
            "room": self.room,
            "renewed_by": self.renewed_by,
        }
        return super().get_context_data(**shown | kwargs)
