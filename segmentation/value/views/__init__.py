from segmentation.value.views.assumptions import AssumptionsPage, ValueRollback, ValueVersionPage
from segmentation.value.views.customer import ValueLine
from segmentation.value.views.report import ValueReport

__all__ = ["AssumptionsPage", "ValueLine", "ValueReport", "ValueRollback", "ValueVersionPage"]
