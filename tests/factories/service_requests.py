from datetime import UTC, date, datetime
from typing import Any

import factory

from crm.base.digests import digest
from service.models import RequestForm, RequestStep, ServiceRequest
from tests.factories.customers import CustomerFactory
from tests.factories.identity import UserFactory

REQUESTED = datetime(2026, 3, 2, 1, tzinfo=UTC)
# a form that asks of nobody who they are
PLAIN: dict[str, Any] = {
    "code": "plain", "name": "Plain wish", "identity": "none", "fields": [{"code": "wish", "label": "Wish", "type": "text"}],
}  # fmt: skip


class RequestFormFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RequestForm

    code = factory.LazyAttribute(lambda version: version.content["code"])
    number = factory.Sequence(lambda number: number + 1)
    effective_from = date(2026, 1, 1)
    content = PLAIN
    content_hash = factory.LazyAttribute(lambda version: digest(version.content))


class ServiceRequestFactory(factory.django.DjangoModelFactory):
    """Waits for a second person; `authorised` is one that leaves the bank next."""

    class Meta:
        model = ServiceRequest
        skip_postgeneration_save = True

    class Params:
        authorised = factory.Trait(
            state="authorised", authorised_at=REQUESTED, authorised_by=factory.SubFactory(UserFactory, head=True)
        )
        sent = factory.Trait(
            state="sent", authorised_at=REQUESTED, authorised_by=factory.SubFactory(UserFactory, head=True)
        )

    customer = factory.SubFactory(CustomerFactory)
    form = "plain"
    form_number = 1
    rules = PLAIN
    sealed = '{"wish": "更大的卡"}'
    identity = "none"
    is_checked = True
    execute_on = date(2026, 3, 2)
    requested_at = REQUESTED
    requested_by = factory.SubFactory(UserFactory, teller=True)

    @factory.post_generation
    def stepped(request, create, extracted, **kwargs):
        if create:
            RequestStep.objects.create(request=request, at=request.requested_at, state="requested")
