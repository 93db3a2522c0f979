"""The secret address of a calendar: what another program reads, and when it reads nothing any more."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import recurring_ical_events
from django.test import Client
from icalendar import Calendar as Reader
from x_wr_timezone import to_standard

from gib.care.products import actions as products
from gib.care.products.domain.match import EndReason
from gib.core.kernel.dates import ZONE
from gib.core.papers.feed import USUAL_MINUTES, Slot, ics
from gib.people.accounts.models import Appointment
from gib.portal.models import CalendarFeed
from gib.portal.tests.test_agenda_page import Calendar
from gib.portal.tests.town import TODAY, page, send, text

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("_strict")]
OWN, STOP = "/agenda/feed/", "/agenda/feed/stoppen/"
#: The Saturday before and the Sunday of each change of the clock: half past ten in Amsterdam, in UTC.
CHANGES = [
    ("2010-03-27", "09:30"),
    ("2010-03-28", "08:30"),
    ("2010-10-30", "08:30"),
    ("2010-10-31", "09:30"),
    ("2011-03-26", "09:30"),
    ("2011-03-27", "08:30"),
    ("2011-10-29", "08:30"),
    ("2011-10-30", "09:30"),
    ("2012-03-24", "09:30"),
    ("2012-03-25", "08:30"),
    ("2012-10-27", "08:30"),
    ("2012-10-28", "09:30"),
    ("2013-03-30", "09:30"),
    ("2013-03-31", "08:30"),
    ("2013-10-26", "08:30"),
    ("2013-10-27", "09:30"),
    ("2014-03-29", "09:30"),
    ("2014-03-30", "08:30"),
    ("2014-10-25", "08:30"),
    ("2014-10-26", "09:30"),
    ("2015-03-28", "09:30"),
    ("2015-03-29", "08:30"),
    ("2015-10-24", "08:30"),
    ("2015-10-25", "09:30"),
    ("2016-03-26", "09:30"),
    ("2016-03-27", "08:30"),
    ("2016-10-29", "08:30"),
    ("2016-10-30", "09:30"),
    ("2017-03-25", "09:30"),
    ("2017-03-26", "08:30"),
    ("2017-10-28", "08:30"),
    ("2017-10-29", "09:30"),
    ("2018-03-24", "09:30"),
    ("2018-03-25", "08:30"),
    ("2018-10-27", "08:30"),
    ("2018-10-28", "09:30"),
    ("2019-03-30", "09:30"),
    ("2019-03-31", "08:30"),
    ("2019-10-26", "08:30"),
    ("2019-10-27", "09:30"),
    ("2020-03-28", "09:30"),
    ("2020-03-29", "08:30"),
    ("2020-10-24", "08:30"),
    ("2020-10-25", "09:30"),
    ("2021-03-27", "09:30"),
    ("2021-03-28", "08:30"),
    ("2021-10-30", "08:30"),
    ("2021-10-31", "09:30"),
    ("2022-03-26", "09:30"),
    ("2022-03-27", "08:30"),
    ("2022-10-29", "08:30"),
    ("2022-10-30", "09:30"),
    ("2023-03-25", "09:30"),
    ("2023-03-26", "08:30"),
    ("2023-10-28", "08:30"),
    ("2023-10-29", "09:30"),
    ("2024-03-30", "09:30"),
    ("2024-03-31", "08:30"),
    ("2024-10-26", "08:30"),
    ("2024-10-27", "09:30"),
    ("2025-03-29", "09:30"),
    ("2025-03-30", "08:30"),
    ("2025-10-25", "08:30"),
    ("2025-10-26", "09:30"),
    ("2026-03-28", "09:30"),
    ("2026-03-29", "08:30"),
    ("2026-10-24", "08:30"),
    ("2026-10-25", "09:30"),
    ("2027-03-27", "09:30"),
    ("2027-03-28", "08:30"),
    ("2027-10-30", "08:30"),
    ("2027-10-31", "09:30"),
    ("2028-03-25", "09:30"),
    ("2028-03-26", "08:30"),
    ("2028-10-28", "08:30"),
    ("2028-10-29", "09:30"),
    ("2029-03-24", "09:30"),
    ("2029-03-25", "08:30"),
    ("2029-10-27", "08:30"),
    ("2029-10-28", "09:30"),
    ("2030-03-30", "09:30"),
    ("2030-03-31", "08:30"),
    ("2030-10-26", "08:30"),
    ("2030-10-27", "09:30"),
]
AT = datetime(2011, 1, 11, 12, 0, tzinfo=ZONE)


@pytest.fixture
def calendar(seen: Any) -> Calendar:
    return Calendar()


def _address(client: Client) -> str:
    """Press the button and give the path that is shown, this once."""
    assert send(client, OWN).status_code == 302
    return re.sub(r"^https?://[^/]+", "", page(client.get(OWN)).code.text)


def _read(body: bytes, first: date, last: date) -> list[Any]:
    """Read a feed as another program does."""
    return list(recurring_ical_events.of(to_standard(Reader.from_ical(body))).between(first, last))


def _days(answer: Any) -> list[datetime]:
    assert answer.status_code == 200
    found = _read(answer.content, TODAY - timedelta(days=30), TODAY + timedelta(days=365))
    return sorted(event["DTSTART"].dt for event in found)


class TestReading:
    """What another program is told."""

    def test_it_reads_the_own_visits_and_nothing_that_tells(self, calendar: Calendar) -> None:
        answer = Client().get(_address(calendar.herself))
        assert answer["Content-Type"].startswith("text/calendar")
        assert "no-store" in answer["Cache-Control"]
        assert _days(answer) == [datetime(2011, 1, 13, 10, 30, tzinfo=ZONE)]
        told = re.findall(rb"(?m)^SUMMARY:(.*)\r$", answer.content)
        assert told == [b"Afspraak"]
        for field in (b"LOCATION", b"DESCRIPTION", b"ORGANIZER", b"ATTENDEE", b"URL"):
            assert field not in answer.content
        for word in ("Bezoek", "Gezin", str(calendar.visit.id), str(calendar.match.dossier_id)):
            assert word.lower().encode() not in answer.content.lower()

    def test_a_team_reads_its_own_and_another_team_nothing_of_it(self, calendar: Calendar) -> None:
        assert len(_days(Client().get(_address(calendar.ours)))) == 1
        assert _days(Client().get(_address(calendar.theirs))) == []

    def test_the_name_of_an_appointment_stays_and_differs_per_reader(self, calendar: Calendar) -> None:
        first, team = _address(calendar.herself), _address(calendar.ours)
        again = [re.findall(rb"UID:.*", Client().get(each).content) for each in (first, first, team)]
        assert again[0] == again[1] != again[2]


class TestEnding:
    """When nothing is read any more."""

    def test_a_wrong_secret_is_not_found_and_soon_has_to_wait(self, calendar: Calendar) -> None:
        statuses = [Client().get(f"/agenda/feed/{'x' * 43}.ics").status_code for _each in range(24)]
        assert statuses[0] == 404
        assert statuses[-1] == 429

    def test_a_right_secret_never_has_to_wait(self, calendar: Calendar) -> None:
        address = _address(calendar.herself)
        assert {Client().get(address).status_code for _each in range(24)} == {200}

    def test_a_new_address_ends_the_one_before(self, calendar: Calendar) -> None:
        old, new = _address(calendar.herself), _address(calendar.herself)
        assert (Client().get(old).status_code, Client().get(new).status_code) == (404, 200)

    def test_it_can_be_stopped_and_is_shown_only_once(self, calendar: Calendar) -> None:
        address = _address(calendar.herself)
        assert page(calendar.herself.get(OWN)).code is None
        assert "Er is een adres." in text(calendar.herself.get(OWN))
        assert send(calendar.herself, STOP).status_code == 302
        assert Client().get(address).status_code == 404
        assert "Er is nu geen adres." in text(calendar.herself.get(OWN))
        assert send(calendar.herself, STOP).status_code == 302

    def test_it_ends_with_the_appointment(self, calendar: Calendar) -> None:
        address = _address(calendar.herself)
        mine = Appointment.objects.filter(volunteer_id=calendar.match.volunteer_id)
        mine.update(to_on=TODAY - timedelta(days=1), from_on=TODAY - timedelta(days=9))
        assert Client().get(address).status_code == 404

    def test_the_secret_itself_is_kept_nowhere(self, calendar: Calendar) -> None:
        token = _address(calendar.herself).rpartition("/")[2].removesuffix(".ics")
        row = CalendarFeed.objects.get()
        assert len(token) >= 43
        assert token not in (row.digest, str(row.id))

    def test_after_the_end_of_a_match_nothing_of_it_stays(self, calendar: Calendar) -> None:
        address = _address(calendar.herself)
        products.end_match(calendar.coordinator, calendar.match.id, EndReason.PLANNED, calendar.now)
        assert _days(Client().get(address)) == []


class TestClock:
    """The right hour on the wall, whatever the season."""

    def test_ten_years_of_visits_from_every_weekday_are_read_back_at_their_hour(self) -> None:
        slots = [
            Slot(
                f"{weekday}-{each}@agenda",
                date(2010, 1, 4 + weekday) + timedelta(days=14 * each),
                time(10, 30),
                90,
            )
            for weekday, begin in enumerate(date(2010, 1, each) for each in range(4, 11))
            for each in range(261)
        ]
        found = _read(ics(slots, "Afspraak", AT), date(2010, 1, 1), date(2020, 2, 1))
        read = {str(event["UID"]): event for event in found}
        assert len(read) == len(slots) == len(found)
        for slot in slots:
            begins, ends = read[slot.uid]["DTSTART"].dt, read[slot.uid]["DTEND"].dt
            assert (begins.date(), begins.time()) == (slot.on, slot.at)
            assert begins.utcoffset() == datetime.combine(slot.on, time(10, 30), ZONE).utcoffset()
            assert ends - begins == timedelta(minutes=90)

    def test_around_every_change_of_the_clock_it_is_half_past_ten(self) -> None:
        slots = [Slot(f"{on}@agenda", date.fromisoformat(on), time(10, 30), 60) for on, _utc in CHANGES]
        found = _read(ics(slots, "Afspraak", AT), date(2010, 1, 1), date(2031, 1, 1))
        begins = sorted(event["DTSTART"].dt for event in found)
        assert [(f"{at:%Y-%m-%d}", f"{at.astimezone(UTC):%H:%M}") for at in begins] == CHANGES
        assert {f"{at:%H:%M}" for at in begins} == {"10:30"}

    def test_it_carries_the_rules_of_summer_time_itself(self) -> None:
        slots = [
            Slot("a@agenda", date(2011, 3, 26), time(10), 0),
            Slot("b@agenda", date(2011, 3, 28), time(10), 0),
        ]
        body = ics(slots, "Afspraak", AT)
        assert b"BEGIN:VTIMEZONE" in body
        assert b"TZID:Europe/Amsterdam" in body
        first, second = (event["DTSTART"].dt for event in _read(body, date(2011, 3, 1), date(2011, 4, 1)))
        assert (second.utcoffset() - first.utcoffset()) == timedelta(hours=1)

    def test_of_a_day_without_a_time_the_whole_day_is_told(self) -> None:
        slots = [Slot("a@a", TODAY, None, 0), Slot("b@a", TODAY + timedelta(days=1), time(9), 0)]
        whole, unsaid = _read(ics(slots, "Afspraak", AT), TODAY, TODAY + timedelta(days=2))
        assert (whole["DTSTART"].dt, whole["DTEND"].dt) == (TODAY, TODAY + timedelta(days=1))
        assert unsaid["DTEND"].dt - unsaid["DTSTART"].dt == timedelta(minutes=USUAL_MINUTES)
