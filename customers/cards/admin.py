"""Read-only: cards and blanks are moved on their pages."""

from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from customers.models import BlankMovement, BlankStock, CardDesign, CardOrder, Spoilage


@admin.register(CardDesign)
class CardDesignAdmin(ScopedAdmin):
    resource = "card-designs"
    list_display = ("code", "name", "is_gold", "is_offered")


@admin.register(CardOrder)
class CardOrderAdmin(ScopedAdmin):
    resource = "card-orders"
    is_personal = True
    list_display = ("number", "embossed_name", "design", "branch", "state", "last_four", "ordered_at")
    list_filter = ("state",)
    list_select_related = ("design", "branch")
    raw_id_fields = ("customer", "account", "ordered_by", "printed_by", "closed_by")


@admin.register(BlankStock)
class BlankStockAdmin(ScopedAdmin):
    resource = "card-stock"
    list_display = ("branch", "design", "balance")
    list_select_related = ("branch", "design")


@admin.register(BlankMovement)
class BlankMovementAdmin(ScopedAdmin):
    resource = "card-stock"
    list_display = ("at", "stock", "kind", "change", "balance_after", "by", "remark")
    list_filter = ("kind",)
    list_select_related = ("stock__branch", "stock__design", "by")
    raw_id_fields = ("order", "spoilage", "answers", "by")


@admin.register(Spoilage)
class SpoilageAdmin(ScopedAdmin):
    resource = "card-spoilages"
    list_display = (
        "reported_at",
        "stock",
        "quantity",
        "reason",
        "reported_by",
        "confirmed_by",
        "confirmed_at",
        "taken_back_by",
        "put_back_by",
    )
    list_select_related = (
        "stock__branch",
        "stock__design",
        "reported_by",
        "confirmed_by",
        "taken_back_by",
        "put_back_by",
    )
    raw_id_fields = ("order", "reported_by", "confirmed_by", "taken_back_by", "put_back_by")
