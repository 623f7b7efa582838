"""What the terms in force say: the price that nobody goes beyond, and up to what somebody may grant by themselves.

Content: {"floors": [{"kind": "deposit_rate", "of": "large_cd", "price": "0.0185"}],
          "limits": [{"role": "head", "level": "branch", "kind": "deposit_rate", "up_to": "20000"}]}.
A floor of a deposit rate is the highest that the bank pays, of a loan rate and of a fee's share the lowest that it takes.
`up_to` is the cost of a year, of limits and quotas the amount, in the bank's currency, of all that stands granted of one
product or fee to one customer; `level` is that of the branch, "" any.
"""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from crm.identity.models import Branch, User
from customers.models import FeeType, Product
from managers.approved import Rules
from managers.models import ResourceRequest, ResourceTerms
from managers.models.resource_terms import KIND

RULES = Rules(KIND, ResourceTerms)
Kind = ResourceRequest.Kind
GRANTERS = (User.Role.MANAGER, User.Role.HEAD)
MOST = Decimal(10) ** 15


def floor_of(content: dict[str, Any], kind: str, code: str) -> Decimal | None:
    lines = content.get("floors", ())
    return next((Decimal(line["price"]) for line in lines if (line["kind"], line["of"]) == (kind, code)), None)


def limit_of(content: dict[str, Any], kind: str, user: User) -> Decimal:
    """Up to what the user may grant: the highest line that speaks of them, else nothing."""
    levels = ("", user.branch.level if user.branch else "")
    found = [
        Decimal(line["up_to"])
        for line in content.get("limits", ())
        if (line["kind"], line["role"]) == (kind, user.role) and line["level"] in levels
    ]
    return max(found, default=Decimal(0))


def validate(content: Any) -> None:
    if not isinstance(content, dict) or set(content) != {"floors", "limits"}:
        raise RuleBroken(_("This holds %(names)s and nothing else.") % {"names": "floors, limits"}, field="content")
    codes: dict[str, set[str]] = {
        Kind.FEE: set(FeeType.objects.values_list("code", flat=True)),
        Kind.DEPOSIT_RATE: (known := set(Product.objects.values_list("code", flat=True))),
        Kind.LOAN_RATE: known,
    }
    seen = set()
    for path, line in _lines(content["floors"], "floors", {"kind", "of", "price"}):
        if line["kind"] not in codes:
            raise RuleBroken(_("A price is of a deposit rate, a loan rate or a fee."), field=f"{path}.kind")
        if line["of"] not in codes[line["kind"]]:
            raise RuleBroken(_("no product or fee is called “%(code)s”.") % {"code": line["of"]}, field=f"{path}.of")
        _number(line["price"], Decimal(1), 6, f"{path}.price")
        _once(seen, (line["kind"], line["of"]), path)
    for path, line in _lines(content["limits"], "limits", {"role", "level", "kind", "up_to"}):
        if line["role"] not in GRANTERS:
            raise RuleBroken(_("Managers and heads grant; above that approvers decide."), field=f"{path}.role")
        if line["level"] and line["level"] not in Branch.Level.values:
            raise RuleBroken(_("There is no such level of a branch."), field=f"{path}.level")
        if line["kind"] not in Kind.values:
            raise RuleBroken(_("There is no such kind of request."), field=f"{path}.kind")
        _number(line["up_to"], MOST, 2, f"{path}.up_to")
        _once(seen, (line["role"], line["level"], line["kind"]), path)


def _lines(written: Any, name: str, keys: set[str]) -> list[tuple[str, dict[str, str]]]:
    if not isinstance(written, list) or len(written) > 500:
        raise RuleBroken(_("a list of at most %(count)s lines belongs here.") % {"count": 500}, field=name)
    for place, line in enumerate(written):
        if not isinstance(line, dict) or set(line) != keys or not all(isinstance(said, str) for said in line.values()):
            words = {"names": ", ".join(sorted(keys))}
            raise RuleBroken(_("This holds %(names)s and nothing else.") % words, field=f"{name}[{place}]")
    return [(f"{name}[{place}]", line) for place, line in enumerate(written)]


def _number(text: str, most: Decimal, digits: int, path: str) -> None:
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or not 0 <= found <= most or found != round(found, digits):
        words = {"most": f"{most:f}", "digits": digits}
        raise RuleBroken(_("A number from 0 to %(most)s with at most %(digits)s decimals.") % words, field=path)


def _once(seen: set[Any], key: Any, path: str) -> None:
    if key in seen:
        raise RuleBroken(_("this stands here twice."), field=path)
    seen.add(key)
