"""What a customer holds on the day: sets of words, of which a rule names one that is among them or is not."""

from django.utils.translation import gettext_lazy as _

from customers.models import Product
from segmentation.rules.registry.kinds import Field, Join, Type

HELD = (
    " FROM customers_accountholder h JOIN customers_account a ON a.id = h.account_id"
    " JOIN customers_product p ON p.id = a.product_id"
    " WHERE h.share > 0 AND a.opened_on <= %(day)s AND (a.closed_on IS NULL OR a.closed_on > %(day)s)"
)
JOIN = Join(
    "LEFT JOIN (SELECT h.customer_id, array_agg(DISTINCT p.family::text) AS families,"
    f" array_agg(DISTINCT p.code::text) AS products{HELD}{{whose}} GROUP BY h.customer_id"
    ") held ON held.customer_id = c.id",
    rows="h",
)
OWN = f"ARRAY(SELECT DISTINCT p.{{0}}::text{HELD} AND h.customer_id = c.id ORDER BY 1)"
ABOUT = _("Accounts that are open on the day and in which the customer has a share.")

HOLDINGS = (
    Field(
        "holds", _("kind of product held"), Type.CHOICE, OWN.format("family"), choices=tuple(Product.Family.choices),
        is_set=True, joined="coalesce(held.families, '{}')", join=JOIN, about=ABOUT,
    ),
    Field(
        "holds_product", _("product held"), Type.TEXT, OWN.format("code"),
        is_set=True, joined="coalesce(held.products, '{}')", join=JOIN, about=ABOUT,
    ),
)  # fmt: skip
