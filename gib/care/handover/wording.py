"""How needs, steps of the reporting code and handovers are said on screen."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from gib.care.handover.domain import (
    CodeStep,
    Conclusion,
    Decision,
    Ground,
    NeedKind,
    NoTalk,
    Side,
    Source,
    State,
    Urgency,
)
from gib.core.ui import states

states.register(
    {
        "signal.raised": ("warn", "flag", _("Nieuw")),
        "signal.overdue": ("stop", "clock", _("Te laat")),
        "signal.triaged": ("busy", "speech", _("Bespreken")),
        "signal.in_code": ("stop", "stop", _("Meldcode loopt")),
        "signal.discussed": ("busy", "check", _("Besproken")),
        "signal.closed": ("good", "check", _("Afgerond")),
        "signal.received": ("busy", "letter", _("Ontvangen")),
        "signal.taken_up": ("busy", "wait", _("Opgepakt")),
        "signal.done": ("good", "check", _("Afgerond")),
        "urgency.talk": ("rest", "speech", _("Praten")),
        "urgency.help": ("warn", "flag", _("Hulp nodig")),
        "urgency.unsafe": ("stop", "stop", _("Onveilig")),
        "safety.open": ("stop", "stop", _("Loopt")),
        "safety.proposed": ("warn", "eye", _("Tweede persoon")),
        "safety.decided": ("busy", "check", _("Besloten")),
        "safety.closed": ("rest", "check", _("Gesloten")),
        "handover.prepared": ("rest", "pen", _("Voorbereid")),
        "handover.consented": ("busy", "lock", _("Mag verstuurd")),
        "handover.sent": ("busy", "letter", _("Verstuurd")),
        "handover.silent": ("stop", "clock", _("Zwijgt")),
        "handover.accepted": ("busy", "relay", _("Afspraak")),
        "handover.first_contact": ("busy", "speech", _("Gesprek geweest")),
        "handover.due": ("warn", "clock", _("Kijk na")),
        "handover.confirmed": ("good", "check", _("Hulp loopt")),
        "handover.waiting_list": ("warn", "wait", _("Wachtlijst")),
        "handover.declined": ("rest", "cross", _("Gaat niet")),
        "handover.returned": ("stop", "undo", _("Terug")),
    }
)

KIND_WORDS: Final = {
    NeedKind.DEBT: _("Schulden"),
    NeedKind.YOUTH_CARE: _("Opvoeden en jeugdhulp"),
    NeedKind.MENTAL_HEALTH: _("Zich slecht voelen"),
    NeedKind.HOUSING: _("Wonen"),
    NeedKind.INCOME: _("Geld en werk"),
    NeedKind.CHILD_SAFETY: _("Veiligheid van een kind"),
    NeedKind.OTHER: _("Iets anders"),
}
#: The three levels as a volunteer reads them: what it is, and what happens next.
LEVEL_WORDS: Final = {
    Urgency.TALK: _("Ik wil erover praten"),
    Urgency.HELP: _("Er is hulp nodig"),
    Urgency.UNSAFE: _("Iemand is niet veilig"),
}
NEXT_WORDS: Final = {
    Urgency.TALK: _("Je coördinator leest dit en praat met je, binnen twee werkdagen."),
    Urgency.HELP: _("Je coördinator leest dit en kijkt welke hulp past, binnen twee werkdagen."),
    Urgency.UNSAFE: _(
        "Je coördinator leest dit vandaag en belt je. Zij beslist met een tweede persoon, jij niet."
    ),
}
SOURCE_WORDS: Final = {
    Source.VOLUNTEER: _("vrijwilliger"),
    Source.COORDINATOR: _("coördinator"),
    Source.MOTHER: _("zijzelf"),
}
DECISION_WORDS: Final = {
    Decision.NO_ACTION: _("Niets doen"),
    Decision.WATCH: _("In de gaten houden"),
    Decision.ADVICE: _("Raad geven"),
    Decision.HANDOVER: _("Overdragen aan hulp"),
    Decision.SAFETY: _("Meldcode volgen"),
}
STEP_WORDS: Final = {
    CodeStep.MAP: _("Signalen in kaart brengen"),
    CodeStep.ADVICE: _("Advies vragen"),
    CodeStep.TALK: _("Praten met ouder of kind"),
    CodeStep.WEIGH: _("Afwegen"),
}
NO_TALK_WORDS: Final[dict[str, Any]] = {
    NoTalk.UNSAFE_TO_TALK: _("Praten maakt het onveiliger"),
    NoTalk.CHILD_TOO_YOUNG: _("Het kind is te jong"),
    NoTalk.UNREACHABLE: _("Niemand was te bereiken"),
    NoTalk.ADVISED_AGAINST: _("Veilig Thuis raadde het af"),
}
TALK_WORDS: Final[dict[str, Any]] = {"parent": _("De ouder"), "child": _("Het kind"), "both": _("Allebei")}
CONCLUSION_WORDS: Final = {
    Conclusion.REPORT: _("Melden bij Veilig Thuis"),
    Conclusion.OTHER_HELP: _("Zelf hulp regelen en volgen"),
    Conclusion.NO_REPORT: _("Niet melden: er is geen vermoeden meer"),
}
#: The five questions of the weighing, in order.
QUESTIONS: Final = (
    _("Is er een vermoeden van onveiligheid?"),
    _("Is iemand nu of steeds weer onveilig?"),
    _("Kunnen wij hulp regelen die werkt?"),
    _("Nemen zij die hulp aan?"),
    _("Maakt die hulp hen veilig?"),
)
SIDE_WORDS: Final = {Side.MOTHER: _("Zij wil niet"), Side.PROVIDER: _("De organisatie wil niet")}
GROUND_WORDS: Final = {
    Ground.NOT_WANTED: _("Zij wil deze hulp niet"),
    Ground.NOT_FITTING: _("De hulp past niet"),
    Ground.FULL: _("Er is geen plaats"),
    Ground.NOT_RESIDENT: _("Zij woont niet in dit gebied"),
    Ground.NO_SHOW: _("Zij kwam niet"),
    Ground.OTHER: _("Anders"),
}
FIELD_WORDS: Final = {
    "who": _("Wie"),
    "phone": _("Telefoon"),
    "municipality": _("Gemeente"),
    "question": _("Vraag"),
    "contact": _("Contact bij ons"),
}
#: What a coordinator does next with a handover: state -> (name of the address, words of the button).
NEXT: Final = {
    State.PREPARED: (("consent", _("Zij vindt het goed")), ("decline", _("Gaat niet door"))),
    State.CONSENTED: (("send", _("Verstuur")), ("decline", _("Gaat niet door"))),
    State.SENT: (
        ("accept", _("Zij kan er terecht")),
        ("wait", _("Wachtlijst")),
        ("decline", _("Gaat niet door")),
        ("return", _("Kwam terug")),
    ),
    State.WAITING_LIST: (
        ("accept", _("Zij kan er terecht")),
        ("decline", _("Gaat niet door")),
        ("return", _("Kwam terug")),
    ),
    State.ACCEPTED: (
        ("contact", _("Eerste gesprek was er")),
        ("wait", _("Toch wachtlijst")),
        ("decline", _("Gaat niet door")),
        ("return", _("Kwam terug")),
    ),
    State.FIRST_CONTACT: (
        ("check", _("De hulp loopt")),
        ("decline", _("Gaat niet door")),
        ("return", _("Kwam terug")),
    ),
}
