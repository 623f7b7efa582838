from datetime import UTC, datetime

import factory

from service.models import WorkOrder, WorkOrderStep
from tests.factories.customers import CustomerFactory
from tests.factories.identity import TeamFactory, UserFactory
from tests.factories.service import TicketFactory


class WorkOrderFactory(factory.django.DjangoModelFactory):
    """Of a ticket, for a team, due in the far future."""

    class Meta:
        model = WorkOrder
        skip_postgeneration_save = True

    class Params:
        overdue = factory.Trait(due_at=datetime(2026, 3, 3, 1, tzinfo=UTC))

    customer = factory.SubFactory(CustomerFactory)
    ticket = factory.SubFactory(TicketFactory, customer=factory.SelfAttribute("..customer"))
    team = factory.SubFactory(TeamFactory)
    what = "Look for the document"
    opened_at = datetime(2026, 3, 2, 1, tzinfo=UTC)
    opened_by = factory.SubFactory(UserFactory, teller=True)
    due_at = datetime(2098, 1, 1, tzinfo=UTC)

    @factory.post_generation
    def stepped(order, create, extracted, **kwargs):
        if create:
            WorkOrderStep.objects.create(
                order=order, at=order.opened_at, state=order.state, department=str(order.department)
            )
