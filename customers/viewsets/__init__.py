from django.urls import path

from customers.attributes.viewsets import ROUTES as ATTRIBUTES
from customers.calls.viewsets import ROUTES as CALLS
from customers.cards.viewsets import ROUTES as CARDS
from customers.companies.group_viewsets import ROUTES as GROUPS
from customers.companies.viewsets import ROUTES as COMPANIES
from customers.completeness.viewsets import CustomerCompleteness
from customers.contacting.viewsets import ROUTES as CONTACTING
from customers.duplicates.viewsets import ROUTES as DUPLICATES
from customers.households.viewsets import HouseholdViewSet
from customers.imports.mapping.viewsets import ImportProfileViewSet
from customers.imports.viewsets import ImportViewSet
from customers.life_events.viewsets import ROUTES as LIFE_EVENTS
from customers.looks.viewsets import ROUTES as LOOKS
from customers.preferences.viewsets import ROUTES as PREFERENCES
from customers.privacy.viewsets import ROUTES as PRIVACY
from customers.statements.viewsets import ROUTES as STATEMENTS
from customers.viewsets.accounts import AccountViewSet, BalanceViewSet, FeeChargeViewSet, TransactionViewSet
from customers.viewsets.contacts import InteractionViewSet
from customers.viewsets.feeds import FeedViewSet
from customers.viewsets.parties import CustomerViewSet
from customers.voice.viewsets import ROUTES as VOICE

ROUTES = (
    ("customers", CustomerViewSet, "customers"),
    ("households", HouseholdViewSet, "households"),
    ("accounts", AccountViewSet, "accounts"),
    ("balances", BalanceViewSet, "balances"),
    ("transactions", TransactionViewSet, "transactions"),
    ("fee-charges", FeeChargeViewSet, "fee-charges"),
    ("interactions", InteractionViewSet, "interactions"),
    ("feeds", FeedViewSet, "feeds"),
    ("imports", ImportViewSet, "imports"),
    ("import-profiles", ImportProfileViewSet, "import-profiles"),
    *ATTRIBUTES,
    *CONTACTING,
    *STATEMENTS,
    *DUPLICATES,
    *LOOKS,
    *PREFERENCES,
    *LIFE_EVENTS,
    *COMPANIES,
    *GROUPS,
    *CALLS,
    *VOICE,
    *CARDS,
    *PRIVACY,
)

PATHS = (
    path("customers/<int:customer_id>/completeness/", CustomerCompleteness.as_view(), name="customer-completeness"),
)

__all__ = ["PATHS", "ROUTES"]
