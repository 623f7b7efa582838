"""Puts the bank together. Everything or nothing: a run that is broken off leaves no half a bank."""

import json
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.audit.models import Event
from crm.base.errors import RuleBroken
from crm.base.sql import run_text
from crm.management.demo.bank import BY, Bank, found_bank, set_passwords
from crm.management.demo.cadence import plan_contacts
from crm.management.demo.companies import tell_of_companies
from crm.management.demo.counter import tell_of_the_counter
from crm.management.demo.couples import share_accounts
from crm.management.demo.diligence import rate_risks
from crm.management.demo.extras import add_extras
from crm.management.demo.files import write_files
from crm.management.demo.habits import order_payments
from crm.management.demo.knowledge import write_articles
from crm.management.demo.living import note_lives
from crm.management.demo.papers import record_papers
from crm.management.demo.people import Population
from crm.management.demo.permissions import record_permissions
from crm.management.demo.phone import open_phone
from crm.management.demo.proposals import make_proposals
from crm.management.demo.sales import sell
from crm.management.demo.service import open_desk
from crm.management.demo.span import Span
from crm.management.demo.subjects import tell_of_subjects
from crm.management.demo.talks import log_talks
from customers.imports.services import import_file
from customers.models import Customer
from segmentation.services.policies import apply_policy

MADE = "demo.made"
POLICIES = (
    *("company_policy.json", "person_policy.json", "offers_policy.json", "assignment_policy.json"),
    "service_policy.json",
)
CHANGES, NOTICED = "changes_policy.json", 9
FEEDS = ("fx_rates", "balances", "transactions", "fees")
Say = Callable[[str], None]


def is_made() -> bool:
    return Event.objects.filter(action=MADE).exists()


@transaction.atomic
def make(*, customers: int, seed: int, last: date, password: str, say: Say) -> None:
    """`last` is the last day with data. Where the demo data are there already, only the passwords are set."""
    if is_made():
        set_passwords(password)
        say("demo data are there already; passwords are set")
        return
    if Customer.objects.exists():
        raise RuleBroken(_("There are customers of another bank here; demo data need an empty database."))
    span, steps = Span(last), _Steps(say)
    morning = datetime.combine(last + timedelta(days=1), time(0), timezone.get_current_timezone())
    bank = found_bank(password=password)
    steps.done("branches, people, products", len(bank.branches) + len(bank.staff) + len(bank.products))
    population = Population(seed=seed, span=span)
    parties = [population.party(place) for place in range(customers)]
    share_accounts(parties, seed=seed)
    with TemporaryDirectory(prefix="guibin-demo-") as folder:
        for kind, path in write_files(Path(folder), bank=bank, parties=parties, span=span, seed=seed):
            result = import_file(kind=kind, path=path, by=BY, close_through=last if kind in FEEDS else None)
            if result.rejected:
                raise RuntimeError(f"{kind}: {result.rejected} rows were rejected: {result.errors[:3]}")
            steps.done(kind, result.accepted)
        steps.done("standing orders", order_payments())
        of_whom: dict[str, Any] = {"parties": parties, "bank": bank, "span": span, "seed": seed}
        steps.done("interactions", log_talks(**of_whom))
        steps.done("assessments, consents, flags", record_permissions(**of_whom))
        steps.done("preferences, life events", note_lives(**of_whom))
        steps.done("companies", tell_of_companies(bank=bank, span=span, seed=seed, at=morning))
        steps.done("calls, needs, cards, referrals", tell_of_the_counter(bank=bank, at=morning, seed=seed))
        steps.done("documents", record_papers(**of_whom))
        steps.done("risks, reviews, opportunities", rate_risks(**of_whom) + sell(span=span, seed=seed))
        add_extras(bank=bank, span=span, folder=Path(folder), at=morning)
    for name in POLICIES:
        content = json.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))
        apply_policy(content=content, by=BY, first_day=span.first)
    steps.done("policies", len(POLICIES) + _look_for_changes(span) + plan_contacts(span=span))
    steps.done("managers, requests, proposals", make_proposals(bank=bank, span=span, at=morning))
    _serve(bank, steps, at=morning)
    steps.done("attributes, exports, erasures", tell_of_subjects(bank=bank, at=morning, seed=seed))
    audit.record(MADE, "bank", by=BY, customers=customers, seed=seed, last=last.isoformat())
    run_text("ANALYZE")


def _serve(bank: Bank, steps: "_Steps", *, at: datetime) -> None:
    steps.done("tickets, call-backs", open_desk(bank=bank, at=at) + open_phone(bank=bank, at=at))
    steps.done("articles", write_articles(bank=bank, at=at))


def _look_for_changes(span: Span) -> int:
    """Of the last days alone: older tasks would be done long ago."""
    content = json.loads(Path(__file__).with_name(CHANGES).read_text(encoding="utf-8"))
    since = span.last - timedelta(days=NOTICED)
    apply_policy(content=content | {"effective_from": since.isoformat()}, by=BY, first_day=span.first)
    return 1


class _Steps:
    def __init__(self, say: Say) -> None:
        self.say, self.began = say, monotonic()

    def done(self, what: str, rows: int) -> None:
        self.say(f"{what}: {rows:,} ({monotonic() - self.began:.1f} s)")
