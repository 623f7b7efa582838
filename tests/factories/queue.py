import factory
from django.utils.timezone import localdate, now

from service.models import BranchQueue, BusinessKind, Counter, QueueNumber
from tests.factories.identity import BranchFactory


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
