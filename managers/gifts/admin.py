from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from managers.models import Gift


@admin.register(Gift)
class GiftAdmin(ScopedAdmin):
    resource = "gifts"
    is_personal = True
    list_display = ("given_on", "customer", "kind", "what", "amount", "currency", "by", "struck_at")
    list_filter = ("kind",)
    list_select_related = ("customer", "by")
    raw_id_fields = ("customer", "event", "by", "proposal", "struck_by")
