-- Whether a contact i is what w asks for: both spoke, and whoever is to visit was there in person.
i.outcome <> 'not_reached' AND (i.direction = 'in' OR i.channel = ANY (%(live)s) OR i.outcome = ANY (%(answered)s))
AND CASE w.what
    WHEN 'contact' THEN true
    WHEN 'site' THEN EXISTS (SELECT FROM customers_sitevisit v WHERE v.interaction_id = i.id)
    ELSE i.channel = ANY (%(in_person)s) AND EXISTS (
        SELECT FROM identity_user u WHERE u.id = i.by_id AND (u.role = 'head' OR EXISTS (
            SELECT FROM managers_assignment e WHERE e.customer_id = i.customer_id AND e.manager_id = u.id AND e.role = 'sponsor'
                AND e.since <= (i.at AT TIME ZONE %(zone)s)::date
                AND (e.until IS NULL OR e.until > (i.at AT TIME ZONE %(zone)s)::date))))
END
