"""Pages about needs, the reporting code and handovers, as each role meets them."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from gib.care.aftercare import builders as money
from gib.care.handover import actions, builders
from gib.care.handover.domain import Decision, NeedKind, SafetyState, SignalState, State, Urgency
from gib.care.handover.models import Handover, NeedSignal, SafetyCase, SafetyStep
from gib.care.handover.tests.asking import kept, send
from gib.care.handover.tests.conftest import NOW, Cast, later
from gib.care.referral.tests.reader import queries, text_of, visitor
from gib.core.access.actor import Actor
from gib.core.access.tables import Role

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])

WORRY = {"urgency": "help", "kind": "debt", "words": "Er ligt een stapel enveloppen."}
ANSWERS = {
    "toestemming": {"place": "prison", "staff_absent": "on"},
    "versturen": {"keep": ["who", "question"], "worker": builders.WORKER},
    "welkom": {"first_appointment_on": "18-1-2011", "worker": builders.WORKER},
    "wachtlijst": {"weeks": "6"},
    "gesprek": {"held_on": "11-1-2011"},
    "nakijken": {"text": "Er is een regeling."},
    "niet-door": {"side": "provider", "ground": "full"},
    "terug": {"ground": "no_show"},
}
OTHERS = [Role.PROJECT_LEADER, Role.REFERRER, Role.MUNICIPALITY, Role.SAFETY_HOUSE, Role.PRIVACY_OFFICER]


def signals_of(house: Cast) -> str:
    return f"/dossier/{house.dossier_id}/signalen/"


# ---- the volunteer


def test_the_worry_form_says_who_reads_it_and_what_happens_next(house: Cast) -> None:
    page = text_of(visitor(house.volunteer, NOW).get(f"/zorgen/melden/{house.dossier_id}/"))
    for words in (
        "Ik wil erover praten",
        "Er is hulp nodig",
        "Iemand is niet veilig",
        "Je coördinator en haar vervanger",
        "binnen twee werkdagen",
        "leest dit vandaag en belt je",
        "112",
        "0800-2000",
        "Madelief",
    ):
        assert words in page
    assert page.index("112") < page.index("<form class")
    assert "Sprookstra" not in page


@pytest.mark.requirement("MLD-01")
@pytest.mark.parametrize("urgency", list(Urgency))
def test_a_worry_arrives_and_she_is_told_so(house: Cast, urgency: Urgency) -> None:
    client = visitor(house.volunteer, NOW)
    sent = send(client, f"/zorgen/melden/{house.dossier_id}/", WORRY | {"urgency": str(urgency)})
    assert sent.status_code == 302
    page = text_of(client.get(sent.url))
    assert "Verstuurd. Dank je." in page
    assert ("112" in page) is (urgency is Urgency.UNSAFE)
    row = NeedSignal.visible_to(house.coordinator, NOW.on).get()
    assert (row.urgency, row.words) == (urgency, WORRY["words"])


@pytest.mark.parametrize(("pressed", "about"), [("unsafe", "child_safety"), ("help", ""), ("", "")])
def test_what_a_worry_is_about_is_chosen_and_never_supposed(house: Cast, pressed: str, about: str) -> None:
    """Only who pressed that a child is not safe said it already; without a choice nothing is sent."""
    client, where = visitor(house.volunteer, NOW), f"/zorgen/melden/{house.dossier_id}/"
    form = client.get(f"{where}?hoe={pressed}").context["form"]
    assert (form["urgency"].value(), form["kind"].value()) == (pressed, about)
    refused = send(client, where, WORRY | {"kind": ""})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["kind"])


def test_a_worry_without_words_is_refused_and_kept(house: Cast) -> None:
    refused = send(
        visitor(house.volunteer, NOW), f"/zorgen/melden/{house.dossier_id}/", WORRY | {"words": ""}
    )
    assert refused.status_code == 422
    assert refused.context["form"].errors["words"]
    assert refused.context["form"]["kind"].value() == "debt"


def test_her_own_worries_come_with_the_answer_of_the_coordinator(house: Cast) -> None:
    row = builders.raised(house.volunteer, house.dossier_id, NOW)
    client = visitor(house.volunteer, NOW)
    assert "Ontvangen" in text_of(client.get("/zorgen/"))
    actions.triage(house.coordinator, row.id, Decision.WATCH, "Dank je, ik bel je morgen.", NOW)
    page = text_of(client.get("/zorgen/"))
    assert "Opgepakt" in page
    assert "ik bel je morgen" in page
    assert "In de gaten" not in page


def test_a_worry_about_safety_looks_like_any_other_to_her(house: Cast) -> None:
    """Invariant 19: nothing tells the volunteer what was decided."""
    row = builders.raised(house.volunteer, house.dossier_id, NOW, NeedKind.CHILD_SAFETY, Urgency.UNSAFE)
    actions.triage(house.coordinator, row.id, Decision.SAFETY, "", NOW)
    page = text_of(visitor(house.volunteer, NOW).get("/zorgen/"))
    assert "Opgepakt" in page
    assert "eldcode" not in page


def test_another_volunteer_finds_neither_mother_nor_worry(house: Cast) -> None:
    row = builders.raised(house.volunteer, house.dossier_id, NOW)
    client = visitor(house.other_volunteer, NOW)
    assert client.get(f"/zorgen/melden/{house.dossier_id}/").status_code == 404
    assert client.get(f"/zorgen/{row.id}/").status_code == 404
    assert "Nog niets gemeld" in text_of(client.get("/zorgen/"))


def test_pages_of_a_volunteer_are_hers(house: Cast) -> None:
    client = visitor(house.coordinator, NOW)
    for path in ("/zorgen/", f"/zorgen/{uuid4()}/", f"/zorgen/melden/{house.dossier_id}/"):
        assert client.get(path).status_code == 403


def test_her_list_asks_as_much_for_one_as_for_many(house: Cast) -> None:
    builders.raised(house.volunteer, house.dossier_id, NOW)
    client = visitor(house.volunteer, NOW)
    queries(client, "/zorgen/")
    one = queries(client, "/zorgen/")
    for _number in range(8):
        builders.raised(house.volunteer, house.dossier_id, NOW)
    assert queries(client, "/zorgen/") == one <= 12


# ---- the coordinator and a signal


def test_a_coordinator_records_what_the_mother_asks(house: Cast) -> None:
    client = visitor(house.coordinator, NOW)
    told = WORRY | {"by_mother": "on"}
    done = send(client, f"/signalen/nieuw/{house.dossier_id}/", told)
    assert (done.status_code, done.url) == (302, signals_of(house))
    assert NeedSignal.visible_to(house.coordinator, NOW.on).get().source == "mother"


def test_a_signal_goes_its_way_on_pages(house: Cast) -> None:
    row = builders.raised(house.volunteer, house.dossier_id, NOW)
    client = visitor(house.coordinator, NOW)
    page = text_of(client.get(f"/signalen/{row.id}/wegen/"))
    assert builders.WORDS in page
    assert "door vrijwilliger" in page
    told = {"decision": "advice", "reply": "Dank je."}
    assert send(client, f"/signalen/{row.id}/wegen/", told).url == signals_of(house)
    send(client, f"/signalen/{row.id}/bespreken/", {"wants_help": "n", "note": "Later."})
    assert kept(NeedSignal, row.id).wants_help is False
    send(client, f"/signalen/{row.id}/afronden/", {})
    assert kept(NeedSignal, row.id).state == SignalState.CLOSED


def test_waving_safety_away_is_refused_beside_the_choice(house: Cast) -> None:
    row = builders.raised(house.volunteer, house.dossier_id, NOW, NeedKind.CHILD_SAFETY, Urgency.UNSAFE)
    told = {"decision": "watch", "reply": ""}
    refused = send(visitor(house.coordinator, NOW), f"/signalen/{row.id}/wegen/", told)
    assert refused.status_code == 422
    assert refused.context["form"].errors["decision"]


def test_closing_too_early_is_refused_on_the_page(house: Cast) -> None:
    row = builders.discussed(house.coordinator, house.dossier_id, NOW)
    refused = send(visitor(house.coordinator, NOW), f"/signalen/{row.id}/afronden/", {})
    assert refused.status_code == 422
    assert "Bereid eerst de overdracht voor" in text_of(refused)


# ---- the reporting code


def test_the_reporting_code_from_first_step_to_last(house: Cast) -> None:
    row = builders.unsafe(house.coordinator, house.dossier_id, NOW)
    url = f"/meldcode/{row.id}/"
    client, second = visitor(house.coordinator, NOW), visitor(house.deputy, NOW)
    assert "Nog geen stap" in text_of(client.get(url))
    steps = (
        {"step": "map", "note": "Wat wij zagen."},
        {"step": "advice", "note": "Advies van Veilig Thuis."},
        {"step": "talk", "note": "Niet gesproken.", "no_talk": "unsafe_to_talk"},
        {"step": "weigh", "note": "Samen afgewogen.", "answer_0": "y", "answer_1": "y"},
    )
    for step in steps:
        assert send(client, f"{url}stap/", step).url == url
    assert "Praten maakt het onveiliger" in text_of(client.get(url))
    assert send(client, f"{url}besluit/", {"conclusion": "report", "reason": ""}).url == url
    assert "Een collega moet uw besluit bevestigen" in text_of(client.get(url))
    assert send(client, f"{url}tweede-persoon/", {"agrees": "y"}).status_code == 422
    assert f"{url}tweede-persoon/" in text_of(second.get(url))
    assert send(second, f"{url}tweede-persoon/", {"agrees": "y"}).url == url
    assert send(client, f"{url}sluiten/", {"text": "Gemeld, met een nummer."}).url == url
    page = text_of(client.get(url))
    assert "Melden bij Veilig Thuis" in page
    assert "Gemeld, met een nummer." in page
    assert kept(SafetyCase, row.id).state == SafetyState.CLOSED
    assert f"/signalen/{row.signal_id}/afronden/" in page


def test_not_reporting_asks_for_a_reason_beside_the_field(house: Cast) -> None:
    row = builders.weighed(house.coordinator, house.dossier_id, NOW)
    worse = builders.NewStep(builders.CodeStep.WEIGH, "Opnieuw.", answers=(True, True))
    actions.take_step(house.coordinator, row.id, worse, NOW)
    told = {"conclusion": "no_report", "reason": ""}
    refused = send(visitor(house.coordinator, NOW), f"/meldcode/{row.id}/besluit/", told)
    assert refused.status_code == 422
    assert refused.context["form"].errors["reason"]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"step": "map", "note": ""}, "note"),
        ({"step": "talk", "note": "x"}, "talked_with"),
        ({"step": "talk", "note": "x", "talked_with": "parent", "no_talk": "unreachable"}, "talked_with"),
    ],
)
def test_a_step_that_tells_nothing_is_refused_beside_its_field(
    house: Cast, told: dict[str, str], field: str
) -> None:
    row = builders.unsafe(house.coordinator, house.dossier_id, NOW)
    refused = send(visitor(house.coordinator, NOW), f"/meldcode/{row.id}/stap/", told)
    assert refused.status_code == 422
    assert refused.context["form"].errors[field]
    assert not SafetyStep.visible_to(house.coordinator, NOW.on).exists()


def test_what_does_not_belong_to_a_step_is_left_out(house: Cast) -> None:
    row = builders.unsafe(house.coordinator, house.dossier_id, NOW)
    told = {"step": "map", "note": "x", "talked_with": "parent", "answer_0": "y"}
    send(visitor(house.coordinator, NOW), f"/meldcode/{row.id}/stap/", told)
    step = SafetyStep.visible_to(house.coordinator, NOW.on).get()
    assert (step.talked_with, step.answers) == ("", "")


@pytest.mark.parametrize("path", ["", "stap/", "besluit/", "tweede-persoon/", "sluiten/"])
def test_a_case_is_found_by_its_team_alone(house: Cast, path: str) -> None:
    row = builders.proposed(house.coordinator, house.dossier_id, NOW)
    url = f"/meldcode/{row.id}/{path}"
    assert visitor(house.stranger, NOW).get(url).status_code == 404
    assert visitor(house.volunteer, NOW).get(url).status_code == 403
    for role in OTHERS:
        assert visitor(Actor(uuid4(), role, partner_id=1), NOW).get(url).status_code == 403


# ---- a handover


def test_a_handover_is_prepared_for_a_signal(house: Cast) -> None:
    provider = builders.provider()
    signal = builders.discussed(house.coordinator, house.dossier_id, NOW)
    client = visitor(house.coordinator, NOW)
    url = f"/overdracht/nieuw/{house.dossier_id}/{signal.id}/"
    assert "discussed_on" not in client.get(url).context["form"].fields
    told = {"provider": str(provider.pk), "what": "Orde in de papieren.", "worker": ""}
    assert send(client, url, told).url == signals_of(house)
    row = Handover.visible_to(house.coordinator, NOW.on).get()
    assert (row.signal_id, row.provider_id) == (signal.id, provider.pk)


def test_a_handover_after_letting_go_names_the_day_of_the_talk(house: Cast) -> None:
    row = money.let_go(house.coordinator, NOW, 5)
    provider = builders.provider()
    told = {"provider": str(provider.pk), "what": "Hulp thuis.", "discussed_on": "10-1-2011"}
    client = visitor(house.coordinator, NOW)
    assert send(client, f"/overdracht/nieuw/{row.dossier_id}/", told).status_code == 302
    assert Handover.visible_to(house.coordinator, NOW.on).get().discussed_on.day == 10


def test_she_may_want_no_other_help(house: Cast) -> None:
    row = money.let_go(house.coordinator, NOW, 5)
    client = visitor(house.coordinator, NOW)
    assert send(client, f"/overdracht/geen/{row.dossier_id}/", {}).status_code == 302
    refused = send(client, f"/overdracht/geen/{row.dossier_id}/", {})
    assert refused.status_code == 422


Begin = Callable[..., Any]


@pytest.mark.parametrize(
    ("begin", "step", "days", "after"),
    [
        (builders.prepared, "toestemming", 0, State.CONSENTED),
        (builders.consented, "versturen", 0, State.SENT),
        (builders.sent, "welkom", 0, State.ACCEPTED),
        (builders.sent, "wachtlijst", 0, State.WAITING_LIST),
        (builders.accepted, "gesprek", 0, State.FIRST_CONTACT),
        (builders.begun, "nakijken", 28, State.CONFIRMED),
        (builders.sent, "niet-door", 0, State.DECLINED),
        (builders.accepted, "terug", 0, State.RETURNED),
    ],
)
def test_each_step_does_what_it_says(house: Cast, begin: Begin, step: str, days: int, after: State) -> None:
    row = begin(house.coordinator, house.dossier_id, NOW)
    client = visitor(house.coordinator, later(NOW, days))
    done = send(client, f"/overdracht/{row.id}/{step}/", ANSWERS[step])
    assert (done.status_code, done.url) == (302, signals_of(house))
    assert kept(Handover, row.id).state == after


def test_the_page_shows_what_goes_out_and_sends_what_stays(house: Cast) -> None:
    row = builders.consented(house.coordinator, house.dossier_id, NOW)
    client = visitor(house.coordinator, NOW)
    page = text_of(client.get(f"/overdracht/{row.id}/versturen/"))
    assert "Wie: Madelief Sprookstra" in page
    assert "en niets anders" in page
    send(client, f"/overdracht/{row.id}/versturen/", ANSWERS["versturen"])
    assert set(Handover.visible_to(house.coordinator, NOW.on).get().extract) == {"who", "question"}


@pytest.mark.parametrize(
    ("begin", "step", "told", "field"),
    [
        (builders.prepared, "toestemming", {"place": "prison"}, "staff_absent"),
        (builders.consented, "versturen", {"keep": ["who"], "worker": ""}, "worker"),
        (
            builders.sent,
            "welkom",
            {"first_appointment_on": "10-1-2011", "worker": "x"},
            "first_appointment_on",
        ),
        (builders.sent, "wachtlijst", {"weeks": "0"}, "weeks"),
        (builders.accepted, "gesprek", {"held_on": "31-02-2011"}, "held_on"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    house: Cast, begin: Begin, step: str, told: dict[str, Any], field: str
) -> None:
    row = begin(house.coordinator, house.dossier_id, NOW)
    refused = send(visitor(house.coordinator, NOW), f"/overdracht/{row.id}/{step}/", told)
    assert refused.status_code == 422
    assert refused.context["form"].errors[field]
    assert kept(Handover, row.id).state == row.state


def test_looking_too_early_tells_the_day(house: Cast) -> None:
    row = builders.begun(house.coordinator, house.dossier_id, NOW)
    refused = send(visitor(house.coordinator, NOW), f"/overdracht/{row.id}/nakijken/", ANSWERS["nakijken"])
    assert refused.status_code == 422
    assert "di 8 feb" in text_of(refused)


@pytest.mark.parametrize("step", list(ANSWERS))
def test_a_handover_is_for_the_team(house: Cast, step: str) -> None:
    row = builders.sent(house.coordinator, house.dossier_id, NOW)
    url = f"/overdracht/{row.id}/{step}/"
    assert visitor(house.deputy, NOW).get(url).status_code == 200
    assert visitor(house.stranger, NOW).get(url).status_code == 404
    assert visitor(house.volunteer, NOW).get(url).status_code == 403


@pytest.mark.parametrize("path", ["wegen", "bespreken", "afronden"])
def test_a_signal_is_handled_by_the_team(house: Cast, path: str) -> None:
    row = builders.raised(house.volunteer, house.dossier_id, NOW)
    url = f"/signalen/{row.id}/{path}/"
    assert visitor(house.stranger, NOW).get(url).status_code == 404
    assert visitor(house.volunteer, NOW).get(url).status_code == 403


@pytest.mark.parametrize("role", OTHERS)
def test_other_roles_enter_no_page_of_this_stage(house: Cast, role: Role) -> None:
    client = visitor(Actor(uuid4(), role, partner_id=1), NOW)
    for path in (
        f"/signalen/nieuw/{house.dossier_id}/",
        f"/overdracht/nieuw/{house.dossier_id}/",
        f"/overdracht/geen/{house.dossier_id}/",
        "/zorgen/",
    ):
        assert client.get(path).status_code == 403


@pytest.mark.parametrize("path", ["signalen/nieuw", "overdracht/nieuw", "overdracht/geen"])
def test_another_team_finds_no_dossier(house: Cast, path: str) -> None:
    assert visitor(house.stranger, NOW).get(f"/{path}/{house.dossier_id}/").status_code == 404


def test_pages_that_only_tell_take_no_post(house: Cast) -> None:
    row = builders.raised(house.volunteer, house.dossier_id, NOW)
    case = builders.unsafe(house.coordinator, house.dossier_id, NOW)
    assert visitor(house.volunteer, NOW).post("/zorgen/").status_code == 405
    assert visitor(house.volunteer, NOW).post(f"/zorgen/{row.id}/").status_code == 405
    assert visitor(house.coordinator, NOW).post(f"/meldcode/{case.id}/").status_code == 405


def test_the_tab_of_the_dossier_holds_it_all(house: Cast) -> None:
    builders.begun(house.coordinator, house.dossier_id, NOW)
    page = text_of(visitor(house.coordinator, NOW).get(signals_of(house)))
    for words in ("Signalen", "Schuldhulp Spaarvarken", "Gesprek geweest"):
        assert words in page
