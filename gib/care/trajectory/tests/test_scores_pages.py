"""The screen that she holds, her scores then and now beside the plan, and the papers that she keeps."""

import re
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any, Final

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import translation

from gib.care.intake import builders as intakes
from gib.care.intake.domain import LIFE_AREAS, Area
from gib.care.referral.builders import cast
from gib.care.referral.tests.reader import hidden, queries, text_of, visitor
from gib.care.trajectory import actions, builders, papers
from gib.care.trajectory.domain import Scores
from gib.care.trajectory.models import AreaScore, Review, Trajectory
from gib.care.trajectory.presenting_scores import Moment, own_of
from gib.care.trajectory.tests.conftest import NOW, day, later, lent
from gib.care.trajectory.tests.test_views import send, tab
from gib.care.trajectory.views import plan_of
from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.ui.charts import Shift, shifts
from gib.core.ui.words import set_today

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
AT: Final = datetime(2011, 1, 11, 9, tzinfo=UTC)
FIRST: Final = dict(zip(map(str, LIFE_AREAS), (1, 0, 2, 1, None, 3, 4), strict=True))
LAST: Final = dict(zip(map(str, LIFE_AREAS), (3, 2, 2, 4, 3, None, 4), strict=True))


def reviewed(actor: Actor, plan: Trajectory, days: int = 0, scores: Any = None) -> Review:
    row = actions.hold_review(actor, plan.id, day(days), "Alleen voor ons.", later(days))
    if scores is not None:
        actions.give_scores(actor, row.id, Scores(given=scores), later(days))
    return row


def at(name: str, *args: Any) -> str:
    return reverse(f"trajectory:{name}", args=args)


def form_of(review: Review) -> str:
    return at("scores", review.trajectory_id, review.id)


def soup(response: Any) -> Any:
    return BeautifulSoup(text_of(response), "html.parser")


def kept(actor: Actor, review: Review) -> dict[str, int | None]:
    rows = AreaScore.for_action(actor, NOW.on).filter(review_id=review.id).order_by("number")
    return {row.area: row.score for row in rows}


def test_after_a_review_she_is_asked_how_it_goes(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    answer = send(house, at("review", plan.id), held_on="11-1-2011", note="Het gaat goed.")
    held = Review.for_action(house, NOW.on).get(trajectory_id=plan.id)
    assert answer.url == form_of(held)
    assert "Hoe gaat het met u?" in text_of(visitor(house, NOW).get(answer.url))


def test_the_screen_in_her_hands_leads_to_nobody_else(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    held = reviewed(house, plan, scores={Area.HOUSING: 2})
    browser = lent(house, form_of(held))
    for url in (form_of(held), at("then_and_now", plan.id)):
        page = soup(browser.get(url))
        assert {link["href"] for link in page.select("a[href]")} == {"#inhoud", "/scherm/"}
        assert not page.select("nav, footer, [data-keys]")
    saved = browser.post(form_of(held), hidden(browser.get(form_of(held))) | {"housing": "4"})
    assert saved.url == at("then_and_now", plan.id)
    assert "Dank u wel." in text_of(browser.get(saved.url))


def test_a_screen_that_is_lent_for_one_talk_opens_no_other_and_no_paper(
    house: Actor, stranger: Actor
) -> None:
    plan, theirs = builders.inside(house, NOW), builders.inside(stranger, NOW)
    first, second = reviewed(house, plan, scores={Area.HOUSING: 2}), reviewed(house, plan, 30)
    away = reviewed(stranger, theirs)
    browser = lent(house, form_of(first))
    closed = [form_of(second), form_of(away), at("scores", plan.id, away.id), at("then_and_now", theirs.id)]
    closed += [at("scores_paper", plan.id), at("scores_blank"), at("network", plan.id), at("review", plan.id)]
    assert {browser.get(url).status_code for url in closed} == {423}
    assert visitor(house, NOW).get(at("scores", theirs.id, first.id)).status_code == 404


def test_before_it_is_lent_the_page_asks_to_do_so_and_is_as_any_other(house: Actor) -> None:
    held = reviewed(house, builders.inside(house, NOW))
    page = soup(visitor(house, NOW).get(form_of(held)))
    (form,) = page.select("form[action='/scherm/geven/']")
    assert form.select_one("[name=pad]")["value"] == form_of(held)
    assert form.select_one("[name=terug]")["value"] == plan_of(held.dossier_id)
    assert "Geef het scherm aan haar" in form.text
    assert page.select("footer")


def test_each_question_is_a_row_of_numbers_with_both_ends_in_words(house: Actor) -> None:
    held = reviewed(house, builders.inside(house, NOW))
    page = soup(visitor(house, NOW).get(form_of(held)))
    groups = page.select("form.form fieldset")
    assert len(groups) == len(LIFE_AREAS)
    for group in groups:
        buttons = group.select("input[type=radio]")
        assert [each["value"] for each in buttons] == ["0", "1", "2", "3", "4", "5", ""]
        assert [each["value"] for each in buttons if each.has_attr("checked")] == [""]
        assert re.search(r"0 is: .+\. 5 is: .+\.", group.select_one(".hint").text)
        assert "mag leeg" not in group.text
        assert group.select_one(".pick.scale")


def test_what_she_chooses_is_kept_and_shown_back(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    held = reviewed(house, plan)
    answer = send(house, form_of(held), housing="0", health="5", language="")
    assert (answer.status_code, answer.url) == (302, at("then_and_now", plan.id))
    assert kept(house, held) == dict.fromkeys(map(str, LIFE_AREAS)) | {"housing": 0, "health": 5}
    page = soup(visitor(house, NOW).get(form_of(held)))
    chosen = {each["name"]: each["value"] for each in page.select("input[type=radio][checked]")}
    assert (chosen["housing"], chosen["health"], chosen["language"]) == ("0", "5", "")


def test_nothing_chosen_is_said_and_changes_nothing(house: Actor) -> None:
    held = reviewed(house, builders.inside(house, NOW))
    answer = send(house, form_of(held))
    assert answer.status_code == 422
    assert "Het hoeft niet" in text_of(answer)
    assert kept(house, held) == {}


@pytest.mark.parametrize("wrong", ["6", "-1", "twee", "3.5"])
def test_a_number_that_is_no_choice_keeps_the_others(house: Actor, wrong: str) -> None:
    held = reviewed(house, builders.inside(house, NOW))
    answer = send(house, form_of(held), housing=wrong, health="4")
    assert answer.status_code == 422
    page = BeautifulSoup(text_of(answer), "html.parser")
    assert page.select_one("input[name=health][value='4']").has_attr("checked")
    assert kept(house, held) == {}


def test_sent_twice_is_one_answer(house: Actor) -> None:
    held = reviewed(house, builders.inside(house, NOW))
    browser = visitor(house, NOW)
    data = hidden(browser.get(form_of(held))) | {"housing": "2"}
    both = {browser.post(form_of(held), data)["Location"] for _time in range(2)}
    assert len(both) == 1
    assert AreaScore.for_action(house, NOW.on).count() == len(LIFE_AREAS)


def test_an_answer_over_a_newer_one_shows_both(house: Actor) -> None:
    held = reviewed(house, builders.inside(house, NOW))
    browser = visitor(house, NOW)
    old = hidden(browser.get(form_of(held)))
    send(house, form_of(held), housing="2")
    answer = browser.post(form_of(held), old | {"housing": "4"})
    assert answer.status_code == 422
    form = answer.context["form"]
    assert form.theirs == {"Hoe is het met een plek om te wonen?": "2"}
    assert form.mine == [("Hoe is het met een plek om te wonen?", "4")]
    assert kept(house, held)["housing"] == 2
    again = browser.post(form_of(held), hidden(answer) | {"housing": "4"})
    assert again.status_code == 302
    assert kept(house, held)["housing"] == 4


@pytest.mark.parametrize("name", ["then_and_now", "scores_paper"])
def test_her_scores_are_not_there_for_another_team(house: Actor, stranger: Actor, name: str) -> None:
    plan = builders.inside(house, NOW)
    held = reviewed(house, plan, scores={Area.HOUSING: 2})
    assert visitor(stranger, NOW).get(at(name, plan.id)).status_code == 404
    assert visitor(stranger, NOW).get(form_of(held)).status_code == 404
    assert visitor(house, NOW).post(at(name, plan.id)).status_code == 405


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.REFERRER, Role.PROJECT_LEADER])
def test_other_roles_have_no_such_pages(house: Actor, role: Role) -> None:
    plan = builders.inside(house, NOW)
    held = reviewed(house, plan, scores={Area.HOUSING: 2})
    reader = Actor(house.user_id, role)
    urls = [form_of(held), at("scores_blank"), at("then_and_now", plan.id)]
    assert {visitor(reader, NOW).get(url).status_code for url in urls} == {403}


def test_the_plan_shows_first_and_last_and_all_between_on_demand(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    assert "Nog geen cijfers" in tab(house, plan)
    for days, scores in ((0, {Area.HOUSING: 1}), (80, {Area.HOUSING: 4}), (170, {Area.HOUSING: 2})):
        reviewed(house, plan, days, scores)
    page = BeautifulSoup(tab(house, plan, later(170)), "html.parser")
    part = page.find(id="haar-cijfers").find_parent("section")
    assert part.select_one("svg[role=img]")["aria-label"] == "Haar cijfers van 0 tot 5. Wonen: toen 1, nu 2."
    heads = [cell.text for cell in part.select("details thead th")]
    assert heads == ["Waarover", "di 11 jan", "vr 1 apr", "do 30 jun"]
    rows = [[cell.text.strip() for cell in row.select("th, td")] for row in part.select("tbody tr")]
    assert rows == [["Wonen", "1", "4", "2"]]
    assert "Ring: toen (di 11 jan). Stip: nu (do 30 jun)." in part.text


def test_one_moment_is_not_compared_with_itself(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    reviewed(house, plan, scores={Area.HOUSING: 1})
    set_today(NOW.on)
    own = own_of(house, plan.dossier_id, NOW.on)
    assert own.chart.label == "Haar cijfers van 0 tot 5. Wonen: 1."
    assert own.legend == "Stip: di 11 jan."
    assert not any(path.css == "then" for path in own.chart.paths)


def test_what_she_left_open_stays_open_and_is_never_filled_in(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    reviewed(house, plan, 0, {Area.HOUSING: 1, Area.HEALTH: 3})
    reviewed(house, plan, 80, {Area.HOUSING: 2})
    own = own_of(house, plan.dossier_id, day(80))
    assert {line.name: line.scores for line in own.lines} == {"Gezondheid": [3, None], "Wonen": [1, 2]}
    assert "Gezondheid: toen 3, nu open" in own.chart.label
    assert 'class="soft">open<' in tab(house, plan, later(80))


def test_the_last_answer_of_a_review_counts(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    held = reviewed(house, plan, 0, {Area.HOUSING: 1, Area.HEALTH: 3})
    actions.give_scores(house, held.id, Scores(given={Area.HOUSING: 5}), NOW)
    (moment,) = own_of(house, plan.dossier_id, NOW.on).moments
    assert (moment.scores["housing"], moment.scores["health"]) == (5, None)
    actions.give_scores(house, held.id, Scores(given={}), NOW)
    own = own_of(house, plan.dossier_id, NOW.on)
    assert own.moments == []
    assert [talk.is_scored for talk in own.talks] == [False]


def test_her_marks_of_the_intake_are_where_it_began(house: Actor) -> None:
    people = cast()
    intake = intakes.complete(people)
    plan = actions.propose(house, intake.dossier_id, NOW)
    actions.agree(house, plan.id, NOW)
    reviewed(house, plan, 80, {Area.UPBRINGING: 5, Area.HOUSING: 2})
    set_today(NOW.on)
    own = own_of(house, plan.dossier_id, day(80))
    assert own.titles == ["Intake, di 11 jan", "vr 1 apr"]
    lines = {line.name: line.scores for line in own.lines}
    assert lines == {"Opvoeden": [3, 5], "Geld en regelen": [1, None], "Wonen": [None, 2]}


def test_a_newer_review_asks_again_and_a_closed_plan_does_not(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    first = reviewed(house, plan, 0, {Area.HOUSING: 1})
    assert form_of(first) in tab(house, plan)
    assert "Verbeter haar cijfers" in tab(house, plan)
    second = reviewed(house, plan, 80)
    html = tab(house, plan, later(80))
    assert form_of(second) in html
    assert "Zij geeft cijfers" in html
    builders.closed(house, plan, later(80))
    html = tab(house, plan, later(80))
    assert form_of(second) not in html
    assert at("then_and_now", plan.id) in html


def test_a_new_plan_does_not_ask_at_a_talk_of_the_old_one(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    reviewed(house, plan, 0, {Area.HOUSING: 1})
    own = own_of(house, plan.dossier_id, NOW.on)
    found = own.talk_of(plan.id)
    assert found is not None and found.is_scored
    assert own.talk_of(plan.dossier_id) is None


def test_the_pages_ask_little_however_often_she_answered(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    for number in range(6):
        held = reviewed(house, plan, number * 20, {Area.HOUSING: number % 6})
    for url in (at("then_and_now", plan.id), form_of(held)):
        assert queries(visitor(house, later(120)), url) <= 10


def test_nothing_is_added_up_or_compared(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    reviewed(house, plan, 0, FIRST)
    html = tab(house, plan).lower()
    for word in ("totaal", "gemiddeld", "risico"):
        assert word not in html


def test_the_drawing_puts_then_as_a_ring_and_now_as_a_dot() -> None:
    drawn = shifts("Haar cijfers", [Shift("Wonen", 1, 4), Shift("Taal", None, 5), Shift("Geld", 2, None)])
    assert [path.css for path in drawn.paths].count("thread") == 1
    assert [path.css for path in drawn.paths].count("then") == 2
    assert [path.css for path in drawn.paths].count("now") == 2
    assert [text.text for text in drawn.texts] == ["0", "1", "2", "3", "4", "5", "Wonen", "Taal", "Geld"]
    assert drawn.box == "0 0 390 112"
    assert not drawn.is_wide


def test_the_scale_runs_evenly_from_left_to_right() -> None:
    drawn = shifts("Haar cijfers", [Shift("Wonen", 0, 5)])
    places = [text.x for text in drawn.texts[:6]]
    assert len({round(after - before, 6) for before, after in pairwise(places)}) == 1
    line = next(path.d for path in drawn.paths if path.css == "thread")
    assert line == f"M{places[0]} 36H{places[5]}"


def moment(on: date, scores: Any) -> Moment:
    return Moment(on, False, scores)


BOTH: Final = [moment(date(2010, 7, 15), FIRST), moment(date(2010, 12, 12), LAST)]


def sheets(paper: bytes) -> int:
    assert paper.startswith(b"%PDF-")
    return len(re.findall(rb"/Type\s*/Page\b", paper))


def test_the_empty_sheet_names_nobody_and_is_one_page() -> None:
    told = papers.blank_words()
    assert sheets(papers.blank(AT)) == 1
    assert told["rows"][0]["asks"] == "Hoe gaat het opvoeden?"
    assert {(row["then"], row["now"], row["told"]) for row in told["rows"]} == {(None, None, "")}
    assert told["marks"] == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize("name", ["Madelief", "Name <b>#strong[x]</b>", "日本", ""])
def test_the_sheet_of_then_and_now_takes_any_name_and_is_one_page(name: str) -> None:
    assert sheets(papers.then_and_now(name, BOTH, AT)) == 1
    assert papers.then_and_now(name, BOTH, AT) == papers.then_and_now(name, BOTH, AT)


def test_the_sheet_tells_in_words_what_it_draws() -> None:
    told = papers.then_and_now_words("Madelief", BOTH)
    assert [row["told"] for row in told["rows"]] == [
        *("toen 1, nu 3", "toen 0, nu 2", "toen 2, nu 2", "toen 1, nu 4"),
        *("nu 3", "toen 3", "toen 4, nu 4"),
    ]
    assert told["legend"] == ["Dikke rand: do 15 jul 2010", "Donker: zo 12 dec 2010"]
    assert "Madelief" in told["lead"]


def test_a_sheet_of_one_moment_has_no_then() -> None:
    told = papers.then_and_now_words("Madelief", BOTH[1:])
    assert {row["then"] for row in told["rows"]} == {None}
    assert told["legend"] == ["Donker: zo 12 dec 2010"]


def test_the_sheets_are_also_there_in_english() -> None:
    with translation.override("en"):
        told = papers.blank_words()
    assert told["title"] == "How am I doing?"
    assert told["rows"][5]["worst"] == "I have no place"


def test_the_papers_come_as_files(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    assert visitor(house, NOW).get(at("scores_paper", plan.id)).status_code == 404
    reviewed(house, plan, 0, {Area.HOUSING: 1})
    for url in (at("scores_blank"), at("scores_paper", plan.id)):
        answer = visitor(house, NOW).get(url)
        assert answer["Content-Type"] == "application/pdf"
        assert sheets(answer.content) == 1


def test_without_scores_the_page_says_that_it_is_not_needed(house: Actor) -> None:
    plan = builders.inside(house, NOW)
    assert "Het hoeft niet" in text_of(visitor(house, NOW).get(at("then_and_now", plan.id)))
