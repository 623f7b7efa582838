"""What the database asks of a renewal."""

import pgtrigger

REPLACES = """
IF NOT EXISTS (
    SELECT FROM managers_resourcerequest AS kept
    WHERE kept.id = NEW.replaces_id AND kept.state = 'granted' AND kept.customer_id = NEW.customer_id AND kept.kind = NEW.kind
        AND kept.product_id IS NOT DISTINCT FROM NEW.product_id AND kept.fee_id IS NOT DISTINCT FROM NEW.fee_id
) THEN
    RAISE EXCEPTION 'A request replaces a grant of the same thing to the same customer.' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


def replaces_the_same() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="replaces_the_same",
        operation=pgtrigger.Insert,
        when=pgtrigger.Before,
        condition=pgtrigger.Q(new__replaces__isnull=False),
        func=REPLACES,
    )
