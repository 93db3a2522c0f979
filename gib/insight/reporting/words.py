"""How the figures read, and what each of them counts."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gib.care.referral.words import CHANNELS
from gib.care.trajectory.words import CLOSE_REASONS
from gib.insight.reporting.domain import Figure, Group
from gib.people.partners.domain import BRANDS

Word = str | Promise

#: Figure -> its name and its definition.
FIGURES: Final[Mapping[Figure, tuple[Word, Word]]] = {
    Figure.MOTHERS: (
        _("Moeders"),
        _("Met wie dit jaar iets is gedaan: een gesprek, bezoek, bijeenkomst of bespreking. Elk een keer."),
    ),
    Figure.CHILDREN: (
        _("Kinderen"),
        _("De kinderen van deze moeders die dit jaar nog geen 18 waren. Elk een keer."),
    ),
    Figure.VOLUNTEERS: (
        _("Vrijwilligers"),
        _("Wie dit jaar een dag of langer was ingeschreven, ook in opleiding of met verlof."),
    ),
    Figure.ACTIVE_VOLUNTEERS: (
        _("Actieve vrijwilligers"),
        _("Vrijwilligers die dit jaar aan een moeder waren gekoppeld."),
    ),
    Figure.REFERRALS: (_("Aanmeldingen"), _("Aanmeldingen die dit jaar zijn verstuurd.")),
    Figure.TALKS: (_("Gesprekken bij het begin"), _("Gesprekken van een intake die dit jaar zijn gevoerd.")),
    Figure.TRAJECTORIES: (_("Begonnen trajecten"), _("Plannen waar de moeder dit jaar ja op zei.")),
    Figure.MATCHES: (
        _("Nieuwe koppelingen"),
        _("Moeders en vrijwilligers die elkaar dit jaar leerden kennen."),
    ),
    Figure.CONTACTS: (_("Bezoeken en contacten"), _("Bezoeken en gesprekken die dit jaar doorgingen.")),
    Figure.CLOSED: (_("Gesloten trajecten"), _("Trajecten die dit jaar zijn gesloten en nu nog dicht zijn.")),
    Figure.LET_GO: (
        _("Losgelaten"),
        _("Gesloten omdat geen gemeente betaalde, met de aanvraag die daaraan voorafging."),
    ),
}

GROUPS: Final[Mapping[Group, tuple[Word, Word]]] = {
    Group.PRODUCT: (
        _("Moeders per onderdeel"),
        _("Wie op een dag van het jaar meedeed. Een moeder kan met meer onderdelen meedoen."),
    ),
    Group.CHANNEL: (_("Moeders aangemeld door"), _("Wie de aanmelding schreef.")),
    Group.CLOSED: (_("Trajecten gesloten omdat"), _("De reden die bij het sluiten is gekozen.")),
    Group.PART: (
        _("Hoe onderdelen eindigden"),
        _("Vrijlating, overplaatsing en de inrichting tellen nooit als uitval."),
    ),
}

#: Group -> how its keys read.
KEYS: Final[Mapping[Group, Mapping[str, Word]]] = {
    Group.PRODUCT: {str(product): brand for product, brand in BRANDS.items()},
    Group.CHANNEL: {str(channel): word for channel, word in CHANNELS.items()},
    Group.CLOSED: {str(reason): word for reason, word in CLOSE_REASONS.items()},
    Group.PART: {
        "completed": _("Afgerond"),
        "partly_completed": _("Voor een deel afgerond"),
        "stopped_by_mother": _("Uitval: zij stopte"),
        "cancelled": _("Ging niet door"),
        "ended_by_release": _("Door vrijlating"),
        "ended_by_transfer": _("Door overplaatsing"),
        "ended_by_prison": _("Door de inrichting"),
    },
}
