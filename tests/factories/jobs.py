from datetime import date

import factory

from crm.jobs.models import Run
from segmentation.night.pinning import newest, pin


class RunFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Run

    kind = Run.Kind.NIGHT
    business_date = date(2026, 3, 31)
    status = Run.Status.COMPLETED

    class Params:
        running = factory.Trait(status=Run.Status.RUNNING)
        waiting = factory.Trait(status=Run.Status.WAITING)
        # as a night that ran: with what it had pinned
        ran = factory.Trait(parameters=factory.LazyAttribute(lambda run: {"pinned": pin(run.business_date, newest())}))
        of_a_file = factory.Trait(kind=Run.Kind.IMPORT, business_date=None)
