"""What a person reads when a rule of a family, consent or detention stops her."""

from gib.core.kernel.rules import declare

declare(
    {
        "no_change": "Dit staat al zo in het dossier. Er is niets gewijzigd.",
        "day_in_future": "Deze dag moet nog komen. Vul de dag in waarop het gebeurde.",
        "born_in_future": "Deze geboortedatum ligt in de toekomst. Kijk de datum na.",
        "child_is_adult": "Dit kind is 18 jaar of ouder. Alleen kinderen onder de 18 doen mee.",
        "episode_overlaps": (
            "Deze periode valt samen met een andere, die op {from_on} begon. Kijk de begindatum na."
        ),
        "episode_closed": "Deze periode is al gesloten.",
        "not_detained": "Deze moeder zit nu niet vast. Leg eerst een nieuwe detentie vast.",
        "already_detained": "Deze moeder zit al vast. Leg eerst de vrijlating vast, of een overplaatsing.",
        "expected_in_past": "Deze dag is voorbij. Is zij al vrij? Leg dan de vrijlating vast.",
        "before_detention": "Deze dag ligt vóór het begin van de detentie ({from_on}). Kijk de datum na.",
        "place_unknown": "Vul de inrichting in waar zij nu is.",
        "municipality_missing": "Kies de gemeente waar zij heen gaat, of kies een ander antwoord.",
        "municipality_not_asked": "Een gemeente hoort alleen bij een bekend adres. Haal de gemeente weg.",
        "restriction_in_force": "Er loopt nog een beperking van het contact. Beëindig die eerst.",
        "restriction_needs_issuer": "Vul in wie deze beperking oplegde.",
        "custody_needs_holder": "Vul in wie het gezag heeft: een naam of een persoon uit het netwerk.",
        "purpose_unknown": "Deze soort toestemming kennen wij niet.",
        "consent_needs_recipient": "Kies voor wie deze toestemming is.",
        "consent_not_for_child": "Deze toestemming geldt voor de moeder zelf, niet voor één kind.",
        "consent_needs_child": "Kies voor welk kind deze toestemming is.",
        "consent_already_asked": "Deze toestemming is al gevraagd. Leg het antwoord vast.",
        "consent_text_missing": "Deze tekst bestaat niet in deze taal. Kies een andere taal.",
        "staff_present": (
            "Vraag de toestemming zonder medewerkers van de inrichting erbij. "
            "Zo is zij vrij om nee te zeggen."
        ),
        "consent_not_claimed": "Deze toestemming is al door iemand van ons gevraagd. Er is niets gewijzigd.",
        "consent_missing": "Hiervoor is geen geldige toestemming. Vraag die eerst aan de moeder.",
        "decider_missing": "Voor dit kind moet ook deze partij ja zeggen: {parties}. Vul in wie ja zei.",
        "decider_unknown": (
            "Wij weten nog niet wie over dit kind beslist. Leg eerst het gezag en de geboortedatum vast."
        ),
    }
)
