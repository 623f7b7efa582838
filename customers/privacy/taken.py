"""What customers itself takes away with a customer, and what stays under the number."""

from collections.abc import Sequence

from django.apps import apps
from django.db.models import F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.approvals.models import Proposal
from crm.audit.models import Event, IdempotencyKey
from crm.identity.models import Notification, Reach
from crm.identity.services import end_reach
from crm.jobs.models import RowError
from customers.models import (
    AccountHolder,
    Amendment,
    Consent,
    Contact,
    Customer,
    Duplicate,
    Erasure,
    Flag,
    HouseholdMember,
    Interaction,
    Merge,
    RiskAssessment,
    StandingOrder,
    StatementPrint,
    SubjectExport,
    Transaction,
)
from customers.privacy.holds import KIND
from customers.privacy.taking import Blanked, Category, Deleted, Kept, Owned, Rows, Subject
from customers.privacy.words import MARK

FUNCTION = "customers_erase"
NAMED = ("name", "pinyin", "initials", "sort_key", "sex", "birth_date", "region", "occupation", "education",
         "annual_income", "language", "preferred_channel", "preferred_time")  # fmt: skip


def _model(name: str) -> type:
    return apps.get_model("customers", name)


class OfAccounts(Blanked):
    """Rows of accounts that nobody else holds any more: a joint account goes on telling its other holder."""

    def rows(self, ids: Sequence[int]) -> QuerySet:
        mine = AccountHolder.objects.filter(customer__in=ids).values("account")
        others = AccountHolder.objects.filter(account__in=mine, customer__erased_on=None).exclude(customer__in=ids)
        return (
            self.model._default_manager.filter(account__in=mine)
            .exclude(account__in=others.values("account"))
            .order_by()
        )


class Pairs(Deleted):
    """Found to be alike: whichever of the two it is."""

    def rows(self, ids: Sequence[int]) -> QuerySet:
        return Duplicate.objects.filter(first__in=ids) | Duplicate.objects.filter(second__in=ids)


class Merges(Owned):
    def rows(self, ids: Sequence[int]) -> QuerySet:
        return Merge.objects.filter(survivor__in=ids) | Merge.objects.filter(absorbed__in=ids)


class Proposals(Owned):
    """Title, reasons and content of proposals about the customer."""

    def rows(self, ids: Sequence[int]) -> QuerySet:
        numbers = list(Customer.objects.filter(pk__in=ids).values_list("number", flat=True))
        return Proposal.objects.filter(content__customer__in=numbers).exclude(kind=KIND)


class Uncounted(Rows):
    """Texts in which the words may stand, wherever they do."""

    def rows(self, ids: Sequence[int]) -> None:  # type: ignore[override]
        return None


class Alerts(Uncounted):
    def take(self, subject: Subject) -> None:
        if subject.pattern:
            found = Notification.objects.filter(text__iregex=subject.pattern)
            found.update(text=_hidden("text", subject.pattern))


class Errors(Uncounted):
    """Cells of files that could not be taken in."""

    def take(self, subject: Subject) -> None:
        RowError.objects.filter(customer_id__in=subject.ids).update(value="")
        if subject.pattern:
            RowError.objects.filter(value__iregex=subject.pattern).update(value="")


class Answers(Uncounted):
    """Kept answers to POSTs: whoever repeats one gets no name back, but does it anew and is refused."""

    def take(self, subject: Subject) -> None:
        numbers = Customer.objects.filter(pk__in=subject.ids).values_list("number", flat=True)
        told = IdempotencyKey.objects.annotate(told=Cast("answer", TextField()))
        for word in numbers:
            told.filter(told__contains=f'"{word}"').delete()
        if subject.pattern:
            told.filter(told__iregex=subject.pattern).delete()


class Reached(Uncounted):
    def take(self, subject: Subject) -> None:
        for reach in (
            Reach.objects.holding(at=timezone.now()).filter(customer_id__in=subject.ids).select_related("user")
        ):
            end_reach(reach=reach, by="erasures")


class Lived(Rows):
    """They leave their household; one that bears their name is called by its number (the owner's function)."""

    def take(self, subject: Subject) -> None:
        today = timezone.localdate()
        rows = self.rows(subject.ids).filter(until=None)
        rows.filter(since__gt=today).delete()
        rows.update(until=today, is_head=False, pools=False)


def _hidden(field: str, pattern: str) -> Func:
    return Func(F(field), Value(pattern), Value(MARK), Value("gi"), function="regexp_replace", output_field=TextField())


def parts() -> tuple:
    """The models of the histories are there once all apps are."""
    identity, ledger, _papers, conduct, profile, trail = Category
    return (
        Blanked(_("Record: name, birth date, preferences"), identity, Customer, "pk__in", fields=NAMED),
        Deleted(_("Contact data"), identity, Contact),
        Owned(_("Earlier versions of the record"), identity, _model("CustomerEvent"), "pgh_obj__in", function=FUNCTION),
        OfAccounts(_("Who paid and was paid"), ledger, Transaction, fields=("counterparty", "description")),
        OfAccounts(_("Standing orders: to whom"), ledger, StandingOrder, fields=("to_bank", "to_account")),
        Owned(_("Notes of contacts"), conduct, Interaction, function=FUNCTION),
        Owned(
            _("Earlier versions of contacts"), conduct, _model("InteractionEvent"), "pgh_obj__customer__in", function=FUNCTION
        ),
        Owned(_("Words added to contacts"), conduct, Amendment, "interaction__customer__in", function=FUNCTION),
        Owned(_("Flags"), conduct, Flag, function=FUNCTION),
        Merges(_("Merges: what was before"), conduct, Merge, function=FUNCTION),
        Lived(_("Memberships of a household"), profile, HouseholdMember),
        Pairs(_("Possible duplicates"), profile, Duplicate),
        Blanked(_("Subject exports"), profile, SubjectExport, fields=("content", "reason")),
        Owned(
            _("Events of the trail that name the customer"),
            trail,
            Event,
            "customer_id__in",
            Q(object_type="customers.customer"),
            function=FUNCTION,
        ),
        Owned(
            _("Words in earlier requests"), trail, Erasure, only=Q(state=Erasure.State.REFUSED), function=f"{FUNCTION}_requests"
        ),
        Proposals(_("Proposals about the customer"), trail, Proposal, function=FUNCTION),
        Alerts("", trail, Notification),
        Errors("", trail, RowError),
        Answers("", trail, IdempotencyKey),
        Reached("", trail, Reach),
        Kept((AccountHolder, StatementPrint), _("Whose account it was stays as a number, with what was booked on it.")),
        Kept((Consent,), _("That and when a consent was given and withdrawn proves what the bank was allowed.")),
        Kept((RiskAssessment,), _("A level and a day prove what the bank was allowed to sell.")),
        Kept((Erasure,), _("The request itself, by number; what it keeps sealed goes with its day.")),
    )  # fmt: skip
