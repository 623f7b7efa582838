"""Print a statement of account: numbered, logged, and marked as a copy from the second time on."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.models import Account, AccountHolder, Customer, Feed, StatementPrint
from customers.portfolio import PAYING
from customers.statements.content import Statement, statement_of
from customers.statements.pdf import Heading, drawn

MOST_LINES = 20_000
FEEDS = ("balances", "transactions")


@transaction.atomic
def print_statement(
    *, customer: Customer, account: Account, since: date, until: date, language: str, by: User, at: datetime
) -> tuple[StatementPrint, bytes]:
    """The print and its PDF. `since` and `until` are both included; a period that began before the account was opened
    begins with it. Only owners get a statement; who may merely use the account does not.
    """
    _refuse_others(customer, account)
    _refuse_period(account, since, until, booked_through(timezone.localdate(at)))
    account = Account.objects.select_for_update(of=("self",), no_key=True).get(pk=account.pk)
    statement = statement_of(account, since=max(since, account.opened_on), until=until, most=MOST_LINES + 1)
    if len(statement.lines) > MOST_LINES:
        raise RuleBroken(
            _("More than %(most)s movements: choose a shorter period.") % {"most": MOST_LINES}, field="until"
        )
    before = StatementPrint.objects.filter(account=account, since=statement.since, until=until).order_by("copy")
    first = before.first()
    printed = StatementPrint.objects.create(
        account=account,
        customer=customer,
        since=statement.since,
        until=until,
        language=language,
        copy=before.count(),
        lines=len(statement.lines),
        opening=statement.opening,
        closing=statement.closing,
        digest=statement.digest(),
        printed_at=at,
        by=by,
        branch=by.branch,
    )
    audit.record(
        "statement.printed", printed, by=by, customer_id=customer.pk, account=account.number, copy=printed.copy
    )
    with translation.override(language):
        return printed, drawn(statement, _heading(printed, statement, first))


def _refuse_others(customer: Customer, account: Account) -> None:
    if not AccountHolder.objects.filter(customer=customer, account=account, role__in=PAYING).exists():
        raise RuleBroken(_("Only an owner of the account gets its statement."), field="account", code="not_owner")


def booked_through(today: date) -> date:
    """The last day of which the bank's books are complete, as far as the feeds that tell of it were ever closed."""
    closed = Feed.objects.filter(kind__in=FEEDS).values_list("closed_through", flat=True)
    return min(day for day in (today, *closed) if day is not None)


def _refuse_period(account: Account, since: date, until: date, through: date) -> None:
    if until < since:
        raise RuleBroken(_("The last day can't be before the first."), field="until")
    if until > through:
        raise RuleBroken(_("The bank's books are complete through %(day)s.") % {"day": through}, field="until")
    if until < account.opened_on:
        raise RuleBroken(_("The account was opened on %(day)s.") % {"day": account.opened_on}, field="until")


def _heading(printed: StatementPrint, statement: Statement, first: StatementPrint | None) -> Heading:
    account, customer = printed.account, printed.customer
    facts = (
        (_("Customer"), f"{customer.name or '–'} ({customer.number})"),
        (_("Account"), f"{account.number} ({account.currency})"),
        (_("Period"), f"{printed.since} – {printed.until}"),
        (_("Product"), str(account.product)),
    )
    moment = timezone.localtime(printed.printed_at).strftime("%Y-%m-%d %H:%M")
    place = str(printed.branch) if printed.branch else settings.CRM_BRAND
    return Heading(
        brand=settings.CRM_BRAND,
        title=_("Statement of account"),
        number=printed.number,
        mark=printed.mark,
        note=_note(printed, first),
        facts=facts,
        foot=_("Printed %(moment)s at %(branch)s") % {"moment": moment, "branch": place},
    )


def _note(printed: StatementPrint, first: StatementPrint | None) -> str:
    if first is None:
        return ""
    words = {"number": first.number, "day": timezone.localdate(first.printed_at).isoformat()}
    if first.digest == printed.digest:
        return _("A copy of %(number)s of %(day)s.") % words
    return _("A copy of %(number)s of %(day)s. The bank's books of this period have changed since.") % words
