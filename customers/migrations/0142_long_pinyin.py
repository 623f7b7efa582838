"""Long spellings are found by their runs of five letters: of a million customers those of three letters lie too close together."""

from django.db import migrations

LONG_GRAMS = """
CREATE FUNCTION long_grams(spelling text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT coalesce(array_agg(DISTINCT substr(spelling, at, 5)), '{}')
    FROM generate_series(1, length(spelling) - 4) AS at
$$;
CREATE INDEX customers_pinyin_long ON customers_customer USING gin (long_grams(pinyin));
"""


class Migration(migrations.Migration):
    dependencies = [("customers", "0141_words_of_cards_and_parties_erased")]

    operations = [
        migrations.RunSQL(LONG_GRAMS, "DROP INDEX customers_pinyin_long; DROP FUNCTION long_grams(text)"),
    ]
