"""The Dutch sentences of the engine's codes; screens translate them, the engine gives codes and values."""

from gib.core.kernel.rules import declare, sentence

__all__ = ["sentence"]

declare(
    {
        "morning_driver": "Er is geen chauffeur meer vrij voor deze kinderen.",
        "morning_homes": "Een auto haalt niet meer adressen op dan is afgesproken.",
        "morning_seats": "Er zijn niet genoeg plekken in een auto.",
        "morning_child_seats": "Er zijn niet genoeg kinderzitjes in een auto.",
        "morning_escorts": "Er zijn niet genoeg begeleiders voor jonge kinderen.",
        "morning_families": "Er zijn genoeg families in de ronde: meer mag niet.",
        "morning_children": "Er is geen plek voor meer kinderen in de zaal.",
        "morning_adults": "Er is geen plek voor meer volwassenen in de zaal.",
        "morning_driver_time": "Geen chauffeur heeft genoeg tijd voor deze rit.",
        "morning_window": "Het past niet bij de tijden waarop de kinderen van huis kunnen.",
        "morning_round": "Deze familie kan niet in een ronde waar plek is.",
        "morning_together": "Broers en zussen moeten bij elkaar in de auto.",
        "morning_avoids": "Een chauffeur met plek rijdt deze familie niet.",
        "morning_journey": "De kinderen zouden te lang in de auto zitten.",
        "morning_apart": "Deze familie mag een andere familie niet tegenkomen.",
        "morning_no_round": "Er is deze ochtend geen ronde.",
        "morning_no_time": "De rekentijd was op. Met meer tijd is er misschien een plek.",
    }
)

declare(
    {
        "mend_morning_driver": "Zoek eerst meer chauffeurs. Dan kunnen er zeker {families} komen.",
        "mend_morning_seats": "Zoek eerst grotere auto's. Dan kunnen er zeker {families} komen.",
        "mend_morning_child_seats": "Zoek eerst kinderzitjes. Dan kunnen er zeker {families} komen.",
        "mend_morning_escorts": "Zoek eerst begeleiders. Dan kunnen er zeker {families} komen.",
        "mend_morning_families": (
            "Vraag de inrichting eerst om meer families per ronde. Dan kunnen er zeker {families} komen."
        ),
        "mend_morning_children": (
            "Vraag de inrichting eerst om meer kinderen per ronde. Dan kunnen er zeker {families} komen."
        ),
        "mend_morning_adults": (
            "Vraag de inrichting eerst om meer volwassenen per ronde. Dan kunnen er zeker {families} komen."
        ),
        "mend_morning_driver_time": (
            "Vraag de chauffeurs eerst om meer tijd. Dan kunnen er zeker {families} komen."
        ),
        "mend_morning_window": (
            "Vraag thuis eerst naar ruimere tijden. Dan kunnen er zeker {families} komen."
        ),
        "mend_morning_round": (
            "Vraag de families eerst of een andere ronde ook kan. Dan kunnen er zeker {families} komen."
        ),
        "mend_morning_together": (
            "Bespreek eerst of kinderen apart mogen reizen. Dan kunnen er zeker {families} komen."
        ),
        "mend_morning_avoids": (
            "Bespreek eerst met de chauffeurs wie zij niet rijden. Dan kunnen er zeker {families} komen."
        ),
        "mend_morning_journey": (
            "Bespreek eerst of een langere reis mag. Dan kunnen er zeker {families} komen."
        ),
    }
)

declare(
    {
        "morning_nobody": "Er is geen familie die deze ochtend wil komen.",
        "morning_everybody": "Alle families die kunnen komen, hebben een plek.",
        "morning_left": "Aantal families zonder plek deze ochtend: {families}.",
        "morning_nothing": "Met deze regels kan er niemand komen.",
        "morning_proven": "Beter kan niet: dat is nagerekend.",
        "morning_unproven": "De rekentijd was op. Misschien kan het nog beter.",
    }
)
