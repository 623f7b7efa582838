"""What companies tell of themselves, and who is paid by one through the bank."""

from django.utils.translation import gettext_lazy as _

from customers.companies.figures import NOT_BEGUN
from customers.imports.catalogue.accounts import CUSTOMER
from customers.imports.checks import reject
from customers.imports.columns import TAIL, Matching, Number, Reference
from customers.imports.days import Day
from customers.imports.kinds import Job, Kind

# as customers/periods.py reads it
WRITTEN = "^[12][0-9]{3}(-(H[12]|Q[1-4]|01|(0[2-9]|1[0-2])(/12)?))?$"
FIRST_MONTH = """CASE WHEN length(period) = 4 THEN 1
    WHEN period ~ 'H' THEN right(period, 1)::int * 6 - 5
    WHEN period ~ 'Q' THEN right(period, 1)::int * 3 - 2
    ELSE substr(period, 6, 2)::int END"""
SINCE = f"""CASE WHEN e_period IS NULL THEN make_date(left(period, 4)::int, {FIRST_MONTH}, 1) END"""
MONTHS = """CASE WHEN length(period) = 4 OR period ~ '/12$' THEN 12
    WHEN period ~ 'H' THEN 6 WHEN period ~ 'Q' THEN 3 ELSE 1 END"""
COMPANY = "JOIN customers_customer c ON c.id = r.v_customer"
KIND = "JOIN customers_figurekind k ON k.id = r.v_figure"
CORRECTED = {"version": "t.version + 1", "noted_at": "now()", "by_id": "%(by)s"}
NEW = {"version": "1", "noted_at": "now()", "by_id": "%(by)s"}


def of_companies(job: Job) -> None:
    reject("c.kind = 'person'", column="customer", code="no_company", joins=COMPANY)


def in_its_unit(job: Job) -> None:
    """Money has a currency and no more decimals than it, people come whole, nothing but money is negative."""
    reject("k.unit = 'money' AND r.v_currency !~ '^[A-Z]{3}$'", column="currency", code="currency", joins=KIND)
    digits = "scale(trim_scale(r.v_value))"
    reject(
        f"(k.unit = 'money' AND {digits} > minor_unit(r.v_currency))"
        f" OR (k.unit IN ('people', 'pieces') AND {digits} > 0)",
        column="value", code="digits", joins=KIND,
    )  # fmt: skip
    reject("k.unit <> 'money' AND r.v_value < 0", column="value", code="too_small", joins=KIND)
    reject("k.unit <> 'money' AND r.v_currency <> ''", column="currency", code="no_money", joins=KIND)


def has_begun(job: Job) -> None:
    reject(f"r.v_since > '{job.today}'", column="period", code="not_begun")


COMPANY_FIGURES = Kind(
    name="company_figures",
    label=_("Figures of companies"),
    table="customers_companyfigure",
    columns=(
        CUSTOMER,
        Matching("period", required=True, pattern=WRITTEN, code="period"),
        Reference("figure", "kind_id", required=True, table="customers_figurekind", key="code", code="unknown_figure"),
        Number("value", "value", required=True, digits="4"),
        Matching("currency", "currency", pattern="^[A-Z]{3}$", code="currency"),
    ),
    key=("customer", "period", "figure"),
    match="t.customer_id = r.v_customer AND t.kind_id = r.v_figure AND t.since = r.v_since AND t.months = r.v_months",
    computed={"since": SINCE, "months": MONTHS},
    always=("currency",),
    defaults=NEW,
    touched=CORRECTED,
    checks=(of_companies, in_its_unit, has_begun),
    messages={
        "period": _("This is no period: write 2025, 2025-H1, 2025-Q3 or 2025-09."),
        "not_begun": NOT_BEGUN,
        "unknown_figure": _("No figure has this code."),
        "no_company": _("This is said of companies and institutions."),
        "no_money": _("This figure is no money and has no currency."),
    },
)


def of_persons(job: Job) -> None:
    reject("p.kind <> 'person'", column="employee", code="no_person",
           joins="JOIN customers_customer p ON p.id = r.v_employee")  # fmt: skip


def in_order(job: Job) -> None:
    """Nobody begins in the future, or ends before the beginning."""
    if "until" in job.given:
        reject("r.v_until < r.v_since", column="until", code="ends_before")
    reject(f"r.v_since > '{job.today}'", column="since", code="future")


def once_a_day(job: Job) -> None:
    """Nobody works there twice on a day."""
    until = "r.v_until" if "until" in job.given else "NULL::date"
    days = f"daterange(r.v_since, CASE WHEN {until} >= r.v_since THEN {until} END)"
    same = "t.customer_id = r.v_customer AND t.party_id = r.v_employee AND t.kind = 'employee' AND t.since <> r.v_since"
    reject(f"daterange(t.since, t.until) && {days}", column="since", code="employed",
           joins=f"JOIN customers_companyrelation t ON {same}")  # fmt: skip
    other = days.replace("r.v_", "o.v_")
    reject(f"{other} && {days}", column="since", code="employed",
           joins="JOIN import_rows o ON o.ok AND o.v_customer = r.v_customer AND o.v_employee = r.v_employee"
                 " AND o.line < r.line")  # fmt: skip


COMPANY_EMPLOYEES = Kind(
    name="company_employees",
    label=_("Employees paid through the bank"),
    table="customers_companyrelation",
    columns=(
        CUSTOMER,
        Reference(
            "employee", "party_id", required=True, table="customers_customer", code="unknown_customer", mask=TAIL,
            found_as="coalesce({0}.merged_into_id, {0}.id)",
        ),
        Day("since", "since", required=True),
        Day("until", "until"),
    ),
    key=("customer", "employee", "since"),
    match="t.customer_id = r.v_customer AND t.party_id = r.v_employee AND t.kind = 'employee' AND t.since = r.v_since",
    defaults=NEW | {"kind": "'employee'", "function": "''", "remark": "''"},
    touched=CORRECTED,
    checks=(of_companies, of_persons, in_order, once_a_day),
    messages={
        "no_person": _("An employee is a person."),
        "ends_before": _("It can't end before it begins."),
        "future": _("This is told on the day itself or later, not before."),
        "employed": _("On these days this relation holds already."),
    },
)  # fmt: skip
