"""The one mail this house sends: there is something for you."""

from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from gib.core.journal.models import Message
from gib.people.accounts.models import User

_HOST: Final = "gib.invalid"


def send(message: Message) -> None:
    """Send one notice to the sealed address of its recipient; without an address nothing is sent.

    Sender, subject and body are the same for everybody and name nobody (D15). Sent twice it has the
    same Message-ID, so that a mailbox shows it once.
    """
    user = User.objects.filter(pk=message.recipient_id).first()
    if user is None or not user.email:
        return
    mail = EmailMessage(
        subject=_("Er staat iets voor u klaar"),
        body=_("Er staat iets voor u klaar. Meld u aan om het te lezen:") + f"\n{settings.SITE_URL}/\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[user.email],
        headers={"Message-ID": f"<{message.id}@{_HOST}>"},
    )
    mail.send()
