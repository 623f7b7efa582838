"""A look at the night does what follows a published one, whatever becomes of the night that runs."""

import pytest

from crm.nightly import after, night, start, tasks


def test_what_follows_a_night_follows_although_the_next_one_breaks_off(monkeypatch) -> None:
    def break_off(run, patience):
        raise ConnectionError("no more workers")

    followed = []
    monkeypatch.setattr(start, "open_if_time", lambda: None)
    monkeypatch.setattr(start, "running", lambda: ["a night"])
    monkeypatch.setattr(night, "carry_on", break_off)
    monkeypatch.setattr(after, "follow", lambda at: followed.append(at))
    with pytest.raises(ConnectionError):
        tasks.look()
    assert followed
