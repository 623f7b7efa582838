"""What customers of the demo bank asked it to do in the last days, each as far as it is."""

from datetime import datetime, timedelta
from typing import Any

from crm.base.errors import RuleBroken
from crm.identity.models import User
from crm.management.demo.bank import Bank
from customers.models import Customer
from service.models import ServiceRequest
from service.outbox.posting import Outcome
from service.outbox.services import claim, record, take_answer
from service.requests.answers import accounts_of
from service.requests.services import authorise, cancel, request_service

HOUR = timedelta(hours=1)
# form, answers but for the account, hours ago, what became of it
Wishes = tuple[tuple[str, dict[str, Any], int, str], ...]
EARLIER: Wishes = (
    ("automatic_transfer", {"amount": "8000.00", "payee": "房租 王建国", "payee_account": "6214 0000 1182", "interval": "Every month"}, 75, "authorised"),
    ("limits", {"channel": "App", "amount": "500000.00"}, 50, "authorised"),
    ("remittance", {"amount": {"amount": "12500.00", "currency": "USD"}, "payee": "University of Leeds", "payee_account": "GB29NWBK60161331926819",
                    "payee_bank": "NWBKGB2L", "purpose": "学费 Tuition", "charges": "Shared"}, 27, "requested"),
    ("card_replacement", {"reason": "Damaged"}, 26, "authorised"),
    ("limits", {"channel": "Card", "amount": "2000000.00"}, 22, "cancelled"),
)  # fmt: skip
LATER: Wishes = (
    ("address_change", {"address": "上海市静安区愚园路88号"}, 5, "authorised"),
    ("remittance", {"amount": {"amount": "3000.00", "currency": "EUR"}, "payee": "Anna Weber", "payee_account": "DE89370400440532013000",
                    "payee_bank": "COBADEFF", "purpose": "赡家款 Support of family", "charges": "Paid by the customer"}, 2, "requested"),
)  # fmt: skip


def ask_for_services(*, bank: Bank, at: datetime) -> None:
    manager = bank.staff["manager"]
    own = Customer.objects.active().unmerged().filter(manager=manager, kind="person", contact__isnull=False)
    asked = iter([each for each in own.select_related("contact").order_by("number") if each.contact.national_id])
    for wishes in (EARLIER, LATER):
        for form, answers, hours, becomes in wishes:
            made = _request(asked, form, answers, by=bank.staff["teller"], at=at - hours * HOUR)
            if made:
                _decide(made, becomes, by=bank.staff["head"], at=at - (hours - 1) * HOUR)
        if wishes == EARLIER:
            _hand_over(at - 12 * HOUR)


def _decide(made: ServiceRequest, becomes: str, *, by: User, at: datetime) -> None:
    if becomes == "cancelled":
        cancel(request=made, reason="单日限额超出客户等级上限，建议柜面办理。", by=by, at=at)
    elif made.is_checked and becomes == "authorised":
        authorise(request=made, by=by, at=at)


def _hand_over(at: datetime) -> None:
    """As if a core were connected: one was executed, one failed, one is on its way; what was authorised later waits."""
    answers = [("executed", ""), ("failed", "账户已在别处设置限额 A limit is set elsewhere"), ("", "")]
    for number, (state, reason) in enumerate(answers, start=1):
        found = claim(at=at)
        if found is None:
            return
        message = record(claim=found, outcome=Outcome(202), milliseconds=180 + 7 * number, at=at)
        if state:
            reference = f"HX2026{message.request_id:06}"
            take_answer(key=message.key, state=state, reference=reference, reason=reason, at=at + HOUR / 2)


def _request(people: Any, form: str, answers: dict[str, Any], *, by: User, at: datetime) -> ServiceRequest | None:
    """Of the next customer whose record allows it; who is frozen, or has no account, is left out."""
    for customer in people:
        account = accounts_of(customer).filter(product__family="deposit").first()
        said = answers if form == "address_change" else answers | {"account": account.number if account else ""}
        if form == "automatic_transfer":
            said = said | {"first_on": str(at.date() + timedelta(days=20))}
        try:
            return request_service(
                customer=customer, form=form, answers=said, document=customer.contact.national_id, by=by, at=at
            )
        except RuleBroken:
            continue
    return None
