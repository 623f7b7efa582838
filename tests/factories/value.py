from datetime import date

import factory

from segmentation.models import ValueVersion


class ValueVersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ValueVersion

    number = 1
    effective_from = date(2026, 1, 1)
    content = factory.LazyFunction(lambda: {"discount_rate": "0.10", "retention": [{"rate": "0.9"}]})
    content_hash = "0" * 64
