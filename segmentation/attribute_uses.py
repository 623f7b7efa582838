"""Where rules use a custom attribute: it can't be deleted while any version, draft or open proposal names it."""

from collections.abc import Iterator
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from crm.approvals.models import Proposal
from customers.models import Attribute
from segmentation.models import (
    AssignmentPolicy,
    ChangeRule,
    PolicyDraft,
    ProductOffer,
    SchemeVersion,
    SegmentVersion,
    ServiceStandard,
    WaiverPolicy,
)

MODELS = (
    *(SegmentVersion, SchemeVersion, WaiverPolicy, ProductOffer, ServiceStandard, ChangeRule, AssignmentPolicy),
    PolicyDraft,
)


def uses_of(attribute: Attribute) -> Iterator[str]:
    """In words; a name stands in the JSON of a rule between quotation marks."""
    for model in MODELS:
        rows: Any = model._default_manager.annotate(said=Cast("content", TextField()))
        for row in rows.filter(said__contains=f'"{attribute.field}"').order_by("pk")[:5]:
            yield f"{model._meta.verbose_name} {row}"
    proposals: Any = Proposal.objects.open().annotate(said=Cast("content", TextField()))
    for proposal in proposals.filter(said__contains=f'"{attribute.field}"').order_by("pk")[:5]:
        yield _("the open proposal “%(title)s”") % {"title": proposal}
