"""What a stage stands for: how likely a sale is in it, and how it looks."""

from datetime import date

from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from customers.contacting.suitability import Suitability, suitability_of
from customers.models import Customer, Product
from managers.models import Stage

PROBABILITIES = {
    Stage.NEW: 10,
    Stage.QUALIFIED: 25,
    Stage.PROPOSED: 50,
    Stage.NEGOTIATING: 75,
    Stage.WON: 100,
    Stage.LOST: 0,
}
COLOURS = {
    Stage.NEW: "secondary",
    Stage.QUALIFIED: "blue",
    Stage.PROPOSED: "purple",
    Stage.NEGOTIATING: "orange",
    Stage.WON: "green",
    Stage.LOST: "red",
}
# nobody is proposed or sold what does not suit them
SUITED = (Stage.PROPOSED, Stage.NEGOTIATING, Stage.WON)


def refuse_unsuitable(customer: Customer, product: Product, day: date, *, field: str) -> None:
    refuse_against(suitability_of(customer, day), product, field=field)


def refuse_against(suits: Suitability, product: Product, *, field: str) -> None:
    if against := suits.reason_against(product):
        words = {"product": product, "reason": against}
        text = _("%(product)s does not suit this customer: %(reason)s.") % words
        raise RuleBroken(text, field=field, code="unsuitable")
