from datetime import UTC, datetime, timedelta

import factory
from django.utils import timezone

from managers.models import Event, Invitation, TierQuota
from tests.factories.customers import CustomerFactory
from tests.factories.identity import BranchFactory, UserFactory
from tests.factories.segmentation import TierFactory


class EventFactory(factory.django.DjangoModelFactory):
    """A dinner in a month, open for answers, with two places."""

    class Meta:
        model = Event

    name = factory.Sequence(lambda number: f"Dinner {number}")
    kind = Event.Kind.DINNER
    branch = factory.SubFactory(BranchFactory)
    place = "Peace Hotel"
    starts_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=30))
    ends_at = factory.LazyAttribute(lambda event: event.starts_at + timedelta(hours=3))
    places = 2
    currency = "CNY"
    host = factory.SubFactory(UserFactory, head=True)
    state = Event.State.OPEN

    class Params:
        planned = factory.Trait(state=Event.State.PLANNED)
        today = factory.Trait(starts_at=factory.LazyFunction(timezone.now))


class InvitationFactory(factory.django.DjangoModelFactory):
    """By phone, not answered."""

    class Meta:
        model = Invitation

    event = factory.SubFactory(EventFactory)
    customer = factory.SubFactory(CustomerFactory)
    channel = "phone"
    invited_by = factory.SubFactory(UserFactory, manager=True)
    invited_at = datetime(2026, 3, 2, 2, tzinfo=UTC)
    changed_at = factory.SelfAttribute("invited_at")

    class Params:
        answered = factory.Trait(answered_at=datetime(2026, 3, 3, 2, tzinfo=UTC))
        accepted = factory.Trait(answered=True, state=Invitation.State.ACCEPTED)


class TierQuotaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TierQuota

    event = factory.SubFactory(EventFactory)
    tier = factory.SubFactory(TierFactory)
    invitations = 1
