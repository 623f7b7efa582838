"""Requests and work orders of a customer who is erased."""

import json

import pytest

from crm.base.errors import RuleBroken
from service.models import RequestStep, WorkOrderStep
from service.outbox.services import put
from tests.customers.privacy.conftest import ADDRESS, NAME
from tests.customers.privacy.everywhere import places_of
from tests.factories.service_requests import REQUESTED, ServiceRequestFactory
from tests.factories.workorders import WorkOrderFactory

pytestmark = pytest.mark.django_db


def test_requests_and_orders_end_and_hold_no_word(known, erased) -> None:
    request = ServiceRequestFactory(customer=known, sealed=json.dumps({"wish": ADDRESS}))
    order = WorkOrderFactory(customer=known, what=f"{NAME} 的合同")
    WorkOrderStep.objects.create(order=order, at=REQUESTED, state="taken", words=f"{NAME} 已来电", department="Cards")
    RequestStep.objects.create(request=request, at=REQUESTED, state="sent", words=f"{NAME} 账户已冻结")
    erased(known)
    for each in (request, order):
        each.refresh_from_db()
    assert (request.state, request.answers, order.state) == ("cancelled", {}, "cancelled")
    assert list(places_of(NAME)) == []


def test_what_is_on_its_way_to_the_core_stands_against_it(known, erased) -> None:
    put(ServiceRequestFactory(customer=known, authorised=True), at=REQUESTED)
    with pytest.raises(RuleBroken, match="1 service request is under way"):
        erased(known)
