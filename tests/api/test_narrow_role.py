"""The interface needs no more than the serving role is granted."""


def test_a_program_works_as_the_role_that_serves(own, admin, auditor, api, manager, as_app_role):
    program, key = api(manager), {"Idempotency-Key": "k1"}
    contact = {"customer": own.customer.number, "at": "2026-03-01T09:00:00Z", "channel": "phone"}
    first = program.post("/api/v1/interactions/", contact, headers=key)
    assert (first.status_code, program.post("/api/v1/interactions/", contact, headers=key).json()) == (
        201,
        first.json(),
    )

    url = f"/api/v1/customers/{own.customer.pk}/"
    assert program.patch(url, {"phone": "13900001111"}, headers={"If-Match": '"1"'}).status_code == 200
    assert (
        program.post("/api/v1/customers/", {"name": "王芳", "branch": "EAST", "manager": "manager"}).status_code == 201
    )
    assert api(admin).post("/api/v1/runs/").status_code == 201
    assert api(auditor).get("/api/v1/audit-events/", {"customer": "1001"}).json()["results"]
