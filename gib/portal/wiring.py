"""The one table of what fills which place of the portal: slots, start lists, folder tabs and sheets."""

from django.utils.translation import gettext_lazy as _

from gib.care.aftercare import sheet as agreements
from gib.care.aftercare import slots as aftercare
from gib.care.handover import slots as handover
from gib.care.intake import agenda as intake_days
from gib.care.intake import slots as intake
from gib.care.products import agenda as product_days
from gib.care.products import slots as products
from gib.care.products import slots_talks as product_talks
from gib.care.products import slots_visits as product_visits
from gib.care.products.moeder_kind_bezoeken import tasks as mornings
from gib.care.products.moedermaatjes import tasks as homes
from gib.care.products.moedermaatjes.models import check_close
from gib.care.referral import sheet as referrals
from gib.care.referral import slots as referral
from gib.care.trajectory import slots as trajectory
from gib.care.trajectory.actions.stages import BEFORE_CLOSE
from gib.core.access.tables import P
from gib.core.sheets.template import register
from gib.core.ui.agenda import fill_agenda
from gib.core.ui.context import MENU, MenuItem
from gib.core.ui.slots import LEAD, PILES, fill, list_tasks
from gib.people.families import slots as families
from gib.people.volunteers import agenda as volunteer_days
from gib.people.volunteers import sheet as volunteers_sheet
from gib.people.volunteers import slots as volunteers
from gib.people.volunteers import slots_expenses as claims
from gib.people.volunteers import slots_life
from gib.portal import slots as portal
from gib.portal.doors import MORE, Door
from gib.portal.imports import participants

MENU[:] = [
    MenuItem(_("Vandaag"), "portal:today", P.SEE_TODAY),
    MenuItem(_("Moeders"), "families:mothers", P.SEE_DOSSIER, also=("/dossier/",)),
    MenuItem(_("Aanmeldingen"), "referral:list", P.HANDLE_REFERRAL),
    MenuItem(_("Vrijwilligers"), "volunteers:volunteers", P.MANAGE_VOLUNTEER),
    MenuItem(_("Koppelen"), "products:board", P.MATCH),
    MenuItem(_("Bijeenkomsten"), "products:meetings", P.RUN_PRODUCT),
    MenuItem(_("Mijn dag"), "portal:phone", P.SEE_OWN_MATCHES),
    MenuItem(_("Mijn tijd"), "volunteers:own_time", P.EDIT_SELF, also=("/vrijwilligers/",)),
    MenuItem(_("Mijn onkosten"), "volunteers:own_claims", P.CLAIM),
    MenuItem(_("Mijn gegevens"), "volunteers:own", P.SEE_SELF),
    MenuItem(_("Aanmelden"), "referral:refer", P.SEE_OWN_REFERRALS),
    MenuItem(_("Mijn aanmeldingen"), "referral:mine", P.SEE_OWN_REFERRALS),
    MenuItem(_("Aanvragen"), "aftercare:inbox", P.ANSWER_FUNDING),
    MenuItem(_("Gedeeld met ons"), "aftercare:shared", P.SEE_SHARED),
    MenuItem(_("Dekking"), "aftercare:coverage", P.SEE_FIGURES),
    MenuItem(_("Cijfers"), "reporting:newest", P.SEE_FIGURES),
    MenuItem(_("Organisatie"), "portal:organisation", P.ORGANISE),
    MenuItem(_("Accounts"), "accounts:accounts", P.MANAGE_ACCOUNT),
    MenuItem(_("Bedrading"), "portal:board", P.MANAGE_ACCOUNT),
    MenuItem(_("Inzage"), "portal:readings", P.SEE_READINGS),
    MenuItem(_("Noodtoegang"), "portal:emergency_queue", P.REVIEW_EMERGENCY),
    MenuItem(_("Noodtoegang"), "portal:emergency_running", P.SEE_IN_EMERGENCY, also=("/dossier/",)),
    MenuItem(_("Meer"), "portal:more", P.READ_REFERENCE),
]

MORE[:] = [
    Door(
        _("Agenda"),
        _("Wat er is gepland: een maand, een week of een dag."),
        "portal:agenda",
        P.SEE_AGENDA,
    ),
    Door(
        _("Cijfers"),
        _("Hoeveel moeders, kinderen en vrijwilligers in een jaar, met wat elk cijfer telt."),
        "reporting:newest",
        P.SEE_TEAM_FIGURES,
    ),
    Door(
        _("Afspraken met gemeenten"),
        _("Wie betaalt, voor hoeveel plaatsen en tot wanneer."),
        "aftercare:agreements",
        P.MANAGE_AGREEMENT,
    ),
    Door(
        _("Overleg"),
        _("Wat wij met een Veiligheidshuis bespraken en deelden."),
        "aftercare:conferences",
        P.CONFER,
    ),
    Door(
        _("Toegang"),
        _("Wie mag inloggen. Nodig iemand uit of beëindig toegang."),
        "accounts:people",
        P.INVITE,
    ),
    Door(
        _("Wissen"),
        _("Wie over de bewaartermijn is, en de vragen om een dossier te wissen."),
        "portal:erasures_due",
        P.ANSWER_ERASURE,
    ),
    Door(
        _("Lijsten inlezen"),
        _("Lees een lijst in van vrijwilligers, aanmeldingen, afspraken of moeders."),
        "imports:list",
        P.IMPORT,
    ),
    Door(
        _("Noodtoegang"),
        _("Kijk een uur in een dossier van een ander team, als het niet kan wachten."),
        "portal:emergency",
        P.OPEN_EMERGENCY,
    ),
    Door(_("Lijsten meenemen"), _("Neem een lijst mee als CSV of Excel."), "imports:exports", P.EXPORT),
    Door(
        _("Gemeenten"),
        _("Alle gemeenten met hun dagen en opvolgers."),
        "partners:municipalities",
        P.READ_REFERENCE,
    ),
    Door(
        _("Inrichtingen"),
        _("De P.I.'s voor vrouwen en hun bezoekregels."),
        "partners:prisons",
        P.READ_REFERENCE,
    ),
    Door(
        _("Zorgaanbieders"),
        _("Naar wie wij moeders warm overdragen."),
        "partners:providers",
        P.READ_REFERENCE,
    ),
    Door(
        _("Termijnen"), _("Hoe lang iets mag duren, en waar dat staat."), "partners:terms", P.READ_REFERENCE
    ),
    Door(
        _("Onkosten"),
        _("Wat vrijwilligers declareren: keur goed, stuur terug of wijs af."),
        "volunteers:claims",
        P.APPROVE_CLAIM,
    ),
    Door(
        _("Onkosten nakijken"),
        _("Declaraties met een bedrag dat nog niet zeker is."),
        "volunteers:claims",
        P.PAY_CLAIM,
    ),
    Door(
        _("Onkosten uitbetalen"),
        _("Betaal wat is goedgekeurd, met een bestand voor de bank."),
        "volunteers:payout",
        P.PAY_CLAIM,
    ),
    Door(
        _("Bedragen voor vrijwilligers"),
        _("Wat een vrijwilliger mag krijgen, en wat een kilometer waard is."),
        "partners:tariffs",
        P.READ_REFERENCE,
    ),
    Door(_("Bronnen"), _("Waar onze gegevens vandaan komen."), "partners:sources", P.READ_REFERENCE),
]

fill("tab", "tijdlijn", trajectory.goals)
fill("tab", "plan", trajectory.plan_tab, products.parts, homes.after)
fill("tab", "kinderen", families.children_tab)
fill("tab", "mensen", families.people_tab, products.exclusions)
fill("tab", "afspraken", products.appointments, intake.appointments, families.detention_block)
fill("tab", "signalen", handover.tab)
fill("tab", "financiering", aftercare.tab)
fill("tab", "papieren", families.papers_tab)
fill("rail", "volgende", products.next_card)
fill("rail", "vrijwilliger", products.volunteer_card)
fill("rail", "signaal", handover.card)
fill("rail", "financiering", aftercare.card)
fill("rail", "kinderen", families.children_card)

list_tasks("nu", products.children_away, intake.today, products.visits_today, slots_life.interviews)
list_tasks(
    "wacht",
    handover.signals,
    handover.seconds,
    referral.waiting,
    intake.missed,
    families.withdrawn,
    families.passed_dates,
    products.kept_apart,
    mornings.mornings_near,
    product_visits.to_clear,
    product_visits.to_replace,
    portal.transfers,
    portal.erasures_waiting,
    portal.erasures_due,
    products.answers_waiting,
    product_talks.talks_due,
    products.logs_to_read,
    homes.check_calls,
    trajectory.steps_due,
    slots_life.newcomers,
    aftercare.waiting,
    aftercare.points,
    handover.offers,
    claims.waiting,
)
list_tasks(
    "dreigt",
    aftercare.threatening,
    referral.overdue,
    trajectory.renewals,
    volunteers.lapsing,
    slots_life.quiet,
    products.unmatched,
    products.home_ending,
    products.silent,
    products.logs_overdue,
    trajectory.outreach_due,
    trajectory.reviews_overdue,
    handover.silent,
    handover.checks,
)

PILES.update(
    {
        families.passed_dates: _("data die voorbij zijn"),
        product_visits.to_clear: _("bezoeken om door te geven"),
        product_visits.to_replace: _("bezoeken om opnieuw te plannen"),
        products.answers_waiting: _("koppelingen die op een antwoord wachten"),
        product_talks.talks_due: _("gesprekken over een koppeling"),
        homes.check_calls: _("moeders om na te bellen"),
        trajectory.steps_due: _("stappen van een plan"),
        aftercare.waiting: _("vragen aan gemeenten"),
        aftercare.threatening: _("moeders over wie een gemeente nog beslist"),
        trajectory.renewals: _("toestemmingen om opnieuw te vragen"),
        volunteers.lapsing: _("vrijwilligers van wie iets afloopt"),
        slots_life.quiet: _("vrijwilligers zonder gesprek"),
        products.unmatched: _("moeders zonder vrijwilliger"),
        products.home_ending: _("koppelingen die bijna klaar zijn"),
        products.silent: _("moeders zonder contact"),
        products.logs_overdue: _("bezoeken zonder verslag"),
        trajectory.reviews_overdue: _("evaluaties om te houden"),
    }
)

list_tasks(LEAD, portal.erasures_to_decide, portal.erasures_over)

fill_agenda(
    product_days.visits,
    product_days.meetings,
    intake_days.talks,
    volunteer_days.talks,
    volunteer_days.interviews,
    volunteer_days.trainings,
)

register(volunteers_sheet.TEMPLATE, referrals.TEMPLATE, agreements.AGREEMENTS, participants.TEMPLATE)

BEFORE_CLOSE[:] = [check_close]
