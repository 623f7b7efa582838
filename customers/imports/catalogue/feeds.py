"""What comes every day: balances, transactions, fees, exchange rates; and interactions."""

from django.utils.translation import gettext_lazy as _

from customers.imports.catalogue.accounts import ACCOUNT, COUNTRY, CURRENCY, CUSTOMER, IN_CURRENCY, not_erased
from customers.imports.checks import reject
from customers.imports.columns import HEAD, HIDDEN, TAIL, Column, Number, word
from customers.imports.days import Day, Moment
from customers.imports.kinds import Job, Kind
from customers.imports.stage import execute
from customers.imports.steps import run, statement, text
from customers.models import Interaction, Transaction


def carry_months(job: Job) -> None:
    """Balances that go on after the last known day of their account are added up; others are counted anew."""
    run("balance_fronts")
    execute("ANALYZE import_front")
    several = execute("SELECT FROM import_front WHERE days > 1 LIMIT 1")
    run("balance_months_on", replaced={"summed": text("balance_days" if several else "balance_day")})
    if execute("SELECT FROM import_front WHERE NOT goes_on LIMIT 1"):
        run("balance_months")


BALANCES = Kind(
    name="balances",
    label=_("Balances"),
    table="customers_balance",
    grows=True,
    columns=(
        ACCOUNT,
        Day("date", "on", required=True),
        Number("balance", "amount", required=True, digits=IN_CURRENCY),
    ),
    key=("account", "date"),
    order="r.v_account, r.v_date",
    after=(carry_months,),
)


def add_to_months(job: Job) -> None:
    is_payroll = "r.v_amount > 0 AND r.v_kind = 'payroll'" if "kind" in job.given else "false"
    run("transaction_months", replaced={"is_payroll": is_payroll})
    if execute("SELECT FROM import_was LIMIT 1"):
        run("transaction_months_corrected")


TRANSACTIONS = Kind(
    name="transactions",
    label=_("Transactions"),
    table="customers_transaction",
    grows=True,
    perhaps="r.line IN (SELECT line FROM import_known WHERE is_same)",
    columns=(
        Column("id", "number", required=True, limit=64, mask=TAIL),
        ACCOUNT,
        Day("date", "booked_on", required=True),
        Number("amount", "amount", required=True, digits=IN_CURRENCY),
        Column("kind", "kind", limit=32),
        Column("counterparty", "counterparty", limit=120, mask=HEAD),
        Column("description", "description", mask=HEAD),
        word("channel", Transaction.Channel),
        COUNTRY,
    ),
    key=("id",),
    match="t.booked_on = r.v_date AND t.number = r.v_id",
    extras={"key": "customers_number_key(id)"},
    checks=(statement("transactions_known"), statement("transactions_moved")),
    replacing=(statement("transactions_were"),),
    after=(statement("transactions_numbered"), add_to_months),
    months_of="date",
)


def know_fees(job: Job) -> None:
    """A fee code that nobody has met yet becomes a fee type, named like its code: banks invent fees more often than
    they tell, and a waiver policy can only name what is known."""
    execute("""
        INSERT INTO customers_feetype (code, name)
        SELECT DISTINCT v_fee, v_fee FROM import_rows WHERE ok ORDER BY 1 ON CONFLICT DO NOTHING""")


def within_waived(job: Job) -> None:
    reject(
        "t.waived > r.v_amount", column="amount", code="less_than_waived",
        joins="JOIN customers_feecharge t ON t.number = r.v_id",
    )  # fmt: skip


FEES = Kind(
    name="fees",
    label=_("Fees"),
    table="customers_feecharge",
    grows=True,
    columns=(
        Column("id", "number", required=True, limit=64, mask=TAIL),
        ACCOUNT,
        Column(
            "fee", "fee_id", required=True, limit=32,
            writes="(SELECT f.id FROM customers_feetype f WHERE f.code = r.v_fee)",
        ),
        Day("date", "charged_on", required=True),
        Number("amount", "amount", required=True, digits=IN_CURRENCY, least="0"),
    ),
    key=("id",),
    defaults={"waived": "0"},
    checks=(within_waived,),
    before=(know_fees,),
)  # fmt: skip

FX_RATES = Kind(
    name="fx_rates",
    label=_("Exchange rates"),
    table="customers_exchangerate",
    columns=(
        Day("date", "on", required=True),
        CURRENCY,
        Number("rate", "rate", required=True, digits="10", whole=10, least="0.0000000001"),
    ),
    key=("date", "currency"),
)

INTERACTIONS = Kind(
    name="interactions",
    label=_("Interactions"),
    table="customers_interaction",
    grows=True,
    columns=(
        CUSTOMER,
        Moment("at", "at", required=True),
        word("channel", Interaction.Channel, required=True),
        word("direction", Interaction.Direction, default="out"),
        word("purpose", Interaction.Purpose, default="care"),
        word("outcome", Interaction.Outcome, default="reached"),
        Column("note", "note", limit=4000, mask=HIDDEN),
        Day("next_on", "next_on"),
    ),
    key=("customer", "at", "channel"),
    match="t.source_hash = r.v_source_hash",
    computed={
        "source_hash": "sha256(convert_to(concat_ws('|', r_customer, extract(epoch FROM r_at), channel), 'UTF8'))"
    },
    defaults={
        "direction": "'out'", "purpose": "'care'", "outcome": "'reached'", "note": "''", "version": "1",
        "created_at": "now()", "by_id": "%(by)s",
    },
    touched={"version": "t.version + 1"},
    checks=(not_erased,),
)  # fmt: skip
