-- Of each person: customers looked at, and those outside with the looks at them, what was revealed and the last moment.
SELECT person, count(*) AS customers, sum(looks)::int AS looks,
       count(*) FILTER (WHERE is_outside) AS outside,
       coalesce(sum(looks) FILTER (WHERE is_outside), 0)::int AS looks_outside,
       coalesce(sum(revealed) FILTER (WHERE is_outside), 0)::int AS revealed_outside,
       max(last_at) FILTER (WHERE is_outside) AS last_at
FROM ({looks}) AS looked
GROUP BY person
ORDER BY outside DESC, looks_outside DESC, person
