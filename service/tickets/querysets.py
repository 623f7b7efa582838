from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce, TruncDate

from crm.identity.models import Team, User
from crm.identity.scope import scope_of
from customers.querysets.parties import OfCustomerQuerySet
from managers.models import Absence
from managers.targets.querysets import branches_headed
from segmentation.models import TierPeriod
from service.tickets import search
from service.words import ENDED, STOPPED

MATCHES = 300


class TicketQuerySet(OfCustomerQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Of the customers in reach, and what is nobody's yet to who has to do with it; never those that complain about the user themselves."""
        scope = scope_of(user)
        if scope.everything or not getattr(user, "is_authenticated", False) or not user.is_active:
            return super().visible_to(user).unbiased(user)
        return self.filter(scope.customers_q("customer__") | Q(customer=None) & _of_desk(user)).unbiased(user)

    def unbiased(self, user: Any) -> Self:
        """Without those that complain about the user."""
        return self.filter(Q(about=None) | ~Q(about=getattr(user, "pk", None)))

    def open(self) -> Self:
        return self.exclude(status__in=ENDED)

    def ended(self) -> Self:
        return self.filter(status__in=ENDED)

    def unassigned(self) -> Self:
        return self.open().filter(assignee=None)

    def overdue(self, at: datetime) -> Self:
        return self.open().filter(due_at__lte=at, is_paused=False)

    def watched_by(self, user: Any) -> Self:
        """Of the customers of whom the user is the manager, and those that they chose."""
        chosen = self.model.watchers.rel.related_model.objects.filter(user=user, ticket=OuterRef("pk"))
        return self.filter(Q(customer__manager=user) | Exists(chosen))

    def worked_by(self, user: Any) -> Self:
        """In the queues of the user's teams, of skills that they have."""
        profile = getattr(user, "desk_profile", None)
        skills = ["", *(profile.skills if profile else ())]
        return self.filter(queue__team__in=user.teams.values("pk"), queue__skill__in=skills)

    def search(self, text: str) -> Self:
        """By number, the whole phone number or e-mail address of a caller, or words of the subject and of what was said, in Chinese and
        Latin; all for no text."""
        text = text.strip()
        return self.filter(pk__in=search.keys(self, text, MATCHES)) if text else self

    def with_tier(self) -> Self:
        """`tier_code`: of the tier that the customer had on the day of the opening, None for none."""
        day = OuterRef("opened_on")
        held = TierPeriod.objects.filter(customer=OuterRef("customer_id"), since__lte=day).filter(
            Q(until=None) | Q(until__gt=day)
        )
        return self.annotate(opened_on=TruncDate("opened_at")).annotate(
            tier_code=models.Subquery(held.order_by().values("tier__code")[:1])
        )

    def for_change(self, ticket: Any) -> Any:
        """As it is now, locked until the transaction ends."""
        rows = self.select_for_update(of=("self",), no_key=True).select_related(
            "customer__manager", "caller", "assignee", "about"
        )
        return rows.get(pk=ticket.pk)


def _of_desk(user: User) -> Q:
    """Opened or worked on by the user or in a queue of their teams; of a head's people too."""
    own = Q(opened_by=user) | Q(assignee=user) | Q(queue__team__in=user.teams.values("pk"))
    is_head = user.role == User.Role.HEAD and user.branch
    return own | Q(opened_by__branch__path__startswith=user.branch.path) if is_head else own


class OfTicketQuerySet(models.QuerySet):
    """Rows with a `ticket`."""

    def visible_to(self, user: Any) -> Self:
        tickets = self.model._meta.get_field("ticket").related_model.objects
        return self.filter(ticket__in=tickets.visible_to(user).order_by().values("pk"))


def teams_kept_by(user: Any) -> models.QuerySet[Team]:
    """Of the branches that a head heads; those of no branch are kept by who heads them all."""
    headed = branches_headed(user)
    of_all = Q(branch=None) if headed.filter(parent=None).exists() else Q(pk__in=[])
    return Team.objects.filter(Q(branch__in=headed.values("pk")) | of_all)


class TicketQueueQuerySet(models.QuerySet):
    def kept_by(self, user: Any) -> Self:
        return self.filter(team__in=teams_kept_by(user).values("pk"))


class DeskProfileQuerySet(models.QuerySet):
    def kept_by(self, user: Any) -> Self:
        return self.filter(user__branch__in=branches_headed(user).values("pk"))

    def visible_to(self, user: Any) -> Self:
        """Colleagues know who works off tickets; the unknown do not."""
        is_staff = getattr(user, "is_active", False) and user.may("ticket-queues:read")
        return self.all() if is_staff else self.none()

    def at_work(self, on: date) -> Self:
        """Without those who left, and those who are away on the day."""
        away = Absence.objects.holding(on).filter(manager=OuterRef("user"))
        here = Q(away_until=None) | Q(away_until__lte=on)
        return self.filter(here, user__is_active=True).exclude(user__role=User.Role.NONE).exclude(Exists(away))

    def with_load(self, tickets: Any) -> Self:
        """`carried`: open tickets that are assigned to them and do not wait for the customer; `free`: what they can still take."""
        own = tickets.exclude(status__in=STOPPED).filter(assignee=OuterRef("user")).order_by().values("assignee")
        counted = Coalesce(models.Subquery(own.annotate(n=Count("pk")).values("n")), 0)
        return self.annotate(carried=counted, free=F("capacity") - counted)
