"""The book of one manager with their absences, and the customers whom nobody looks after."""

from typing import Any, ClassVar

from django import forms
from django.db.models import Count, QuerySet
from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.pages import Action, Empty, FormPage, ListPage
from crm.base.pages.access import Crumb, Text
from customers.models import Customer
from managers.books.absences import end_absence, record_absence, say_capacity
from managers.books.filters import UncoveredFilter
from managers.books.forms import AbsenceForm, CapacityForm
from managers.books.naming import nameable
from managers.books.panels import of_manager
from managers.books.querysets import uncovered, with_tier
from managers.books.tables import AbsenceTable, UncoveredTable, share_used
from managers.models import Absence, Assignment, Manager, ManagerProfile
from segmentation.models import TierPeriod

BOOKS = (_("Books"), "managers")


class UncoveredList(ListPage):
    """Customers who are to have a manager and whom nobody at work looks after, and why."""

    permission = "managers:read"
    title = _("Without a manager")
    parents = [BOOKS]
    queryset = with_tier(uncovered(Customer.objects.select_related("branch", "manager", "managed")))
    filterset_class = UncoveredFilter
    table_class: ClassVar[Any] = UncoveredTable
    ordering_fields = {"name": "sort_key"}
    ordering = "name"
    empty = Empty(
        _("Everybody who is to have a manager has one"),
        _("Whoever loses theirs stands here, with the reason."),
        icon="checks",
    )


class OfManager:
    """About one manager in reach."""

    request: Any
    kwargs: dict[str, Any]

    @cached_property
    def manager(self) -> Manager:
        rows = Manager.objects.visible_to(self.request.user).with_book(timezone.localdate())
        return get_object_or_404(rows.select_related("branch", "book_profile"), pk=self.kwargs["pk"])

    def get_crumbs(self) -> list[Crumb]:
        label, url = BOOKS
        return [Crumb(label, reverse(url)), Crumb(str(self.manager), reverse("manager", args=[self.manager.pk]))]


class ManagerPage(OfManager, ListPage):
    """What a manager carries, tier by tier, and when they are away."""

    permission = "managers:read"
    template_name = "managers/books/manager.html"
    queryset = Absence.objects.select_related("cover")
    table_class = AbsenceTable
    ordering_fields = {"since": "since"}
    ordering = "-since"
    empty = Empty(_("No absence is on record"), icon="calendar-off")

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().filter(manager=self.manager.pk)

    def get_title(self) -> str:
        return str(self.manager)

    def get_crumbs(self) -> list[Crumb]:
        return super().get_crumbs()[:1]

    def get_actions(self) -> list[Action]:
        if not self.may("managers:write"):
            return []
        key = self.manager.pk
        return [
            Action(
                pgettext_lazy("a book", "Hand over"), reverse("manager_handover", args=[key]), icon="arrows-exchange"
            ),
            Action(_("The manager leaves"), reverse("manager_leaving", args=[key]), icon="door-exit"),
            Action(_("Record an absence"), reverse("manager_absence", args=[key]), icon="calendar-off"),
            Action(_("Capacity"), reverse("manager_capacity", args=[key]), icon="scale"),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = TierPeriod.objects.open().of_standing().filter(customer__manager=self.manager.pk)
        tiers = (
            rows.values("tier__code", "tier__name").annotate(count=Count("pk")).order_by("-tier__rank", "tier__code")
        )
        shown = {"manager": self.manager, "tiers": list(tiers), "used": share_used(self.manager)}
        shown |= {"panels": of_manager(self.request, self.manager)}
        return super().get_context_data(**shown | kwargs)


class OfBook(OfManager, FormPage):
    permission = "managers:write"
    done: ClassVar[Text] = _("Saved.")

    def get_success_url(self) -> str:
        return reverse("manager", args=[self.manager.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"cancel_url": self.get_success_url()} | kwargs)


class RecordAbsence(OfBook):
    permission = "absences:write"
    title = _("Record an absence")
    form_class = AbsenceForm
    submit = _("Record")
    intro = _("Who covers reaches the book from the first day away to before the first day back, and no longer.")

    def get_form_kwargs(self) -> dict[str, Any]:
        people = nameable(self.request.user, Assignment.Role.BACKUP).exclude(pk=self.manager.pk)
        return super().get_form_kwargs() | {"people": people}

    def get_initial(self) -> dict[str, Any]:
        return {"since": timezone.localdate()}

    def perform(self, form: BaseForm) -> Absence:
        return record_absence(manager=self.manager, by=self.request.user, at=timezone.now(), **form.cleaned_data)


class SayCapacity(OfBook):
    title = _("Capacity")
    form_class = CapacityForm

    def get_initial(self) -> dict[str, Any]:
        known = ManagerProfile.objects.filter(pk=self.manager.pk).first()
        return {
            "capacity": self.manager.capacity,  # type: ignore[attr-defined]  # by the annotation
            "languages": known.languages if known else [],
            "version": known.version if known else 0,
        }

    def perform(self, form: BaseForm) -> ManagerProfile:
        return say_capacity(manager=self.manager, by=self.request.user, **form.cleaned_data)


class EndAbsence(FormPage):
    permission = "absences:write"
    title = _("Back today")
    submit = _("Back today")
    intro = _("The absence ends today, and with it the reach of who covers. One that has not begun is off.")
    form_class = forms.Form
    done = _("Ended.")

    @cached_property
    def absence(self) -> Absence:
        rows = Absence.objects.visible_to(self.request.user).unended(timezone.localdate())
        return get_object_or_404(rows.select_related("manager"), pk=self.kwargs["pk"])

    def get_success_url(self) -> str:
        return reverse("manager", args=[self.absence.manager_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"cancel_url": self.get_success_url()} | kwargs)

    def perform(self, form: BaseForm) -> None:
        end_absence(absence=self.absence, by=self.request.user, at=timezone.now())
