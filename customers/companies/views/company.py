"""A form about a company in reach."""

from typing import ClassVar

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property

from customers.models import Customer
from customers.views.change import ChangePage


class OfCompany(ChangePage):
    """Back to the tab where the result stands. A person has none of this: not found."""

    permission = "companies:write"
    tab: ClassVar[str] = "company"

    @cached_property
    def customer(self) -> Customer:
        found: Customer = super().customer
        if found.kind == Customer.Kind.PERSON:
            raise Http404
        return found

    def get_tab(self) -> str:
        return self.tab

    def get_success_url(self) -> str:
        return f"{reverse('customer', args=[self.customer.pk])}?tab={self.get_tab()}"
