"""Routes about one customer: part of the table of access."""

from tests.access import Row

OWN = {200: "manager teller agent head auditor", 404: "approver"}
OTHER = {200: "agent auditor", 404: "manager teller head approver"}
# a manager registers into the own book, and says so
# an agent sees customers in outline, but for a verified call
OPEN_OWN = {200: "manager teller head auditor", 404: "agent approver"}
OPEN_OTHER = {200: "auditor", 404: "manager teller agent head approver"}
CHANGES = {200: "manager teller head"}
NOT_FOUND = {404: "manager teller head"}
STAFF = {200: "manager teller agent head"}
LOGS_OTHER = {200: "agent", 404: "manager teller head"}
LOGGED = {302: "manager teller agent head"}
LOGGED_OTHER = {302: "agent", 404: "manager teller head"}
CHANGED = {302: "manager teller head"}
WHY = {"reason": "'Asked to be called'"}
CONTACT_TYPED = {"at": "'2026-03-01T09:00'", "channel": "'phone'", "direction": "'out'", "purpose": "'care'",
                 "outcome": "'reached'"}  # fmt: skip
RECORD = {"kind": "'person'", "name": "'王芳'", "version": "'1'", "branch": "branch"}
ANSWER = {"value": "'Teacher'", "version": "'1'"}
SAME = {204: "manager teller agent head auditor", 404: "approver"}
SAME_OTHER = {204: "agent auditor", 404: "manager teller head approver"}
PRINTS = {200: "manager teller head auditor"}
MARCH = {"since": "'2026-03-01'", "until": "'2026-03-31'", "language": "'en'"}
LISTS = {200: "manager teller agent head approver auditor"}
FOUNDED = {"name": "'张家'", "customer": "loner.number", "since": "'2026-03-01'"}
COMPARES, COMPARES_OTHER = PRINTS, {200: "auditor", 404: "manager teller head"}
COMPARED, COMPARED_OTHER = {302: "manager teller head auditor"}, {302: "auditor", 404: "manager teller head"}
MERGES, MERGES_NOT = {200: "manager head"}, {404: "manager head"}
SAME_PERSON = {"reason": "'The same passport'"}
TAKEN = {f"take_{name}": "'stays'" for name in ("name", "national_id", "phone", "email", "address")}
MERGED = SAME_PERSON | TAKEN | {"version": "'1'", "other_version": "'1'"}

CUSTOMERS = [
    Row("customer", OWN, OTHER, "pk=customer"),
    Row("customer_timeline", OWN, OTHER, "pk=customer"),
    Row("customer_transactions", OPEN_OWN, OPEN_OTHER, "pk=customer"),
    Row("customer_as_of", OPEN_OWN, OPEN_OTHER, "pk=customer"),
    Row("customer_answer", CHANGES, NOT_FOUND, "pk=customer field='occupation'"),
    Row("customer_answer", CHANGED, NOT_FOUND, "pk=customer field='occupation'", "post", ANSWER),
    Row("customer_field", CHANGED, NOT_FOUND, "pk=customer field='region' act='ask'", "post"),
    Row("customer_draft", CHANGES, None, "", "post", {"kind": "'person'", "name": "'王芳'"}),
    # a draft is seen by whoever typed it
    Row("customer_draft_away", {302: "manager", 404: "teller head"}, None, "pk=begun", "post"),
    Row("api:customer-completeness", OPEN_OWN, OPEN_OTHER, "customer_id=customer"),
    Row(
        "api:customer-completeness",
        CHANGES,
        NOT_FOUND,
        "customer_id=customer",
        "post",
        {"field": "'region'", "act": "'ask'"},
    ),
    Row("api:customers-as-of", OPEN_OWN, OPEN_OTHER, "pk=customer"),
    Row("customer_reveal", OWN, OTHER, "pk=customer kind='phone'"),
    # an agent has no verified call, a manager no other's book
    Row(
        "customer_reveal",
        {200: "manager teller head auditor", 422: "agent", 404: "approver"},
        {200: "auditor", 422: "agent", 404: "manager teller head approver"},
        "pk=customer kind='phone'",
        "post",
        WHY,
    ),
    Row("customer_log", STAFF, LOGS_OTHER, "pk=customer"),
    Row(
        "customer_log",
        {302: "manager teller agent head"},
        {302: "agent", 404: "manager teller head"},
        "pk=customer",
        "post",
        CONTACT_TYPED,
    ),
    Row("customer_assess", CHANGES, NOT_FOUND, "pk=customer"),
    Row("customer_assess", CHANGED, NOT_FOUND, "pk=customer", "post", {"level": "'3'", "assessed_on": "'2026-03-01'"}),
    Row("customer_consent", STAFF, LOGS_OTHER, "pk=customer"),
    Row(
        "customer_consent",
        LOGGED,
        LOGGED_OTHER,
        "pk=customer",
        "post",
        {"purpose": "'marketing'", "channels": "'phone'", "wording": "'2026-03'"},
    ),
    Row("consent_withdraw", STAFF, LOGS_OTHER, "pk=consent"),
    Row("consent_withdraw", LOGGED, LOGGED_OTHER, "pk=consent", "post"),
    Row("customer_flag", STAFF, LOGS_OTHER, "pk=customer"),
    Row(
        "customer_flag",
        LOGGED,
        LOGGED_OTHER,
        "pk=customer",
        "post",
        {"kind": "'bereavement'", "since": "'2026-03-01'", "source": "'Family'"},
    ),
    Row("flag_end", STAFF, LOGS_OTHER, "pk=flag"),
    Row("flag_end", LOGGED, LOGGED_OTHER, "pk=flag", "post", {"until": "'2026-03-01'"}),
    Row("customer_version", SAME, SAME_OTHER, "pk=customer seen='1'", stranger=401),
    Row("households", LISTS),
    Row("household", OWN, OTHER, "pk=household"),
    Row("household_add", CHANGES),
    Row("household_add", CHANGED, {422: "manager teller head"}, "", "post", FOUNDED),
    Row("household_member_add", CHANGES, NOT_FOUND, "pk=household"),
    Row(
        "household_member_add",
        CHANGED,
        NOT_FOUND,
        "pk=household",
        "post",
        {"customer": "loner.number", "since": "'2026-03-01'"},
    ),
    Row("household_leave", CHANGES, NOT_FOUND, "pk=member"),
    Row("household_leave", CHANGED, NOT_FOUND, "pk=member", "post", {"until": "'2026-04-01'"}),
    Row("household_pooling", CHANGES, NOT_FOUND, "pk=member"),
    Row("household_pooling", CHANGED, NOT_FOUND, "pk=member", "post", {"pools": "'no'", "since": "'2026-04-01'"}),
    Row("household_head", CHANGES, NOT_FOUND, "pk=member"),
    Row("household_head", CHANGED, NOT_FOUND, "pk=member", "post"),
    Row(
        "api:households-list",
        {201: "manager teller head"},
        {400: "manager teller head"},
        "",
        "post",
        FOUNDED | {"pools": "'true'"},
    ),
    Row(
        "api:households-members",
        CHANGES,
        NOT_FOUND,
        "pk=household",
        "post",
        {"customer": "loner.number", "since": "'2026-03-01'", "pools": "'true'"},
    ),
    Row(
        "api:households-leave",
        {204: "manager teller head"},
        NOT_FOUND,
        "pk=household",
        "post",
        {"customer": "customer.number", "until": "'2026-04-01'"},
    ),
    Row("api:households-head", CHANGES, NOT_FOUND, "pk=household", "post", {"customer": "customer.number"}),
    Row(
        "api:households-pooling",
        CHANGES,
        NOT_FOUND,
        "pk=household",
        "post",
        {"customer": "customer.number", "since": "'2026-04-01'", "pools": "'false'"},
    ),
    Row("interaction", OWN, OTHER, "pk=interaction"),
    Row("interaction_correct", STAFF, LOGS_OTHER, "pk=interaction"),
    # the manager has logged it just now
    Row(
        "interaction_correct",
        {302: "manager", 422: "teller agent head"},
        {422: "agent", 404: "manager teller head"},
        "pk=interaction",
        "post",
        CONTACT_TYPED | {"version": "'1'", "outcome": "'agreed'"},
    ),
    Row("interaction_amend", STAFF, LOGS_OTHER, "pk=interaction"),
    Row("interaction_amend", LOGGED, LOGGED_OTHER, "pk=interaction", "post", {"text": "'Called back'"}),
    Row(
        "api:interactions-detail",
        {200: "manager", 409: "teller agent head"},
        {409: "agent", 404: "manager teller head"},
        "pk=interaction",
        "patch",
        {"outcome": "'agreed'"},
        headers={"If-Match": "*"},
    ),
    Row(
        "api:interactions-amend",
        {201: "manager teller agent head"},
        {201: "agent", 404: "manager teller head"},
        "pk=interaction",
        "post",
        {"text": "'Called back'"},
    ),
    Row("looks", {200: "head auditor"}),
    Row("looks_of", {200: "head auditor"}, {200: "auditor", 404: "head"}, "pk=keeper"),
    Row("api:looks-list", {200: "head auditor"}),
    Row("duplicates", PRINTS),
    Row("duplicate", {302: "manager teller head auditor"}, {302: "auditor", 404: "manager teller head"}, "pk=pair"),
    Row("duplicate_dismiss", MERGES, MERGES_NOT, "pk=pair"),
    Row("duplicate_dismiss", {302: "manager head"}, MERGES_NOT, "pk=pair", "post", SAME_PERSON),
    Row("customer_duplicates", COMPARES, COMPARES_OTHER, "pk=customer"),
    Row("customer_duplicates", COMPARED, COMPARED_OTHER, "pk=customer", "post", {"customer": "twin.number"}),
    Row("customer_merge", COMPARES, COMPARES_OTHER, "pk=customer other=twin"),
    Row("customer_merge", {302: "manager head"}, MERGES_NOT, "pk=customer other=twin", "post", MERGED),
    Row("customer_alike", CHANGES, None, "", "post", {"name": "'王芳'"}),
    Row("merge_undo", MERGES, MERGES_NOT, "pk=merge"),
    Row("merge_undo", {302: "manager head"}, MERGES_NOT, "pk=merge", "post", SAME_PERSON),
    Row("api:duplicates-list", PRINTS),
    Row("api:duplicates-detail", COMPARES, COMPARES_OTHER, "pk=pair"),
    Row("api:duplicates-dismiss", MERGES, MERGES_NOT, "pk=pair", "post", SAME_PERSON),
    Row("api:merges-list", PRINTS),
    Row("api:merges-detail", COMPARES, COMPARES_OTHER, "pk=merge"),
    Row(
        "api:merges-list",
        {201: "manager head"},
        {400: "manager head"},
        "",
        "post",
        SAME_PERSON | {"survivor": "customer.number", "absorbed": "twin.number"},
    ),
    Row("api:merges-undo", MERGES, MERGES_NOT, "pk=merge", "post", SAME_PERSON),
    Row("statements", PRINTS),
    Row("customer_statement", CHANGES, NOT_FOUND, "pk=customer"),
    Row("customer_statement", CHANGES, NOT_FOUND, "pk=customer", "post", MARCH | {"account": "account.pk"}),
    Row("api:statements-list", PRINTS),
    Row("api:statements-detail", PRINTS, {200: "auditor", 404: "manager teller head"}, "pk=statement"),
    Row(
        "api:statements-list",
        {201: "manager teller head"},
        {400: "manager teller head"},
        "",
        "post",
        MARCH | {"customer": "customer.number", "account": "account.number"},
    ),
    Row("customer_change", CHANGES, NOT_FOUND, "pk=customer"),
    Row("customer_change", CHANGED, NOT_FOUND, "pk=customer", "post", RECORD),
    Row("customer_contact", CHANGES, NOT_FOUND, "pk=customer"),
    Row("customer_contact", CHANGED, NOT_FOUND, "pk=customer", "post", {"version": "'1'", "email": "'a@example.com'"}),
    Row("customer_status", CHANGES, NOT_FOUND, "pk=customer"),
    Row(
        "customer_status",
        CHANGED,
        NOT_FOUND,
        "pk=customer",
        "post",
        {"status": "'dormant'", "on": "'2026-03-01'", "version": "'1'"},
    ),
    Row("customer_manager", {200: "head"}, {404: "head"}, "pk=customer"),
    Row(
        "customer_manager", {302: "head"}, {404: "head"}, "pk=customer", "post", {"reason": "'Left'", "version": "'1'"}
    ),
    Row("customer_add", CHANGES),
    Row("customer_add", CHANGED, None, "", "post", {"kind": "'person'", "name": "'王芳'", "branch": "branch"}),
    Row("customer_find", {200: "teller"}),
    Row("customer_find", {302: "teller"}, {302: "teller"}, "", "post", {"text": "customer.number"}),
]
