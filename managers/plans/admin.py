from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from managers.models import CustomerPlan


@admin.register(CustomerPlan)
class CustomerPlanAdmin(ScopedAdmin):
    resource = "plans"
    is_personal = True
    list_display = ("customer", "since", "until", "review_on", "made_by", "closed_at")
    list_select_related = ("customer", "made_by")
    raw_id_fields = ("customer", "made_by", "closed_by")
