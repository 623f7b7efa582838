"""The forms that a bank has until it published its own under their codes."""

from typing import Any

from django.utils.translation import gettext_noop as _

FOREIGN = ["USD", "EUR", "GBP", "HKD", "JPY"]
ACCOUNT: dict[str, Any] = {"code": "account", "label": _("Account"), "type": "account"}
AMOUNT: dict[str, Any] = {"code": "amount", "label": _("Amount"), "type": "amount"}
FOREIGN_AMOUNT = AMOUNT | {"currencies": FOREIGN}
NOTE: dict[str, Any] = {"code": "remark", "label": _("Remark"), "type": "text", "is_optional": True}
OFFICE = {"cut_off": "16:30", "holidays": "CN"}
MOVES = {"identity": "document", "moves_assets": True, "is_checked": True}


def _text(code: str, label: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "label": label, "type": "text"} | more


def _date(code: str, label: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "label": label, "type": "date"} | more


def _choice(code: str, label: str, *choices: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "label": label, "type": "choice", "choices": list(choices)} | more


def _product(*families: str) -> dict[str, Any]:
    return {"code": "product", "label": _("Product"), "type": "product", "families": list(families)}


STANDARD: tuple[dict[str, Any], ...] = (
    {
        "code": "automatic_transfer", "name": _("Automatic transfer"), **MOVES, **OFFICE,
        "about": _("The same amount at the same interval to the same payee."),
        "fields": [ACCOUNT, AMOUNT, _text("payee", _("Payee")), _text("payee_account", _("Account of the payee")),
                   _choice("interval", _("Frequency"), _("Every week"), _("Every month"), _("Every quarter")),
                   _date("first_on", _("First on")), _date("last_on", _("Last on"), is_optional=True)],
    },
    {
        "code": "time_deposit", "name": _("Time deposit"), "identity": "phone", "moves_assets": True, **OFFICE,
        "about": _("Money from an account is bound for a term."),
        "fields": [ACCOUNT, AMOUNT, _product("deposit"),
                   _choice("at_end", _("At maturity"), _("Renewed with interest"), _("Renewed without interest"), _("Paid out"))],
    },
    {
        "code": "fund_order", "name": _("Fund order"), "identity": "document", "moves_assets": True, "is_suited": True,
        "about": _("Bought or sold at the price of the day; what is bought has to suit the customer."), "cut_off": "14:30", "holidays": "CN",
        "fields": [ACCOUNT, _product("fund"), _choice("side", _("Order"), _("Buy"), _("Redeem")), AMOUNT],
    },
    {
        "code": "foreign_exchange", "name": _("Foreign exchange"), "identity": "phone", "moves_assets": True, **OFFICE,
        "about": _("Within the yearly quota of a person."),
        "fields": [ACCOUNT, FOREIGN_AMOUNT, _choice("side", _("Order"), _("Buy"), _("Sell")), _text("purpose", _("Purpose"))],
    },
    {
        "code": "remittance", "name": _("Cross-border remittance"), **MOVES, "cut_off": "15:00", "holidays": "CN",
        "about": _("Contract and invoice go to the branch's papers."),
        "fields": [ACCOUNT, FOREIGN_AMOUNT, _text("payee", _("Payee")), _text("payee_account", _("Account of the payee")),
                   _text("payee_bank", _("Bank of the payee, or its BIC")), _text("purpose", _("Purpose")),
                   _choice("charges", _("Charges borne by"), _("Shared"), _("Paid by the customer"), _("Paid by the payee"))],
    },
    {
        "code": "foreign_deposit", "name": _("Foreign-currency deposit"), "identity": "phone", "moves_assets": True, **OFFICE,
        "about": _("Money in a foreign currency is bound for a term."),
        "fields": [ACCOUNT, FOREIGN_AMOUNT, _product("deposit"), NOTE],
    },
    {
        "code": "limits", "name": _("Payment limits"), "identity": "document", "is_checked": True,
        "about": _("How much may leave an account a day by app, card or phone."),
        "fields": [ACCOUNT, _choice("channel", _("Channel"), _("App"), _("Card"), _("Phone")), AMOUNT, _date("until", _("Until"), is_optional=True)],
    },
    {
        "code": "card_replacement", "name": _("Card replacement"), "identity": "document", **OFFICE,
        "about": _("For a card that is worn, damaged, or was lost."),
        "fields": [ACCOUNT, _choice("reason", _("Reason"), _("Worn"), _("Damaged"), _("Lost or stolen")), NOTE],
    },
    {
        "code": "loss_report", "name": _("Loss report"), "identity": "phone",
        "about": _("Around the clock, holidays too: the card or passbook is blocked at once."),
        "fields": [ACCOUNT, _choice("what", _("What was lost"), _("Card"), _("Passbook"), _("Token")), NOTE],
    },
    {
        "code": "address_change", "name": _("Address change"), "identity": "document", "holidays": "CN",
        "about": _("The core, the statements and the cards follow."),
        "fields": [_text("address", _("New address")), _date("from", _("From"), is_optional=True), NOTE],
    },
)  # fmt: skip
