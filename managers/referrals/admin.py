from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from managers.models import Referral


@admin.register(Referral)
class ReferralAdmin(ScopedAdmin):
    resource = "referrals"
    is_personal = True
    list_display = ("customer", "family", "state", "referred_by", "due_at", "answered_by")
    list_select_related = ("customer", "referred_by", "answered_by")
