"""Documents and what hangs on them, for the world of tests/world.py."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from customers.models import Customer, KycInterval
from tests.factories.customers import CustomerFactory
from tests.factories.documents import DocumentFactory, DocumentImageFactory, picture
from tests.factories.kyc import KycReviewFactory, RiskRatingFactory


class Picture:
    """Of a document, new each time."""

    @property
    def pk(self) -> SimpleUploadedFile:
        return SimpleUploadedFile("front.png", picture(), "image/png")


class Nothing:
    pk = None


TYPED = {"picture": Picture(), "nothing": Nothing()}


class Checks:
    """Of a review of a person."""

    pk = {name: {"result": "missing"} for name in ("identity", "address", "occupation", "funds", "screening")}


def papers(customer: Customer) -> dict[str, Any]:
    document = DocumentFactory(customer=customer)
    # of somebody else in the same reach, whose review nobody has begun
    neighbour = CustomerFactory(manager=customer.manager, branch=customer.branch)
    return {
        "loner": CustomerFactory(manager=customer.manager, branch=customer.branch),
        "document": document,
        "document_image": DocumentImageFactory(document=document),
        "kyc_rating": RiskRatingFactory(customer=customer),
        "kyc_case": RiskRatingFactory(customer=customer, case=True),
        "kyc_review": KycReviewFactory(customer=customer, begun=True),
        "kyc_interval": KycInterval.objects.get(level="high"),
        "kyc_planned": KycReviewFactory(customer=neighbour),
        "checks": Checks(),
        **TYPED,
    }
