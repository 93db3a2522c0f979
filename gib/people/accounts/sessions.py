"""What a session remembers: since when, when last, whether a second factor was shown, and in which role."""

import time
from typing import Any, Final

from django.contrib.sessions.backends.base import SessionBase

from gib.core.access.tables import Role
from gib.people.accounts import hidden
from gib.people.accounts.domain import SESSION_HOURS, Letter, idle_minutes

_BEGUN: Final = "gib.begun"
_SEEN: Final = "gib.seen"
_PROVED: Final = "gib.proved"
_SEAT: Final = "gib.seat"
_CODES: Final = "gib.codes"
_FEED: Final = "gib.feed"
_LETTER: Final = "gib.letter"
_LOAN: Final = "gib.loan"
#: A mark once in so many seconds is enough; it keeps reading pages from writing each time.
_MARK_SECONDS: Final = 60


def begin(session: SessionBase, proved: bool) -> None:
    """Start the clocks of a session.

    Args:
        proved: a second factor was shown, or a passkey that counts as both.
    """
    session[_BEGUN] = session[_SEEN] = int(time.time())
    session[_PROVED] = proved


def prove(session: SessionBase) -> None:
    """Note that a second factor was made in this very session."""
    session[_PROVED] = True


def is_proved(session: SessionBase) -> bool:
    """Tell whether a second factor was shown in this session."""
    return session.get(_PROVED) is True


def is_over(session: SessionBase, role: Role | None) -> bool:
    """Tell whether a session was silent too long or lasted too long; one without clocks never began."""
    now = time.time()
    silent, lasted = now - session.get(_SEEN, 0), now - session.get(_BEGUN, 0)
    return bool(silent >= idle_minutes(role) * 60 or lasted >= SESSION_HOURS * 3600)


def mark(session: SessionBase) -> None:
    """Note that somebody is there, at most once a minute."""
    now = int(time.time())
    if now - session.get(_SEEN, 0) >= _MARK_SECONDS:
        session[_SEEN] = now


def choose_seat(session: SessionBase, seat_id: int) -> None:
    """Remember in which appointment somebody works now; every request checks it again."""
    session[_SEAT] = seat_id


def chosen_seat(session: SessionBase) -> int | None:
    """Give the appointment that was chosen, if any."""
    found: int | None = session.get(_SEAT)
    return found


def keep_codes(session: SessionBase, codes: list[str]) -> None:
    """Carry new codes, sealed, over the redirect to the page that shows them."""
    session[_CODES] = hidden.seal_json(codes)


def take_codes(session: SessionBase) -> list[str]:
    """Give the new codes this once."""
    sealed = session.pop(_CODES, None)
    return list(hidden.unseal_json(sealed)) if sealed else []


def keep_feed(session: SessionBase, token: str) -> None:
    """Carry the new secret of a calendar, sealed, over the redirect to the page that shows it."""
    session[_FEED] = hidden.seal_json([token])


def take_feed(session: SessionBase) -> str:
    """Give the new secret of a calendar this once; empty when there is none."""
    sealed = session.pop(_FEED, None)
    return str(hidden.unseal_json(sealed)[0]) if sealed else ""


def keep_letter(session: SessionBase, letter: Letter, back: str) -> None:
    """Carry the codes of the last invitation, sealed, so that the letter can be printed again today.

    Args:
        back: the page from which somebody was let in.
    """
    session[_LETTER] = hidden.seal_json(
        {
            "invitation_id": str(letter.invitation_id),
            "username": letter.username,
            "code": letter.code,
            "spoken": letter.spoken,
            "back": back,
        }
    )


def kept_letter(session: SessionBase, invitation_id: object) -> dict[str, str] | None:
    """Give the codes of an invitation when it is the last one made in this session."""
    sealed = session.get(_LETTER)
    letter: dict[str, str] = hidden.unseal_json(sealed) if sealed else {}
    return letter if letter.get("invitation_id") == str(invitation_id) else None


def lend(session: SessionBase, loan: dict[str, Any]) -> None:
    """Remember that the screen is out of hands: for which page, and since when."""
    session[_LOAN] = loan


def lent(session: SessionBase) -> dict[str, Any] | None:
    """Give what the screen was lent for, if it is."""
    found: dict[str, Any] | None = session.get(_LOAN)
    return found


def take_back(session: SessionBase) -> None:
    """Let the session be an ordinary one again."""
    session.pop(_LOAN, None)
