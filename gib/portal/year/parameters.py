"""What the synthetic year 2010 stands on. Source: the design page of the synthetic year, its section 9."""

from datetime import date
from typing import Final

from gib.care.aftercare.domain import Ground
from gib.care.aftercare.domain.agreements import Form
from gib.care.handover.domain import NeedKind
from gib.care.products.moedermaatjes.domain import Faring
from gib.care.referral.domain import Channel, DeclineReason
from gib.care.trajectory.domain import CloseReason
from gib.people.families.domain.codes import CustodyKind, Relation, ResidenceKind
from gib.people.partners.domain import Product, Regime

YEAR: Final = 2010
FIRST_ON, LAST_ON = date(2007, 1, 1), date(2010, 12, 31)
#: Totals that the programme itself gives; they come out exactly.
MOTHERS: Final = 512
VOLUNTEERS: Final = 184
#: Children of a mother -> how many mothers; together 512 and 1,004.
CHILDREN: Final = {1: 214, 2: 167, 3: 85, 4: 33, 5: 10, 6: 2, 7: 1}

#: Women who enter prison in a year, the share with minor children, and the share that lives here.
ENTRANTS, HAS_CHILDREN, RESIDENT = 3_000, 0.70, 2_500 / 3_000
#: Of children of a mother among all entrants: a Poisson distribution without its zero.
CHILDREN_RATE: Final = 1.541
#: Of the length of a stay in days: lognormal, cut at both ends.
STAY_MU, STAY_SIGMA, LONGEST_STAY = 2.923, 1.886, 2_920
#: Days that a stay is shorter than -> the chance that such a mother comes to us.
JOINS: Final = ((14, 0.065), (30, 0.17), (91, 0.41), (182, 0.67), (365, 0.81), (LONGEST_STAY + 1, 0.87))

#: Code of a prison -> its share of the mothers; one of them opened for women in 2010.
PRISONS: Final = {"NSL": 27, "TPL": 25, "ZWO": 20, "BRE": 15, "HHW": 13}
OPENED: Final = {"HHW": date(2010, 1, 1)}
#: Since when talks with volunteers are told, and the days over which the teams begin with them. A year tells
#: what a page shows of them; more of it would only take longer.
GUIDED_FROM, GUIDED_WITHIN = date(2010, 1, 4), 56
#: Prisons between which mothers are moved. Nothing of one half of the year meets the other, so that both can
#: be told at once. The first has more mothers, since the other is told by a process that must wake up first.
HALVES: Final = (("NSL", "ZWO"), ("TPL", "BRE", "HHW"))
UNITS: Final = ("A1", "B2", "C3")
REGIMES: Final = {Regime.REMAND: 45, Regime.SENTENCE: 50, Regime.REPEAT_OFFENDER: 3, Regime.LOW_SECURITY: 2}

#: Of the mothers who are referred, those with whom a first talk follows.
CONVERTED: Final = 0.84
CHANNELS: Final = {
    Channel.MMD: 58,
    Channel.TB: 17,
    Channel.MOEDER_DE_GANS: 12,
    Channel.SELF: 8,
    Channel.OTHER: 5,
}
DECLINED: Final = {DeclineReason.NOT_WILLING: 6, DeclineReason.OUTSIDE_SCOPE: 2, DeclineReason.NO_CAPACITY: 1}
LANGUAGES: Final = {"nl": 78, "pap": 6, "es": 5, "en": 4, "ar": 3, "tr": 2, "pl": 2}

#: Youngest age in years of a band of children, and the age that ends it -> weight.
AGES: Final = {(0, 2): 10, (2, 4): 13, (4, 8): 25, (8, 12): 23, (12, 16): 19, (16, 18): 10}
STAYS: Final = {
    (ResidenceKind.WITH_FAMILY, Relation.GRANDPARENT): 33,
    (ResidenceKind.WITH_OTHER_PARENT, Relation.OTHER_PARENT): 22,
    (ResidenceKind.WITH_FAMILY, Relation.FAMILY): 16,
    (ResidenceKind.FOSTER_HOME, Relation.FOSTER): 13,
    (ResidenceKind.ELSEWHERE, Relation.OTHER): 5,
    (ResidenceKind.INSTITUTION, Relation.INSTITUTION): 5,
    (ResidenceKind.ELSEWHERE, Relation.FRIEND): 4,
}
#: Families with more than one child whose children stay in more than one place.
SPLIT: Final = 0.30
CUSTODY: Final = {
    CustodyKind.MOTHER_ALONE: 55,
    CustodyKind.SHARED: 25,
    CustodyKind.OTHER_PARENT: 8,
    CustodyKind.INSTITUTION: 12,
}
ORDER, ORDER_EXPIRED = 0.07, 0.02
#: Whether who cares for the child agrees with visits.
AGREES: Final = {"yes": 78, "no": 10, "not_reached": 12}

#: Where mothers go, by municipality; the first four name their own share, the others share theirs.
GREAT_CITIES: Final = {"0363": 11.0, "0599": 9.0, "0518": 6.0, "0344": 3.5}
CITIES: Final = (
    *("0772", "0855", "0034", "0014", "0758", "0268", "0200", "0392", "0202", "0153"),
    *("0307", "0479", "0796", "0394", "0193", "0637", "0935", "0546", "0505", "0228"),
)
TOWNS: Final = (
    *("0917", "0983", "0150", "0794", "0402", "0361", "0114", "0503", "0828", "1883"),
    *("1674", "0164", "0439", "0606", "0995", "0080", "0748", "0622", "0405", "0141"),
    *("0513", "0106", "0502", "0345"),
)
CITIES_SHARE, TOWNS_SHARE, NOWHERE_SHARE = 30.0, 24.0, 16.5
#: Municipality -> its share of all mothers.
MUNICIPALITIES: Final = {
    **GREAT_CITIES,
    **dict.fromkeys(CITIES, CITIES_SHARE / len(CITIES)),
    **dict.fromkeys(TOWNS, TOWNS_SHARE / len(TOWNS)),
}
MOVES_ELSEWHERE: Final = 0.15
#: Municipalities with an agreement: code -> how it buys, and for how many places when it buys places.
AGREEMENTS: Final = {
    "0363": (Form.PLACES, 14),
    "0599": (Form.PRICE, None),
    "0518": (Form.PLACES, 6),
    "0344": (Form.PLACES, 3),
    "0772": (Form.PRICE, None),
    "0014": (Form.PRICE, None),
    "0268": (Form.PLACES, 2),
    "0758": (Form.PRICE, None),
}
ANSWERS: Final = {"granted": 30, "rejected": 40, "silent": 30}
GROUNDS: Final = {Ground.NO_BUDGET: 5, Ground.NO_POLICY: 3, Ground.OTHER_HELP: 2, Ground.NOT_RESIDENT: 1}
#: Days from asking to the answer: half below the first, nine of ten below the second.
ANSWER_DAYS: Final = (45, 120)
INTAKE_DAYS: Final = (6, 20)

TRANSFERRED, UNPLANNED, AGAIN = 0.18, 0.22, 0.18
#: Product -> the chance that a mother wants it; one at home asks that somebody pays.
WANTS: Final = {
    Product.MOEDER_DE_GANS: 0.66,
    Product.BEZOEKMOEDERS: 0.38,
    Product.MOEDER_KIND_BEZOEKEN: 0.42,
    Product.IK_JIJ_WIJ: 0.38,
    Product.MOEDERMAATJES: 0.50,
}
#: How a visit turned out.
VISITS: Final = {"held": 76, "prison": 8, "mother": 7, "volunteer": 6, "missed": 3}
HOME_MONTHS: Final = (13, 2.5, 6, 15)
#: Who went home with us from this day on was helped there when the year began, and may be called in it.
HOME_FROM: Final = date(2009, 8, 1)
#: Days within which she is called once the call is due, and who is not asked in time whether we may.
CALLED_WITHIN, FORGOTTEN = 24, 0.15
ENDS: Final = {
    CloseReason.GOALS_MET: 50,
    CloseReason.HANDED_OVER: 26,
    CloseReason.OWN_WISH: 9,
    CloseReason.MOVED_AWAY: 5,
    CloseReason.ABROAD: 2,
    CloseReason.OUT_OF_REACH: 8,
}
#: Who is visited each week until the farewell was not out of reach.
ENDS_AT_HOME: Final = {why: share for why, share in ENDS.items() if why is not CloseReason.OUT_OF_REACH}
#: Endings of help at home that come with a farewell, and how she is doing when she is called after it.
TOGETHER: Final = frozenset({CloseReason.GOALS_MET, CloseReason.HANDED_OVER})
FARINGS: Final = {Faring.WELL: 45, Faring.MIXED: 20, Faring.HARD: 10, Faring.NOT_REACHED: 25}
#: Signals in a year of help at home, and what they are about.
SIGNALS: Final = 1.6
NEEDS: Final = {
    NeedKind.DEBT: 28,
    NeedKind.YOUTH_CARE: 20,
    NeedKind.MENTAL_HEALTH: 17,
    NeedKind.HOUSING: 15,
    NeedKind.INCOME: 10,
    NeedKind.CHILD_SAFETY: 8,
    NeedKind.OTHER: 6,
}
HANDED: Final = 0.61
#: Mothers of whom a need is noticed while they are still inside.
NOTICED_INSIDE: Final = 0.14
