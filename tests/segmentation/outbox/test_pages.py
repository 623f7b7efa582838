"""The outbox page, the file, the answers; and each state where people look for it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from crm.audit.models import Event
from segmentation.models import Posting
from tests.segmentation.outbox.test_services import entries, states

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(own) -> list:
    return entries(3, own.customer)


def upload(text: str) -> dict:
    return {"file": SimpleUploadedFile("answers.csv", text.encode())}


def test_an_admin_sends_fetches_the_file_and_takes_answers_in(three, own, signed_in, admin, manager, queries):
    client = signed_in(admin)
    assert "3" in client.get("/waiver-postings/").content.decode()

    sent = client.post("/waiver-postings/send/", follow=True)
    batch = Posting.objects.first().batch
    file = b"".join(client.get(f"/waiver-postings/{batch.pk}/file/")).decode("utf-8-sig").splitlines()

    assert "3 entries are sent." in sent.content.decode()
    assert file[0] == "entry,account,charge,amount,currency,value_date" and file[1].startswith("1,A1,F1,3.00,CNY,")
    assert Event.objects.filter(action="postingbatch.exported").count() == 1
    answers = "entry,state,posted_on,reason\n1,posted,2026-03-04,\n2,refused,,Account closed\n7,posted,2026-03-04,\n"
    page = client.post("/waiver-postings/answers/", upload(answers), follow=True).content.decode()
    assert "2 answers taken in, 0 of them known before; 1 rejected." in page
    assert "Line 4: Entry 7 was never sent." in page
    with queries("waiver-postings"):
        client.get("/waiver-postings/")
    tab = signed_in(manager).get(f"/customers/{own.customer.pk}/?tab=waivers").content.decode()
    for words in ("refunded on 4 March 2026", "refused by the core: Account closed", "waiting"):
        assert words in tab, words
    ledger = signed_in(manager).get("/waivers/?posting=refused").content.decode()
    assert "Account closed" in ledger and "refunded on" not in ledger


@pytest.mark.parametrize(("text", "sentence"), [
    ("a,b\n1,2\n", "The columns entry and state are missing."),
    ("", "empty"),
    ("entry,state\n\"1", "This is no CSV file in UTF-8."),
])  # fmt: skip
def test_what_is_no_file_of_answers_is_said_beside_the_field(three, signed_in, admin, text, sentence):
    answer = signed_in(admin).post("/waiver-postings/answers/", upload(text))
    assert answer.status_code == 422 and sentence in answer.content.decode()


def test_rest_sends_lists_and_answers(three, api, admin, own, manager):
    client = api(admin)

    made = client.post("/api/v1/waiver-batches/", {"value_date": "2026-04-01"}, format="json")
    again = client.post("/api/v1/waiver-batches/", {}, format="json")
    listed = client.get("/api/v1/waiver-postings/?state=open").json()["results"]
    answers = [
        {"entry": 1, "state": "posted", "posted_on": "2026-04-02"},
        {"entry": 99, "state": "posted", "posted_on": "2026-04-02"},
    ]
    said = client.post("/api/v1/waiver-postings/answers/", {"answers": answers}, format="json")

    assert (made.status_code, made.json()["entries"], again.status_code) == (201, 3, 409)
    assert [(row["entry"], row["account"], row["charge"], row["amount"], row["value_date"]) for row in listed][-1] == (
        1, "A1", "F1", "3.00", "2026-04-01",
    )  # fmt: skip
    assert said.json() == {
        "rows": 2, "accepted": 1, "rejected": 1, "unchanged": 0, "errors": [{"row": 2, "message": "Entry 99 was never sent."}],
    }  # fmt: skip
    assert states() == {1: "posted", 2: "open", 3: "open"}
    assert client.post("/api/v1/waiver-postings/answers/", {"answers": []}, format="json").status_code == 400
    entry = api(manager).get("/api/v1/waivers/1/").json()
    assert (entry["posting"], entry["posted_on"]) == ("posted", "2026-04-02")


def test_answers_sent_twice_under_one_key_get_the_same_answer(three, api, admin):
    client, key = api(admin), {"Idempotency-Key": "night-1"}
    client.post("/api/v1/waiver-batches/", {}, format="json")
    answers = {"answers": [{"entry": 1, "state": "posted", "posted_on": "2026-04-02"}]}

    said = [
        client.post("/api/v1/waiver-postings/answers/", answers, format="json", headers=key).json() for _n in range(2)
    ]

    assert said[0] == said[1] and (said[1]["accepted"], said[1]["unchanged"]) == (1, 0)
    other = {"answers": [{"entry": 2, "state": "posted", "posted_on": "2026-04-02"}]}
    assert client.post("/api/v1/waiver-postings/answers/", other, format="json", headers=key).status_code == 422
    assert states()[2] == "open"
