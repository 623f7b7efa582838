"""The next product of each customer, reckoned once a month by the night that closes it, in one statement per partition.

Who holds one product often holds another: share = holders of both / holders of the one, the confidence of an association
rule (Agrawal, Imielinski, Swami: Mining association rules between sets of items in large databases, SIGMOD 1993), here
within a group of similar customers. The basis may be any product that the customer holds, or nothing: then the share is
that of the whole group, so that the best basis never says less than chance (a lift of at least 1; Brin and others,
SIGMOD 1997). A count under five, or that leaves under five, is never made. What protects a person from discrimination
(age, sex, region) decides only what the law wants it to, in an offer's rule; no group and no share is made of it.
"""

from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings

from crm.base.errors import RuleBroken
from crm.base.sql import run_sql, run_text, text_of
from crm.jobs.models import Partition
from customers.querysets.contacting import oldest_valid
from segmentation.migration.suppression import SMALLEST
from segmentation.models import ProductOffer, Segment, SegmentVersion, StagedPeer, Suggestion
from segmentation.next_product.definition import Offer, readable
from segmentation.night.context import Night
from segmentation.rules import Rule, predicates_of, sql
from segmentation.rules.joined import JOINED, PARTITION, joins_of
from segmentation.segments.definition import readable as readable_segment
from segmentation.segments.references import resolved, rules_of
from segmentation.segments.versions import rules_on

SQL = Path(__file__).parent / "sql"
# what a customer has, in the currency of their tier scheme, from which the bands begin
BANDS = (10_000, 50_000, 200_000, 500_000, 1_000_000, 6_000_000)
LEAST_SHARE = Decimal("0.05")
DAYS_TO_OPEN = 90
# nobody tells the planner how many are alike: taken for a handful, they would be joined one by one
IN_SETS = "SET LOCAL enable_nestloop = {}"


def offers_on(night: Night) -> list[ProductOffer]:
    """Those that may be suggested, in the order of their products' ids. A night's day can't get another one any more."""
    return list(ProductOffer.objects.offered(night.day).select_related("product").order_by("product_id"))


def stage(night: Night, partition: Partition) -> int:
    """What of each customer counts, and which offers are open to them."""
    offers = offers_on(night)
    if not offers:
        return 0
    more = {"oldest": oldest_valid(night.day), "bands": list(BANDS), "segments": blameless(night)}
    parameters = night.parameters(partition) | more
    marks = " || ".join(_mark(each, night, parameters) for each in offers)
    text = text_of(SQL / "staged.sql").format(open=marks, joins=joins_of(marks, whose=PARTITION))
    return run_text(text, **parameters)


def _mark(version: ProductOffer, night: Night, parameters: dict[str, Any]) -> str:
    """A text of one sign; nothing is open to who holds it, may not have it, said no to it, or can't be judged."""
    offer = readable(version.content)
    rule = _rule(offer, night) if offer else None
    if offer is None or rule is None:
        return "'0'"
    product, risk = f"%(o{version.product_id})s::bigint", f"%(risk{version.product_id})s"
    parameters[f"o{version.product_id}"] = version.product_id
    parameters[f"risk{version.product_id}"] = version.product.risk
    asked = [
        f"ra.level >= {risk}",
        f"NOT {product} = ANY(coalesce(h.products, '{{}}'))",
        f"NOT {product} = ANY(coalesce(re.products, '{{}}'))",
    ]
    if offer.customer_kind:
        parameters[f"kind{version.product_id}"] = offer.customer_kind
        asked.append(f"c.kind = %(kind{version.product_id})s")
    if offer.tiers:
        parameters[f"tiers{version.product_id}"] = list(offer.tiers)
        asked.append(f"st.code = ANY(%(tiers{version.product_id})s)")
    asked.append(f"({sql(rule, parameters=parameters, columns=JOINED)})")
    return f"CASE WHEN {' AND '.join(asked)} THEN '1' ELSE '0' END"


def _rule(offer: Offer, night: Night) -> Rule | None:
    """None where it names a segment that is not in use any more."""
    try:
        return resolved(offer.when, rules_on(night.day))
    except RuleBroken:
        return None


def blameless(night: Night) -> list[int]:
    """Ids of the segments by which customers may be similar: of the main scheme, in its order, without a protected field."""
    versions = SegmentVersion.objects.filter(pk__in=night.segments).select_related("segment")
    known = {each.segment.code: (each, readable_segment(each.content)) for each in versions}
    definitions = {code: definition for code, (_version, definition) in known.items() if definition}
    rules = rules_of(definitions)
    found = [
        code
        for code, rule in rules.items()
        if definitions[code].scheme == Segment.MAIN and _is_blameless(code, rule, rules)
    ]
    return [known[code][0].segment_id for code in sorted(found, key=lambda code: definitions[code].place)]


def _is_blameless(code: str, rule: Rule, rules: dict[str, Rule]) -> bool:
    try:
        whole = resolved(rule, rules, within=(code,))
    except RuleBroken:
        return False
    return all(each.field.may_set_prices for each in predicates_of(whole))


def find(night: Night) -> None:
    """Over all customers, in the transaction that publishes: what similar ones hold, what that suggests, what was taken."""
    parameters = night.parameters() | {
        "offered": [each.product_id for each in offers_on(night)],
        "smallest": SMALLEST,
        "least": LEAST_SHARE,
        "most": Suggestion.MOST,
        "days": DAYS_TO_OPEN,
        "zone": settings.TIME_ZONE,
    }
    run_sql(SQL / "opened.sql", **parameters)
    if StagedPeer.objects.filter(run=night.run).exists():
        run_text("ANALYZE segmentation_stagedpeer")
        run_text(IN_SETS.format("off"))
        for name in ("groups", "affinities", "suggested"):
            run_sql(SQL / f"{name}.sql", **parameters)
        run_text(IN_SETS.format("on"))
        StagedPeer.objects.filter(run=night.run).delete()
