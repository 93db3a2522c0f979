"""What people do with a course: plan it, join and leave it, give it, learn in it, and close it."""

from gib.care.products.ik_jij_wij.actions.courses import (
    NewCourse,
    close_course,
    enrol,
    leave_course,
    leave_for,
    needed_for,
    note_session,
    plan_course,
    replace_session,
)
from gib.care.products.ik_jij_wij.actions.learning import (
    Words,
    catch_up,
    finish_at_home,
    note_scores,
    write_plan,
)
from gib.care.products.ik_jij_wij.actions.trainers import add_trainer, end_trainer, end_trainer_everywhere

__all__ = [
    "NewCourse",
    "Words",
    "add_trainer",
    "catch_up",
    "close_course",
    "end_trainer",
    "end_trainer_everywhere",
    "enrol",
    "finish_at_home",
    "leave_course",
    "leave_for",
    "needed_for",
    "note_scores",
    "note_session",
    "plan_course",
    "replace_session",
    "write_plan",
]
