"""Numbers of the queue: the list, one with its history, its ticket on paper, and the block that is printed ahead."""

from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.pages import Action, DetailPage, Empty, ListPage
from crm.base.pages.access import Crumb, Text
from crm.base.tables import Table
from crm.identity.scope import scope_of
from service.models import BusinessKind, QueueNumber
from service.queue.filters import QueueNumberFilter
from service.queue.places import OfQueue
from service.queue.tables import STATES, NumberTable

QUEUE = (_("Queue"), "queue")
ROWS = QueueNumber.objects.select_related("kind", "tier", "counter", "queue__branch", "customer")


class NumberList(ListPage):
    permission = "queue:read"
    title = pgettext_lazy("a queue", "Numbers")
    parents = [QUEUE]
    queryset = ROWS
    filterset_class = QueueNumberFilter
    table_class: ClassVar[type[Table]] = NumberTable
    ordering_fields = {"taken_at": "taken_at"}
    ordering = "-taken_at"
    empty = Empty(
        _("No number was taken"), _("Whoever comes takes a number, and is called by tier and wait."), icon="ticket"
    )


class NumberPage(DetailPage):
    permission = "queue:read"
    template_name = "service/queue/number.html"
    context_object_name = "number"
    queryset = ROWS.prefetch_related("steps__by", "steps__counter")
    object: QueueNumber

    def get_title(self) -> Text:
        return str(self.object)

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(QUEUE[0], reverse("queue")), Crumb(pgettext_lazy("a queue", "Numbers"), reverse("queue_numbers"))]  # type: ignore[arg-type]

    def get_actions(self) -> list[Action]:
        return [
            Action(
                pgettext_lazy("a queue number", "Ticket"),
                reverse("queue_ticket", args=[self.object.pk]),
                icon="printer",
            )
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        number = self.object
        shown = {
            "colour": STATES[QueueNumber.State(number.state)],
            "in_reach": bool(number.customer and scope_of(self.request.user).holds(number.customer)),
        }
        return super().get_context_data(**shown | kwargs)


class Ticket(DetailPage):
    """For the printer at the door: nothing else is printed of the page."""

    permission = "queue:read"
    template_name = "service/queue/ticket.html"
    context_object_name = "number"
    queryset = ROWS
    title = pgettext_lazy("a queue number", "Ticket")
    parents = [QUEUE]
    object: QueueNumber

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        number = self.object
        before = QueueNumber.objects.filter(queue=number.queue_id, day=number.day, kind=number.kind_id).waiting()
        ahead = before.filter(taken_at__lt=number.taken_at).count()
        return super().get_context_data(**{"ahead": ahead} | kwargs)


class PaperBlock(OfQueue):
    """Every number of the block, once for each kind of business: to be cut and kept at the door."""

    title = _("Numbers on paper")
    parents = [QUEUE]
    template_name = "service/queue/paper.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        queue = self.own()
        kinds = BusinessKind.objects.filter(is_offered=True, counters__queue=queue).distinct().order_by("letter")
        serials = range(queue.paper_from, queue.paper_until + 1)
        blocks = [(kind, [f"{kind.letter}{serial:03}" for serial in serials]) for kind in kinds]
        return super().get_context_data(**{"blocks": blocks} | kwargs)
