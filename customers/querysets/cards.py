"""Card orders and blank cards, in reach by the customer or by the branch that has them."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from crm.identity.models import User
from crm.identity.scope import scope_of


def branch_q(user, path: str = "branch") -> Q:
    """Rows of the branches whose cards the user may see: the own one, for a head those below it too."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return Q(pk__in=[])
    if user.role in (User.Role.AUDITOR, User.Role.ADMIN):
        return Q()
    if user.role == User.Role.HEAD and user.branch:
        return Q(**{f"{path}__path__startswith": user.branch.path})
    return Q(**{path: user.branch_id}) if user.branch_id else Q(pk__in=[])


class CardOrderQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        """Of customers in full reach; and those that the own branch has to print and to hand over."""
        scope = scope_of(user)
        if scope.opens_everything:
            return self
        own = branch_q(user) if getattr(user, "role", "") in (User.Role.TELLER, User.Role.HEAD) else Q(pk__in=[])
        return self.filter(scope.open_q("customer__") | own)

    def open(self) -> Self:
        return self.filter(state__in=self.model.OPEN)

    def for_change(self, order):
        """As it is now, locked until the transaction ends."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=order.pk)


class BlankStockQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        return self.filter(branch_q(user))

    def for_change(self, branch, design):
        """The stock as it is now, made where there is none yet, locked until the transaction ends."""
        self.bulk_create([self.model(branch=branch, design=design)], ignore_conflicts=True)
        rows = self.select_for_update(of=("self",), no_key=True).select_related("branch", "design")
        return rows.get(branch=branch, design=design)


class OfStockQuerySet(models.QuerySet):
    """Rows with a `stock`."""

    def visible_to(self, user) -> Self:
        return self.filter(branch_q(user, "stock__branch"))


class BlankMovementQuerySet(OfStockQuerySet):
    """A movement is never locked: it can't change, and the serving role may only add to them. Lock their stock."""

    def under_way_to(self, branch) -> Self:
        """Lots that were sent to a branch and have not arrived."""
        return self.filter(kind="sent", to=branch, answered=None)


class SpoilageQuerySet(OfStockQuerySet):
    def standing(self) -> Self:
        return self.filter(taken_back_at=None)

    def unconfirmed(self) -> Self:
        return self.standing().filter(confirmed_at=None)

    def uncounted(self) -> Self:
        """Whose stock nobody has counted since they left it."""
        movements = self.model._meta.get_field("movements").related_model.objects
        left = movements.filter(spoilage=OuterRef(OuterRef("pk")), kind="spoilt").values("pk")
        return self.filter(~Exists(movements.filter(stock=OuterRef("stock"), kind="counted", pk__gt=Subquery(left))))

    def to_put_back(self) -> Self:
        asked = self.filter(confirmed_at__isnull=False, taken_back_at__isnull=False, put_back_at=None)
        return asked.uncounted()

    def waiting(self) -> Self:
        """For a second person: to confirm, or to put back."""
        return self.unconfirmed() | self.to_put_back()

    def for_change(self, spoilage):
        """As it is now, locked until the transaction ends."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=spoilage.pk)
