"""The pack of a customer who was handed over: the brief, with where they come from."""

from datetime import datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.templatetags.frame import said_day
from crm.identity.models import User
from customers.models import Customer
from managers.day.brief import Section, section
from managers.handovers.watching import change_of
from managers.models import Handover, Opportunity
from segmentation.rules.sentences import money


def handed_over(customer: Customer, user: User, at: datetime) -> Section | None:
    """As long as the customer is watched."""
    if not user.may("handovers:read"):
        return None
    rows = Handover.objects.watched(timezone.localdate(at)).filter(customer=customer).with_balance()
    own = rows.select_related("giver", "receiver").order_by("-handed_on", "-pk").first()
    if own is None:
        return None
    words = {"giver": own.giver, "receiver": own.receiver, "day": said_day(own.handed_on)}
    lines = [_("From %(giver)s to %(receiver)s on %(day)s") % words, own.reason, _money(own)]
    if user.may("opportunities:read"):
        along = Opportunity.objects.filter(pk__in=own.opportunities).select_related("product")
        lines += [_("Went along: %(opportunity)s") % {"opportunity": each} for each in along.order_by("pk")]
    return section(gettext_lazy("Handover"), lines, "arrows-exchange")


def _money(own: Handover) -> str:
    change = change_of(own)
    if change is None:
        return ""
    words = {"before": money(own.balance or Decimal(0), own.currency), "change": change.said}
    return _("Balance at the handover %(before)s, since then %(change)s") % words
