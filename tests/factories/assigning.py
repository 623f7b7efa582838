from datetime import UTC, date, datetime

import factory

from crm.jobs.models import Run
from managers.models import BookChange, ManagedCustomer, MoveSuggestion
from segmentation.managed.versions import STANDARD
from segmentation.models import AssignmentPolicy
from tests.factories.customers import CustomerFactory
from tests.factories.identity import UserFactory


class AssignmentPolicyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AssignmentPolicy
        django_get_or_create = ("number",)

    number = 1
    effective_from = date(2026, 1, 1)
    content = STANDARD
    content_hash = "0" * 64


class ManagedCustomerFactory(factory.django.DjangoModelFactory):
    """By the managers of their own branch."""

    class Meta:
        model = ManagedCustomer

    customer = factory.SubFactory(CustomerFactory)
    rule = "Managed tiers"
    branch = factory.SelfAttribute("customer.branch")
    weight = 1


class AssignmentRunFactory(factory.django.DjangoModelFactory):
    """A night that has ended."""

    class Meta:
        model = Run

    kind = Run.Kind.ASSIGNMENT
    business_date = date(2026, 3, 31)
    status = Run.Status.COMPLETED
    parameters = factory.LazyFunction(lambda: {"is_trial": False, "threshold": 20})
    result = factory.LazyFunction(lambda: {"placed": 1, "moved": 1, "left": {"full": 2}})


class MoveSuggestionFactory(factory.django.DjangoModelFactory):
    """From the manager of the customer to another one of the branch."""

    class Meta:
        model = MoveSuggestion

    customer = factory.SubFactory(CustomerFactory, manager=factory.SubFactory(UserFactory, manager=True))
    giver = factory.SelfAttribute("customer.manager")
    taker = factory.SubFactory(UserFactory, manager=True, branch=factory.SelfAttribute("..customer.branch"))
    why = MoveSuggestion.Why.LEVEL
    weight = 1
    run = factory.SubFactory(AssignmentRunFactory)
    made_at = datetime(2026, 4, 1, 1, tzinfo=UTC)


class BookChangeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = BookChange

    run = factory.SubFactory(AssignmentRunFactory)
    manager = factory.SubFactory(UserFactory, manager=True)
