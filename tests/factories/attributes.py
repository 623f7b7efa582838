import factory

from customers.models import Attribute, AttributeValue
from tests.factories.customers import CustomerFactory


class AttributeFactory(factory.django.DjangoModelFactory):
    """A text about a person, which sets no price."""

    class Meta:
        model = Attribute
        django_get_or_create = ("code",)

    code = "hobby"
    label = "Hobby"
    label_zh = "爱好"
    type = "text"
    sensitivity = "personal"

    class Params:
        points = factory.Trait(code="points", label="Points", label_zh="积分", type="number", sensitivity="business")
        limit = factory.Trait(
            code="wish", label="Wished limit", label_zh="意向额度", type="money", sensitivity="business"
        )
        since = factory.Trait(code="vip_since", label="VIP since", label_zh="贵宾起始日", type="date")
        expert = factory.Trait(
            code="expert", label="Expert", label_zh="专业投资者", type="boolean", sensitivity="business"
        )
        channel = factory.Trait(
            code="origin", label="Origin", label_zh="来源", type="choice",
            words=[{"code": "fair", "label": "Fair", "label_zh": "展会"}, {"code": "web", "label": "Web"}],
        )  # fmt: skip


class AttributeValueFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AttributeValue

    customer = factory.SubFactory(CustomerFactory)
    attribute = factory.SubFactory(AttributeFactory)
    text = "golf"
