from django.contrib import admin

from crm.approvals.models import Deputy, Proposal
from crm.base.admin_site import ScopedAdmin


@admin.register(Proposal)
class ProposalAdmin(ScopedAdmin):
    """Read-only: decisions are taken where the hash is shown."""

    resource = "proposals"
    list_display = ("title", "kind", "status", "maker", "made_at", "checker", "decided_at")
    list_filter = ("status", "kind")
    list_select_related = ("maker", "checker")
    search_fields = ("title",)
    exclude = ("reaches",)


@admin.register(Deputy)
class DeputyAdmin(ScopedAdmin):
    resource = "proposals"
    list_display = ("approver", "deputy", "starts_at", "ends_at", "appointed_by")
    list_select_related = ("approver", "deputy", "appointed_by")
