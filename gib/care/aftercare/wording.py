"""How the states of money and the classes of municipalities are said on screen."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from gib.care.aftercare.domain import Alternative, Form, Ground, ShareGround, State
from gib.core.ui import states

states.register(
    {
        "funding.draft": ("rest", "pen", _("Klad")),
        "funding.submitted": ("busy", "letter", _("Gevraagd")),
        "funding.question": ("warn", "speech", _("Vraag terug")),
        "funding.covered": ("good", "euro", _("Gedekt")),
        "funding.granted": ("good", "check", _("Toegekend")),
        "funding.rejected": ("stop", "cross", _("Afgewezen")),
        "funding.no_answer": ("stop", "clock", _("Geen antwoord")),
        "funding.silent": ("stop", "clock", _("Zwijgt")),
        "funding.granted_alternative": ("good", "check", _("Ander betaalt")),
        "funding.let_go": ("stop", "exit", _("Losgelaten")),
        "funding.superseded": ("rest", "undo", _("Andere gemeente")),
        "funding.withdrawn": ("rest", "undo", _("Ingetrokken")),
        "funding.reported": ("good", "paper", _("Verantwoord")),
        "funding.settled": ("good", "check", _("Vastgesteld")),
        "funding.reclaimed": ("warn", "euro", _("Teruggevraagd")),
        "coverage.paid": ("good", "euro", _("Ingekocht")),
        "coverage.talk": ("warn", "speech", _("In gesprek")),
        "coverage.none": ("stop", "euro", _("Geen")),
        "coverage.idle": ("rest", "info", _("Geen vraag")),
    }
)

FORM_WORDS: Final = {
    Form.PLACES: _("Plaatsen per jaar"),
    Form.PRICE: _("Prijs per traject"),
    Form.CAP: _("Bedrag met een plafond"),
}
GROUND_WORDS: Final = {
    Ground.NO_POLICY: _("Geen beleid hiervoor"),
    Ground.NO_BUDGET: _("Geen geld meer"),
    Ground.NOT_RESIDENT: _("Zij hoort niet bij deze gemeente"),
    Ground.OTHER_HELP: _("Andere hulp is genoeg"),
    Ground.TOO_LATE: _("Te laat gevraagd"),
    Ground.OTHER: _("Anders"),
}
ALTERNATIVE_WORDS: Final = {
    Alternative.FUND: _("Een fonds"),
    Alternative.OTHER_SCHEME: _("Een andere regeling"),
    Alternative.OWN_MEANS: _("Eigen middelen"),
}
SHARE_WORDS: Final = {
    ShareGround.CONSENT: _("Zij geeft toestemming"),
    ShareGround.VITAL_INTEREST: _("Er is direct gevaar"),
    ShareGround.LEGAL_DUTY: _("De wet verplicht het ons"),
    ShareGround.PUBLIC_TASK: _("De ontvanger heeft een wettelijke taak"),
}
#: What a municipality or a table gets to read: field -> label.
FIELD_WORDS: Final = {
    "number": _("Nummer"),
    "initials": _("Voorletters"),
    "birth_year": _("Geboortejaar"),
    "product": _("Wat wij bieden"),
    "hours": _("Uren"),
    "more": _("Verder"),
    "reason": _("Waarom ook dit"),
    "name": _("Wie"),
    "contact": _("Contact bij ons"),
    "products": _("Wat wij doen"),
    "municipality": _("Gemeente"),
}
#: What a coordinator does next with a request: state -> (name of the address, words of the button).
NEXT: Final = {
    State.DRAFT: (
        ("send", _("Verstuur")),
        ("cover", _("Dek met een afspraak")),
        ("withdraw", _("Trek in")),
    ),
    State.SUBMITTED: (
        ("grant", _("Toegekend")),
        ("reject", _("Afgewezen")),
        ("no_answer", _("Geen antwoord")),
        ("withdraw", _("Trek in")),
    ),
    State.QUESTION: (("reply", _("Beantwoord de vraag")), ("withdraw", _("Trek in"))),
    State.REJECTED: (
        ("alternative", _("Iemand anders betaalt")),
        ("grant", _("Toch toegekend")),
        ("let_go", _("Laat los")),
    ),
    State.NO_ANSWER: (
        ("alternative", _("Iemand anders betaalt")),
        ("grant", _("Toch toegekend")),
        ("let_go", _("Laat los")),
    ),
}


def lines(extract: dict[str, str] | None) -> list[tuple[object, str]]:
    """Write an extract as labels and texts, in the order in which it was made."""
    return [(FIELD_WORDS.get(field, field), text) for field, text in (extract or {}).items()]
