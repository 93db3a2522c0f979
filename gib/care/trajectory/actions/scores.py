"""The scores that she gives herself at a review."""

from uuid import UUID

from gib.care.trajectory import domain
from gib.care.trajectory.domain import EDITION, Scores
from gib.care.trajectory.models import AreaScore, Review, Trajectory, add_to
from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.kernel.stamps import check_version


@act(P.PLAN_TRAJECTORY)
def give_scores(actor: Actor, review_id: UUID, scores: Scores, now: Now) -> list[AreaScore]:
    """Keep what she answered at a review; another answer later stands beside the earlier one and counts.

    The same answer once more changes nothing.

    Raises:
        RuleBroken: 'trajectory_not_open', 'newer_version', 'mark_out_of_range', 'nothing_scored'.
    """
    review: Review = Review.for_action(actor, now.on).get_or_404(pk=review_id)
    plan: Trajectory = Trajectory.for_action(actor, now.on).get_or_404(pk=review.trajectory_id)
    domain.check_open(plan.state)
    kept = list(AreaScore.for_action(actor, now.on).filter(review_id=review.id))
    number = max((row.number for row in kept), default=0)
    check_version(number, scores.version)
    given = domain.complete(scores.given)
    domain.check_scores(given, number)
    last = [row for row in kept if row.number == number]
    if number and {row.area: row.score for row in last} == given:
        return last
    facts = {"review": review, "edition": EDITION, "number": number + 1, "given_on": now.on}
    rows: list[AreaScore] = [
        add_to(plan, AreaScore, area=area, score=score, **facts) for area, score in given.items()
    ]
    event = domain.ScoresGiven(dossier_id=plan.dossier_id, review_id=review.id, number=number + 1)
    carry_out(actor, now, rows=rows, events=[event])
    return rows
