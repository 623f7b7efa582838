"""Writing versions of the value assumptions. A version never changes afterwards, so a closed month keeps its rates."""

from typing import Any

from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.digests import digest
from customers.models import Product
from segmentation.models import Tier, ValueVersion
from segmentation.rules.validation import refuse
from segmentation.services.publishing import Applied, Start, next_number, said_already
from segmentation.value.assumptions import Assumptions
from segmentation.value.series import Row


def publish_value(assumptions: Assumptions, content: dict[str, Any], start: Start) -> Applied:
    """Raises RuleBroken."""
    check_known(assumptions)
    hashed = digest(content)
    if same := said_already(ValueVersion.objects, start, hashed):
        return Applied("value", same.number, same.effective_from, is_new=False)
    version = ValueVersion.objects.create(
        number=next_number(ValueVersion.objects), content=content, content_hash=hashed, **start.columns
    )
    audit.record("value_version.published", version, by=start.by, effective_from=str(start.day), hash=hashed)
    return Applied("value", version.number, start.day, is_new=True)


def check_known(assumptions: Assumptions) -> None:
    """Products and tiers that the bank has. Raises RuleBroken with the path of a row that names another."""
    products = set(Product.objects.values_list("code", flat=True))
    tiers = set(Tier.objects.values_list("code", flat=True))
    unknown_product, unknown_tier = _("no product is called “%(code)s”."), _("no scheme has a tier “%(code)s”.")
    for table, column, known, sentence in (
        ("rates", "product", products, unknown_product),
        ("losses", "product", products, unknown_product),
        ("retention", "tier", tiers, unknown_tier),
    ):
        for row in assumptions.tables[table]:
            _check(row, column, known, sentence)


def _check(row: Row, column: str, known: set[str], sentence: str) -> None:
    code = row.key[0]
    if code and code not in known:
        refuse(f"{row.path}.{column}", sentence % {"code": code})
