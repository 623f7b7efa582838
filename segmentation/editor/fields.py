"""What the editors ask: a key of the policy file each. A new key is a new line here."""

from dataclasses import replace
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from customers.models import Customer, FeeType, Interaction, Product
from segmentation.changes.definition import MOVES
from segmentation.changes.saying import move
from segmentation.editor.inputs import Amount, Choice, Field, Percent, Several, Tick, Whole, Words
from segmentation.models import ChangeRule, Exemption, Segment, Tier
from segmentation.rules import FIELDS, Type
from segmentation.small_balance.definition import LISTED
from segmentation.standards.periods import Period


def kinds() -> list[tuple[str, Any]]:
    return list(Customer.Kind.choices)


def measures() -> list[tuple[str, Any]]:
    return [
        (each.name, capfirst(str(each.label)))
        for each in FIELDS.values()
        if (each.type == Type.MONEY or each.of_scheme) and each.may_set_prices
    ]


def figures() -> list[tuple[str, Any]]:
    """What points are given for: what counts or is an amount, and may set prices."""
    kinds = (Type.MONEY, Type.NUMBER, Type.INTEGER)
    fit = (each for each in FIELDS.values() if each.type in kinds and each.may_set_prices and not each.of_scheme)
    return [(each.name, capfirst(str(each.label))) for each in fit]


def unknowns() -> list[tuple[str, Any]]:
    return [("false", _("no points")), ("error", _("an error of the customer's row"))]


def calendars() -> list[tuple[str, Any]]:
    return [("monthly", _("Each month end")), ("dates", _("Days of the year"))]


def tiers() -> list[tuple[str, Any]]:
    return list(Tier.objects.order_by("scheme", "-rank").values_list("code", "name"))


def fees() -> list[tuple[str, Any]]:
    return list(FeeType.objects.order_by("name", "code").values_list("code", "name"))


def exemptions() -> list[tuple[str, Any]]:
    return [(code, Exemption(code).label) for code in LISTED]


def channels() -> list[tuple[str, Any]]:
    return list(Interaction.Channel.choices)


def periods() -> list[tuple[str, Any]]:
    return list(Period.choices)


def products() -> list[tuple[str, Any]]:
    return list(Product.objects.order_by("family", "name").values_list("code", "name"))


def segments() -> list[tuple[str, Any]]:
    return list(Segment.objects.in_use().order_by("scheme", "priority", "code").values_list("code", "name"))


def change_kinds() -> list[tuple[str, Any]]:
    return list(ChangeRule.Kind.choices)


def made() -> list[tuple[str, Any]]:
    return list(ChangeRule.Makes.choices)


def moves() -> list[tuple[str, Any]]:
    return [(word, move(word)) for word in MOVES]


def among(field: Field, choices: list[tuple[str, Any]]) -> Field:
    """The same field with the choices of the form that asks."""
    return replace(field, choices=lambda: choices)


SCHEME: tuple[Field, ...] = (
    Choice("customer_kind", _("Customer kind"), choices=kinds),
    Field("name", _("Name")),
    Field("currency", _("Currency"), width="short"),
    Choice("measure", _("Measure"), _("Shown as the gap to the next tier."), choices=measures),
)
REVIEW = Choice("review", _("Review"), choices=calendars)
DATES = Words("dates", _("Days of review"), _("Such as 06-30, 12-31."))
TIER: tuple[Field, ...] = (
    Field("code", _("Code"), width="short"),
    Field("name", _("Name")),
    Whole("grace_months", _("Grace"), unit=_("months"), width="short", lowest=False),
    Field("max_moves_percent.up", _("Breaker up"), unit="%", width="short"),
    Field("max_moves_percent.down", _("Breaker down"), unit="%", width="short"),
    Whole("hold_months", _("Hold after an upgrade"), unit=_("months"), lowest=False, is_rare=True),
    Tick("by_invitation", _("By invitation only"), lowest=False, is_rare=True),
    Choice("below.fee", _("Fee instead of a fall"), choices=fees, lowest=False, is_rare=True),
    Amount("below.amount", _("Amount of the fee"), lowest=False, is_rare=True),
)
POINTS: tuple[Field, ...] = (
    Whole("points", _("Points"), width="short"),
    Amount("per", _("for each"), width="short"),
    Choice("field", _("of"), choices=figures),
    Whole("at_most", _("At most"), width="short"),
    Choice("unknown", _("Where unknown"), choices=unknowns),
)
SEGMENT: tuple[Field, ...] = (
    Field("code", _("Code"), _("Small letters, digits, - and _; it stays."), width="short"),
    Field("name", _("Name")),
    Field(
        "scheme",
        _("Scheme"),
        _("Of a scheme's segments one speaks for a customer; empty is the main one."),
        width="short",
    ),
    Whole("priority", _("Priority"), _("1 comes first."), width="short"),
    Choice("customer_kind", _("Customer kind"), choices=kinds),
    Field("description", _("Description")),
    Tick("retired", _("Retired: picks nobody any more")),
)
SUGGESTED: tuple[Field, ...] = (
    Choice("product", _("Product"), choices=products),
    Choice("customer_kind", _("Customer kind"), _("Empty is every kind."), choices=kinds),
    Words("tiers", _("Tiers"), _("Codes such as gold, platinum; empty is every tier.")),
    Tick("retired", _("No longer offered")),
)
CHANGE: tuple[Field, ...] = (
    Field("code", _("Code"), _("Small letters, digits, - and _; it stays."), width="short"),
    Field("name", _("Name")),
    Choice("kind", _("What it looks for"), _("It stays."), choices=change_kinds),
    Amount(
        "amount", _("Amount"), _("At least so much came or went; of money that left, lay there before."), width="short"
    ),
    Field("currency", _("Currency"), width="short"),
    Percent("share", _("Share"), _("Of what lay there before."), unit="%", width="short"),
    Whole("days", _("Days"), _("Back for money, ahead for birthdays and maturities."), width="short"),
    Whole("quiet_days", _("Quiet days"), _("After it spoke it says nothing more of the customer."), width="short"),
    Several("moves", _("Moves"), choices=moves),
    Choice("customer_kind", _("Customer kind"), _("Empty is every kind."), choices=kinds),
    Words("tiers", _("Tiers"), _("Codes such as gold, platinum; empty is every tier.")),
    Choice("makes", _("What it makes"), choices=made),
    Whole("due_days", _("To be done within"), unit=_("days"), width="short"),
    Tick("off", _("Switched off")),
)
POLICY: tuple[Field, ...] = (
    Percent("ceiling", _("Ceiling"), _("No line waives more than this."), unit="%", width="short"),
    Choice("small_balance.fee", _("Small-balance fee"), _("Charged under the floor."), choices=fees),
    Amount("small_balance.floor", _("Floor"), _("Of a quarter's average."), width="short"),
    Field("small_balance.currency", _("Currency"), width="short"),
    Choice("small_balance.tiers_from", _("Not paid from the tier on"), choices=tiers),
    Several("small_balance.exempt", _("Not paid by"), choices=exemptions),
    Whole("small_balance.new_months", _("Newly opened"), unit=_("months"), width="short"),
)
LINE: tuple[Field, ...] = (
    Choice("tier", _("Tier"), choices=tiers),
    Choice("fee", _("Fee"), choices=fees),
    Percent("percent", _("Waived"), unit="%", width="short"),
    Amount("cap_per_fee", _("At most a fee"), width="short"),
    Amount("cap_per_month", _("At most a month"), width="short"),
    Field("currency", _("Currency"), width="short"),
)
STANDARDS: tuple[Field, ...] = (
    Choice("gold_card.benefit", _("The gold card is"), _("One of the benefits below; none: there is no gold card.")),
    Whole("gold_card.watch_months", _("Suspended on watch after"), unit=_("months"), width="short"),
    Tick("gold_card.frozen", _("Suspended while frozen, by status or by a court")),
)
BENEFIT: tuple[Field, ...] = (
    Field("code", _("Code"), width="short"),
    Field("name", _("Name")),
    Field("description", _("Description")),
    Choice("channel", _("At which channel"), choices=channels),
)
RIGHT: tuple[Field, ...] = (
    Choice("tier", _("Tier"), choices=tiers),
    Choice("benefit", _("Benefit")),
    Whole("quota", _("How often"), width="short"),
    Choice("per", _("In each"), choices=periods, width="short"),
    Whole("queue_weight", _("In the queue"), width="short"),
    Tick("shared", _("Household too")),
)
OFFER: tuple[Field, ...] = (
    Choice("product", _("Product"), choices=products),
    Choice("tier", _("Open to the tier"), choices=tiers),
    Choice("segment", _("or to the segment"), choices=segments),
    Percent("rate", _("Special rate"), unit="%", width="short"),
)
