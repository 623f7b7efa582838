"""What the database promises of who owns whom, however the rows come: no circle on any day, no more than the whole."""

import pgtrigger

NEVER_ITS_OWN = """
IF NEW.kind NOT IN ('parent', 'owner') OR NEW.party_id IS NULL OR NEW.until = NEW.since THEN
    RETURN NEW;
END IF;
PERFORM pg_advisory_xact_lock(hashtext('who owns whom'));
IF EXISTS (
    WITH RECURSIVE above AS (
        SELECT NEW.party_id AS company, daterange(NEW.since, NEW.until) AS days
        UNION
        SELECT r.party_id, a.days * daterange(r.since, r.until)
        FROM above a
        JOIN customers_companyrelation r ON r.customer_id = a.company
        WHERE r.kind IN ('parent', 'owner') AND r.party_id IS NOT NULL AND r.id <> NEW.id
          AND NOT isempty(a.days * daterange(r.since, r.until))
    )
    SELECT FROM above WHERE company = NEW.customer_id
) THEN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'company_never_owns_itself',
        MESSAGE = 'a company would be its own ancestor';
END IF;
RETURN NEW;
"""
AT_MOST_ALL = """
IF NEW.share IS NULL THEN
    RETURN NULL;
END IF;
PERFORM FROM customers_customer WHERE id = NEW.customer_id FOR NO KEY UPDATE;
IF EXISTS (
    SELECT FROM customers_companyrelation d
    WHERE d.customer_id = NEW.customer_id AND d.kind = NEW.kind
      AND daterange(NEW.since, NEW.until) && daterange(d.since, d.until)
      AND (
        SELECT sum(r.share) FROM customers_companyrelation r
        WHERE r.customer_id = NEW.customer_id AND r.kind = NEW.kind
          AND daterange(r.since, r.until) @> greatest(d.since, NEW.since)
      ) > 1
) THEN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'shares_at_most_all',
        MESSAGE = 'the shares of a day would sum to more than 1';
END IF;
RETURN NULL;
"""


def owning() -> list[pgtrigger.Trigger]:
    """On the table of relations. The names of the constraints that they raise are those of customers/companies/promises.py."""
    written = pgtrigger.Insert | pgtrigger.Update
    return [
        pgtrigger.Trigger(name="never_its_own", when=pgtrigger.Before, operation=written, func=NEVER_ITS_OWN),
        pgtrigger.Trigger(name="at_most_all", when=pgtrigger.After, operation=written, func=AT_MOST_ALL),
    ]
