"""What a customer is told of the advice to them: all that was given, and of a draft what they want themselves.

What the bank may propose is told once it is given (ADR 122).
"""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from customers.privacy.telling import Told
from managers.models import Advice, AdviceAnswer, AdviceLine, AdviceVersion

OF_CUSTOMER = ("draft__goals", "draft__horizon_months", "draft__amount", "draft__currency")


class Drafts(Told):
    def field_of(self, path: str) -> Any:
        """A draft is JSON: what stands in it is called as it is once it is given."""
        name = path.removeprefix("draft__")
        return super().field_of(path) if name == path else AdviceVersion._meta.get_field(name)


TOLD = (
    Told("advice", _("Investment advice"), Advice, ("begun_at",)),
    Drafts(
        "advice-drafts", _("Advice that is being prepared: what you want to reach"), Advice, ("begun_at", *OF_CUSTOMER),
        only=Q(draft__isnull=False),
    ),
    Told(
        "advice-versions", _("Versions of advice"), AdviceVersion,
        ("advice", "number", "goals", "horizon_months", "amount", "currency", "level", "assessed_on", "handed_on", "review_on"),
        key="advice__customer__in",
    ),
    Told(
        "advice-lines", _("Proposals of advice"), AdviceLine,
        ("of__advice", "of__number", "product__name", "amount", "percent", "reason", "risk"),
        key="of__advice__customer__in", names={"product__name": _("product")},
    ),
    Told(
        "advice-answers", _("Answers to advice"), AdviceAnswer,
        ("of__advice", "of__number", "outcome", "channel", "answered_on", "words"), key="of__advice__customer__in",
    ),
)  # fmt: skip
