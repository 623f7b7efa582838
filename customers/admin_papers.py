"""Read-only, as the rest: documents, risks and reviews are changed on their pages. No number and no picture is shown here."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from crm.base.admin_site import ScopedAdmin
from customers.models import Document, DocumentImage, KycInterval, KycReview, RiskRating


@admin.register(Document)
class DocumentAdmin(ScopedAdmin):
    """Without number and holder: they are shown for a reason, on the customer's page."""

    resource = "documents"
    is_personal = True
    list_display = ("customer", "type", "valid_from", "valid_until", "recorded_at", "by", "closed_as")
    list_filter = ("type", "closed_as")
    list_select_related = ("customer", "by")
    raw_id_fields = ("customer", "by", "closed_by", "replaces")


@admin.register(DocumentImage)
class DocumentImageAdmin(ScopedAdmin):
    resource = "documents"
    is_personal = True
    list_display = ("document", "side", "content_type", "size", "added_at", "by")
    list_select_related = ("document", "by")
    raw_id_fields = ("document", "by")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).without_content()


@admin.register(KycInterval)
class KycIntervalAdmin(ScopedAdmin):
    """Changed by a proposal of the kind `kyc_interval`."""

    resource = "branches"
    list_display = ("level", "months")


@admin.register(RiskRating)
class RiskRatingAdmin(ScopedAdmin):
    resource = "kyc-ratings"
    is_personal = True
    list_display = ("customer", "level", "is_case", "rated_at", "by", "approved_by", "ended_at")
    list_filter = ("level", "is_case")
    list_select_related = ("customer", "by", "approved_by")
    raw_id_fields = ("customer", "by", "approved_by", "ended_by")


@admin.register(KycReview)
class KycReviewAdmin(ScopedAdmin):
    resource = "kyc-reviews"
    is_personal = True
    list_display = ("customer", "level", "is_case", "due_on", "state", "conclusion", "reviewer", "concluded_at")
    list_filter = ("state", "level", "is_case")
    list_select_related = ("customer", "reviewer")
    raw_id_fields = ("customer", "begun_by", "reviewer")
