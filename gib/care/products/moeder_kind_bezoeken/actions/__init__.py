"""What people do about children and visit mornings; each act in the module of its matter."""

from gib.care.products.moeder_kind_bezoeken.actions.children import (
    GateAnswers,
    apply,
    begin,
    cancel_child,
    confirm_child,
    drop_grown_child,
    invite_child,
    overtake_children,
    weigh_gate,
)
from gib.care.products.moeder_kind_bezoeken.actions.day import (
    HandBack,
    bring_back,
    enter,
    pick_up,
    put_back,
    refuse_at_gate,
    warn_of_late_children,
)
from gib.care.products.moeder_kind_bezoeken.actions.rides import (
    NewRide,
    agree_pick_up,
    cancel_ride,
    plan_ride,
    remind_home,
    seat_child,
    send_checklists,
    unseat_child,
)

__all__ = [
    "GateAnswers",
    "HandBack",
    "NewRide",
    "agree_pick_up",
    "apply",
    "begin",
    "bring_back",
    "cancel_child",
    "cancel_ride",
    "confirm_child",
    "drop_grown_child",
    "enter",
    "invite_child",
    "overtake_children",
    "pick_up",
    "plan_ride",
    "put_back",
    "refuse_at_gate",
    "remind_home",
    "seat_child",
    "send_checklists",
    "unseat_child",
    "warn_of_late_children",
    "weigh_gate",
]
