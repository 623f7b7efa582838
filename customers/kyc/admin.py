"""Read-only, as the rest: risks and reviews are changed on their pages."""

from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from customers.models import KycInterval, KycReview, RiskRating


@admin.register(KycInterval)
class KycIntervalAdmin(ScopedAdmin):
    """Changed by a proposal of the kind `kyc_interval`."""

    resource = "kyc-intervals"
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
