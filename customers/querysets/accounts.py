"""Accounts and what hangs on them are in reach where one of their holders is, and is open to who asks."""

from typing import Self

from django.apps import apps
from django.db import models

from crm.identity.scope import scope_of


def _accounts_in_reach(user):
    holders = apps.get_model("customers", "AccountHolder").objects
    return holders.filter(scope_of(user).open_q("customer__")).values("account_id")


class AccountQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        if scope_of(user).opens_everything:
            return self
        return self.filter(pk__in=_accounts_in_reach(user))

    def of(self, customer) -> Self:
        return self.filter(holders__customer=customer)


class OfAccountQuerySet(models.QuerySet):
    """Rows with an `account`."""

    def visible_to(self, user) -> Self:
        if scope_of(user).opens_everything:
            return self
        return self.filter(account_id__in=_accounts_in_reach(user))
