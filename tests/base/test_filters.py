"""A label that is worded from a model's field follows the reader's language, whoever looked before."""

import pytest
from django.utils.translation import override

from crm.jobs.filters import RunFilter
from customers.filters import InteractionFilter


@pytest.mark.parametrize(("filterset", "name"), [(RunFilter, "status"), (InteractionFilter, "channel")])
def test_first_reader_s_language_is_not_everybody_s(filterset, name):
    with override("en"):
        english = str(filterset.base_filters[name].label)
    with override("zh-hans"):
        chinese = str(filterset.base_filters[name].label)
    assert english.isascii() and not chinese.isascii()
