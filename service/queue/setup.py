"""Pages on which heads keep the queue of a branch and its counters, and admins the kinds of business."""

from typing import Any, ClassVar

from django.forms import BaseForm
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Action, Empty, FormPage, ListPage
from crm.base.tables import Table
from crm.identity.models import Branch
from service.models import BranchQueue, BusinessKind, Counter
from service.queue.acting import AtDesk
from service.queue.forms import BranchQueueForm, CounterForm, KindForm
from service.queue.keeping import keep_counter, keep_kind, keep_queue, renew_wall
from service.queue.tables import CounterTable, KindTable

QUEUE, COUNTERS = (_("Queue"), "queue"), (_("Counters"), "counters")
NEW_COUNTER = Action(_("New counter"), "counter_add", icon="plus", permission="counters:write")
NEW_KIND = Action(_("New kind of business"), "business_kind_add", icon="plus", permission="business-kinds:write")


class CounterList(ListPage):
    permission = "counters:read"
    title = COUNTERS[0]
    parents = [QUEUE]
    queryset = Counter.objects.select_related("queue__branch", "teller").prefetch_related("kinds")
    table_class: ClassVar[type[Table]] = CounterTable
    ordering_fields = {"number": "number"}
    ordering = "number"
    actions = [
        NEW_COUNTER,
        Action(_("Queue of the branch"), "branch_queue", icon="settings", permission="counters:write"),
        Action(_("Kinds of business"), "business_kinds", icon="list", permission="business-kinds:read"),
    ]
    empty = Empty(
        _("No counter yet"),
        _("A counter calls the numbers of the kinds of business it serves."),
        NEW_COUNTER,
        icon="armchair",
    )


class _OfBranch(FormPage):
    """Of the head's own branch, or `?branch=` below it."""

    permission = "counters:write"
    parents = [QUEUE, COUNTERS]
    done = _("Saved.")
    cancel_to = success_url = "counters"

    @cached_property
    def branch(self) -> Branch:
        own, code = self.request.user.branch, self.request.GET.get("branch", "")
        if own is None:
            raise Http404
        return get_object_or_404(Branch.objects.below(own), code=code) if code else own

    @cached_property
    def queue(self) -> BranchQueue | None:
        return BranchQueue.objects.filter(branch=self.branch).first()


class KeepBranchQueue(_OfBranch):
    title = _("Queue of the branch")
    form_class = BranchQueueForm

    @property
    def intro(self) -> str:  # type: ignore[override]
        return str(self.branch)

    def get_initial(self) -> dict[str, Any]:
        queue = self.queue or BranchQueue(branch=self.branch)
        return vars(queue) | {"lobby": queue.lobby.code if queue.lobby else ""}

    def perform(self, form: BaseForm) -> BranchQueue:
        return keep_queue(branch=self.branch, by=self.request.user, **form.cleaned_data)


class KeepCounter(_OfBranch):
    title = _("Counter")
    form_class = CounterForm

    @cached_property
    def counter(self) -> Counter | None:
        rows = Counter.objects.visible_to(self.request.user).select_related("queue__branch")
        return get_object_or_404(rows, pk=self.kwargs["pk"]) if "pk" in self.kwargs else None

    def get_initial(self) -> dict[str, Any]:
        if self.counter is None:
            return {"is_used": True}
        return vars(self.counter) | {"kinds": [kind.code for kind in self.counter.kinds.all()]}

    def perform(self, form: BaseForm) -> Counter:
        queue = self.counter.queue if self.counter else self.queue
        if queue is None:
            raise Http404
        return keep_counter(queue=queue, counter=self.counter, by=self.request.user, **form.cleaned_data)


class RenewWall(AtDesk):
    permission = "counters:write"

    def back(self) -> str:
        return reverse("queue")

    def perform(self) -> None:
        rows = BranchQueue.objects.visible_to(self.request.user)
        renew_wall(queue=get_object_or_404(rows, pk=self.kwargs["pk"]), by=self.request.user)


class KindList(ListPage):
    permission = "business-kinds:read"
    scoped = False
    title = _("Kinds of business")
    parents = [QUEUE, COUNTERS]
    queryset = BusinessKind.objects.all()
    table_class: ClassVar[type[Table]] = KindTable
    ordering_fields = {"letter": "letter"}
    ordering = "letter"
    actions = [NEW_KIND]
    empty = Empty(
        _("No kind of business yet"), _("Whoever takes a number says what they come for."), NEW_KIND, icon="list"
    )


class KeepKind(FormPage):
    permission = "business-kinds:write"
    title = _("Kind of business")
    parents = [(KindList.title, "business_kinds")]
    form_class = KindForm
    done = _("Saved.")
    cancel_to = success_url = "business_kinds"

    @cached_property
    def kind(self) -> BusinessKind | None:
        return get_object_or_404(BusinessKind, pk=self.kwargs["pk"]) if "pk" in self.kwargs else None

    def get_initial(self) -> dict[str, Any]:
        return vars(self.kind) if self.kind else {"is_offered": True}

    def get_form(self, form_class: Any = None) -> BaseForm:
        form = super().get_form(form_class)
        for name in ("code", "letter"):
            form.fields[name].disabled = self.kind is not None
        return form

    def perform(self, form: BaseForm) -> BusinessKind:
        return keep_kind(kind=self.kind, by=self.request.user, **form.cleaned_data)
