from segmentation.value.views.customer import ValueLine

__all__ = ["ValueLine"]
