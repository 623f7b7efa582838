"""The names of choices, as Django says them."""

import pytest
from django.db.models import Model
from django.utils.translation import override

from crm.identity.models import User
from customers.models import Customer


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize(
    "row",
    [Customer(kind="company", status="frozen", sex=""), User(role=User.Role.HEAD), User(role="nobody's")],
    ids=str,
)
def test_a_choice_is_called_what_django_calls_it(row, language):
    fields = [field for field in row._meta.fields if field.choices]

    with override(language):
        said = [getattr(row, f"get_{field.name}_display")() for field in fields]
        assert said == [Model._get_FIELD_display(row, field) for field in fields]


def test_the_readers_language_counts():
    with override("zh-hans"):
        assert Customer(kind="company").get_kind_display() == "公司客户"
    with override("en"):
        assert Customer(kind="company").get_kind_display() == "Company"
