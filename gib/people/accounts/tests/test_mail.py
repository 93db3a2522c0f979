"""The mail that says nothing."""

from datetime import timedelta

import pytest
from django.core import mail as outgoing

from gib.core.journal import outbox
from gib.core.journal.models import Message
from gib.people.accounts import actions, mail
from gib.people.accounts.adapters import AccountAdapter

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def reachable(carla):
    carla[0].email = "postbus@example.org"
    carla[0].save()
    return carla[0]


def test_a_notice_names_nobody_and_nothing(reachable, now, seen, settings):
    settings.SITE_URL = "https://gib.example"
    outbox.notify(reachable.pk, "referral_submitted", "one", now)
    assert outbox.send_due(now, mail.send) == 1
    sent = outgoing.outbox[0]
    assert sent.to == ["postbus@example.org"]
    assert sent.subject == "Er staat iets voor u klaar"
    assert sent.body == "Er staat iets voor u klaar. Meld u aan om het te lezen:\nhttps://gib.example/\n"
    assert sent.from_email == settings.DEFAULT_FROM_EMAIL
    for word in ("Carla", "gezin", "balans", "gevangenis", "P.I.", "referral"):
        assert word.lower() not in sent.message().as_string().lower()
    assert not sent.attachments


def test_the_same_notice_has_the_same_identity(reachable, now, seen):
    message = Message(recipient_id=reachable.pk, occasion="x", effect_key="one", due_at=now.at)
    mail.send(message)
    mail.send(message)
    first, second = (sent.extra_headers["Message-ID"] for sent in outgoing.outbox)
    assert first == second == f"<{message.id}@gib.invalid>"


def test_without_an_address_nothing_is_sent(carla, now, seen):
    mail.send(Message(recipient_id=carla[0].pk, effect_key="one", due_at=now.at))
    mail.send(Message(effect_key="two", due_at=now.at, recipient_id=carla[0].pk.__class__(int=0)))
    assert outgoing.outbox == []


def test_a_failing_mail_stays_and_is_tried_again(reachable, now, seen, monkeypatch):
    outbox.notify(reachable.pk, "x", "one", now)
    monkeypatch.setattr("django.core.mail.EmailMessage.send", _refused)
    assert outbox.send_due(now, mail.send) == 0
    monkeypatch.undo()
    later = type(now)(now.at + timedelta(hours=1), now.on)
    assert outbox.send_due(later, mail.send) == 1


def _refused(self, fail_silently=False):
    raise ConnectionRefusedError


def test_one_change_makes_one_notice(carla, now):
    actions.tell_of_change(carla[0].pk, "codes", now)
    actions.tell_of_change(carla[0].pk, "codes", now)
    assert Message.objects.get().occasion == "sign_in_changed"


def test_nobody_signs_up():
    assert not AccountAdapter(None).is_open_for_signup(None)
