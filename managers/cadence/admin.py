from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from managers.models import ContactPlan, DueContact


@admin.register(ContactPlan)
class ContactPlanAdmin(ScopedAdmin):
    resource = "contact-plans"
    list_display = ("number", "effective_from", "published_at", "published_by")


@admin.register(DueContact)
class DueContactAdmin(ScopedAdmin):
    resource = "cadence"
    is_personal = True
    list_display = ("customer", "what", "tier", "last_at", "due_on")
    list_select_related = ("customer", "tier")
