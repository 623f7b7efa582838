"""What customers itself moves with a merge: accounts, contacts, households, consents, flags, and what is known of them."""

from decimal import Decimal
from typing import Any

from django.db.models import BinaryField, DecimalField, F, Func, QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from customers.cards.merging import COUNTER
from customers.duplicates.consents import CONSENTS
from customers.duplicates.moves import Moves, overlapping
from customers.models import (
    AccountHolder,
    Card,
    FieldCheck,
    Flag,
    HouseholdMember,
    Interaction,
    Merge,
    Origin,
    RiskAssessment,
)
from customers.preferences.merging import KNOWN

RANK = {AccountHolder.Role.OWNER: 0, AccountHolder.Role.JOINT: 1, AccountHolder.Role.AUTHORISED: 2}


def _held_by_both(survivor_id: int, absorbed_id: int) -> QuerySet:
    both = AccountHolder.objects.filter(customer=survivor_id).values("account")
    return AccountHolder.objects.filter(customer=absorbed_id, account__in=both)


class Accounts(Moves):
    """An account that both hold is held once afterwards, with both shares; the cards go with it."""

    def count(self, survivor_id: int, absorbed_id: int) -> int:
        return AccountHolder.objects.filter(customer=absorbed_id).count()

    def move(self, merge: Merge) -> Any:
        joined = [self._join(merge, row) for row in _held_by_both(merge.survivor_id, merge.absorbed_id)]
        return {"moved": super().move(merge), "joined": joined}

    def _join(self, merge: Merge, row: AccountHolder) -> dict[str, Any]:
        stays = AccountHolder.objects.get(account=row.account_id, customer=merge.survivor_id)
        kept = {
            "account": row.account_id,
            "role": row.role,
            "share": str(row.share),
            "number": row.number,
            "stays": stays.pk,
            "was": [stays.role, str(stays.share)],
            "cards": list(row.cards.values_list("pk", flat=True)),
        }
        row.cards.update(holder=stays)
        row.delete()
        stays.share += row.share
        stays.role = min(stays.role, row.role, key=lambda role: RANK[AccountHolder.Role(role)])
        stays.save(update_fields=["share", "role"])
        return kept

    def undo(self, merge: Merge, kept: Any) -> list[str]:
        left = super().undo(merge, kept["moved"])
        return left + [text for each in kept["joined"] for text in self._part(merge, each)]

    def _part(self, merge: Merge, kept: dict[str, Any]) -> list[str]:
        """Where the row of the record that stays is no longer what the merge made it, nobody knows whose share it is."""
        stays = AccountHolder.objects.filter(pk=kept["stays"], customer=merge.survivor_id).first()
        role, share = kept["was"][0], Decimal(kept["was"][1])
        if stays is None or stays.share != share + Decimal(kept["share"]):
            return [_t("an account that both held")]
        stays.share, stays.role = share, role
        stays.save(update_fields=["share", "role"])
        back = AccountHolder.objects.create(
            account_id=kept["account"],
            customer_id=merge.absorbed_id,
            role=kept["role"],
            share=Decimal(kept["share"]),
            number=kept["number"],
        )
        Card.objects.filter(pk__in=kept["cards"], holder=stays).update(holder=back)
        return []


class Contacts(Moves):
    """A contact that came with a file is known again by its customer, moment and channel: its mark moves along."""

    def move(self, merge: Merge) -> list[int]:
        keys = super().move(merge)
        self._mark(keys, merge.survivor_id)
        return keys

    def undo(self, merge: Merge, kept: list[int]) -> list[str]:
        rows = Interaction.objects.filter(pk__in=kept, customer=merge.survivor_id)
        keys = list(rows.values_list("pk", flat=True))
        super().undo(merge, keys)
        self._mark(keys, merge.absorbed_id)
        return []

    def _mark(self, keys: list[int], customer_id: int) -> None:
        rows = Interaction.objects.filter(pk__in=keys, source_hash__isnull=False)
        rows.update(source_hash=_mark_of(customer_id))


def _mark_of(customer_id: int) -> Func:
    """As the import of contacts makes it (imports/catalogue/feeds.py)."""
    whole = "sha256(convert_to(concat_ws('|', %(expressions)s), 'UTF8'))"
    seconds = Func(F("at"), template="extract(epoch FROM %(expressions)s)", output_field=DecimalField())
    return Func(Value(customer_id), seconds, F("channel"), template=whole, output_field=BinaryField())


def _told_twice(survivor_id: int, absorbed_id: int) -> QuerySet:
    """Contacts of a file that named both records for the same moment and channel."""
    there = Interaction.objects.filter(customer=survivor_id, source_hash__isnull=False).values("source_hash")
    rows = Interaction.objects.filter(customer=absorbed_id, source_hash__isnull=False)
    return rows.annotate(mark=_mark_of(survivor_id)).filter(mark__in=there)


class Memberships(Moves):
    """Nobody is in two households. The absorbed record leaves its own where the days meet; the one that stays comes in its
    place unless it is in one, and is the head where the other was."""

    def count(self, survivor_id: int, absorbed_id: int) -> int:
        return HouseholdMember.objects.filter(customer=absorbed_id).count()

    def move(self, merge: Merge) -> Any:
        assert self.stays
        met = self.stays(merge.survivor_id, merge.absorbed_id).filter(until=None)
        keys = list(met.values_list("pk", flat=True))
        moved = super().move(merge)
        return {"moved": moved, "ended": [self._pass_on(merge, HouseholdMember.objects.get(pk=key)) for key in keys]}

    def _pass_on(self, merge: Merge, row: HouseholdMember) -> dict[str, Any]:
        kept: dict[str, Any] = {"pk": row.pk, "is_head": row.is_head, "gave": [], "made": None}
        row.until, row.is_head = max(timezone.localdate(merge.at), row.since), False
        row.save(update_fields=["until", "is_head"])
        own = HouseholdMember.objects.filter(customer=merge.survivor_id).exclude(until__lte=row.until)
        if not own.exists():
            is_head, household = kept["is_head"], row.household_id
            kept["made"] = HouseholdMember.objects.create(
                household_id=household, customer_id=merge.survivor_id, since=row.until, pools=row.pools, is_head=is_head
            ).pk
        elif kept["is_head"]:
            same = own.filter(household=row.household_id, until=None)
            kept["gave"] = list(same.values_list("pk", flat=True))
            same.update(is_head=True)
        return kept

    def undo(self, merge: Merge, kept: Any) -> list[str]:
        left = super().undo(merge, kept["moved"])
        for each in kept["ended"]:
            row = HouseholdMember.objects.get(pk=each["pk"])
            HouseholdMember.objects.filter(pk=each["made"]).delete()
            HouseholdMember.objects.filter(pk__in=each["gave"]).update(is_head=False)
            others = row.household.members.filter(until=None, is_head=True)
            row.until, row.is_head = None, each["is_head"] and not others.exists()
            row.save(update_fields=["until", "is_head"])
        return left


def _raised_on_both(survivor_id: int, absorbed_id: int) -> QuerySet:
    """Open flags of a kind that stands open on the record that stays; every other one goes with the customer."""
    there = Flag.objects.filter(customer=survivor_id, until=None).values("kind")
    return Flag.objects.filter(customer=absorbed_id, until=None, kind__in=there)


def _checked_on_both(survivor_id: int, absorbed_id: int) -> QuerySet:
    there = FieldCheck.objects.filter(customer=survivor_id).values("field")
    return FieldCheck.objects.filter(customer=absorbed_id, field__in=there)


def _said_of_both(survivor_id: int, absorbed_id: int) -> QuerySet:
    """Where both have a source, that of the record that stays counts; nobody is brought by themselves."""
    own = Origin.objects.filter(customer=absorbed_id)
    has_one = Origin.objects.filter(customer=survivor_id).exists()
    return own if has_one else own.filter(referred_by=survivor_id)


HANDLERS = (
    Accounts("accounts", _("Accounts"), AccountHolder, _held_by_both),
    Contacts("interactions", _("Contacts"), Interaction, _told_twice),
    Memberships("households", _("Memberships of a household"), HouseholdMember, overlapping(HouseholdMember)),
    CONSENTS,
    Moves("flags", _("Flags"), Flag, _raised_on_both),
    Moves("risk-assessments", _("Risk assessments"), RiskAssessment),
    Moves("field-checks", _("Confirmed fields and questions"), FieldCheck, _checked_on_both),
    Moves("origins", _("Source of the customer"), Origin, _said_of_both),
    *KNOWN,
    *COUNTER,
)
