from datetime import date

import factory

from crm.base.digests import digest
from service.clocks.versions import STANDARD
from service.models import ServiceLevels


class ServiceLevelsFactory(factory.django.DjangoModelFactory):
    """What holds anyhow, as a version."""

    class Meta:
        model = ServiceLevels

    number = factory.Sequence(lambda number: number + 1)
    effective_from = date(2026, 1, 1)
    content = STANDARD
    content_hash = factory.LazyAttribute(lambda version: digest(version.content))
