from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from segmentation.models import Leak, WaiverCheck


@admin.register(WaiverCheck)
class WaiverCheckAdmin(ScopedAdmin):
    resource = "waiver-checks"
    list_display = ("since", "through", "policy", "tiers_on")
    list_select_related = ("policy",)


@admin.register(Leak)
class LeakAdmin(ScopedAdmin):
    resource = "leaks"
    is_personal = True
    list_display = ("waiver_check", "customer", "fee_code", "charged_on", "waived", "due", "currency", "waits")
    list_select_related = ("waiver_check", "customer")
