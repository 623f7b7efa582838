"""What was known of a customer by the end of a past day: flags, consents, documents, the money-laundering risk, preferences."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet

from customers.contacting.suitability import Suitability, suitability_by
from customers.documents.panels import Line
from customers.documents.tables import validity_of
from customers.masking import national_id
from customers.models import Consent, Document, Flag, KycReview, Preference, RiskAssessment, RiskRating
from customers.past.reading import Past
from customers.preferences.querysets import kinds_for
from customers.preferences.reading import Known, known_of, value_of


@dataclass(frozen=True)
class Kyc:
    """The risk that counted, the cases that were open, the last review that was concluded, those of cases, and those begun.

    For which day the next review was planned is not kept: a plan moves with the risk.
    """

    rating: RiskRating | None
    cases: list[RiskRating]
    reviewed: KycReview | None
    case_reviews: list[KycReview]
    begun: list[KycReview]


def suitability_then(past: Past) -> Suitability:
    return suitability_by(RiskAssessment.objects.filter(past.own("risk-assessments")), past.day)


def flags_of(past: Past) -> QuerySet[Flag]:
    return Flag.objects.holding(past.day).filter(past.own("flags")).order_by("since")


def consents_of(past: Past) -> QuerySet[Consent]:
    last = past.until - timedelta.resolution
    return Consent.objects.holding(last).filter(past.own("consents")).order_by("purpose", "channel")


def documents_of(past: Past) -> list[Line]:
    """Those on file that day, replaced or closed since or not, each with its state of then."""
    rows = Document.objects.filter(past.own("documents"), recorded_at__lt=past.until)
    known = sorted(rows.exclude(closed_at__lt=past.until), key=lambda row: Document.Type.values.index(row.type))
    day = past.day
    return [Line(row, national_id(row.number), *validity_of(row, day), code=row.validity(day)) for row in known]


def kyc_of(past: Past) -> Kyc:
    until, is_cleared = past.until, past.is_cleared
    ratings = RiskRating.objects.told(is_cleared=is_cleared).filter(past.own("risk-ratings"), rated_at__lt=until)
    reviews = KycReview.objects.told(is_cleared=is_cleared).filter(past.own("kyc-reviews"), begun_at__lt=until)
    rated = list(ratings.order_by("-rated_at", "-pk"))
    begun = list(reviews.order_by("-concluded_at", "-pk"))
    done = [row for row in begun if row.concluded_at and row.concluded_at < until]
    return Kyc(
        rating=next((row for row in rated if not row.is_case), None),
        cases=[row for row in rated if row.is_case and not (row.ended_at and row.ended_at < until)],
        reviewed=next((row for row in done if not row.is_case), None),
        case_reviews=[row for row in done if row.is_case],
        begun=[row for row in begun if row not in done],
    )


def preferences_of(past: Past) -> list[Known]:
    """What the user may know of; of what the record holds itself, rows that say what stood there then."""
    kinds = kinds_for(past.user, Preference.Kind, past.customer)
    rows = Preference.objects.filter(past.own("preferences"), kind__in=kinds, recorded_at__lt=past.until)
    rows = rows.exclude(ended_at__lt=past.until).select_related("by").order_by("recorded_at", "pk")
    held = [row for row in rows if row.kind not in Preference.COLUMNS or row.value == value_of(past.row, row.kind)]
    return [one for one in known_of(past.row, kinds, held) if one.rows or one.value]
