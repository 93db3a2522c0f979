"""The list of volunteers: what a row means, what is wrong with it, and that it comes in, out and back."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from gib.core.access.actor import Actor, house
from gib.core.access.tables import Role
from gib.core.journal.models import Happening
from gib.core.kernel.clock import Now
from gib.core.kernel.ids import new_id
from gib.core.kernel.rules import RuleBroken
from gib.core.sheets.parsers import Context
from gib.core.sheets.tests.reports import codes, dry_run, row
from gib.core.vault import boxes
from gib.people.accounts import builders as accounts
from gib.people.partners.builders import two_teams
from gib.people.partners.domain import Product
from gib.people.volunteers import actions
from gib.people.volunteers.domain import Completed, LeaveReason, Requirement, State
from gib.people.volunteers.models import Completion, PrisonPermit, Volunteer
from gib.people.volunteers.sheet import PATHS, TEMPLATE, Access, apply, completions_of, export, known, undo

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("as_house")]
ON = date(2011, 1, 11)
NOW = Now(datetime(2011, 1, 11, 9, tzinfo=UTC), ON)
PAPERS = "VOG;Overeenkomst;Gedragscode;Basistraining;Meldcode"
DAYS = "1-3-2010;1-3-2010;ja;3-4-10;x"


@pytest.fixture
def coordinator() -> Actor:
    one, _other = two_teams()
    return Actor(new_id(), Role.COORDINATOR, frozenset({one.pk}))


def text(headings: str, *rows: str) -> str:
    return "\n".join((f"Naam;{headings}", *rows))


def brought(actor: Actor, headings: str = "Telefoon", cells: str = "0612345678") -> Any:
    values = row(TEMPLATE, text(headings, f"Truus Duinroos;{cells}"), actor, ON)
    return Volunteer.for_house("test", ON).get(pk=apply([values], actor, NOW)[0])


def test_a_row_becomes_a_volunteer_with_her_papers(coordinator: Actor) -> None:
    headings = f"Geboren;Tel;Auto;Talen;Getraind voor;Stand;Pas;Sinds;{PAPERS}"
    cells = f"4-5-60;06 12345678;nee;Turks;bezoekmoeders;actief;31-12-11;1-9-2008;{DAYS}"
    volunteer = brought(coordinator, headings, cells)
    assert (volunteer.given_name, volunteer.family_name) == ("Truus", "Duinroos")
    assert (volunteer.born_on, volunteer.phone) == (date(1960, 5, 4), "+31612345678")
    assert (volunteer.languages, volunteer.has_car, volunteer.state) == ("tr", False, State.AVAILABLE)
    assert volunteer.since_on == date(2008, 9, 1)
    seen = {fact.requirement: fact for fact in Completion.for_house("test", ON)}
    assert seen[Requirement.VOG_85].to_on == date(2013, 2, 28)
    assert seen[Requirement.CODE_OF_CONDUCT].from_on == ON
    assert seen[Requirement.TRAINING_BEZOEKMOEDERS].from_on == ON
    permit = PrisonPermit.for_house("test", ON).get()
    assert (permit.prison_id, permit.from_on, permit.to_on) == ("NSL", ON, date(2011, 12, 31))


@pytest.mark.parametrize("state", sorted(PATHS))
def test_each_state_of_the_list_is_reached_by_the_acts(coordinator: Actor, state: State) -> None:
    word = TEMPLATE.column("state").parser.write(state)
    assert brought(coordinator, f"Stand;{PAPERS}", f"{word};{DAYS}").state == state


@pytest.mark.parametrize(
    ("headings", "cells", "fault"),
    [
        ("Geboren", "1-2-2000", ("volunteer_age", "Geboren")),
        ("Sinds", "1-2-2012", ("completion_in_future", "Sinds")),
        ("VOG", "1-2-2012", ("completion_in_future", "VOG")),
        ("VOG gezien op;VOG geldig tot", "1-2-2010;1-1-2010", ("completion_expired", "VOG gezien op")),
        ("VOG;VOG profiel", "1-2-2010;73", ("vog_profile_unknown", "VOG profiel")),
        ("Pas", "Nieuwersluis", ("permit_needs_vog", "Pas")),
        ("Pas;VOG;Profiel VOG", "Nieuwersluis;1-2-2010;84", ("permit_needs_vog", "Pas")),
        ("Pas;VOG", "Nieuwersluis 1-1-2011;1-2-2010", ("permit_over", "Pas")),
        ("Pas;VOG", "Atlantis;1-2-2010", ("prison_unknown", "Pas")),
        ("Pas;VOG", "Nieuwersluis, NSL 1-3-2011;1-2-2010", ("permit_overlaps", "Pas")),
        ("Stand", "actief", ("volunteer_papers_missing", "Stand")),
        ("Stand;VOG;Overeenkomst", "verlof;1-2-2010;ja", ("volunteer_papers_missing", "Stand")),
        ("Stand", "gestopt", ("cell_no_choice", "Stand")),
        ("P.I.", "Ter Peel", ("team_not_yours", "P.I.")),
    ],
)
def test_what_is_wrong_stands_beside_its_cell(
    coordinator: Actor, headings: str, cells: str, fault: tuple[str, str]
) -> None:
    found = codes(TEMPLATE, text(headings, f"Truus Duinroos;{cells}"), coordinator, ON)
    assert found == [fault]


def test_a_shell_must_name_the_team_and_the_place_of_a_permit(coordinator: Actor) -> None:
    actor = house("test")
    assert codes(TEMPLATE, text("Tel", "Truus Duinroos;0612345678"), actor, ON) == [("team_needed", "P.I.")]
    found = codes(TEMPLATE, text("P.I.;VOG;Pas", "Truus Duinroos;NSL;1-2-2010;31-12-2011"), actor, ON)
    assert found == [("permit_place", "Pas")]
    values = row(TEMPLATE, text("P.I.", "Truus Duinroos;NSL"), actor, ON)
    assert len(apply([values], actor, NOW)) == 1


def test_a_vog_without_profile_is_told(coordinator: Actor) -> None:
    report = dry_run(TEMPLATE, text("VOG", "Truus Duinroos;1-2-2010"), coordinator, ON)
    assert [warning.code for warning in report.warnings] == ["vog_profiles_assumed"]
    report = dry_run(TEMPLATE, text("VOG;Profiel VOG", "Truus Duinroos;1-2-2010;84/85"), coordinator, ON)
    assert report.warnings == ()


def test_papers_are_read_with_their_days() -> None:
    values = {"vog_to": date(2012, 1, 1), "vog_profile": (Requirement.VOG_85,), "basic_on": True}
    assert completions_of(values, ON) == [
        Completed(Requirement.BASIC_TRAINING, ON, None),
        Completed(Requirement.VOG_85, ON, date(2012, 1, 1)),
    ]


def test_a_permit_is_written_as_it_is_read(coordinator: Actor) -> None:
    parser = TEMPLATE.column("accesses").parser
    accesses = (Access("NSL", date(2011, 12, 31)), Access("TPL", None))
    written = parser.write(accesses)
    assert written == "Nieuwersluis 31-12-2011, Evertsoord"
    assert parser.read(written, Context(ON, coordinator)) == accesses
    assert parser.read("ja", Context(ON, coordinator)) == (Access("NSL", None),)


def test_who_is_there_is_found_by_name_and_birth(coordinator: Actor) -> None:
    brought(coordinator, "Geboren;Tel", "4-5-1960;0612345678")
    there = dry_run(TEMPLATE, text("Geboren;Tel", "Duinroos, Truus;4-5-60;0612345678"), coordinator, ON)
    assert (len(there.same), len(there.new)) == (1, 0)
    differs = dry_run(TEMPLATE, text("Geboren;Tel", "Truus Duinroos;4-5-60;0612345679"), coordinator, ON)
    assert (len(differs.changed), [warning.code for warning in differs.warnings]) == (1, ["row_differs"])
    other = dry_run(TEMPLATE, text("Geboren;Tel", "Truus Duinroos;5-5-60;0612345678"), coordinator, ON)
    assert len(other.new) == 1


def test_another_team_finds_nobody(coordinator: Actor) -> None:
    brought(coordinator)
    stranger = Actor(new_id(), Role.COORDINATOR, frozenset({two_teams()[1].pk}))
    values = row(TEMPLATE, text("Tel", "Truus Duinroos;0612345678"), stranger, ON)
    assert known([values], Context(ON, stranger)) == {}
    assert list(export(stranger, NOW)) == []


def test_what_goes_out_reads_back_as_the_same(coordinator: Actor) -> None:
    cells = f"bezoekmoeders;actief;31-12-11;{DAYS}"
    brought(coordinator, f"Getraind voor;Stand;Pas;{PAPERS}", cells)
    values = next(iter(export(coordinator, NOW)))
    assert values["trained"] == (Product.BEZOEKMOEDERS,)
    assert known([values], Context(ON, coordinator)) == {0: values}
    actions.leave(coordinator, Volunteer.for_house("test", ON).get().id, LeaveReason.MOVED, NOW)
    assert list(export(coordinator, NOW)) == []


def test_a_list_is_taken_back_without_a_trace(
    coordinator: Actor, django_capture_on_commit_callbacks: Any
) -> None:
    volunteer = brought(coordinator, f"Stand;Pas;{PAPERS}", f"actief;Nieuwersluis;{DAYS}")
    with django_capture_on_commit_callbacks(execute=True):
        undo([volunteer.id], coordinator, NOW)
    for model in (Volunteer, Completion, PrisonPermit):
        assert not model.for_house("test", ON).exists()
    with pytest.raises(boxes.Erased):
        boxes.key(volunteer.id)
    names = Happening.for_house("test", ON).order_by("position").values_list("name", flat=True)
    assert list(names)[-1] == "volunteers.VolunteerTakenBack"


def test_who_was_worked_with_stays(coordinator: Actor) -> None:
    volunteer = brought(coordinator)
    actions.move(coordinator, volunteer.id, State.INTERVIEW, Now(NOW.at.replace(hour=10), ON))
    with pytest.raises(RuleBroken, match=r"^sheet_in_use$"):
        undo([volunteer.id], coordinator, NOW)
    assert Volunteer.for_house("test", ON).count() == 1


def test_who_may_sign_in_stays(coordinator: Actor) -> None:
    volunteer = brought(coordinator)
    accounts.volunteer_user(two_teams()[0], volunteer.id)
    with pytest.raises(RuleBroken, match=r"^sheet_in_use$"):
        undo([volunteer.id], coordinator, NOW)


def test_a_first_day_to_come_is_refused(coordinator: Actor) -> None:
    facts = actions.NewVolunteer("Truus", "Duinroos", since_on=date(2012, 1, 1))
    with pytest.raises(RuleBroken, match=r"^completion_in_future$"):
        actions.register(coordinator, min(coordinator.team_ids), facts, NOW)
