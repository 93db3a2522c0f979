"""The pages of products: what coordinator and volunteer see and do, and who may not."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import RequestFactory
from django.urls import reverse

from gib.care.products import actions, builders, slots
from gib.care.products.domain.contact import State as Visit
from gib.care.products.domain.match import State as Pair
from gib.care.products.domain.participation import State as Part
from gib.care.products.models import Attendance, Contact, GroupMeeting, Match, Participation
from gib.care.products.presenting.board import board_of
from gib.care.products.tests.conftest import NOW, day, later, write
from gib.care.referral.tests.reader import hidden, queries, text_of, visitor
from gib.care.trajectory import builders as trajectories
from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.people.families import actions as families
from gib.people.partners.domain import Product
from gib.people.volunteers import builders as volunteers
from gib.people.volunteers.models import PrisonPermit

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])


def herself(match: Any) -> Actor:
    return Actor(UUID(int=7), Role.VOLUNTEER, volunteer_id=match.volunteer_id)


def send(actor: Actor, url: str, now: Any = NOW, **data: Any) -> Any:
    browser = visitor(actor, now)
    page = browser.get(url)
    assert page.status_code == 200, url
    text_of(page)
    return browser.post(url, hidden(page) | data)


def done(actor: Actor, url: str, now: Any = NOW, **data: Any) -> str:
    answer = send(actor, url, now, **data)
    assert answer.status_code == 302, text_of(answer)
    return str(answer.url)


def at(name: str, *args: Any) -> str:
    return reverse(f"products:{name}", args=args)


def request(actor: Actor, now: Any = NOW) -> Any:
    made: Any = RequestFactory().get("/")
    made.actor, made.now = actor, now
    return made


def shown(html: Any) -> str:
    assert "!!undefined" not in str(html)
    return str(html)


def part_of(actor: Actor, dossier_id: UUID) -> Participation:
    row: Participation = Participation.for_action(actor, NOW.on).get(dossier_id=dossier_id)
    return row


def test_from_wish_to_start_by_hand(house: Actor) -> None:
    plan = trajectories.inside(house, NOW)
    back = reverse("portal:dossier_tab", args=[plan.dossier_id, "plan"])
    assert done(house, at("wish", plan.dossier_id, Product.BEZOEKMOEDERS)) == back
    part = part_of(house, plan.dossier_id)
    for slug, state in (("aanbieden", Part.OFFERED), ("plannen", Part.PLANNED)):
        assert done(house, at("part_step", part.id, slug)) == back
        assert part_of(house, plan.dossier_id).state == state
    refused = send(house, at("part_step", part.id, "starten"))
    assert refused.status_code == 422
    assert "nog geen vrijwilliger" in text_of(refused)


@pytest.mark.parametrize(
    ("before", "name", "data", "state"),
    [
        (Part.OFFERED, "part_decline", {"ask_again_on": "1-3-2011"}, Part.DECLINED),
        (Part.RUNNING, "part_stop", {"reason": "not_said"}, Part.STOPPED_BY_MOTHER),
        (Part.RUNNING, "part_partly", {}, Part.PARTLY_COMPLETED),
        (Part.OFFERED, "part_cancel", {"reason": "no_place"}, Part.CANCELLED),
    ],
)
def test_every_way_to_end_a_product(
    house: Actor, before: Part, name: str, data: dict[str, str], state: Part
) -> None:
    if before is Part.RUNNING:
        part = builders.visiting(house, NOW)[0]
    else:
        plan = trajectories.inside(house, NOW)
        part = builders.wished(house, plan.dossier_id, Product.IK_JIJ_WIJ, NOW)
        actions.offer(house, part.id, NOW)
    done(house, at(name, part.id), **data)
    assert part_of(house, part.dossier_id).state == state


def test_the_plan_shows_products_with_their_next_step(house: Actor) -> None:
    plan = trajectories.inside(house, NOW)
    part = builders.planned(house, plan.dossier_id, Product.BEZOEKMOEDERS, NOW)
    html = shown(slots.parts(request(house), plan.dossier_id))
    assert "Zoekt vrijwilliger" in html
    assert board_of(part.id) in html
    assert at("wish", plan.dossier_id, Product.IK_JIJ_WIJ) in html
    assert at("wish", plan.dossier_id, Product.BEZOEKMOEDERS) not in html
    actions.cancel(house, part.id, "other", NOW)
    assert "Afgezegd" in shown(slots.parts(request(house), plan.dossier_id))


def test_a_series_that_rests_says_so(house: Actor) -> None:
    part, _match = builders.visiting(house, NOW)
    families.place(house, part.dossier_id, "TPL", "", "remand", day(1), later(1))
    html = shown(slots.parts(request(house, later(1)), part.dossier_id))
    assert "Rust nu" in html
    assert at("part_step", part.id, "verder") in html


def test_a_match_from_question_to_the_end(house: Actor) -> None:
    plan = trajectories.inside(house, NOW)
    part = builders.planned(house, plan.dossier_id, Product.BEZOEKMOEDERS, NOW)
    match = builders.proposed(house, part, builders.a_volunteer(house, NOW), NOW)
    her = herself(match)
    page = text_of(visitor(her).get(at("match", match.id)))
    assert "Bezoekmoeders · Nieuwersluis · Nederlands" in page
    assert "Madelief" not in page
    done(her, at("match_answer", match.id), yes="ja")
    done(house, at("match_mother", match.id), yes="ja")
    assert "Allebei ja" in text_of(visitor(house).get(at("match", match.id)))
    done(house, at("match_step", match.id, "kennismaken"))
    page = text_of(visitor(her).get(at("match", match.id)))
    assert "Madelief" in page
    assert "Sprookstra" not in page
    done(house, at("match_step", match.id, "proberen"))
    refused = send(house, at("match_step", match.id, "lopen"))
    assert refused.status_code == 422
    done(house, at("match_end", match.id), reason="by_mother")
    assert Match.for_action(house, NOW.on).get(pk=match.id).end_reason == "by_mother"
    assert visitor(her, later(14)).get(at("match", match.id)).status_code == 200
    assert visitor(her, later(15)).get(at("match", match.id)).status_code == 404


def test_a_volunteer_says_no_without_a_reason(house: Actor) -> None:
    plan = trajectories.inside(house, NOW)
    part = builders.planned(house, plan.dossier_id, Product.BEZOEKMOEDERS, NOW)
    match = builders.proposed(house, part, builders.a_volunteer(house, NOW), NOW)
    page = text_of(visitor(herself(match)).get(at("match_answer", match.id)))
    assert "Een reden is niet nodig" in page
    done(herself(match), at("match_answer", match.id), yes="nee")
    assert Match.for_action(house, NOW.on).get(pk=match.id).state == Pair.REFUSED


def test_no_click_is_said_with_one_press(house: Actor) -> None:
    _part, match = builders.visiting(house, NOW)
    for who in (house, herself(match)):
        assert at("match_no_click", match.id) in visitor(who).get(at("match", match.id)).content.decode()
    page = text_of(visitor(herself(match)).get(at("match_no_click", match.id)))
    assert "niemand vraagt waarom" in page
    assert "Madelief" in page
    assert done(herself(match), at("match_no_click", match.id)) == at("match", match.id)
    row = Match.for_action(house, NOW.on).get(pk=match.id)
    assert (row.state, row.end_reason) == (Pair.ENDED, "no_click")
    for who in (house, herself(match)):
        assert at("match_no_click", match.id) not in visitor(who).get(at("match", match.id)).content.decode()


def test_the_page_of_a_match_warns_when_papers_lapse(house: Actor) -> None:
    _part, match = builders.visiting(house, NOW)
    for permit in PrisonPermit.for_action(house, NOW.on):
        permit.to_on = day(3)
        write(permit)
    assert "geen toegang" not in text_of(visitor(house, later(3)).get(at("match", match.id)))
    assert "geen toegang" in text_of(visitor(house, later(4)).get(at("match", match.id)))


def test_a_visit_is_planned_and_told_in_four_taps(house: Actor) -> None:
    _part, match = builders.visiting(house, NOW)
    her = herself(match)
    assert done(her, at("visit_plan", match.id), on="14-1-2011", at="10:30", place="Zaal 2") == at(
        "match", match.id
    )
    row = Contact.for_action(house, NOW.on).get()
    url = f"{at('visit_log', match.id)}?bezoek={row.id}"
    page = visitor(her, later(3)).get(url)
    assert 'value="14-01-2011"' in text_of(page)
    data = hidden(page) | {"held_on": "14-01-2011", "minutes": "90", "mood": "4"}
    assert visitor(her, later(3)).post(url, data).status_code == 302
    told = Contact.for_action(house, NOW.on).get(pk=row.id)
    assert (told.state, told.minutes, told.mood, told.held_on) == (Visit.LOGGED, 90, 4, day(3))


def test_an_account_that_is_refused_keeps_its_text(house: Actor) -> None:
    _part, match = builders.visiting(house, NOW)
    answer = send(
        herself(match), at("visit_log", match.id), held_on="10-1-2011", minutes="60", note="Wij lazen samen."
    )
    assert answer.status_code == 422
    page = text_of(answer)
    assert "kenden zij elkaar nog niet" in page
    assert "Wij lazen samen." in page


def test_an_account_holds_no_citizen_number(house: Actor) -> None:
    _part, match = builders.visiting(house, NOW)
    answer = send(
        herself(match), at("visit_log", match.id), held_on="11-1-2011", minutes="60", note="111222333"
    )
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("slug", "state"),
    [("bevestigen", Visit.CONFIRMED), ("doorgeven", Visit.CLEARED), ("gehouden", Visit.HELD)],
)
def test_a_visit_step_by_step(house: Actor, slug: str, state: Visit) -> None:
    _part, match = builders.visiting(house, NOW)
    row = actions.plan_visit(house, match.id, NOW.on, builders.AT, "", NOW)
    back = reverse("portal:dossier_tab", args=[match.dossier_id, "afspraken"])
    assert done(house, at("visit_step", row.id, slug)) == back
    assert Contact.for_action(house, NOW.on).get(pk=row.id).state == state


def test_a_visit_is_called_off_or_missed(house: Actor) -> None:
    _part, match = builders.visiting(house, NOW)
    off = actions.plan_visit(house, match.id, day(1), builders.AT, "", NOW)
    gone = actions.plan_visit(house, match.id, NOW.on, builders.AT, "", NOW)
    done(herself(match), at("visit_cancel", off.id), side="prison", reason="lockdown")
    done(house, at("visit_missed", gone.id), outcome="refused_at_gate", reason="id_missing")
    states = set(Contact.for_action(house, NOW.on).values_list("state", "reason"))
    assert states == {("cancelled_prison", "lockdown"), ("refused_at_gate", "id_missing")}
    page = text_of(visitor(house).get(at("visit", gone.id)))
    assert "Poort dicht" in page
    assert "Geen geldig identiteitsbewijs" in page


def test_accounts_are_read_and_leave_the_list(house: Actor) -> None:
    _part, match = builders.visiting(house, NOW)
    row = builders.visited(herself(match), match, NOW.on, NOW, note="Zij zong.")
    assert "Zij zong." in text_of(visitor(house).get(at("to_read")))
    assert "Gelezen" in text_of(visitor(house).get(at("visit", row.id)))
    assert visitor(house).post(at("visit_read", row.id), {"token": str(uuid4())}).url == at("to_read")
    assert "Alles is gelezen" in text_of(visitor(house).get(at("to_read")))
    assert visitor(house).get(at("visit_read", row.id)).status_code == 405
    assert visitor(herself(match)).get(at("to_read")).status_code == 403


def test_a_meeting_from_plan_to_head_count(house: Actor) -> None:
    plan = trajectories.inside(house, NOW)
    part = builders.planned(house, plan.dossier_id, Product.MOEDER_DE_GANS, NOW)
    assert "Niets gepland" in text_of(visitor(house).get(at("meetings")))
    data = {"product": "moeder_de_gans", "on": "11-1-2011", "at": "14:00", "minutes": "120"}
    assert done(house, at("meeting_add"), **data, room="Zaal 1", speakers=["lawyer"]) == at("meetings")
    row = GroupMeeting.objects.get()
    assert "Moeder de Gans" in text_of(visitor(house).get(at("meetings")))
    done(house, at("meeting_invite", row.pk), chosen=str(plan.dossier_id))
    guest = Attendance.for_action(house, NOW.on).get()
    page = text_of(visitor(house).get(at("meeting", row.pk)))
    assert "Madelief S." in page
    assert "Advocaat" in text_of(visitor(house).get(at("programme", row.pk)))
    done(house, at("presence", guest.id), presence="present", wants_talk="on")
    assert part_of(house, part.dossier_id).state == Part.COMPLETED
    done(house, at("meeting_held", row.pk), unknown="5")
    page = text_of(visitor(house).get(at("meeting", row.pk)))
    assert "1 waren er" in page
    assert "5 vrouwen zonder dossier" in page
    assert "Zij wil een gesprek" in page


def test_a_meeting_is_called_off(house: Actor) -> None:
    row = builders.a_meeting(house, NOW)
    done(house, at("meeting_cancel", row.pk), reason="lockdown")
    assert "Afgezegd" in text_of(visitor(house).get(at("meeting", row.pk)))


def test_others_may_not(house: Actor, stranger: Actor) -> None:
    part, match = builders.visiting(house, NOW)
    visit = actions.plan_visit(house, match.id, day(1), builders.AT, "", NOW)
    meeting = builders.a_meeting(house, NOW)
    guest = actions.invite(house, meeting.pk, part.dossier_id, NOW)
    plain = ("part_partly", "part_decline", "part_stop", "part_cancel", "mornings_begin")
    coordinator_only = [
        at("wish", part.dossier_id, Product.IK_JIJ_WIJ),
        at("talk", part.dossier_id),
        at("part_step", part.id, "afronden"),
        *(at(name, part.id) for name in plain),
        *(at(name, match.id) for name in ("match_mother", "match_end", "series_start")),
        at("match_step", match.id, "proberen"),
        *(at(name, meeting.pk) for name in ("meeting", "meeting_invite", "meeting_held", "meeting_cancel")),
        at("presence", guest.id),
    ]
    shared = [
        *(
            at(name, match.id)
            for name in ("match", "match_answer", "match_no_click", "visit_plan", "visit_log")
        ),
        *(at(name, visit.id) for name in ("visit", "visit_cancel", "visit_missed")),
        at("visit_step", visit.id, "bevestigen"),
    ]
    nobody = Actor(uuid4(), Role.VOLUNTEER, volunteer_id=uuid4())
    for url in coordinator_only:
        assert visitor(herself(match)).get(url).status_code == 403, url
        assert visitor(stranger).get(url).status_code == 404, url
    for url in shared:
        assert visitor(herself(match)).get(url).status_code == 200, url
        assert visitor(nobody).get(url).status_code == 404, url
        assert visitor(stranger).get(url).status_code == 404, url
    for url in (*coordinator_only, *shared, at("meetings"), at("meeting_add"), at("to_read")):
        for role in (Role.REFERRER, Role.MUNICIPALITY, Role.PROJECT_LEADER, Role.TECHNICAL_ADMIN):
            assert visitor(Actor(uuid4(), role, partner_id=1)).get(url).status_code == 403, url


@pytest.mark.parametrize(
    ("name", "slug"), [("part_step", "nergens"), ("match_step", "nergens"), ("visit_step", "nergens")]
)
def test_steps_that_do_not_exist(house: Actor, name: str, slug: str) -> None:
    part, match = builders.visiting(house, NOW)
    visit = actions.plan_visit(house, match.id, day(1), builders.AT, "", NOW)
    pk = {"part_step": part.id, "match_step": match.id, "visit_step": visit.id}[name]
    assert visitor(house).get(at(name, pk, slug)).status_code == 404
    assert visitor(house).get(at("wish", part.dossier_id, "nergens")).status_code == 404


def test_the_number_of_queries_does_not_grow(house: Actor, django_assert_max_num_queries: Any) -> None:
    part, match = builders.visiting(house, NOW)
    pages = [at("match", match.id), at("to_read"), at("meetings")]
    builders.visited(herself(match), match, NOW.on, NOW)
    few = [queries(visitor(house), url) for url in pages]
    for number in range(4):
        builders.visited(herself(match), match, day(number + 1), later(number + 1))
        volunteers.interested(house, NOW, f"Voornaam{number}")
        builders.a_meeting(house, NOW, days=number + 1)
    many = [queries(visitor(house), url) for url in pages]
    assert many == few
    assert max(many) <= 15
    with rls.acting_as(house, NOW.on):
        with django_assert_max_num_queries(6):
            slots.appointments(request(house), part.dossier_id)
        with django_assert_max_num_queries(5):
            slots.parts(request(house), part.dossier_id)
