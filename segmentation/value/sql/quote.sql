-- What a unit of a currency was worth in the base currency on a day; NULL where no rate is new enough.
CASE WHEN {currency} = %(base)s THEN 1 ELSE (
    SELECT q.rate FROM customers_exchangerate q
    WHERE q.currency = {currency} AND q."on" BETWEEN {day} - %(max_age)s AND {day} ORDER BY q."on" DESC LIMIT 1
) END
