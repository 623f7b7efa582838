"""The desk of a teller: who waits, who is at the counter, and what one does with them."""

from typing import Any

from django import forms
from django.forms import BaseForm
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Action, FormPage
from crm.identity.scope import scope_of
from customers.views.change import ChangePage
from service.models import BusinessKind, CardKey, Counter, QueueNumber
from service.queue.calling import waiting_of
from service.queue.cards import remember_card
from service.queue.forms import CardForm, PaperForm, TakeForm
from service.queue.picking import ranked
from service.queue.places import OfQueue
from service.queue.rules import fairness_on
from service.queue.taking import enter_paper, take_number

QUEUE = (_("Queue"), "queue")


class Desk(OfQueue):
    title = _("Queue")
    template_name = "service/queue/desk.html"

    def get_actions(self) -> list[Action]:
        if not self.may("queue:write") or self.queue is None:
            return []
        return [Action(_("Give a number"), f"{reverse('queue_take')}{self.asked}", icon="ticket", key="g")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_write, counter = self.may("queue:write"), self.counter
        here = (
            counter
            and QueueNumber.objects.at_counters()
            .filter(counter=counter)
            .select_related("kind", "tier", "customer")
            .first()
        )
        shown = {
            "may_write": may_write,
            "counter": counter,
            "here": here,
            "in_reach": bool(here and here.customer and scope_of(self.request.user).holds(here.customer)),
            "served": counter.kinds.all() if counter else (),
            "counters": self._counters() if may_write else (),
            "other_kinds": self._other_kinds(here) if here and counter else (),
            **waiting_at(self),
        }  # fmt: skip
        return super().get_context_data(**shown | kwargs)

    def _counters(self) -> Any:
        rows = Counter.objects.filter(queue=self.queue, is_used=True).prefetch_related("kinds")
        return rows.select_related("teller").order_by("number")

    def _other_kinds(self, here: QueueNumber) -> Any:
        """To which the number may be sent on: some other counter serves them."""
        shared = Counter.objects.filter(queue=here.queue_id, is_used=True, is_vip=False)
        others = shared.exclude(teller=self.request.user)
        return BusinessKind.objects.filter(is_offered=True, counters__in=others).distinct().order_by("letter")


def waiting_at(page: OfQueue) -> dict[str, Any]:
    """Who waits, as they would be called; each with the minutes."""
    now = timezone.now()
    day = timezone.localdate(now)
    if page.queue is None:
        return {"waiting": [], "now": now}
    rows = QueueNumber.objects.visible_to(page.request.user).filter(queue=page.queue).on(day).waiting()
    found = {row.pk: row for row in rows.select_related("kind", "tier")}
    fairness = fairness_on(day, page.queue.branch)
    order = ranked(map(waiting_of, found.values()), at=now, fairness=fairness)
    lines = [
        (found[one.key], int(one.wait(now).total_seconds() // 60), not one.is_vip and one.wait(now) > fairness.limit)
        for one in order
    ]
    return {"waiting": lines, "now": now, "limit": int(fairness.limit.total_seconds() // 60)}


class WaitingRows(OfQueue):
    """The same list alone, asked for every few seconds."""

    template_name = "service/queue/_waiting.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**waiting_at(self) | kwargs)


class Take(OfQueue, FormPage):
    permission = "queue:write"
    title = _("Give a number")
    submit = _("Give the number")
    parents = [QUEUE]
    form_class: type[forms.Form] = TakeForm

    def perform(self, form: BaseForm) -> QueueNumber:
        said = form.cleaned_data
        return take_number(queue=self.own(), by=self.request.user, at=timezone.now(), **said)

    def get_success_url(self) -> str:
        made = getattr(self, "result", None)
        return reverse("queue_ticket", args=[made.pk]) if made else reverse("queue")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.own()
        return super().get_context_data(**{"cancel_url": reverse("queue")} | kwargs)


class RememberCard(ChangePage):
    """Of the customer at the counter: from then on their card tells who they are, at every branch."""

    permission = "card-keys:write"
    title = _("Remember the card")
    submit = _("Remember")
    done = _("The card recognises the customer from now on.")
    form_class = CardForm

    def perform(self, form: BaseForm) -> CardKey:
        return remember_card(customer=self.customer, by=self.request.user, at=timezone.now(), **form.cleaned_data)


class EnterPaper(Take):
    title = _("Enter a number from paper")
    submit = _("Enter it")
    done = _("Entered.")
    form_class: type[forms.Form] = PaperForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"queue": self.own()}

    def get_initial(self) -> dict[str, Any]:
        return {"taken_at": timezone.localtime().replace(second=0, microsecond=0)}

    def perform(self, form: BaseForm) -> QueueNumber:
        said = form.cleaned_data
        return enter_paper(queue=self.own(), by=self.request.user, at=timezone.now(), **said)

    def get_success_url(self) -> str:
        return reverse("queue")
