"""What the next product puts on the page of a customer."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.panels import Panel
from customers.models import Customer
from customers.timeline import Item, Source
from segmentation.models import ProductAnswer, Suggestion
from segmentation.next_product.showing import month_of, shown_of


def _next(request: Any, customer: Customer) -> dict[str, Any] | None:
    is_any = customer.has_suggestions  # type: ignore[attr-defined]  # by the annotation
    found = shown_of(customer, timezone.now()) if is_any else []
    if not found:
        return None
    may_answer = request.user.may("product-answers:write")
    return {"shown": found, "month": month_of(found), "may_answer": may_answer}


def with_suggestions() -> dict[str, Any]:
    """`has_suggestions`: whether the newest closed month has any; most pages are spared the long question."""
    return {"has_suggestions": Exists(Suggestion.objects.newest().filter(customer=OuterRef("pk")))}


NEXT = Panel(
    "next_product",
    "segmentation/next_product/_next.html",
    _next,
    gettext_lazy("Next product"),
    "product-answers:read",
)


def _answers(customer: Customer, user: Any, before: datetime | None, limit: int) -> list[Item]:
    if not user.may("product-answers:read"):
        return []
    rows = ProductAnswer.objects.filter(customer=customer).select_related("product", "by").order_by("-at", "-pk")
    if before:
        rows = rows.filter(at__lt=before)
    return [_item(row) for row in rows[:limit]]


def _item(row: ProductAnswer) -> Item:
    words = {"product": row.product, "answer": row.get_answer_display()}
    title = _("%(product)s: account opened") if row.account_id else _("%(product)s: %(answer)s")
    return Item(
        at=row.at,
        kind="product",
        title=title % words,
        text=row.note,
        by=str(row.by or ""),
        icon="basket",
        meta=" · ".join(filter(None, [str(row.get_channel_display()), str(row.get_reason_display())])),
    )


ANSWERS = Source("product", gettext_lazy("Next product"), _answers)
