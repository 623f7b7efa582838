from datetime import date, timedelta
from typing import Any, Self

from django.db.models import DateField, ExpressionWrapper, F

from customers.querysets.parties import OfCustomerQuerySet

NEAR = timedelta(days=90)


class LifeEventQuerySet(OfCustomerQuerySet):
    def standing(self) -> Self:
        """Without those that were struck out."""
        return self.filter(struck_at=None)

    def near(self, day: date) -> Self:
        """Those of which a day lies within 90 days before or after."""
        matters: dict[str, Any] = {
            "matters_from": ExpressionWrapper(F("on") - NEAR, output_field=DateField()),
            "matters_through": ExpressionWrapper(F("through") + NEAR, output_field=DateField()),
        }
        return self.standing().alias(**matters).filter(matters_from__lte=day, matters_through__gte=day)
