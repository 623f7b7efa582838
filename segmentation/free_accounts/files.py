"""Free accounts as a file: what another system of the bank keeps, row by row under the rules of the counter."""

from django.utils.translation import gettext_lazy as _

from customers.imports.catalogue.accounts import ACCOUNT, CUSTOMER
from customers.imports.checks import reject, strike
from customers.imports.days import Day
from customers.imports.kinds import Job, Kind
from customers.portfolio import PAYS
from segmentation.services.policies import first_due

KNOWN = """LEFT JOIN segmentation_freeaccount t
    ON t.customer_id = r.v_customer AND t.account_id = r.v_account AND t.since = r.v_since"""
IS_PAID_BY_OTHERS = f"""NOT EXISTS (
    SELECT FROM customers_accountholder h JOIN customers_customer c ON c.id = h.customer_id
    WHERE h.account_id = r.v_account AND h.customer_id = r.v_customer AND {PAYS})"""
IS_CLOSED = "EXISTS (SELECT FROM customers_account a WHERE a.id = r.v_account AND a.closed_on <= r.v_since)"
# {end} is the first day on which the row's account is free no longer
IS_SECOND = """EXISTS (
    SELECT FROM segmentation_freeaccount o
    WHERE o.customer_id = r.v_customer AND (o.account_id, o.since) <> (r.v_account, r.v_since)
      AND daterange(o.since, o.until) && daterange(r.v_since, {end}))"""
IS_SECOND_IN_FILE = """EXISTS (
    SELECT FROM import_rows o
    WHERE o.ok AND o.line < r.line AND o.v_customer = r.v_customer
      AND daterange(o.v_since, {other_end}) && daterange(r.v_since, {end}))"""


def one_at_a_time(job: Job) -> None:
    """The rules of `name_account` and `end_naming`: the customer's own open account, one a day, no night is told anew."""
    has_end = "until" in job.given
    end = "r.v_until" if has_end else "t.until"
    if has_end:
        reject("r.v_until <= r.v_since", column="until", code="ends_before_start")
        reject("t.until IS NOT NULL AND r.v_until IS DISTINCT FROM t.until", column="until", code="ended", joins=KNOWN)
    # what was named stays told, whoever pays for the account since
    reject(f"t.id IS NULL AND {IS_PAID_BY_OTHERS}", column="account", code="not_own", joins=KNOWN)
    reject(f"t.id IS NULL AND {IS_CLOSED}", column="account", code="closed_account", joins=KNOWN)
    if due := first_due():
        reject(f"t.id IS NULL AND r.v_since < date '{due}'", column="since", code="night_ran", joins=KNOWN)
    if due and has_end:
        changes = f"r.v_until < date '{due}' AND r.v_until IS DISTINCT FROM t.until"
        reject(changes, column="until", code="night_ran", joins=KNOWN)
    strike()
    reject(IS_SECOND.format(end=end), column="account", code="second_free", joins=KNOWN)
    strike()
    other_end = "o.v_until" if has_end else "NULL"
    twice = IS_SECOND_IN_FILE.format(end=end, other_end=other_end)
    reject(twice, column="account", code="second_free", joins=KNOWN)


FREE_ACCOUNTS = Kind(
    name="free_accounts",
    label=_("Free accounts"),
    table="segmentation_freeaccount",
    columns=(CUSTOMER, ACCOUNT, Day("since", "since", required=True), Day("until", "until")),
    key=("customer", "account", "since"),
    defaults={"named_at": "now()", "named_by_id": "%(by)s"},
    checks=(one_at_a_time,),
    messages={
        "ends_before_start": _("It ends after it starts."),
        "ended": _("This has ended already."),
        "not_own": _("This account is not the customer's own."),
        "closed_account": _("This account is closed."),
        "night_ran": _("The nights before this day have run."),
        "second_free": _("The customer has named another free account for these days; a second one is not free."),
    },
)
