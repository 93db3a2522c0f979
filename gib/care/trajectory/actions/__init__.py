"""What people do with a trajectory; every act is one function, in the module of its matter."""

from gib.care.trajectory.actions.covers import end_cover, end_trail, note_trail, record_cover
from gib.care.trajectory.actions.goals import add_goal, close_goal, mark_goal
from gib.care.trajectory.actions.network import (
    change_person,
    draw_network,
    erase_network,
    place_person,
    refuse_network,
    take_person,
)
from gib.care.trajectory.actions.outreach import end_outreach, try_to_reach
from gib.care.trajectory.actions.plan import (
    add_step,
    do_step,
    hold_review,
    overtake_drill,
    remind,
    replan,
    start_drill,
    start_landing,
    undo_step,
)
from gib.care.trajectory.actions.scores import give_scores
from gib.care.trajectory.actions.stages import (
    agree,
    close,
    pause,
    propose,
    reopen,
    resume,
    start_inside,
    start_outside,
    taper,
)

__all__ = [
    "add_goal",
    "add_step",
    "agree",
    "change_person",
    "close",
    "close_goal",
    "do_step",
    "draw_network",
    "end_cover",
    "end_outreach",
    "end_trail",
    "erase_network",
    "give_scores",
    "hold_review",
    "mark_goal",
    "note_trail",
    "overtake_drill",
    "pause",
    "place_person",
    "propose",
    "record_cover",
    "refuse_network",
    "remind",
    "reopen",
    "replan",
    "resume",
    "start_drill",
    "start_inside",
    "start_landing",
    "start_outside",
    "take_person",
    "taper",
    "try_to_reach",
    "undo_step",
]
