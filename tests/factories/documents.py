from datetime import UTC, date, datetime
from io import BytesIO

import factory
from PIL import Image

from crm.base.crypto import keyed_hash
from customers.models import Document, DocumentImage
from tests.factories.customers import CustomerFactory

RECORDED = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MAN, WOMAN = "110101199003078515", "110101199003078523"  # both born on 7 March 1990
CREDIT_CODE = "91350100M000100Y43"


def picture(kind: str = "PNG", size: tuple[int, int] = (80, 60)) -> bytes:
    file = BytesIO()
    Image.new("RGB", size, "teal").save(file, kind)
    return file.getvalue()


class DocumentFactory(factory.django.DjangoModelFactory):
    """An identity card that is good for long."""

    class Meta:
        model = Document

    customer = factory.SubFactory(CustomerFactory)
    type = Document.Type.RESIDENT_ID
    number = MAN
    number_hash = factory.LazyAttribute(lambda document: keyed_hash(document.number))
    issuer = "北京市公安局"
    valid_from = date(2020, 3, 1)
    valid_until = date(2040, 3, 1)
    recorded_at = RECORDED

    class Params:
        passport = factory.Trait(type=Document.Type.PASSPORT, number="E12345678")
        credit_code = factory.Trait(type=Document.Type.CREDIT_CODE, number=CREDIT_CODE, valid_until=None)
        owner = factory.Trait(
            type=Document.Type.BENEFICIAL_OWNER, holder="王芳", identified_by="resident_id", number=WOMAN, share="0.3"
        )
        replaced = factory.Trait(closed_at=RECORDED, closed_as=Document.Closing.REPLACED)


class DocumentImageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DocumentImage

    document = factory.SubFactory(DocumentFactory)
    side = DocumentImage.Side.FRONT
    content_type = DocumentImage.Kind.PNG
    content = factory.LazyFunction(picture)
    size = factory.LazyAttribute(lambda image: len(image.content))
    added_at = RECORDED
