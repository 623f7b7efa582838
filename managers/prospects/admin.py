from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from managers.models import Prospect


@admin.register(Prospect)
class ProspectAdmin(ScopedAdmin):
    resource = "prospects"
    is_personal = True
    list_display = ("customer", "source", "stage", "next_on", "noted_by")
    list_filter = ("stage", "source")
    list_select_related = ("customer", "noted_by")
    raw_id_fields = ("customer", "referrer", "noted_by")
