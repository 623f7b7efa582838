"""What the database asks of a version: after the set-up of a bank, an approved proposal that says just that."""

import pgtrigger

# a policy that was approved ends the set-up: from then on a version needs a proposal
SET_UP = """NOT EXISTS (
    SELECT FROM approvals_proposal WHERE status = 'approved' AND kind IN ('tier_scheme', 'waiver_policy', 'segment')
)"""

VERSION = """
IF NEW.proposal_id IS NULL THEN
    IF NOT {set_up} THEN
        RAISE EXCEPTION 'Policies now change by proposal alone.' USING ERRCODE = 'check_violation';
    END IF;
ELSIF NOT EXISTS (
    SELECT FROM approvals_proposal AS proposal
    WHERE proposal.id = NEW.proposal_id AND proposal.status = 'approved' AND proposal.kind = '{kind}'
        AND proposal.content = NEW.content AND proposal.content_hash = NEW.content_hash
        AND coalesce(proposal.effective_from, NEW.effective_from) {held} NEW.effective_from
) THEN
    RAISE EXCEPTION 'No approved proposal says this version.' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""

LINE = """
IF NOT EXISTS (
    SELECT FROM segmentation_waiverpolicy AS policy, jsonb_array_elements(policy.content -> 'lines') AS line
    WHERE policy.id = NEW.policy_id AND line ->> 'tier' = NEW.tier_code AND line ->> 'fee' = NEW.fee_code
        AND (line ->> 'percent')::numeric = NEW.percent
        AND (line ->> 'cap_per_fee')::numeric IS NOT DISTINCT FROM NEW.cap_per_fee
        AND (line ->> 'cap_per_month')::numeric IS NOT DISTINCT FROM NEW.cap_per_month
        AND coalesce(line ->> 'currency', '') = NEW.currency
        AND nullif(nullif(line -> 'when', '{{}}'), 'null') IS NOT DISTINCT FROM NEW.rule
) AND NOT {set_up} THEN
    RAISE EXCEPTION 'No line is added to a published policy.' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""

TAKEN = """EXISTS (SELECT FROM segmentation_waiverentry AS taken WHERE taken.number = NEW.reverses_id
    AND taken.waived = -NEW.waived AND taken.charge_id = NEW.charge_id AND taken.customer_id = NEW.customer_id
    AND taken.line_id IS NOT DISTINCT FROM NEW.line_id AND taken.exemption = NEW.exemption)"""

ENTRY = """
IF NOT EXISTS (
    SELECT FROM approvals_proposal AS proposal
    WHERE proposal.id = NEW.proposal_id AND proposal.status = 'approved'
        AND (proposal.kind = 'manual_waiver' AND NEW.reverses_id IS NULL AND NEW.correction_id IS NULL
                AND NEW.line_id IS NULL AND NEW.exemption = '' AND (proposal.content ->> 'amount')::numeric = NEW.waived
                AND proposal.content ->> 'charge' = (SELECT number FROM customers_feecharge WHERE id = NEW.charge_id)
                AND proposal.content ->> 'customer' = (SELECT number FROM customers_customer WHERE id = NEW.customer_id)
             OR proposal.kind = 'waiver_reversal' AND (proposal.content ->> 'entry')::bigint = NEW.reverses_id
                AND NEW.correction_id IS NULL AND {taken}
             OR proposal.kind = 'waiver_correction' AND (proposal.content ->> 'check')::bigint = NEW.correction_id
                AND EXISTS (SELECT FROM segmentation_leak AS leak
                    WHERE leak.waiver_check_id = NEW.correction_id AND leak.charge_id = NEW.charge_id AND NOT leak.waits
                        AND (NEW.reverses_id IS NOT NULL AND (NEW.line_id IS NOT NULL OR NEW.exemption <> '') AND {taken}
                             OR NEW.reverses_id IS NULL AND leak.due = NEW.waived AND leak.customer_id = NEW.customer_id
                                AND leak.line_id IS NOT DISTINCT FROM NEW.line_id AND leak.exemption = NEW.exemption)))
) THEN
    RAISE EXCEPTION 'No approved proposal says this entry.' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


def version_of(kind: str, *, also: bool = False, late: bool = False) -> pgtrigger.Trigger:
    """`also`: an approved proposal of this kind ends the set-up too, beside those that SET_UP names.

    `late`: one whose day had passed when it was approved begins on the day of the approval.
    """
    set_up = SET_UP.replace("'segment'", f"'segment', '{kind}'") if also else SET_UP
    func = VERSION.format(kind=kind, set_up=set_up, held="<=" if late else "=")
    return pgtrigger.Trigger(name="four_eyes", operation=pgtrigger.Insert, when=pgtrigger.Before, func=func)


def line() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="four_eyes", operation=pgtrigger.Insert, when=pgtrigger.Before, func=LINE.format(set_up=SET_UP)
    )


def entry_by_hand() -> pgtrigger.Trigger:
    """What no night wrote; nights write theirs 200,000 at a time."""
    return pgtrigger.Trigger(
        name="four_eyes",
        operation=pgtrigger.Insert,
        when=pgtrigger.Before,
        condition=pgtrigger.Q(new__run__isnull=True),
        func=ENTRY.format(taken=TAKEN),
    )
