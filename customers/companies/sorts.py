"""What can be noted of a company, by the word that stands in addresses: its model, its form, and where it is shown."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crm.identity.models import User
from customers.companies import forms
from customers.companies.parties import ends_of
from customers.companies.services import log_visit, note
from customers.models import (
    CompanyNews,
    CompanyRelation,
    ContactPerson,
    CreditLimit,
    Customer,
    Guarantee,
    Renewal,
    SiteVisit,
)
from customers.models.noted import Noted


@dataclass(frozen=True)
class Sort:
    """`tab` of the company's page is where it stands."""

    slug: str
    model: type[Noted]
    form: type[forms.NotedForm]
    title: str | Promise
    tab: str = "company"

    @transaction.atomic
    def add(self, customer: Customer, said: dict[str, Any], *, by: User, at: Any) -> Noted:
        if self.model is SiteVisit:
            return log_visit(customer=customer, by=by, as_of=at, **said)
        if "outsider" in said:
            said = said | ends_of(said, by=by, at=at)
        return note(self.model, customer=customer, by=by, at=at, **said)


SORTS = {
    sort.slug: sort
    for sort in (
        Sort("relation", CompanyRelation, forms.RelationForm, _("Owner, executive or other relation"), "relations"),
        Sort("limit", CreditLimit, forms.LimitForm, _("Credit limit"), "limits"),
        Sort("guarantee", Guarantee, forms.GuaranteeForm, _("Guarantee received"), "limits"),
        Sort("renewal", Renewal, forms.RenewalForm, _("Renewal"), "limits"),
        Sort("person", ContactPerson, forms.PersonForm, _("Contact person")),
        Sort("visit", SiteVisit, forms.VisitForm, _("Site visit")),
        Sort("news", CompanyNews, forms.NewsForm, _("News")),
    )
}
