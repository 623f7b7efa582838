"""Read-only: offers change by proposal, suggestions by the night, answers are kept once."""

from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from segmentation.models import Affinity, PeerGroup, ProductAnswer, ProductOffer, Suggestion


@admin.register(ProductOffer)
class ProductOfferAdmin(ScopedAdmin):
    resource = "product-offers"
    list_display = ("product", "number", "effective_from", "published_at", "published_by")
    list_select_related = ("product", "published_by")


@admin.register(Suggestion)
class SuggestionAdmin(ScopedAdmin):
    resource = "product-answers"
    is_personal = True
    list_display = ("month", "customer", "rank", "product")
    list_select_related = ("customer", "product")
    raw_id_fields = ("customer", "affinity")


@admin.register(ProductAnswer)
class ProductAnswerAdmin(ScopedAdmin):
    resource = "product-answers"
    is_personal = True
    list_display = ("at", "customer", "product", "answer", "reason", "channel", "by")
    list_select_related = ("customer", "product", "by")
    raw_id_fields = ("customer", "suggestion", "account")


@admin.register(PeerGroup)
class PeerGroupAdmin(ScopedAdmin):
    resource = "next-products"
    list_display = ("month", "kind", "tier", "segment", "band", "customers")
    list_select_related = ("tier", "segment")


@admin.register(Affinity)
class AffinityAdmin(ScopedAdmin):
    resource = "next-products"
    list_display = ("group", "basis", "product", "holding", "asked")
    list_select_related = ("group", "basis", "product")
