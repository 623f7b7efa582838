from django.core.management import call_command


def test_the_schema_is_valid_and_without_a_warning(tmp_path):
    call_command("spectacular", "--validate", "--fail-on-warn", file=str(tmp_path / "schema.yml"))


def test_the_schema_and_its_pages_are_open_and_obey_the_content_policy(client, db):
    assert client.get("/api/v1/schema/").status_code == 200
    page = client.get("/api/v1/docs/")
    text = page.content.decode()
    assert "<style" not in text
    assert all("src=" in tag for tag in text.split("<script")[1:])
    assert "unsafe" not in page["Content-Security-Policy"]
    script = text.split('<script src="')[-1].split('"')[0].replace("&amp;", "&")
    assert "SwaggerUIBundle" in client.get(script).content.decode()


def test_the_schema_tells_of_problems_and_of_headers(client, db):
    patch = client.get("/api/v1/schema/?format=json").json()["paths"]["/api/v1/customers/{id}/"]["patch"]
    assert "application/problem+json" in patch["responses"]["default"]["content"]
    assert "If-Match" in [parameter["name"] for parameter in patch["parameters"]]
