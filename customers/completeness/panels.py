"""Questions for the next contact, among what matters now."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.panels import Panel
from customers.completeness.reading import completeness_of
from customers.models import Customer


def _questions(request: Any, customer: Customer) -> dict[str, Any] | None:
    asked = completeness_of(customer, timezone.localdate()).asked
    return {"asked": asked, "may_change": request.user.may("customers:write")} if asked else None


QUESTIONS = Panel(
    "questions", "customers/completeness/_questions.html", _questions, _("Questions for the next contact")
)
