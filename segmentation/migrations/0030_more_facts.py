"""The quarter's and the household's figures: columns of the facts and of the month-end copies."""

from django.db import migrations

NAMES = ("aum_quarter_average", "aum_quarter_weighted_average", "household_balance", "household_month_average")
ADDED = ", ".join(f"ADD COLUMN {name} numeric(20, 4)" for name in NAMES)
DROPPED = ", ".join(f"DROP COLUMN {name}" for name in NAMES)
VIEW = """
CREATE OR REPLACE VIEW segmentation_currentfacts AS
    SELECT f.* FROM segmentation_facts f JOIN segmentation_published p ON p.slot = f.slot;
"""
FORTH = f"ALTER TABLE segmentation_facts {ADDED}; ALTER TABLE segmentation_factsmonth {ADDED}; {VIEW}"
BACK = f"""
DROP VIEW segmentation_currentfacts;
ALTER TABLE segmentation_facts {DROPPED}; ALTER TABLE segmentation_factsmonth {DROPPED};
{VIEW}
"""


class Migration(migrations.Migration):
    dependencies = [("customers", "0010_households"), ("segmentation", "0020_drafts")]
    operations = [migrations.RunSQL(FORTH, BACK)]
