"""Read-only: what is noted of companies is changed on their pages. Contact data are shown nowhere here."""

from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from customers.models import (
    CompanyFigure,
    CompanyGroup,
    CompanyNews,
    CompanyRelation,
    ContactPerson,
    CreditLimit,
    FigureKind,
    GroupLimit,
    GroupMember,
    Guarantee,
    OutsideParty,
    Renewal,
    SiteVisit,
)


@admin.register(FigureKind)
class FigureKindAdmin(ScopedAdmin):
    resource = "figure-kinds"
    list_display = ("code", "name", "section", "unit", "falls_by", "rises_by")


@admin.register(OutsideParty)
class OutsidePartyAdmin(ScopedAdmin):
    resource = "companies"
    list_display = ("name", "kind", "country", "lei", "registration_number", "by", "noted_at")
    list_select_related = ("by",)


@admin.register(ContactPerson)
class ContactPersonAdmin(ScopedAdmin):
    resource = "companies"
    is_personal = True
    list_display = ("customer", "name", "function", "is_main", "since", "until")
    list_select_related = ("customer",)
    raw_id_fields = ("customer", "by")
    exclude = ("phone", "email")


@admin.register(CompanyGroup)
class CompanyGroupAdmin(ScopedAdmin):
    resource = "groups"
    list_display = ("number", "name")


@admin.register(GroupLimit)
class GroupLimitAdmin(ScopedAdmin):
    resource = "groups"
    list_display = ("group", "amount", "currency", "since", "until", "by")
    list_select_related = ("group", "by")


@admin.register(CompanyFigure)
class CompanyFigureAdmin(ScopedAdmin):
    resource = "companies"
    is_personal = True
    list_display = ("customer", "kind", "since", "months", "value", "currency", "noted_at", "by")
    list_select_related = ("customer", "kind", "by")
    raw_id_fields = ("customer", "by")


@admin.register(CompanyRelation)
class CompanyRelationAdmin(ScopedAdmin):
    resource = "companies"
    is_personal = True
    list_display = ("customer", "kind", "party", "outsider", "share", "since", "until", "by")
    list_select_related = ("customer", "party", "outsider", "by")
    raw_id_fields = ("customer", "party", "outsider", "by")


@admin.register(CreditLimit)
class CreditLimitAdmin(ScopedAdmin):
    resource = "companies"
    is_personal = True
    list_display = ("customer", "kind", "amount", "currency", "since", "until", "by")
    list_select_related = ("customer", "by")
    raw_id_fields = ("customer", "by")


@admin.register(Guarantee)
class GuaranteeAdmin(ScopedAdmin):
    resource = "companies"
    is_personal = True
    list_display = ("customer", "kind", "party", "outsider", "amount", "currency", "since", "until")
    list_select_related = ("customer", "party", "outsider")
    raw_id_fields = ("customer", "party", "outsider", "by")


@admin.register(SiteVisit)
class SiteVisitAdmin(ScopedAdmin):
    resource = "companies"
    is_personal = True
    list_display = ("customer", "visited_on", "met", "by")
    list_select_related = ("customer", "by")
    raw_id_fields = ("customer", "interaction", "by")


@admin.register(CompanyNews)
class CompanyNewsAdmin(ScopedAdmin):
    resource = "companies"
    is_personal = True
    list_display = ("customer", "on", "source", "impact", "by")
    list_select_related = ("customer", "by")
    raw_id_fields = ("customer", "by")


@admin.register(Renewal)
class RenewalAdmin(ScopedAdmin):
    resource = "companies"
    is_personal = True
    list_display = ("customer", "kind", "what", "due_on", "done_on", "by")
    list_select_related = ("customer", "by")
    raw_id_fields = ("customer", "by")


@admin.register(GroupMember)
class GroupMemberAdmin(ScopedAdmin):
    resource = "groups"
    is_personal = True
    list_display = ("group", "customer", "since", "until")
    list_select_related = ("group", "customer")
    raw_id_fields = ("group", "customer")
