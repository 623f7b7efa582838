from datetime import UTC, date, datetime
from decimal import Decimal

import factory
from django.db import connection
from pypinyin import lazy_pinyin

from crm.base.crypto import keyed_hash
from customers.models import (
    Account,
    AccountHolder,
    Balance,
    Contact,
    Customer,
    ExchangeRate,
    FeeCharge,
    FeeType,
    ImportBatch,
    ImportProfile,
    Interaction,
    Product,
    Transaction,
)
from tests.factories.jobs import RunFactory


class CustomerFactory(factory.django.DjangoModelFactory):
    """Keys of search follow from the name. In nobody's reach unless a branch or manager is given."""

    class Meta:
        model = Customer
        skip_postgeneration_save = True

    number = factory.Sequence(lambda n: f"C{n:05}")
    name = factory.Sequence(lambda n: f"Customer {n}")
    sort_key = factory.LazyAttribute(lambda c: " ".join(lazy_pinyin(c.name)).lower())
    pinyin = factory.LazyAttribute(lambda c: "".join(c.sort_key.split()))
    initials = factory.LazyAttribute(lambda c: "".join(word[0] for word in c.sort_key.split()))
    kind = Customer.Kind.PERSON
    status = Customer.Status.ACTIVE

    class Params:
        company = factory.Trait(kind=Customer.Kind.COMPANY)
        prospect = factory.Trait(status=Customer.Status.PROSPECT)
        dormant = factory.Trait(status=Customer.Status.DORMANT)
        closed = factory.Trait(status=Customer.Status.CLOSED)
        zhang_wei = factory.Trait(name="张伟")
        with_contact = factory.Trait(
            contact=factory.RelatedFactory("tests.factories.customers.ContactFactory", factory_related_name="customer")
        )
        with_account = factory.Trait(
            holding=factory.RelatedFactory(
                "tests.factories.customers.AccountHolderFactory", factory_related_name="customer"
            )
        )


class ContactFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Contact

    customer = factory.SubFactory(CustomerFactory)
    national_id = "110101199003078515"
    phone = "+8613812345678"
    email = "zhang.wei@example.com"
    address = "1 Chang'an Avenue, Beijing"
    national_id_hash = factory.LazyAttribute(lambda c: keyed_hash(c.national_id) if c.national_id else None)
    phone_hash = factory.LazyAttribute(lambda c: keyed_hash(c.phone) if c.phone else None)
    email_hash = factory.LazyAttribute(lambda c: keyed_hash(c.email) if c.email else None)


class ProductFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Product
        django_get_or_create = ("code",)

    code = "current"
    name = factory.LazyAttribute(lambda product: product.code.title())
    family = Product.Family.DEPOSIT

    class Params:
        loan = factory.Trait(code="loan", family=Product.Family.LOAN)
        fund = factory.Trait(code="fund", family=Product.Family.FUND)


class AccountFactory(factory.django.DjangoModelFactory):
    """`holder=customer` makes the customer its owner."""

    class Meta:
        model = Account
        skip_postgeneration_save = True

    number = factory.Sequence(lambda n: f"A{n:06}")
    product = factory.SubFactory(ProductFactory)
    currency = "CNY"
    opened_on = date(2020, 1, 1)

    @factory.post_generation
    def holder(self, create: bool, customer: Customer | None, **kwargs) -> None:
        if create and customer:
            AccountHolderFactory(account=self, customer=customer, **kwargs)


class AccountHolderFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AccountHolder

    account = factory.SubFactory(AccountFactory)
    customer = factory.SubFactory(CustomerFactory)
    role = AccountHolder.Role.OWNER
    share = Decimal(1)

    class Params:
        joint = factory.Trait(role=AccountHolder.Role.JOINT, share=Decimal("0.5"))
        authorised = factory.Trait(role=AccountHolder.Role.AUTHORISED, share=Decimal(0))


class BalanceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Balance

    account = factory.SubFactory(AccountFactory)
    on = date(2026, 3, 31)
    amount = Decimal("1000.00")


class TransactionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Transaction

    booked_on = date(2026, 3, 31)
    number = factory.Sequence(lambda n: f"T{n:07}")
    account = factory.SubFactory(AccountFactory)
    amount = Decimal("100.00")
    kind = "transfer"

    class Params:
        payroll = factory.Trait(kind=Transaction.PAYROLL)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        with connection.cursor() as cursor:
            cursor.execute("SELECT customers_ensure_months(%s, %s)", [kwargs["booked_on"]] * 2)
        return super()._create(model_class, *args, **kwargs)


class FeeTypeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FeeType
        django_get_or_create = ("code",)

    code = "statement"
    name = factory.LazyAttribute(lambda fee: fee.code.title())


class FeeChargeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FeeCharge

    number = factory.Sequence(lambda n: f"F{n:06}")
    account = factory.SubFactory(AccountFactory)
    fee = factory.SubFactory(FeeTypeFactory)
    charged_on = date(2026, 3, 15)
    amount = Decimal("30.00")


class ExchangeRateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ExchangeRate

    on = date(2026, 3, 31)
    currency = "USD"
    rate = Decimal("7.1")


class InteractionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Interaction

    customer = factory.SubFactory(CustomerFactory)
    at = datetime(2026, 3, 20, 9, 30, tzinfo=UTC)
    channel = Interaction.Channel.PHONE
    note = "Asked about a term deposit"


class ImportBatchFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ImportBatch

    run = factory.SubFactory(RunFactory, of_a_file=True)
    kind = "customers"
    filename = "customers.csv"


class ImportProfileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ImportProfile
        django_get_or_create = ("kind", "name")

    name = "核心系统"
    kind = "customers"
    columns = {
        "客户号": {"field": "number"},
        "类别": {"field": "kind", "values": {"个人": "person"}},
        "性别": {"field": "sex", "values": {"男": "male", "女": "female"}},
        "备注": {"field": ""},
    }
