"""What a night needs to carry the figures of a customer forward to the next: a column of the facts."""

from django.db import migrations

# docs/adr/0010 names the parts
FORTH = "ALTER TABLE segmentation_facts ADD COLUMN carry numeric[]"
BACK = "ALTER TABLE segmentation_facts DROP COLUMN carry"


class Migration(migrations.Migration):
    dependencies = [("customers", "0021_holding_changes"), ("segmentation", "0040_stops")]
    operations = [migrations.RunSQL(FORTH, BACK)]
