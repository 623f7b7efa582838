"""Branches and customers."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.money import minor_unit
from crm.identity.models import Branch
from customers.attributes.importing import with_attributes, write_attributes
from customers.completeness.importing import note_told
from customers.imports.checks import strike
from customers.imports.columns import HEAD, TAIL, Column, Number, Reference, word
from customers.imports.contacts import SEALED, contact_differs, prepare, write_contacts
from customers.imports.days import Day
from customers.imports.kinds import Job, Kind
from customers.imports.steps import run, statement
from customers.models import Customer, Interaction
from customers.services.managers import tell_moved


def lonely(job: Job) -> None:
    """Branches under what is no branch, those that stand in a circle, and for a person those that move."""
    if "parent" not in job.given:
        return
    while run("branches_orphaned"):
        strike()
    run("branches_circled")
    if job.by_id is not None:
        strike()
        run("branches_moved")


BRANCHES = Kind(
    name="branches",
    label=_("Branches"),
    table="identity_branch",
    columns=(
        Column("code", "code", required=True, limit=32),
        Column("name", "name", required=True, limit=120),
        Column("parent", limit=32),
        word("level", Branch.Level, default="branch"),
        Column("region", "region", limit=80),
    ),
    key=("code",),
    differs={"parent": "coalesce((SELECT p.code FROM identity_branch p WHERE p.id = t.parent_id), '') <> r.v_parent"},
    defaults={"level": "'branch'", "region": "''", "path": "''"},
    checks=(lonely,),
    after=(statement("branches_hung", only_with="parent"), statement("branches_pathed")),
)


def status_of_merged(job: Job) -> None:
    """A record that was merged into another one stays closed, whatever its file says."""
    if "status" in job.given:
        run("status_of_merged")


def erased_left(job: Job) -> None:
    """A file brings nobody back whom the bank has forgotten, and one that still names them is no partial feed."""
    run("erased_left")


BRANCH = Reference("branch", "branch_id", table="identity_branch", key="code", code="unknown_branch")
MANAGER = Reference(
    "manager", "manager_id", table="identity_user", key="username", code="unknown_manager",
    only="\"j_manager\".role = 'manager' AND \"j_manager\".is_active",
)  # fmt: skip


def managers_moved(job: Job) -> int:
    """Whoever keeps since when somebody looks after a customer is told of the whole file."""
    if "manager" in job.given:
        tell_moved(None, at=timezone.now(), by_id=job.by_id)
    return 0


CUSTOMERS = Kind(
    name="customers",
    label=_("Customers"),
    table="customers_customer",
    columns=(
        Column("number", "number", required=True, limit=32, mask=TAIL),
        word("kind", Customer.Kind, required=True),
        Column("name", "name", mask=HEAD),
        word("sex", Customer.Sex),
        Day("birth_date", "birth_date"),
        Column("region", "region", limit=80),
        Column("occupation", "occupation", limit=80),
        Column("education", "education", limit=80),
        Number("annual_income", "annual_income", digits=str(minor_unit(settings.CRM_BASE_CURRENCY))),
        *(column for pair in SEALED.values() for column in pair[:1]),
        BRANCH,
        MANAGER,
        Column("language", "language", limit=10),
        word("preferred_channel", Interaction.Channel),
        word("preferred_time", Customer.Time),
        word("status", Customer.Status, default="active"),
    ),
    key=("number",),
    prepare=prepare,
    derived={
        "name": tuple(Column(name, name, limit=400) for name in ("pinyin", "initials", "sort_key")),
        **{name: pair[1:] for name, pair in SEALED.items()},
    },
    match_join="LEFT JOIN customers_contact k ON k.customer_id = t.id",
    differs=contact_differs(),
    defaults={
        "name": "''", "pinyin": "''", "initials": "''", "sort_key": "''", "sex": "''", "region": "''",
        "occupation": "''", "education": "''", "language": "''", "status": "'active'",
        "version": "1", "created_at": "now()", "updated_at": "now()",
    },
    touched={"version": "t.version + 1", "updated_at": "now()"},
    touched_with={
        "status": {
            "status_since": "CASE WHEN t.status <> r.v_status THEN %(today)s::date ELSE t.status_since END"
        }
    },
    checks=(status_of_merged,),
    before=(erased_left,),
    replacing=(note_told,),
    after=(write_contacts, write_attributes, managers_moved),
    grown=with_attributes,
)  # fmt: skip
