import pytest

from segmentation.models import Tier
from service.models import BranchQueue, BusinessKind, Counter
from tests.factories import BranchQueueFactory, BusinessKindFactory, CounterFactory, TierPeriodFactory
from tests.segmentation.standards.bank import line, use


@pytest.fixture
def standards(db) -> None:
    """Gold is served ten minutes earlier."""
    use(line("gold", "card", queue_weight=1), line("platinum", "card", queue_weight=8))


@pytest.fixture
def gold(standards, other):
    """A customer of another branch, who holds gold."""
    TierPeriodFactory(customer=other.customer, tier=Tier.objects.get(code="gold"))
    return other.customer


@pytest.fixture
def cash(db) -> BusinessKind:
    return BusinessKindFactory()


@pytest.fixture
def queue(east) -> BranchQueue:
    return BranchQueueFactory(branch=east)


@pytest.fixture
def counter(queue, teller, cash) -> Counter:
    return CounterFactory(queue=queue, teller=teller, serves=[cash])
