"""Rules of consent: who must say yes, until when it holds, which text was read; and its state machine."""

import hashlib
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from gib.core.kernel.dates import Period
from gib.core.kernel.rules import RuleBroken
from gib.people.families import wording
from gib.people.families.domain.codes import SHARING, Party, Place, Purpose
from gib.people.families.domain.consent import (
    FLOW,
    Answer,
    NewConsent,
    State,
    Validity,
    check_asked,
    check_consent_given,
    recipient_of,
    still_decided,
    validity,
)
from gib.people.families.domain.episodes import last_day_before
from gib.people.families.tests.conftest import broken

ON = date(2011, 1, 11)
DAY = timedelta(days=1)
MUM, DAD, BODY, KID = Party.MOTHER, Party.OTHER_PARENT, Party.INSTITUTION, Party.CHILD

#: What each published text weighs; a version that was used never changes, so these lines only grow.
PUBLISHED = {
    "en/care_provider-1": "10935f65ab0683fa",
    "en/child_visit-1": "092d00076e430c27",
    "en/home_visit-1": "a96a8e57b2cf59b7",
    "en/municipality-1": "22384b7d7c15ff75",
    "en/municipality-2": "29c98fe2c9499cd8",
    "en/photo-1": "b3cc298b0595f1a5",
    "en/referral_data-1": "597e033e449e8b6a",
    "en/safety_house-1": "8959e5038eb399ae",
    "en/support-1": "da621929a3c8c8ba",
    "nl/care_provider-1": "5d5c4c3d4ec6da97",
    "nl/child_visit-1": "2d137eac73648fc8",
    "nl/home_visit-1": "d875f6028b92a41b",
    "nl/municipality-1": "3fa584862065ea2d",
    "nl/municipality-2": "82505708df60f54d",
    "nl/photo-1": "9b4ad555875103c5",
    "nl/referral_data-1": "24298b43e9c5d5df",
    "nl/safety_house-1": "17fa96728ebce425",
    "nl/support-1": "fa007ca204de4288",
}


@pytest.mark.requirement("CON-04")
@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, Validity.HOLDS),
        (364, Validity.HOLDS),
        (365, Validity.RENEW),
        (394, Validity.RENEW),
        (395, Validity.FROZEN),
        (4000, Validity.FROZEN),
    ],
)
def test_a_consent_warns_after_a_year_and_freezes_thirty_days_later(days: int, expected: Validity) -> None:
    assert validity(State.GIVEN, ON + 365 * DAY, ON + days * DAY, 30) == expected


@pytest.mark.parametrize("state", [State.ASKED, State.REFUSED, State.WITHDRAWN])
def test_only_a_given_consent_can_hold(state: State) -> None:
    assert validity(state, ON + DAY, ON, 30) == Validity.NONE
    assert validity(State.GIVEN, None, ON, 30) == Validity.NONE


@pytest.mark.requirement("CON-01")
@pytest.mark.parametrize("purpose", Purpose)
def test_each_recipient_outside_is_asked_for_apart(purpose: Purpose) -> None:
    child = {"child_id": ON} if purpose is Purpose.CHILD_VISIT else {}
    if purpose in SHARING:
        with broken("consent_needs_recipient"):
            check_asked(NewConsent(purpose=purpose), False)
        assert recipient_of(purpose, "0363") == "0363"
    else:
        check_asked(NewConsent(purpose=purpose, **child), False)
        assert recipient_of(purpose, "0363") == ""


def test_a_question_is_about_the_right_person_and_open_once() -> None:
    with broken("consent_not_for_child"):
        check_asked(NewConsent(purpose=Purpose.SUPPORT, child_id=ON), False)
    with broken("consent_needs_child"):
        check_asked(NewConsent(purpose=Purpose.CHILD_VISIT), False)
    with broken("consent_already_asked"):
        check_asked(NewConsent(purpose=Purpose.SUPPORT), True)
    with broken("purpose_unknown"):
        recipient_of("curiosity", "")


@pytest.mark.requirement("CON-01")
def test_a_yes_is_free_has_happened_and_comes_from_everybody() -> None:
    yes = Answer(place=Place.PRISON)
    check_consent_given(Purpose.SUPPORT, yes, ON, {MUM})
    with broken("staff_present"):
        check_consent_given(Purpose.SUPPORT, Answer(place=Place.PRISON, staff_absent=False), ON, {MUM})
    with broken("day_in_future"):
        check_consent_given(Purpose.SUPPORT, Answer(place=Place.HOME, given_on=ON + DAY), ON, {MUM})
    with broken("decider_unknown"):
        check_consent_given(Purpose.CHILD_VISIT, yes, ON, None)
    with broken("decider_missing"):
        check_consent_given(Purpose.CHILD_VISIT, yes, ON, {MUM, DAD})


def test_the_referrer_may_have_seen_the_consent_for_the_referral() -> None:
    seen = Answer(place=Place.PRISON, staff_absent=False)
    assert check_consent_given(Purpose.REFERRAL_DATA, seen, ON, {MUM}) is None


@pytest.mark.requirement("CON-05")
@pytest.mark.parametrize(
    ("given_by", "needed", "same", "stands"),
    [
        ({MUM}, {MUM}, True, True),
        ({MUM}, {MUM}, False, True),  # the mother's yes survives a new paper
        ({MUM}, {DAD}, False, False),  # loss of authority revokes
        ({MUM, DAD}, {MUM, DAD}, True, True),
        ({MUM, DAD}, {DAD}, False, False),  # another authority: ask the other parent again
        ({MUM, DAD}, {MUM, DAD, KID}, True, False),  # the child turned twelve
        ({MUM, DAD, KID}, {KID}, False, True),  # the child turned sixteen
        ({BODY}, {BODY}, False, False),
        ({MUM}, None, True, False),
    ],
)
def test_a_yes_for_a_child_stands_while_the_same_people_decide(
    given_by: set[Party], needed: set[Party] | None, same: bool, stands: bool
) -> None:
    assert still_decided({str(party) for party in given_by}, needed, same) is stands


# Texts


@pytest.mark.requirement("CON-06")
@pytest.mark.parametrize("language", wording.LANGUAGES)
@pytest.mark.parametrize("purpose", Purpose)
def test_each_text_can_be_reproduced_byte_for_byte(purpose: Purpose, language: str) -> None:
    text = wording.latest(purpose, language)
    stored = (wording.FOLDER / language / f"{text.version}.toml").read_bytes()
    assert wording.exact_bytes(text.version, language) == stored
    assert text.digest == hashlib.sha256(stored).hexdigest()
    assert text.title
    assert len(text.paragraphs) >= 3


def test_a_text_that_nobody_approved_says_so() -> None:
    assert not wording.latest(Purpose.SUPPORT, "nl").is_approved


@pytest.mark.parametrize(("version", "language"), [("support-99", "nl"), ("support-1", "xx"), ("../x", "nl")])
def test_a_text_that_does_not_exist_is_refused(version: str, language: str) -> None:
    with broken("consent_text_missing"):
        wording.wording(version, language)
    with broken("consent_text_missing"):
        wording.latest("support", "xx")


@pytest.mark.requirement("CON-06")
def test_no_published_text_ever_changed() -> None:
    weighed = {
        f"{path.parent.name}/{path.stem}": hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        for path in sorted(wording.FOLDER.glob("*/*.toml"))
    }
    assert {name: weighed.get(name) for name in PUBLISHED} == PUBLISHED
    assert set(weighed) == set(PUBLISHED)


@pytest.mark.parametrize("path", sorted(wording.FOLDER.glob("nl/*.toml")), ids=lambda path: path.stem)
def test_a_text_for_mothers_has_short_sentences(path: Path) -> None:
    text = wording.wording(path.stem, "nl")
    sentences = [
        each for part in text.paragraphs for each in part.replace("?", ".").split(".") if each.strip()
    ]
    assert max(len(each.split()) for each in sentences) <= 19
    assert sum(len(each.split()) for each in sentences) / len(sentences) <= 12


# Machines


class ConsentMachine(RuleBasedStateMachine):
    """Walks the flow of consent in any order; what was withdrawn or refused never holds again."""

    def __init__(self) -> None:
        super().__init__()
        self.state = State.ASKED
        self.on = ON
        self.expires_on: date | None = None
        self.path = [State.ASKED]

    @rule(to=st.sampled_from(State))
    def answer(self, to: State) -> None:
        may = FLOW.may_move(self.state, to)
        try:
            self.state = FLOW.move(self.state, to)
        except RuleBroken as refused:
            assert refused.code == "illegal_move"
            assert not may
            return
        assert may
        self.path.append(to)
        if to is State.GIVEN:
            self.expires_on = self.on + 365 * DAY

    @rule(days=st.integers(0, 200))
    def time_passes(self, days: int) -> None:
        self.on += days * DAY

    @invariant()
    def holds_only_between_the_yes_and_the_end(self) -> None:
        holds = validity(self.state, self.expires_on, self.on, 30) in (Validity.HOLDS, Validity.RENEW)
        within = self.expires_on is not None and self.on < self.expires_on + 30 * DAY
        assert holds == (self.state is State.GIVEN and within)

    @invariant()
    def never_returns(self) -> None:
        assert len(set(self.path)) == len(self.path)
        if FLOW.is_final(self.state):
            assert not any(FLOW.may_move(self.state, to) for to in State)


class EpisodeMachine(RuleBasedStateMachine):
    """Adds and ends episodes on any day; two never share a day, and at most one is open."""

    def __init__(self) -> None:
        super().__init__()
        self.periods: list[Period] = []

    @rule(days=st.integers(0, 400))
    def follow(self, days: int) -> None:
        from_on = ON + days * DAY
        try:
            ends_on = last_day_before(from_on, self.periods)
        except RuleBroken as refused:
            assert refused.code == "episode_overlaps"
            assert any(
                Period(from_on).overlaps(each)
                for each in self.periods
                if each.to_on or each.from_on >= from_on
            )
            return
        self.periods = [each if each.to_on else Period(each.from_on, ends_on) for each in self.periods]
        self.periods.append(Period(from_on))

    @rule(days=st.integers(0, 400))
    def end(self, days: int) -> None:
        for number, each in enumerate(self.periods):
            if each.to_on is None and each.from_on <= ON + days * DAY:
                self.periods[number] = Period(each.from_on, ON + days * DAY)

    @invariant()
    def one_at_a_time(self) -> None:
        assert sum(each.to_on is None for each in self.periods) <= 1
        for number, each in enumerate(self.periods):
            assert not any(each.overlaps(other) for other in self.periods[number + 1 :])


TestConsentMachine = ConsentMachine.TestCase
TestEpisodeMachine = EpisodeMachine.TestCase
