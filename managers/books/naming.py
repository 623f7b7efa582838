"""Whom a person may name to look after customers."""

from typing import Any

from django.db.models import QuerySet

from crm.identity.models import User
from customers.forms.records import branches_of
from managers.books.services import FITTING
from managers.models import Assignment


def nameable(user: Any, *roles: str) -> QuerySet[User]:
    """Those at work in the user's branches who can be one of these, all that there are unless they are named."""
    fitting = {each for role in roles or FITTING for each in FITTING[Assignment.Role(role)]}
    return User.objects.filter(role__in=fitting, is_active=True, branch__in=branches_of(user)).order_by("name", "pk")
