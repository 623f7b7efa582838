"""How long an answer may take: business calendars, targets, and the one function that turns a ticket's log into due times."""
