"""What must hold after every step, written from the domain page and asked of the plain rows."""

from collections.abc import Callable
from typing import Final

from tests.chain.truths import apart, cases, children, journal, ledger, money, sight, volunteers
from tests.chain.truths.step import Step, Tally

#: Name -> what must hold; the number is that of the invariant on the domain page.
TRUTHS: Final[dict[str, Callable[[Step], None]]] = {
    "1 a mother counts once": cases.counts_once,
    "3 no volunteer without papers": volunteers.papers_hold,
    "4, 14 no child that may not come": children.may_come,
    "6 one responsible team": cases.one_team,
    "7 history stays when the release moves": cases.history_stays,
    "8 not funded only with a trail": money.let_go_with_a_trail,
    "8, 13 the report is whole and guarded": money.report_is_guarded,
    "9 nothing is shared without consent": money.shares_with_consent,
    "10 no field for an offence": sight.no_offence,
    "11 a volunteer sees her matches": sight.volunteer_sees_hers,
    "12 a referrer sees status words": sight.referrer_sees_words,
    "15 what happens to her is no drop-out": cases.no_drop_out,
    "1.6 help at home ends with a farewell": cases.said_goodbye,
    "16 who comes of age leaves": children.grown_left,
    "19 safety is told to nobody": sight.safety_is_quiet,
    "involvement equals its facts": ledger.involvement_equals_facts,
    "two who are kept apart do not meet": apart.never_in_one_group,
    "who is excluded is not asked": apart.never_asked,
    "a product has one match at a time": volunteers.one_match,
}


def hold(step: Step, tally: Tally) -> None:
    """Hold the traces of one step against everything.

    Raises:
        AssertionError: with the name of what does not hold.
    """
    journal.replay(step, tally)
    for name, truth in TRUTHS.items():
        try:
            truth(step)
        except AssertionError as error:
            raise AssertionError(f"{step.what}: {name}: {error}") from error
