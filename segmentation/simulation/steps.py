"""What a simulation does with a partition: the night's own decisions and waivers, asked of the draft."""

import json
from typing import Any

from crm.base.sql import run_sql, run_text, text_of
from crm.jobs.models import Partition
from segmentation.models import FactsMonth
from segmentation.models.facts import Figures
from segmentation.night import late, waivers
from segmentation.night.context import FACTS
from segmentation.night.context import SQL as NIGHT
from segmentation.night.decisions import Asked, parameters_of
from segmentation.night.facts import ONE_CORE
from segmentation.night.ladders import Ladder
from segmentation.simulation.trial import OWN_FACTS, SQL, STANDING, Trial
from segmentation.small_balance.exempting import exempt

OF_THE_MONTH = "ch.assessed_on <= %(day)s AND ch.charged_on BETWEEN %(month)s AND %(day)s"
DRAFT = "-1"  # as the id of a policy
EARLIER = " AND e.business_date < %(day)s"


def stand(trial: Trial, partition: Partition) -> int:
    """Facts and tiers as they were before the night decided."""
    parameters = trial.parameters(partition)
    run_text(ONE_CORE)
    run_text("DROP TABLE IF EXISTS trial_facts, trial_standing, trial_tier, trial_charge, trial_tonight")
    if trial.facts == OWN_FACTS:
        _copy_facts(trial, partition)
    return run_sql(SQL / "stood.sql", **parameters)


def _copy_facts(trial: Trial, partition: Partition) -> None:
    columns = ", ".join(str(field.column) for field in Figures._meta.get_fields())
    source = FACTS if trial.is_published else FactsMonth._meta.db_table
    which = "slot = %(slot)s" if trial.is_published else "business_date = %(day)s"
    text = text_of(SQL / "facts_copied.sql").format(columns=columns, source=source, which=which)
    run_text(text, **trial.parameters(partition))
    late.reckon(trial.night, partition, trial.missing, facts=OWN_FACTS)


def decide(trial: Trial, partition: Partition) -> int:
    """Everybody of the draft's kind; without a scheme in the draft all stay where they are."""
    parameters = trial.parameters(partition)
    if trial.ladder is None:
        run_text("CREATE TEMP TABLE trial_tier (customer_id bigint, published text, draft text) ON COMMIT DROP")
        return 0
    if not trial.simulation.is_review and trial.published:
        parameters, weighed = _weighed(trial, trial.published, partition)
        run_text(text_of(SQL / "reviewed.sql").format(weighed=weighed), **parameters)
    parameters, weighed = _weighed(trial, trial.ladder, partition)
    parameters |= {
        "named_ids": list(trial.names),
        "named_codes": list(trial.names.values()),
        "measure": trial.ladder.scheme.measure,
    }
    run_text(text_of(SQL / "tried.sql").format(weighed=weighed, facts=trial.facts), **parameters)
    return run_sql(SQL / "tiers_kept.sql", **parameters)


def _weighed(trial: Trial, ladder: Ladder, partition: Partition) -> tuple[dict[str, Any], str]:
    parameters = trial.parameters(partition) | parameters_of(trial.night, ladder)
    if not trial.simulation.is_review:
        parameters |= {"review": True, "closed": True}
    asked = Asked(ladder, parameters, facts=trial.facts, standing=STANDING)
    weighed = asked.weighed
    return parameters, weighed


def waive(trial: Trial, partition: Partition) -> int:
    """The charges of the month through the day, under the draft's lines and in its tiers."""
    parameters = trial.parameters(partition)
    charged = text_of(SQL / "charged.sql").format(charges=waivers.charges(OF_THE_MONTH))
    if not run_text(charged, **parameters):
        return 0
    run_sql(SQL / "tonight.sql", **parameters)
    published, policy, small = waivers.line_of(waivers.POLICY), waivers.POLICY, trial.night.small_balances
    conditions = [(line.pk, line.rule) for line in trial.night.lines]
    after = tonight = published
    policies = {"trial_charge": policy, "trial_tonight": policy}
    if trial.policy.lines is not None:
        after, earlier = text_of(SQL / "draft_line.sql"), text_of(SQL / "published_line.sql").format(line=published)
        tonight = f"{after} AND k.charged_on = %(day)s UNION ALL {earlier} WHERE k.charged_on < %(day)s"
        policies = {
            "trial_charge": DRAFT,
            "trial_tonight": f"CASE WHEN k.charged_on = %(day)s THEN {DRAFT} ELSE ({policy}) END",
        }
        small = (*small, *((int(DRAFT), part) for part in (trial.policy.small_balance,) if part))
        conditions += [(-place, line.when) for place, line in enumerate(trial.policy.lines, start=1) if line.when]
        parameters["lines"] = _lines(trial)
    for table, policy in policies.items():
        exempt(table, small, parameters, policy=policy)
    said = waivers.conditions_of(conditions, parameters)
    spent = text_of(NIGHT / "spent.sql") + EARLIER
    text = text_of(SQL / "waivers_kept.sql").format(
        after=waivers.waived_of("trial_charge", line=after, conditions=said, spent="SELECT 0", facts=trial.facts),
        tonight=waivers.waived_of("trial_tonight", line=tonight, conditions=said, spent=spent, facts=trial.facts),
    )
    return run_text(text, **parameters)


def _lines(trial: Trial) -> str:
    """The draft's lines with ids below zero, so that they can't be taken for published ones."""
    return json.dumps(
        [
            {
                "id": -place,
                "tier_code": line.tier,
                "fee_code": line.fee,
                "percent": str(line.percent),
                "cap_per_fee": None if line.cap_per_fee is None else str(line.cap_per_fee),
                "cap_per_month": None if line.cap_per_month is None else str(line.cap_per_month),
                "currency": line.currency,
            }
            for place, line in enumerate(trial.policy.lines or (), start=1)
        ]
    )


STEPS = (("standing", stand), ("tiers", decide), ("waivers", waive))
