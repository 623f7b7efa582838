"""What upper apps read together with the customer whose page is opened: slot "customer.annotations".

contribute("customer.annotations", lambda: {"gold_card": Subquery(...)})

Such a thing costs the page no query of its own. What it says must follow from the code and the day (`DAY`) alone.
"""

from functools import cache
from typing import Any

from crm.base.slots import contributions


@cache
def annotations() -> dict[str, Any]:
    """Put together once, when all apps are loaded."""
    return {name: value for said in contributions("customer.annotations") for name, value in said().items()}
