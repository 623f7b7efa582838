from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from managers.models import ResourceRequest, ResourceTerms


@admin.register(ResourceRequest)
class ResourceRequestAdmin(ScopedAdmin):
    resource = "resource-requests"
    is_personal = True
    list_display = ("asked_at", "customer", "kind", "amount", "price", "state", "valid_until", "asked_by")
    list_filter = ("kind", "state")
    list_select_related = ("customer", "asked_by")
    raw_id_fields = ("customer", "product", "fee", "asked_by", "decided_by", "proposal", "replaces")


@admin.register(ResourceTerms)
class ResourceTermsAdmin(ScopedAdmin):
    resource = "resource-terms"
    list_display = ("number", "effective_from", "published_by")
    list_select_related = ("published_by",)
    raw_id_fields = ("proposal", "published_by")
