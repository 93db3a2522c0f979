"""Trajectories, her goals and marks, the steps of her plan, reviews and covers; with the readers of each."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from gib.care.trajectory.domain import (
    NORMS,
    OPEN,
    CloseReason,
    Drill,
    PauseReason,
    Phase,
    State,
    Step,
    begins_anew,
)
from gib.care.trajectory.domain.outreach import check_given_up
from gib.care.trajectory.models.outreach import Outreach as Outreach
from gib.care.trajectory.models.outreach import OutreachAttempt as OutreachAttempt
from gib.care.trajectory.models.outreach import open_outreach as open_outreach
from gib.care.trajectory.models.outreach import running_search as running_search
from gib.care.trajectory.models.outreach import search_for as search_for
from gib.care.trajectory.models.outreach import search_of as search_of
from gib.care.trajectory.models.own import AreaScore as AreaScore
from gib.care.trajectory.models.own import NetworkMap as NetworkMap
from gib.care.trajectory.models.own import NetworkPerson as NetworkPerson
from gib.core.access import rls
from gib.core.access.rows import ScopedQuerySet
from gib.core.access.tables import Kind
from gib.core.access.together import Steps, abreast, begin, in_steps
from gib.core.kernel.rules import RuleBroken
from gib.core.vault.fields import SealedText
from gib.people.families.domain.codes import Purpose
from gib.people.families.models import (
    CaseRow,
    consent_holds,
    last_episode,
    latest_expectation,
    rows_of,
)
from gib.people.families.models.checks import in_order, one_of
from gib.people.partners.models import legal_value


class TrajectoryRows(ScopedQuerySet):
    """Trajectories by where they stand."""

    def open(self) -> "TrajectoryRows":
        """Keep those that are not closed."""
        return self.filter(state__in=sorted(OPEN))

    def going(self) -> "TrajectoryRows":
        """Keep those that are not closed, with what lists ask of them: an index holds nothing else."""
        return self.open().only("dossier", "team", "state", "agreed_on")

    def closed_days(self) -> models.QuerySet[Any, Any]:
        """Ask which are closed, since when and why, from an index alone; lists ask it as one."""
        return self.filter(state=State.CLOSED).values_list("dossier_id", "closed_on", "close_reason")

    def newest_first(self) -> "TrajectoryRows":
        """Put the newest first; parts of a page ask it of one dossier as one question."""
        return self.order_by("-opened_on", "-id")


class Trajectory(CaseRow):
    """What coordinator and mother agreed to do, from the first plan to the last goodbye."""

    state = models.CharField(max_length=16, default=State.PROPOSED)
    opened_on = models.DateField()
    agreed_on = models.DateField(null=True)
    started_on = models.DateField(null=True)
    paused_on = models.DateField(null=True)
    paused_reason = models.CharField(max_length=16, blank=True)
    closed_on = models.DateField(null=True)
    close_reason = models.CharField(max_length=24, blank=True)
    trail_id = models.UUIDField(null=True)
    let_go_municipality = models.ForeignKey(
        "partners.Municipality", on_delete=models.PROTECT, null=True, related_name="+"
    )
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = TrajectoryRows.as_manager()

    class Meta:
        constraints = [
            one_of("state", State),
            one_of("close_reason", CloseReason, empty=True),
            one_of("paused_reason", PauseReason, empty=True),
            models.CheckConstraint(
                condition=~Q(close_reason=CloseReason.NOT_FUNDED)
                | Q(trail_id__isnull=False, let_go_municipality__isnull=False),
                name="trajectory_let_go_has_trail",
            ),
            models.UniqueConstraint(
                fields=["dossier"], condition=~Q(state=State.CLOSED), name="trajectory_one_open"
            ),
        ]
        indexes = [
            models.Index(
                fields=["team", "state"],
                include=["dossier", "closed_on", "close_reason"],
                name="trajectory_by_state",
            ),
            models.Index(
                fields=["team"],
                include=["id", "dossier", "state", "agreed_on"],
                condition=Q(state__in=sorted(OPEN)),
                name="trajectory_open_by_team",
            ),
            models.Index(
                fields=["team", "closed_on"],
                condition=Q(closed_on__isnull=False),
                name="trajectory_closed_by_team",
            ),
            models.Index(
                fields=["team"],
                include=["id", "dossier", "closed_on"],
                condition=Q(close_reason=CloseReason.NOT_FUNDED),
                name="trajectory_not_funded",
            ),
        ]

    class Access:
        kind = Kind.TRAJECTORY
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "status": (
                *("state", "opened_on", "agreed_on", "started_on"),
                *("paused_on", "paused_reason", "closed_on"),
            ),
            "closing": ("close_reason", "trail_id", "let_go_municipality", "previous_id"),
        }


def follows_at_once(last: Any, episode: Any) -> bool:
    """Tell whether a new plan may follow a closed one at once: nobody paid, or she is held again since.

    Args:
        episode: the detention that goes on, if any.
    """
    let_go = last.close_reason == CloseReason.NOT_FUNDED
    return let_go or begins_anew(last.opened_on, episode.from_on if episode else None)


class Goal(CaseRow):
    """A wish in her own words."""

    trajectory = models.ForeignKey(Trajectory, on_delete=models.PROTECT, related_name="+")
    words = SealedText(max_length=300)
    order = models.PositiveSmallIntegerField()
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)

    class Meta:
        ordering = ["order", "opened_on"]

    class Access:
        kind = Kind.TRAJECTORY
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "goals": ("words", "order", "opened_on", "closed_on", "trajectory_id")
        }


class GoalMark(CaseRow):
    """The mark she gave a goal on a day, 0 to 5; the last one of a day counts."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="+")
    mark = models.PositiveSmallIntegerField()
    on = models.DateField()

    class Meta:
        ordering = ["on"]
        constraints = [
            models.CheckConstraint(condition=Q(mark__gte=0, mark__lte=5), name="goalmark_range"),
            models.UniqueConstraint(fields=["goal", "on"], name="goalmark_one_a_day"),
        ]

    class Access:
        kind = Kind.TRAJECTORY
        groups: ClassVar[dict[str, tuple[str, ...]]] = {"marks": ("goal_id", "mark", "on")}


class PlanStep(CaseRow):
    """A step of her plan; one that hangs on the release date moves along with it."""

    trajectory = models.ForeignKey(Trajectory, on_delete=models.PROTECT, related_name="+")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, null=True, related_name="+")
    phase = models.CharField(max_length=16)
    what = SealedText(max_length=300)
    product = models.CharField(max_length=24, blank=True)
    drill = models.CharField(max_length=16, blank=True)
    drill_on = models.DateField(null=True)
    weeks_before_release = models.SmallIntegerField(null=True)
    due_on = models.DateField(null=True)
    rushed = models.BooleanField(default=False)
    done_on = models.DateField(null=True)
    overtaken_on = models.DateField(null=True)

    class Meta:
        ordering = [F("due_on").asc(nulls_last=True), "id"]
        constraints = [
            one_of("phase", Phase),
            one_of("drill", Drill, empty=True),
        ]
        indexes = [
            models.Index(
                fields=["team", "due_on"],
                condition=Q(done_on__isnull=True, overtaken_on__isnull=True),
                name="planstep_open",
            )
        ]

    class Access:
        kind = Kind.TRAJECTORY
        erased: ClassVar[dict[str, object]] = {"drill": "", "product": ""}
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "steps": (
                "trajectory_id",
                "goal_id",
                "phase",
                "what",
                "product",
                "drill",
                "drill_on",
                "weeks_before_release",
                "due_on",
                "rushed",
                "done_on",
                "overtaken_on",
                "is_open",
            )
        }

    @property
    def is_open(self) -> bool:
        """Whether it still has to be done."""
        return self.done_on is None and self.overtaken_on is None

    def as_step(self) -> Step:
        """Give the step as the rules see it."""
        return Step(
            id=self.id,
            phase=Phase(self.phase),
            weeks_before_release=self.weeks_before_release,
            due_on=self.due_on,
            done_on=self.done_on,
            overtaken_on=self.overtaken_on,
            rushed=self.rushed,
        )


class Review(CaseRow):
    """A talk of coordinator and mother about how the plan goes."""

    trajectory = models.ForeignKey(Trajectory, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField()
    note = SealedText(max_length=4000)

    class Meta:
        ordering = ["-held_on"]
        # With whom nobody talked for a while is found without the talks themselves.
        indexes = [
            models.Index(fields=["trajectory", "-held_on"], name="review_last"),
            models.Index(
                fields=["team", "held_on"], include=["trajectory", "dossier"], name="review_held_by_team"
            ),
        ]

    class Access:
        kind = Kind.TRAJECTORY
        groups: ClassVar[dict[str, tuple[str, ...]]] = {"review": ("trajectory_id", "held_on", "note")}


class Cover(CaseRow):
    """Who pays for help after release, from when to when; written by the stage that arranges it."""

    payer = models.CharField(max_length=40)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    reference = models.CharField(max_length=64)

    class Meta:
        constraints = [in_order()]
        indexes = [
            models.Index(fields=["dossier", "from_on"]),
            models.Index(fields=["team", "dossier"], include=["to_on"], name="cover_by_team"),
        ]

    class Access:
        kind = Kind.TRAJECTORY
        erased: ClassVar[dict[str, object]] = {"reference": ""}
        groups: ClassVar[dict[str, tuple[str, ...]]] = {"cover": ("payer", "from_on", "to_on", "reference")}


class Trail(CaseRow):
    """An episode in which a request for one trajectory stands refused or unanswered.

    Only then may she be let go. The stage that asks hands it down; a yes, a move or a withdrawal ends it.
    """

    trajectory = models.ForeignKey(Trajectory, on_delete=models.PROTECT, related_name="+")
    request_id = models.UUIDField()
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    class Meta:
        constraints = [
            in_order(),
            models.UniqueConstraint(
                fields=["request_id"], condition=Q(to_on__isnull=True), name="trail_one_open"
            ),
        ]

    class Access:
        kind = Kind.TRAJECTORY
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "cover": ("trajectory_id", "request_id", "from_on", "to_on")
        }


def add_to(plan: Trajectory, model: type[Any], /, **fields: Any) -> Any:
    """Make a row that belongs to a trajectory's dossier and team, for an act to save."""
    return model(dossier_id=plan.dossier_id, team_id=plan.team_id, **fields)


def norm(key: str, on: date) -> int:
    """Give a term of this slice: the dated value of the house, or else its default."""
    try:
        return legal_value(key, on)
    except RuleBroken:
        return NORMS[key]


def check_looked_for(dossier_id: UUID, trajectory_id: UUID, on: date) -> None:
    """Allow giving up on a mother who is out of reach: everything was tried, for as long as is asked.

    Raises:
        RuleBroken: 'outreach_missing', 'outreach_too_short'.
    """
    check_given_up(search_for(dossier_id, trajectory_id), on, norm("outreach_days", on))


def open_trajectory(dossier_id: UUID) -> Trajectory | None:
    """Give the trajectory of a dossier that is not closed, if any."""
    rows: Any = rows_of(Trajectory, dossier_id)
    found: Trajectory | None = rows.open().first()
    return found


def latest_trajectory(dossier_id: UUID) -> Trajectory | None:
    """Give the newest trajectory of a dossier, the open one before a closed one."""
    rows = rows_of(Trajectory, dossier_id)
    found: Trajectory | None = rows.order_by(F("closed_on").desc(nulls_first=True)).first()
    return found


@in_steps
def is_covered(dossier_id: UUID, on: date) -> Steps[bool]:
    """Tell whether somebody pays for help at home on a day."""
    return bool((yield covers_on(on).filter(dossier_id=dossier_id)[:1]))


def covers_on(on: date) -> ScopedQuerySet:
    """Give the covers that hold on a day, of all dossiers, for a stage that asks about many at once."""
    holds = Q(to_on__isnull=True) | Q(to_on__gte=on)
    return Cover.for_house("is_covered", on).filter(holds, from_on__lte=on)


def has_trail(plan: Trajectory, request_id: UUID | None) -> bool:
    """Tell whether a request stands refused or unanswered for a trajectory."""
    rows = rows_of(Trail, plan.dossier_id).filter(trajectory_id=plan.id, request_id=request_id)
    return bool(rows.filter(to_on__isnull=True).exists())


def has_goal(dossier_id: UUID) -> bool:
    """Tell whether a goal of hers is open in the running trajectory."""
    goals = rows_of(Goal, dossier_id).filter(closed_on__isnull=True)
    return bool(goals.exclude(trajectory__state=State.CLOSED).exists())


@in_steps
def release_day(dossier_id: UUID) -> Steps[date | None]:
    """Give the day that her plan counts from: the expected release, or the real one once she is free."""
    parts = [begin(part, dossier_id) for part in (last_episode, latest_expectation)]
    episode, expected = yield from abreast(parts)
    released_on: date | None = episode.to_on if episode else None
    return released_on or (expected.expected_on if expected else None)


def supports(dossier_id: UUID, on: date) -> bool:
    """Tell whether her consent for help by this house holds on a day."""
    with rls.system("consent", on):
        return consent_holds(dossier_id, Purpose.SUPPORT, "", on)
