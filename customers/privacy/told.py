"""What customers itself tells a customer of what the bank holds about them. Other people in it are masked."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.audit.models import Event
from customers.masking import name as masked_name
from customers.models import (
    AccountHolder,
    Amendment,
    Balance,
    Card,
    Consent,
    Contact,
    Customer,
    Duplicate,
    Erasure,
    FeeCharge,
    Flag,
    HouseholdMember,
    Interaction,
    Loan,
    Merge,
    RiskAssessment,
    StandingOrder,
    StatementPrint,
    SubjectExport,
    Term,
    Transaction,
)
from customers.privacy.taken import NAMED
from customers.privacy.telling import Told, Untold

RECORD = ("number", "kind", *(name for name in NAMED if name not in ("pinyin", "initials", "sort_key")))
KNOWN = ("status", "status_since", "branch__name", "created_at")
BRANCH = {"branch__name": _("branch")}
# acts that may tell of a case that nobody may tell them of
SPEAKABLE = ~Q(action__regex="^(flag|kyc|riskrating|kycreview|risk_rating)")
WITHHELD = (
    _("The names of other people, such as joint holders and members of the household, are masked."),
    _("Who of the bank's staff did something is not told; what they did is."),
    _("Records that a law forbids to disclose are not part of this file, whether or not there are any."),
)


class OfAccounts(Told):
    """Rows of the accounts that the customers own."""

    def rows(self, ids: Sequence[int]) -> Iterator[dict[str, Any]]:
        roles = (AccountHolder.Role.OWNER, AccountHolder.Role.JOINT)
        owned = AccountHolder.objects.filter(customer__in=ids, role__in=roles).values("account")
        found = self.model._default_manager.filter(self.only, account__in=owned).order_by(*self.order)
        yield from found.values(*self.fields).iterator(chunk_size=2_000)


class Others(Told):
    """Other people in what they share with the customers."""

    def rows(self, ids: Sequence[int]) -> Iterator[dict[str, Any]]:
        shared = self.model._default_manager.filter(customer__in=ids).values(self.key)
        found = self.model._default_manager.filter(**{f"{self.key}__in": shared}).exclude(customer__in=ids)
        for row in found.order_by(*self.order).values(*self.fields):
            yield row | {"customer__name": masked_name(row["customer__name"])}


class Merges(Told):
    def rows(self, ids: Sequence[int]) -> Iterator[dict[str, Any]]:
        found = Merge.objects.filter(Q(survivor__in=ids) | Q(absorbed__in=ids)).order_by("pk")
        yield from found.values(*self.fields)


ACCOUNT = {"account__number": _("account")}
OF_ACCOUNT = ACCOUNT | {"account__product__name": _("product"), "account__currency": _("currency")}
SAID = ("at", "channel", "direction", "purpose", "outcome", "note", "next_on")
PARTS = (
    Told("record", _("Record"), Customer, (*RECORD, *KNOWN), "pk__in", names=BRANCH),
    Told("contact", _("Contact data"), Contact, ("national_id", "phone", "email", "address")),
    Told(
        "accounts", _("Accounts"), AccountHolder,
        ("account__number", "account__product__name", "account__currency", "role", "share",
         "account__opened_on", "account__closed_on"),
        order=("account__number",), names=OF_ACCOUNT,
    ),
    Others(
        "other-holders", _("Other holders of these accounts"), AccountHolder,
        ("account__number", "customer__name", "role"), "account", order=("account__number", "pk"), names=ACCOUNT,
    ),
    Told(
        "cards", _("Cards"), Card, ("number", "kind", "issued_on"), "holder__customer__in"
    ),
    OfAccounts("terms", _("Terms"), Term, ("account__number", "matures_on", "rate", "at_end"), names=ACCOUNT),
    OfAccounts("loans", _("Loans"), Loan, ("number", "account__number", "granted_on", "amount", "payment", "months", "status"), names=ACCOUNT),
    OfAccounts("standing-orders", _("Standing orders"), StandingOrder, ("number", "account__number", "to_bank", "to_account", "amount", "purpose"), names=ACCOUNT),
    OfAccounts(
        "transactions", _("Transactions"), Transaction,
        ("account__number", "booked_on", "number", "amount", "account__currency", "kind", "counterparty", "description",
         "channel", "country"),
        order=("booked_on", "number"), names=OF_ACCOUNT,
    ),
    OfAccounts("balances", _("Balances"), Balance, ("account__number", "on", "amount", "account__currency"), order=("account_id", "on"), names=OF_ACCOUNT),
    OfAccounts("fees", _("Fee charges"), FeeCharge, ("account__number", "fee__name", "charged_on", "amount", "waived", "account__currency"), order=("charged_on", "pk"), names=OF_ACCOUNT | {"fee__name": _("fee")}),
    Told("statements", _("Printed statements"), StatementPrint, ("account__number", "since", "until", "printed_at", "copy"), names=ACCOUNT),
    Told("contacts", _("Contacts"), Interaction, SAID, order=("at", "pk")),
    Told("added-words", _("Words added to contacts"), Amendment, ("interaction__at", "text", "at"), "interaction__customer__in", names={"interaction__at": _("contact of")}),
    Told("consents", _("Consents"), Consent, ("purpose", "channel", "wording", "given_at", "withdrawn_at")),
    Told("flags", _("Flags"), Flag, ("kind", "since", "until", "source"), only=~Q(kind=Flag.Kind.FRAUD_CASE)),
    Told("risk-assessments", _("Risk assessments"), RiskAssessment, ("level", "assessed_on")),
    Told("household", _("Household"), HouseholdMember, ("household__number", "since", "until", "pools", "is_head"), names={"household__number": _("household")}),
    Others("household-members", _("Other members of the household"), HouseholdMember, ("household__number", "customer__name"), "household", names={"household__number": _("household")}),
    Merges("merges", _("Merges of records"), Merge, ("absorbed__number", "survivor__number", "at", "reason"), names={"absorbed__number": _("merged record"), "survivor__number": _("record that stays")}),
    Told("subject-exports", _("Subject exports"), SubjectExport, ("asked_at", "reason", "ready_at")),
    Told("erasures", _("Requests to be erased"), Erasure, ("received_on", "requester", "state", "answer")),
    Told("trail", _("What was done with these data"), Event, ("at", "kind", "action"), "customer_id__in", only=SPEAKABLE, names={"action": pgettext_lazy("a trail", "act")}),
    Untold((Duplicate,), _("A guess of a program about records that look alike, which nobody has confirmed.")),
)  # fmt: skip


def parts() -> tuple:
    """With the histories, whose models are there once all apps are."""
    before = apps.get_model("customers", "CustomerEvent")
    corrected = apps.get_model("customers", "InteractionEvent")
    histories = (
        Told(
            "earlier-records",
            _("Earlier versions of the record"),
            before,
            ("pgh_created_at", *RECORD, "status"),
            "pgh_obj__in",
            order=("pgh_id",),
            names={"pgh_created_at": _("until")},
        ),
        Told(
            "earlier-contacts",
            _("Earlier versions of contacts"),
            corrected,
            SAID,
            "pgh_obj__customer__in",
            order=("pgh_id",),
        ),
    )
    return (*PARTS, *histories)
