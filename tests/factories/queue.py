import factory
from django.utils.timezone import localdate, now

from service.models import Booking, BranchQueue, BusinessKind, CardKey, Counter, QueueNumber, Room
from tests.factories.customers import CustomerFactory
from tests.factories.identity import BranchFactory, UserFactory
from tests.factories.meetings import MeetingFactory


class BusinessKindFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = BusinessKind
        django_get_or_create = ("code",)

    code = "cash"
    name = factory.LazyAttribute(lambda kind: kind.code.title())
    letter = factory.LazyAttribute(lambda kind: kind.code[0].upper())


class BranchQueueFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = BranchQueue
        django_get_or_create = ("branch",)

    branch = factory.SubFactory(BranchFactory)


class CounterFactory(factory.django.DjangoModelFactory):
    """It serves cash, and is shared."""

    class Meta:
        model = Counter
        skip_postgeneration_save = True

    queue = factory.SubFactory(BranchQueueFactory)
    number = factory.LazyAttribute(lambda counter: counter.queue.counters.count() + 1)

    @factory.post_generation
    def serves(counter, create, extracted, **kwargs):
        if create:
            counter.kinds.set(extracted or [BusinessKindFactory()])


class QueueNumberFactory(factory.django.DjangoModelFactory):
    """A walk-in's, waiting since now."""

    class Meta:
        model = QueueNumber

    class Params:
        called = factory.Trait(state="called", called_at=factory.SelfAttribute("taken_at"))
        served = factory.Trait(
            state="served", called_at=factory.SelfAttribute("taken_at"), ended_at=factory.SelfAttribute("taken_at")
        )

    queue = factory.SubFactory(BranchQueueFactory)
    kind = factory.SubFactory(BusinessKindFactory)
    taken_at = factory.LazyFunction(now)
    day = factory.LazyAttribute(lambda number: localdate(number.taken_at))
    letter = factory.LazyAttribute(lambda number: number.kind.letter)
    serial = factory.Sequence(lambda count: count % 700 + 1)


class RoomFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Room

    branch = factory.SubFactory(BranchFactory)
    name = factory.Sequence(lambda count: f"Room {count}")


class BookingFactory(factory.django.DjangoModelFactory):
    """Of a meeting at a branch, in a room there."""

    class Meta:
        model = Booking

    room = factory.SubFactory(RoomFactory)
    meeting = factory.SubFactory(MeetingFactory, channel="branch")
    starts_at = factory.SelfAttribute("meeting.starts_at")
    ends_at = factory.SelfAttribute("meeting.ends_at")


class CardKeyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CardKey

    customer = factory.SubFactory(CustomerFactory)
    number_hash = factory.Sequence(lambda count: count.to_bytes(32))
    last_four = "1234"
    made_at = factory.LazyFunction(now)
    made_by = factory.SubFactory(UserFactory, teller=True)
