"""Stories of what may turn out otherwise: moved, stopped, called off, looked for, let rest."""

from datetime import time, timedelta
from typing import Final
from uuid import UUID

from gib.care.intake import actions as intake
from gib.care.intake.domain import Cause as TalkCause
from gib.care.products import actions as products
from gib.care.products.domain.contact import Cancelled, Reason
from gib.care.products.domain.contact import State as Visit
from gib.care.products.domain.match import EndReason, Why
from gib.care.products.domain.participation import StopReason
from gib.care.products.domain.talks import Going, MatchTalkKind, NewTalk, NextStep, TalkedWith
from gib.care.referral import actions as referral
from gib.care.referral.domain import DeclineReason
from gib.care.trajectory import actions as trajectory
from gib.care.trajectory.domain import CloseReason, PauseReason
from gib.core.access import rls
from gib.people.families import actions as families
from gib.people.families.domain.codes import Place, Purpose
from gib.people.families.domain.consent import Answer, NewConsent
from gib.people.partners.domain import Product, Regime
from gib.portal import actions as portal
from gib.portal.demo.days import TODAY
from gib.portal.demo.people import Cast, Side
from gib.portal.demo.story import Story, place_of
from gib.portal.domain import ErasureGround, ErasureState, TransferState
from gib.portal.models import open_transfer

VISITS, HOME, COURSE = Product.BEZOEKMOEDERS, Product.MOEDERMAATJES, Product.IK_JIJ_WIJ
_NOTICE: Final = 3


def not_sent_yet(story: Story, cast: Cast) -> None:
    """An MMD has begun to write about her."""
    story.begun(90)


def no_talk_yet(story: Story, cast: Cast) -> None:
    """The talk was held and is not written out; an earlier talk was called off."""
    story.referred(140).after(1).accepted().with_children(4).talk_planned(1).after(1)
    intake.cancel(story.coordinator, story.intake_id, TalkCause.PRISON, story.now)
    story.talk_planned(2).after(2)
    intake.hold(story.coordinator, story.intake_id, story.now.on, story.now)


def not_now(story: Story, cast: Cast) -> None:
    """She wants no help now, and may be asked again in spring."""
    story.referred(200).after(1).accepted().talk_planned(2).after(2)
    intake.refuse(story.coordinator, story.intake_id, TODAY + timedelta(days=90), story.now)


def free_before_the_talk(story: Story, cast: Cast) -> None:
    """She was free before anybody spoke with her."""
    story.referred(3).after(1).accepted().talk_planned(4).after(2).released("0363")


def may_be_erased(story: Story, cast: Cast) -> None:
    """She is done with us; to erase her dossier was asked three times: taken back, refused, and open."""
    story.referred(None).with_children(11).accepted().heard("Alles achter mij laten").planned().after(15)
    trajectory.close(story.coordinator, story.plan_id, CloseReason.GOALS_MET, None, story.now)
    for by, answer, why in (
        (story.coordinator, ErasureState.WITHDRAWN, ""),
        (cast.deputy, ErasureState.REFUSED, "De eindverantwoording loopt nog."),
    ):
        asked = portal.ask_erasure(story.coordinator, story.dossier_id, ErasureGround.HER_WISH, story.now)
        portal.answer_erasure(by, asked.id, answer, why, story.after(2).now)
    portal.ask_erasure(story.coordinator, story.dossier_id, ErasureGround.HER_WISH, story.now)


def long_ago(story: Story, cast: Cast) -> None:
    """She was done with us more than two years ago: her dossier should be gone, and nobody asked yet."""
    story.referred(None).with_children(9).accepted().heard("Weer thuis slapen").planned().after(15)
    trajectory.close(story.coordinator, story.plan_id, CloseReason.GOALS_MET, None, story.now)


def nothing_came_of_it(story: Story, cast: Cast) -> None:
    """She was referred and had no children; that is longer ago than a referral without sequel is kept."""
    story.referred(200).after(1)
    referral.decline(story.coordinator, story.referral_id, DeclineReason.NO_CHILDREN, story.now)


def agreed_only(story: Story, cast: Cast) -> None:
    """She said yes to her plan; help begins next week. One consent waits, one was refused, one taken back."""
    story.referred(170).accepted().with_children(2, 6).heard("Mijn meiden samen houden").proposed()
    by, now = story.coordinator, story.now
    trajectory.agree(by, story.plan_id, now)
    families.ask_consent(by, story.dossier_id, NewConsent(purpose=Purpose.HOME_VISIT), now)
    photo = families.ask_consent(by, story.dossier_id, NewConsent(purpose=Purpose.PHOTO), now)
    families.refuse_consent(by, photo.id, now)
    shared = NewConsent(purpose=Purpose.MUNICIPALITY, recipient="0344")
    given = families.ask_consent(by, story.dossier_id, shared, now)
    families.give_consent(by, given.id, Answer(place=Place.PRISON), now)
    story.after(2)
    families.withdraw_consent(by, given.id, story.now)


def out_of_touch(story: Story, cast: Cast) -> None:
    """Help rests because nobody reaches her."""
    story.referred(190).accepted().with_children(7).heard("Weer naar school").planned().after(20)
    trajectory.pause(story.coordinator, story.plan_id, PauseReason.UNREACHABLE, story.now)


def asked_three_times(story: Story, cast: Cast) -> None:
    """For three things a volunteer is asked; each waits for somebody else."""
    story.referred(35).accepted().with_children(3, 9).heard("Sterk naar buiten").planned().returns_to("0363")
    by = story.coordinator
    for product, helper in ((VISITS, "Mina"), (HOME, "Geertje"), (COURSE, "Jans")):
        story.wants(product).asked(product, helper)
    products.volunteer_answers(by, story.matches[VISITS], True, story.now)
    products.mother_answers(by, story.matches[HOME], True, story.now)
    products.volunteer_answers(by, story.matches[COURSE], True, story.now)
    products.mother_answers(by, story.matches[COURSE], True, story.now)
    story.wants(Product.MOEDER_DE_GANS, "offered")


def meeting_each_other(story: Story, cast: Cast) -> None:
    """The third volunteer meets her today: one said no, one was taken back."""
    story.referred(220).accepted().with_children(8).heard("Iemand die luistert").planned().wants(VISITS)
    by = story.coordinator
    story.asked(VISITS, "Kee").after(1)
    products.volunteer_answers(by, story.matches[VISITS], False, story.now)
    story.asked(VISITS, "Dien").after(1)
    products.withdraw_match(by, story.matches[VISITS], story.now)
    story.asked(VISITS, "Dorothea").after(1)
    products.volunteer_answers(by, story.matches[VISITS], True, story.now)
    products.mother_answers(by, story.matches[VISITS], True, story.now)
    story.after(1)
    products.introduce(by, story.matches[VISITS], story.now)
    part = story.wants(Product.MOEDER_KIND_BEZOEKEN, "offered").parts[Product.MOEDER_KIND_BEZOEKEN]
    products.decline_offer(by, part, TODAY + timedelta(days=60), story.now)


def saying_goodbye(story: Story, cast: Cast) -> None:
    """A long series nears its end; the next visits stand in every stage of planning."""
    story.referred(18).accepted().with_children(6, 10).heard("Afscheid nemen zonder ruzie").planned()
    story.wants(VISITS).matched(VISITS, "Aagje").visited(VISITS, 3).settled(VISITS)
    by, match = story.coordinator, story.matches[VISITS]
    halfway = NewTalk(MatchTalkKind.MIDTERM, story.now.on, TalkedWith.BOTH, Going.WELL, NextStep.GO_ON)
    products.hold_match_talk(by, match, halfway, story.now)
    products.begin_ending(by, match, story.now)
    held = _visit(story, 2)
    story.after(2)
    products.hold_visit(by, held, story.now)
    products.confirm_visit(by, _visit(story, story.at + 2), story.now)
    products.clear_visit(by, _visit(story, story.at + 6), story.now)


def _visit(story: Story, in_days: int, at: time = time(14), product: Product = VISITS) -> UUID:
    """Plan a visit so many days from the day of the story."""
    on = story.now.on + timedelta(days=in_days)
    match = story.matches[product]
    row = products.plan_visit(story.coordinator, match, on, at, place_of(product), story.now)
    return row.id


def stopped_inside(story: Story, cast: Cast) -> None:
    """Visits did not go on, each for another reason; then she stopped, and the prison ended the rest."""
    story.referred(150).accepted().with_children(5).heard("Rustig slapen").planned()
    story.wants(VISITS).matched(VISITS, "Neel")
    by = story.coordinator
    for side, reason in (
        (Cancelled.MOTHER, Reason.COURT),
        (Cancelled.VOLUNTEER, Reason.ILL),
        (Cancelled.PRISON, Reason.STAFF_SHORTAGE),
        (Cancelled.CAREGIVER, Reason.OTHER),
    ):
        products.cancel_visit(by, _visit(story, 5), reason, side, story.now)
        story.after(5)
    for outcome, reason in ((Visit.NO_SHOW, Reason.ISOLATION), (Visit.REFUSED_AT_GATE, Reason.ID_MISSING)):
        row = _visit(story, _NOTICE)
        story.after(_NOTICE)
        products.miss_visit(by, row, outcome, reason, story.now)
    products.end_match(by, story.matches[VISITS], EndReason.OTHER_PERSON, story.now)
    products.exclude(by, story.dossier_id, story.side.helpers["Neel"], Why.HER_WISH, story.now)
    products.stop(by, story.parts[VISITS], StopReason.NOT_SAID, story.now)
    story.wants(Product.MOEDER_KIND_BEZOEKEN).after(2)
    products.end_by_prison(by, story.parts[Product.MOEDER_KIND_BEZOEKEN], story.now)


def moved_to_the_other(story: Story, cast: Cast) -> None:
    """She was moved; the other team is asked to take her over, and a course ended by it."""
    story.referred(60).accepted().with_children(4, 8).heard("Bij mijn moeder in de buurt").planned()
    story.wants(COURSE).enrolled().after(_NOTICE)
    _moved(story, cast)


def taken_over(story: Story, cast: Cast) -> None:
    """She was moved, and the other team said yes."""
    story.referred(130).accepted().with_children(9).heard("Opnieuw beginnen").planned().after(2)
    _moved(story, cast)
    story.after(2)
    _answered(story, cast, TransferState.ACCEPTED)


def stays_here(story: Story, cast: Cast) -> None:
    """A takeover was asked twice: once taken back, once declined; she stays where she is known."""
    story.referred(160).accepted().with_children(2).heard("Niet weer verhuizen").planned()
    other = _other(story, cast).team.pk
    for answer in (TransferState.WITHDRAWN, TransferState.DECLINED):
        portal.propose_transfer(story.coordinator, story.dossier_id, other, story.now)
        story.after(1)
        _answered(story, cast, answer)


def _other(story: Story, cast: Cast) -> Side:
    return cast.sides[1 - cast.sides.index(story.side)]


def _moved(story: Story, cast: Cast) -> None:
    to = _other(story, cast).team.prison.code
    families.place(story.coordinator, story.dossier_id, to, "B2", Regime.SENTENCE, story.now.on, story.now)


def _answered(story: Story, cast: Cast, to: TransferState) -> None:
    by = story.coordinator if to is TransferState.WITHDRAWN else _other(story, cast).coordinator
    with rls.system("story", story.now.on):
        found = open_transfer(story.dossier_id)
    assert found is not None, "nobody asked"
    portal.answer_transfer(by, found.id, to, story.now)
