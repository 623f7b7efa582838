"""What a decision built on, filled in for those made before it was stored: the watch count before, and the feed."""

from django.db import migrations

FILLED = """
ALTER TABLE segmentation_tierdecision DISABLE TRIGGER USER;
UPDATE segmentation_tierdecision d
SET months_below_before = b.before, is_feed_closed = d.outcome <> 'held'
FROM (
    SELECT x.id, coalesce(lag(x.months_below) OVER (PARTITION BY x.customer_id ORDER BY x.business_date, x.id), 0) AS before
    FROM segmentation_tierdecision x JOIN jobs_run r ON r.id = x.run_id
    WHERE r.status IN ('completed', 'completed_with_errors', 'held')
) b
WHERE b.id = d.id AND (b.before <> 0 OR d.outcome = 'held');
ALTER TABLE segmentation_tierdecision ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    dependencies = [("segmentation", "0031_overrides")]
    operations = [migrations.RunSQL(FILLED, migrations.RunSQL.noop)]
