"""What the page of a request tells of its way to the core, and the doors through which what is stuck is sent again."""

import pytest
from django.utils import timezone

from service.models import CoreMessage
from tests.factories.service_requests import ServiceRequestFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def stuck(own) -> CoreMessage:
    request = ServiceRequestFactory(customer=own.customer, authorised=True)
    message = CoreMessage.objects.create(request=request, state="stuck", attempts=20, tries=20, next_at=timezone.now())
    message.log.create(number=20, at=timezone.now(), milliseconds=3000, said="ConnectTimeoutError")
    return message


def test_what_is_stuck_is_found_and_sent_again_on_its_page(stuck, manager, auditor, signed_in) -> None:
    browser, url = signed_in(manager), f"/service-requests/{stuck.request_id}/"
    assert str(stuck.request) in browser.get("/service-requests/?which=stuck").text
    page = browser.get(url).text
    assert "ConnectTimeoutError" in page and str(stuck.key) in page and "Send again" in page
    assert "Send again" not in signed_in(auditor).get(url).text
    browser.post(f"{url}send-again/")
    stuck.refresh_from_db()
    assert (stuck.state, stuck.tries, stuck.attempts) == ("waiting", 0, 20)
    assert "No core is connected yet" in browser.get(url).text
    assert (
        "could not be handed over"
        in browser.post(f"{url}send-again/", follow=True, headers={"Referer": f"http://testserver{url}"}).text
    )


def test_over_rest_too(stuck, manager, api) -> None:
    url = f"/api/v1/service-requests/{stuck.request_id}/send-again/"
    assert api(manager).post(url).json()["state"] == "authorised"
    assert api(manager).post(url).status_code == 409
