"""What a matching problem consists of: facts of one day, in ids and codes, and weights."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from gib.core.kernel.problems import in_force
from gib.core.kernel.reading import at_least, some


class Daypart(StrEnum):
    """Half a day or an evening of the week in which somebody can meet."""

    MON_MORNING = "mon_morning"
    MON_AFTERNOON = "mon_afternoon"
    MON_EVENING = "mon_evening"
    TUE_MORNING = "tue_morning"
    TUE_AFTERNOON = "tue_afternoon"
    TUE_EVENING = "tue_evening"
    WED_MORNING = "wed_morning"
    WED_AFTERNOON = "wed_afternoon"
    WED_EVENING = "wed_evening"
    THU_MORNING = "thu_morning"
    THU_AFTERNOON = "thu_afternoon"
    THU_EVENING = "thu_evening"
    FRI_MORNING = "fri_morning"
    FRI_AFTERNOON = "fri_afternoon"
    FRI_EVENING = "fri_evening"
    SAT_MORNING = "sat_morning"
    SAT_AFTERNOON = "sat_afternoon"
    SAT_EVENING = "sat_evening"
    SUN_MORNING = "sun_morning"
    SUN_AFTERNOON = "sun_afternoon"
    SUN_EVENING = "sun_evening"


class Gender(StrEnum):
    """What a volunteer says of herself; it counts only where a mother asks for it."""

    WOMAN = "woman"
    MAN = "man"
    OTHER = "other"


class AgeGroup(StrEnum):
    """The ages of children with whom somebody has experience."""

    BABY = "0-3"
    CHILD = "4-11"
    TEENAGER = "12-17"


class Why(StrEnum):
    """Why a volunteer is not asked for a mother."""

    HER_WISH = "her_wish"
    VOLUNTEER_WISH = "volunteer_wish"
    KNOWS_FAMILY = "knows_family"
    SAME_STREET = "same_street"
    NO_CLICK = "no_click"
    UNSAFE = "unsafe"


@dataclass(frozen=True, slots=True)
class Completed:
    """One requirement that is in order from a day up to and including another; without end it holds on."""

    code: str
    from_on: date
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class Permit:
    """Access of a volunteer to one prison."""

    prison: str
    from_on: date
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class Absence:
    """Days on which a volunteer takes no new mother: leave, a pause, or from the day she stops."""

    from_on: date
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A postcode area of four digits or a prison, by its middle: never an address.

    `x` and `y` are metres in one flat grid. `village` names a settlement so small that people know each
    other; it is empty in a town.
    """

    code: str
    x: int
    y: int
    village: str = ""


@dataclass(frozen=True, slots=True)
class Travel:
    """Known minutes between two places, instead of those that follow from their distance."""

    from_place: str
    to_place: str
    minutes: int = at_least(0)


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A volunteer who is not asked for a mother."""

    volunteer: str
    mother: str
    why: Why


@dataclass(frozen=True, slots=True)
class Pending:
    """A proposal that both are still thinking about; its place is not yet taken."""

    demand: str
    volunteer: str


@dataclass(frozen=True, slots=True)
class Demand:
    """A mother who waits for a volunteer in one product; in two products she is two demands.

    `prison` is where she stays, for a product inside; `home` the postcode area of help at home. `near` are
    the areas in which she and her children live. `start_on` is empty when it may start today, `until_on`
    when the product's usual length counts. No `dayparts` means that any will do.
    """

    id: str
    mother: str
    product: str
    since_on: date
    languages: tuple[str, ...] = some()
    prison: str = ""
    home: str = ""
    near: tuple[str, ...] = ()
    start_on: date | None = None
    until_on: date | None = None
    release_on: date | None = None
    dayparts: tuple[Daypart, ...] = ()
    gender: Gender | None = None
    needs_car: bool = False
    child_ages: tuple[int, ...] = at_least(0, default=())
    wishes: tuple[str, ...] = ()
    visited_by: str = ""


@dataclass(frozen=True, slots=True)
class Volunteer:
    """Somebody who helps: `capacity` mothers at most at a time, `matches` of which she has now.

    `near` are the areas in which she lives, where `home` is a place of its own. A requirement that is not
    asked of her, or from which she is exempt, counts as completed. `avoids` are the postcode areas in which
    she does not want to help.
    """

    id: str
    home: str
    languages: tuple[str, ...]
    capacity: int = at_least(0)
    near: tuple[str, ...] = ()
    matches: int = at_least(0, default=0)
    most_minutes: int = at_least(0, default=60)
    dayparts: tuple[Daypart, ...] = ()
    gender: Gender | None = None
    has_car: bool = False
    requirements: tuple[Completed, ...] = ()
    permits: tuple[Permit, ...] = ()
    absences: tuple[Absence, ...] = ()
    experience: tuple[AgeGroup, ...] = ()
    interests: tuple[str, ...] = ()
    avoids: tuple[str, ...] = ()

    @property
    def free(self) -> int:
        """How many mothers she can take now."""
        return max(0, self.capacity - self.matches)


@dataclass(frozen=True, slots=True)
class ProductTerms:
    """What one product asks: papers, its training, shared parts of the week; `months` is its usual length."""

    code: str
    training: str
    is_inside: bool
    requirements: tuple[str, ...] = ()
    dayparts: int = at_least(1, default=1)
    months: int = at_least(1, default=12)


@dataclass(frozen=True, slots=True)
class Weights:
    """The most points that each component can give; together the most that a pair can score."""

    waiting: int = at_least(0)
    release: int = at_least(0)
    travel: int = at_least(0)
    continuity: int = at_least(0)
    children: int = at_least(0)
    interests: int = at_least(0)
    load: int = at_least(0)


@dataclass(frozen=True, slots=True)
class Policy:
    """The terms and weights under which is matched, from a day on: a change is a new version.

    Travel takes `base_minutes` and then `seconds_per_km` along a straight line.
    """

    version: str
    from_on: date
    products: tuple[ProductTerms, ...]
    weights: Weights
    norm_days: int = at_least(1)
    near_days: int = at_least(1)
    base_minutes: int = at_least(0)
    seconds_per_km: int = at_least(1)


@dataclass(frozen=True, slots=True)
class Problem:
    """All that is known on one day of who waits and who can help."""

    on: date
    policy: Policy
    waiting: tuple[Demand, ...] = ()
    volunteers: tuple[Volunteer, ...] = ()
    places: tuple[Place, ...] = ()
    travel: tuple[Travel, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    pending: tuple[Pending, ...] = ()


_BASE: Final = ("vog_84", "vog_85", "agreement", "code_of_conduct", "basic_training", "reporting_code")


def _terms(code: str, months: int, *, is_inside: bool = True) -> ProductTerms:
    return ProductTerms(code, f"training_{code}", is_inside, _BASE, months=months)


#: The policies of the house, the oldest first. The norm and the weights are choices; the terms stand in the
#: description of the programme.
POLICIES: Final = (
    Policy(
        version="2010-1",
        from_on=date(2010, 1, 1),
        products=(
            _terms("moeder_de_gans", 1),
            _terms("bezoekmoeders", 6),
            _terms("moeder_kind_bezoeken", 6),
            _terms("ik_jij_wij", 3),
            _terms("moedermaatjes", 15, is_inside=False),
        ),
        weights=Weights(
            waiting=150, release=100, travel=300, continuity=150, children=100, interests=150, load=50
        ),
        norm_days=42,
        near_days=84,
        base_minutes=8,
        seconds_per_km=75,
    ),
)


def policy_on(on: date) -> Policy:
    """Give the policy of the house that holds on a day; the first one also counts for earlier days."""
    return in_force(POLICIES, on)
