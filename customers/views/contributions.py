"""What customers puts on the frame and on its own page."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.panels import NavigationEntry
from crm.base.search import Found, Hit
from crm.base.slots import contribute
from crm.base.templatetags.frame import names
from customers.calls.panels import DESK
from customers.calls.reasons import SLOT as REASONS
from customers.calls.reasons import from_next_step
from customers.companies import panels as companies
from customers.companies.annotations import with_signs
from customers.completeness import panels as completeness
from customers.completeness.reading import with_checks
from customers.contacting import panels as contacting
from customers.duplicates import panels as duplicates
from customers.life_events import panels as life_events
from customers.models import Customer
from customers.past import panels as past
from customers.past.reading import PAPERS
from customers.past.reading import SLOT as AS_OF
from customers.preferences import panels as preferences
from customers.preferences.reading import with_preferences
from customers.timeline import INTERACTIONS, SLOT
from customers.views.charts import BALANCE, LAST_CONTACT
from customers.views.interactions import quick_log_url
from customers.voice.panels import NEEDS


def found_customers(user: Any, text: str, limit: int) -> Found | None:
    """For the search box of the frame."""
    if not user.may("customers:read"):
        return None
    reach = Customer.objects.visible_to(user).select_related("branch").order_by("sort_key", "pk")
    found = list(reach.unmerged().search(text)[: limit + 1]) or list(reach.exactly(text)[:limit])
    more = f"{reverse('customers')}?{urlencode({'q': text})}" if len(found) > limit else ""
    return Found(_("Customers"), "users", [_hit(customer) for customer in found[:limit]], more)


def _hit(customer: Customer) -> Hit:
    return Hit(names(customer), reverse("customer", args=[customer.pk]), str(customer.branch or ""), customer.number)


def customer_id_of(number: str) -> int | None:
    """For the audit trail, which knows customers by id alone."""
    return Customer.objects.filter(number=number).values_list("pk", flat=True).first()


def contribute_pages() -> None:
    contribute("audit.customer", customer_id_of)
    contribute("navigation", NavigationEntry(_("Imports"), "imports", "database-import", "data", "imports:read"))
    contribute("navigation", NavigationEntry(_("Feeds"), "feeds", "package-import", "data", "feeds:read"))
    contribute("navigation", NavigationEntry(_("Customers"), "customers", "users", "customers", "customers:read"))
    contribute(
        "navigation", NavigationEntry(_("Find a customer"), "customer_find", "user-search", "day", "look-ups:write")
    )
    contribute(
        "navigation", NavigationEntry(_("Contacts"), "interactions", "message-2", "customers", "interactions:read")
    )
    contribute(
        "navigation", NavigationEntry(_("Statements"), "statements", "file-text", "customers", "statements:read")
    )
    contribute("navigation", NavigationEntry(_("Households"), "households", "home", "customers", "households:read"))
    contribute_companies()
    contribute("navigation", NavigationEntry(_("Duplicates"), "duplicates", "copy", "customers", "duplicates:read"))
    contribute("navigation", NavigationEntry(_("Looks outside the own book"), "looks", "eye", "control", "looks:read"))
    _contribute_counter()
    contribute("quick_log", quick_log_url)
    contribute("search", found_customers)
    contribute(SLOT, INTERACTIONS)
    contribute(SLOT, contacting.EVENTS)
    contribute(SLOT, duplicates.MERGES)
    contribute("customer.annotations", duplicates.with_alike)
    contribute("customer.annotations", with_checks)
    contribute("customer.now", completeness.QUESTIONS, weight=20)
    contribute("customer.now", duplicates.NOW, weight=10)
    _contribute_lives()
    contribute("customer.badges", contacting.FLAGS)
    contribute("customer.tabs", companies.RELATIONS)
    contribute("customer.tabs", contacting.PERMISSIONS)
    for slot, panels in ((AS_OF, past.BESIDE), (PAPERS, past.BELOW)):
        for panel in panels:
            contribute(slot, panel)
    contribute("customer.figures", BALANCE, weight=10)
    contribute("customer.figures", LAST_CONTACT, weight=200)


def contribute_companies() -> None:
    contribute("navigation", NavigationEntry(_("Companies"), "companies", "building", "customers", "companies:read"))
    contribute(
        "navigation",
        NavigationEntry(
            _("Figures of companies"), "figure_kinds", "report-analytics", "policies", "figure-kinds:write"
        ),
    )
    contribute(SLOT, companies.NEWS)
    contribute("customer.annotations", with_signs)
    contribute("customer.now", companies.NOW, weight=20)
    contribute("customer.tabs", companies.COMPANY, weight=40)
    contribute("customer.tabs", companies.LIMITS, weight=45)


def _contribute_counter() -> None:
    """Calls, needs, and cards made at the counter."""
    contribute("navigation", NavigationEntry(_("Calls"), "calls", "headset", "customers", "calls:read"))
    contribute("navigation", NavigationEntry(_("Customer needs"), "needs", "bulb", "customers", "needs:read"))
    contribute(
        "navigation",
        NavigationEntry(_("Voice of the customer"), "need_report", "speakerphone", "customers", "need-reports:read"),
    )
    contribute("navigation", NavigationEntry(_("Cards"), "card_orders", "id-badge-2", "day", "card-orders:read"))
    contribute("navigation", NavigationEntry(_("Blank cards"), "card_stocks", "stack", "data", "card-stock:read"))
    contribute("home", DESK)
    contribute(REASONS, from_next_step)
    contribute("customer.tabs", NEEDS)


def _contribute_lives() -> None:
    contribute("customer.annotations", with_preferences)
    contribute("customer.annotations", life_events.with_near_events)
    contribute("customer.now", life_events.NOW, weight=60)
    contribute("customer.tabs", preferences.TAB)
    contribute(SLOT, preferences.NOTED)
    contribute(SLOT, life_events.HAPPENED)
