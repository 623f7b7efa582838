"""Accounts, who holds them, their terms, and the cards, loans and standing orders that only `load_berka` brings."""

from django.utils.translation import gettext_lazy as _

from customers.imports.catalogue.parties import BRANCH
from customers.imports.checks import reject
from customers.imports.columns import TAIL, Column, Matching, Number, Reference, word
from customers.imports.days import Day
from customers.imports.kinds import Job, Kind
from customers.imports.steps import run
from customers.models import AccountHolder, Term

CURRENCY = Matching("currency", "currency", required=True, pattern="^[A-Z]{3}$", code="currency")
ACCOUNT = Reference(
    "account", "account_id", required=True, table="customers_account", code="unknown_account", mask=TAIL
)
CUSTOMER = Reference(
    "customer",
    "customer_id",
    required=True,
    table="customers_customer",
    code="unknown_customer",
    mask=TAIL,
    found_as="coalesce({0}.merged_into_id, {0}.id)",
)
# of two letters, as in ISO 3166
COUNTRY = Matching("country", "country", pattern="^[A-Z]{2}$", code="country")
IN_CURRENCY = 'minor_unit("j_account".currency)'


def not_erased(job: Job) -> None:
    """Nothing new is noted of who was erased."""
    reject(
        "t.erased_on IS NOT NULL",
        column="customer",
        code="erased",
        joins="JOIN customers_customer t ON t.id = r.v_customer",
    )


def sane(job: Job) -> None:
    """No account closes before it opens; none changes its currency once balances or transactions are in it."""
    known = "LEFT JOIN customers_account t ON t.number = r.v_number"
    closed = "r.v_closed_on" if "closed_on" in job.given else "t.closed_on"
    reject(f"{closed} < r.v_opened_on", column="closed_on", code="closed_before_opened", joins=known)
    reject(
        "t.currency <> r.v_currency AND (EXISTS (SELECT FROM customers_balance b WHERE b.account_id = t.id)"
        " OR EXISTS (SELECT FROM customers_transactionmonth m WHERE m.account_id = t.id))",
        column="currency", code="currency_changed", joins=known,
    )  # fmt: skip


ACCOUNTS = Kind(
    name="accounts",
    label=_("Accounts"),
    table="customers_account",
    columns=(
        Column("number", "number", required=True, limit=64, mask=TAIL),
        Reference(
            "product", "product_id", required=True, table="customers_product", key="code", code="unknown_product"
        ),
        CURRENCY,
        Day("opened_on", "opened_on", required=True),
        Day("closed_on", "closed_on"),
        BRANCH,
        Number("credit_limit", "credit_limit", digits='minor_unit(s."currency")', least="0"),
    ),
    key=("number",),
    checks=(sane,),
)


def ends_later(job: Job) -> None:
    reject(
        "t.opened_on > r.v_matures_on",
        column="matures_on",
        code="matures_before_opened",
        joins="JOIN customers_account t ON t.id = r.v_account",
    )


TERMS = Kind(
    name="terms",
    label=_("Terms"),
    table="customers_term",
    columns=(
        ACCOUNT,
        Day("matures_on", "matures_on", required=True),
        Number("rate", "rate", digits="6", whole=1, least="0", most="1"),
        word("at_end", Term.AtEnd),
    ),
    key=("account",),
    checks=(ends_later,),
)


def fold(job: Job) -> None:
    """Two numbers of one customer, whose records were merged: their shares are one."""
    run("holders_folded")


def share(job: Job) -> None:
    run("holders_kept", role="role" in job.given, share="share" in job.given)
    run("holders_shared")
    run("holders_too_much")


HOLDERS = Kind(
    name="holders",
    label=_("Holders"),
    table="customers_accountholder",
    columns=(
        ACCOUNT,
        CUSTOMER,
        word("role", AccountHolder.Role, default="owner"),
        Number("share", "share", digits="8", whole=1, least="0", most="1", code="share"),
        Column("reference", "number", limit=32),
    ),
    key=("account", "customer"),
    always=("role", "share"),
    folds=(fold,),
    defaults={"number": "''"},
    checks=(share,),
)

CARDS = Kind(
    name="cards",
    label=_("Cards"),
    table="customers_card",
    columns=(
        Column("number", "number", required=True, limit=32, mask=TAIL),
        Reference(
            "holder", "holder_id", required=True, table="customers_accountholder", code="unknown_holder",
            only="\"j_holder\".number <> ''",
        ),
        Column("kind", "kind", required=True, limit=32),
        Day("issued_on", "issued_on", required=True),
    ),
    key=("number",),
    is_internal=True,
)  # fmt: skip

LOANS = Kind(
    name="loans",
    label=_("Loans"),
    table="customers_loan",
    columns=(
        Column("number", "number", required=True, limit=32, mask=TAIL),
        ACCOUNT,
        Day("granted_on", "granted_on", required=True),
        Number("amount", "amount", required=True, digits=IN_CURRENCY),
        Number("payment", "payment", required=True, digits=IN_CURRENCY),
        Number("months", "months", required=True, digits="0", whole=4, least="1"),
        Column("status", "status", required=True, limit=16),
    ),
    key=("number",),
    is_internal=True,
)

STANDING_ORDERS = Kind(
    name="standing_orders",
    label=_("Standing orders"),
    table="customers_standingorder",
    columns=(
        Column("number", "number", required=True, limit=32, mask=TAIL),
        ACCOUNT,
        Column("to_bank", "to_bank", limit=32),
        Column("to_account", "to_account", limit=64, mask=TAIL),
        Number("amount", "amount", required=True, digits=IN_CURRENCY),
        Column("purpose", "purpose", limit=32),
    ),
    key=("number",),
    is_internal=True,
)
