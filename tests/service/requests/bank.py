"""Requests for tests."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from service.models import ServiceRequest
from service.requests.services import request_service
from tests.factories import ProductFactory

AT = datetime(2026, 3, 10, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
REMITTANCE: dict[str, Any] = {
    "amount": {"amount": "250.00", "currency": "USD"}, "payee": "Ann", "payee_account": "DE89", "payee_bank": "COBADEFF",
    "purpose": "Study", "charges": "Shared",
}  # fmt: skip


def ask(story: Any, by: Any, form: str = "limits", **more: Any) -> ServiceRequest:
    """Of the customer of a story, who shows their id document; `answers` are added to what fits the form."""
    said: dict[str, Any] = {"account": story.account.number}
    said |= {"channel": "App", "amount": "100.00"} if form == "limits" else {}
    said |= REMITTANCE if form == "remittance" else {}
    said |= more.pop("answers", {})
    said = {code: value for code, value in said.items() if value is not None}
    more = {"at": AT, "document": story.customer.contact.national_id} | more
    return request_service(customer=story.customer, form=form, answers=said, by=by, **more)


def fund(risk: int) -> Any:
    return ProductFactory(code=f"fund{risk}", family="fund", risk=risk)
