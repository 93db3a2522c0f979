"""The calendar: whose appointments stand on it, which days are free, and where one goes from there."""

from datetime import date, time, timedelta
from typing import Any

import pytest

from gib.care.products import actions
from gib.care.products import builders as products
from gib.care.products.domain.contact import Cancelled, Reason
from gib.core.access.guard import Request
from gib.core.access.tables import Role
from gib.core.journal.models import Reading
from gib.core.kernel.clock import now_on
from gib.core.ui.agenda import SOURCES, fill_agenda
from gib.people.accounts import builders as accounts
from gib.people.partners import builders as places
from gib.portal.agenda import Asked, Form, asked_of
from gib.portal.tests.town import TODAY, browser, page, questions, text

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("_strict")]
AGENDA = "/agenda/"


class Calendar:
    """A match with a visit in two days, and the browsers of the volunteer, our team and another team."""

    def __init__(self) -> None:
        accounts.mark_as_demo(TODAY)
        self.now = now_on(TODAY)
        one, other = places.two_teams()
        made = accounts.coordinator(one)
        self.coordinator = made[1]
        _part, self.match = products.visiting(self.coordinator, self.now)
        self.visit = self.plan(2, time(10, 30))
        self.ours, self.theirs = browser(made), browser(accounts.coordinator(other, "Marjan Fabeldal"))
        self.herself = browser(accounts.volunteer_user(one, self.match.volunteer_id))

    def plan(self, days: int, at: time) -> Any:
        """Plan one more visit."""
        on = TODAY + timedelta(days=days)
        return actions.plan_visit(self.coordinator, self.match.id, on, at, "Bezoekzaal", self.now)


@pytest.fixture
def calendar(seen: Any) -> Calendar:
    return Calendar()


class TestWhose:
    """Each sees what exists for her."""

    def test_the_volunteer_sees_her_own_visit_with_a_first_name(self, calendar: Calendar) -> None:
        words = text(calendar.herself.get(AGENDA))
        assert "10:30 Bezoek in de inrichting" in words
        assert "1 afspraak." in words
        assert page(calendar.herself.get(AGENDA)).find("a", href=f"/bezoeken/{calendar.visit.id}/")

    def test_the_team_sees_it_with_who_visits(self, calendar: Calendar) -> None:
        words = text(calendar.ours.get(AGENDA))
        assert "10:30 Bezoek in de inrichting" in words
        assert "·" in words.partition("10:30")[2]

    def test_another_team_sees_an_empty_week(self, calendar: Calendar) -> None:
        words = text(calendar.theirs.get(AGENDA))
        assert "0 afspraken." in words
        assert "Geen afspraken" in words
        assert "10:30" not in words

    def test_whose_names_are_shown_is_written_down(self, calendar: Calendar) -> None:
        before = Reading.objects.count()
        calendar.ours.get(AGENDA)
        assert Reading.objects.count() == before + 1

    def test_a_visit_that_was_called_off_is_gone(self, calendar: Calendar) -> None:
        who, visit = calendar.coordinator, calendar.visit
        actions.cancel_visit(who, visit.id, Reason.LOCKDOWN, Cancelled.PRISON, calendar.now)
        assert "10:30" not in text(calendar.ours.get(AGENDA))


class TestDays:
    """A day, a week, a month, and what is free."""

    def test_a_day_shows_that_day_only(self, calendar: Calendar) -> None:
        assert "10:30" in text(calendar.ours.get(f"{AGENDA}?vorm=dag&dag=2011-01-13"))
        assert "10:30" not in text(calendar.ours.get(f"{AGENDA}?vorm=dag&dag=2011-01-12"))

    def test_a_month_tells_four_a_day_and_how_many_more(self, calendar: Calendar) -> None:
        for hour in range(12, 18):
            calendar.plan(2, time(hour, 0))
        found = page(calendar.ours.get(f"{AGENDA}?vorm=maand"))
        cell = next(each for each in found.select(".agenda-day") if "10:30" in each.get_text())
        assert len(cell.select("ul li")) == 4
        assert "nog 3" in cell.get_text(" ")

    def test_more_appointments_ask_no_more_questions(self, calendar: Calendar) -> None:
        few = questions(calendar.ours, f"{AGENDA}?vorm=maand")
        for hour in range(11, 15):
            calendar.plan(3, time(hour, 0))
        assert questions(calendar.ours, f"{AGENDA}?vorm=maand") == few <= 15

    def test_holidays_and_school_holidays_stand_on_their_day(self, calendar: Calendar) -> None:
        words = text(calendar.ours.get(f"{AGENDA}?vorm=dag&dag=2012-04-30"))
        assert "Koninginnedag" in words
        assert "Meivakantie" in words
        assert "kennen wij" not in words
        spring = text(calendar.ours.get(f"{AGENDA}?vorm=dag&dag=2012-02-20"))
        assert "Voorjaarsvakantie (midden, zuid)" in spring

    def test_a_year_of_which_nothing_is_known_says_so(self, calendar: Calendar) -> None:
        assert "kennen wij de schoolvakanties niet" in text(calendar.ours.get(f"{AGENDA}?vorm=maand"))

    def test_free_days_are_told_in_english_too(self, calendar: Calendar) -> None:
        answer = calendar.ours.get(f"{AGENDA}?vorm=dag&dag=2013-02-18", headers={"accept-language": "en"})
        words = text(answer)
        assert "Spring Break" in words

    def test_one_prison_can_be_chosen(self, calendar: Calendar) -> None:
        code = calendar.visit.prison_id or calendar.match.prison_id
        assert "10:30" in text(calendar.ours.get(f"{AGENDA}?pi={code}"))
        assert "10:30" not in text(calendar.ours.get(f"{AGENDA}?pi=XXX"))


class TestAddress:
    """What is asked in the address."""

    def _read(self, **asked: str) -> Asked:
        request: Any = Request()
        request.GET = asked
        request.now = now_on(TODAY)
        return asked_of(request)

    @pytest.mark.parametrize("told", ["", "morgen", "2011-02-30", "0001-01-01", "9999-12-31"])
    def test_a_day_that_cannot_be_read_is_today(self, told: str) -> None:
        assert self._read(dag=told, vorm="jaar") == Asked(Form.WEEK, TODAY)

    def test_a_month_is_shown_in_whole_weeks(self) -> None:
        days = Asked(Form.MONTH, date(2011, 1, 11)).days
        assert (days.from_on, days.to_on) == (date(2010, 12, 27), date(2011, 2, 6))

    def test_one_can_walk_to_the_last_day_and_no_further(self) -> None:
        assert Asked(Form.MONTH, date(2011, 1, 31)).moved(1).url == "?vorm=maand&dag=2011-02-01"
        assert Asked(Form.WEEK, TODAY, "NSL").moved(-1).url == "?vorm=week&dag=2011-01-04&pi=NSL"
        assert Asked(Form.DAY, date(2099, 12, 31)).moved(1).url == ""

    @pytest.mark.parametrize(
        ("form", "on", "first", "last"),
        [
            (Form.DAY, "2011-01-11", "2011-01-11", "2011-01-11"),
            (Form.DAY, "2012-02-29", "2012-02-29", "2012-02-29"),
            (Form.WEEK, "2011-01-10", "2011-01-10", "2011-01-16"),
            (Form.WEEK, "2011-01-16", "2011-01-10", "2011-01-16"),
            (Form.WEEK, "2011-01-01", "2010-12-27", "2011-01-02"),
            (Form.WEEK, "2012-12-31", "2012-12-31", "2013-01-06"),
            (Form.MONTH, "2010-02-15", "2010-02-01", "2010-02-28"),
            (Form.MONTH, "2012-02-29", "2012-01-30", "2012-03-04"),
            (Form.MONTH, "2011-05-01", "2011-04-25", "2011-06-05"),
            (Form.MONTH, "2010-12-31", "2010-11-29", "2011-01-02"),
        ],
    )
    def test_the_days_that_are_shown(self, form: Form, on: str, first: str, last: str) -> None:
        days = Asked(form, date.fromisoformat(on)).days
        assert (str(days.from_on), str(days.to_on)) == (first, last)

    @pytest.mark.parametrize(
        ("form", "on", "before", "after"),
        [
            (Form.DAY, "2011-03-01", "2011-02-28", "2011-03-02"),
            (Form.DAY, "2012-03-01", "2012-02-29", "2012-03-02"),
            (Form.DAY, "2011-01-01", "2010-12-31", "2011-01-02"),
            (Form.WEEK, "2011-03-28", "2011-03-21", "2011-04-04"),
            (Form.WEEK, "2010-12-30", "2010-12-23", "2011-01-06"),
            (Form.MONTH, "2011-01-31", "2010-12-01", "2011-02-01"),
            (Form.MONTH, "2011-03-31", "2011-02-01", "2011-04-01"),
            (Form.MONTH, "2011-12-15", "2011-11-01", "2012-01-01"),
        ],
    )
    def test_where_earlier_and_later_lead(self, form: Form, on: str, before: str, after: str) -> None:
        asked = Asked(form, date.fromisoformat(on))
        assert (str(asked.moved(-1).on), str(asked.moved(1).on)) == (before, after)

    def test_the_calendar_is_filled_once(self) -> None:
        with pytest.raises(ValueError, match="twice"):
            fill_agenda(*SOURCES)


def test_others_have_no_calendar(town: Any) -> None:
    for role in (Role.PROJECT_LEADER, Role.REFERRER, Role.MUNICIPALITY, Role.PRIVACY_OFFICER):
        assert town[role].get(AGENDA).status_code == 403
    assert town[Role.DEPUTY].get(AGENDA).status_code == 200
