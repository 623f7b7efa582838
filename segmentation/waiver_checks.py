"""What a waiver policy names and the bank must know: its tiers, and currencies in which there is money."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from customers.models import Account, ExchangeRate
from segmentation.models import SchemeVersion, Tier
from segmentation.rules.validation import refuse

Named = list[tuple[str, str]]
PATH = "waiver_policy"


def check_known(content: Mapping[str, Any]) -> None:
    """Raises RuleBroken with the path of what is not known."""
    for path, sentence in unknown(content):
        refuse(path, sentence)


def unknown(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each as (path, sentence); `content` is what a policy file says under "waiver_policy", wrong texts included."""
    parts = [(f"{PATH}.lines[{place}]", line) for place, line in enumerate(content.get("lines") or ())]
    parts.append((f"{PATH}.small_balance", content.get("small_balance")))
    yield from _tiers([*_named(parts, "tier"), *_named(parts, "tiers_from")])
    yield from _currencies(_named(parts, "currency"))


def _named(parts: list[tuple[str, Any]], key: str) -> Named:
    found = [(f"{path}.{key}", part.get(key)) for path, part in parts if isinstance(part, Mapping)]
    return [(path, word) for path, word in found if isinstance(word, str) and word]


def _tiers(named: Named) -> Iterator[tuple[str, str]]:
    known = set(Tier.objects.values_list("code", flat=True)) if named else set()
    for path, tier in named:
        if tier not in known:
            yield path, _("no scheme has a tier “%(tier)s”.") % {"tier": tier}


def _currencies(named: Named) -> Iterator[tuple[str, str]]:
    """A bank that has no accounts yet is not asked."""
    asked = {code for _path, code in named} - {settings.CRM_BASE_CURRENCY}
    if not asked or not Account.objects.exists():
        return
    asked -= set(SchemeVersion.objects.values_list("currency", flat=True))
    for path, code in named:
        if code in asked and not _has_money(code):
            yield path, _("no account is in %(code)s, and it has no exchange rate.") % {"code": code}


def _has_money(code: str) -> bool:
    return ExchangeRate.objects.filter(currency=code).exists() or Account.objects.filter(currency=code).exists()
