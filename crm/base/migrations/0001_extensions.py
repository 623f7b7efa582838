"""Extensions, and the function that makes two-letter Chinese fragments searchable."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations

# every one- and two-character piece of a name: {"张", "张伟", "伟"}; pg_trgm needs three characters
GRAMS = """
CREATE FUNCTION grams(name text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT array_agg(DISTINCT piece)
    FROM generate_series(1, char_length(name)) AS place,
         LATERAL (VALUES (substr(lower(name), place, 1)), (substr(lower(name), place, 2))) AS pieces (piece)
$$
"""


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        migrations.RunSQL(GRAMS, "DROP FUNCTION grams(text)"),
    ]
