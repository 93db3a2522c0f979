"""Each exception of the domain page that this issue's depth covers, beside the tests that prove it.

An exception is told by the section and row of the domain page; a test by its file and name.
"""

from typing import Final

PRODUCTS, FAMILIES = "gib/care/products/tests/", "gib/people/families/tests/"
AFTERCARE, PLAN = "gib/care/aftercare/tests/", "gib/care/trajectory/tests/"
HANDOVER, REFERRAL = "gib/care/handover/tests/", "gib/care/referral/tests/"
PORTAL: Final = "gib/portal/tests/test_transfers.py::TestTransfer::"

PROVED: Final[dict[str, tuple[str, ...]]] = {
    "1.9 transfer: one case, both see it until the answer": (
        f"{PORTAL}test_both_see_the_case_until_the_answer",
        f"{PORTAL}test_accepting_moves_every_row",
    ),
    "1.9 transfer: the team there is asked, late after five working days": (
        f"{PORTAL}test_a_move_to_another_prison_asks_its_team_once",
        f"{PORTAL}test_the_start_page_of_both_names_it_and_alarms_when_late",
    ),
    "1.9 transfer: group bookings fall away, permits are looked at again": (
        f"{PRODUCTS}test_exceptions.py::test_a_transfer_cancels_group_bookings_and_asks_for_a_new_look_at_papers",
    ),
    "1.9 transfer: a visit series rests and goes on": (
        f"{PRODUCTS}test_participations.py::test_a_transfer_lets_a_series_rest_and_go_on",
    ),
    "1.9 released early: the list of 72 hours": (
        f"{PLAN}test_plan.py::test_a_release_starts_the_list_of_seventy_two_hours",
    ),
    "1.9 released early: the request becomes urgent": (
        f"{AFTERCARE}test_endings.py::test_a_release_makes_waiting_requests_urgent",
    ),
    "1.9 released early: what was planned is overtaken, not missed": (
        f"{PRODUCTS}test_participations.py::test_a_release_ends_what_is_inside_and_is_nobodys_drop_out",
        f"{REFERRAL}test_decisions.py::test_a_release_overtakes_a_referral_without_a_talk",
        f"{PLAN}test_domain.py::test_a_release_overtakes_open_steps_before_it_only",
    ),
    "1.9 refusal by mother: a decision, and nobody asks before her day": (
        f"{PRODUCTS}test_participations.py::test_a_no_is_a_decision_and_its_day_is_kept",
        f"{PRODUCTS}test_domain.py::test_who_declined_is_not_asked_before_the_day_she_chose",
        f"{REFERRAL}test_actions.py::test_nobody_asks_again_before_the_day_she_chose",
    ),
    "1.9 child not allowed: that child stays, the mother goes on": (
        f"{PRODUCTS}test_exceptions.py::test_a_refusal_at_the_gate_is_of_one_child",
        f"{FAMILIES}test_children.py::test_two_children_of_one_mother_differ",
    ),
    "1.9 contact order: what ran out is unknown, unknown is not allowed": (
        f"{FAMILIES}test_children.py::test_a_ban_closes_the_gate_and_its_end_leaves_it_unknown",
        f"{FAMILIES}test_domain.py::test_the_strictest_order_counts_and_an_expired_one_is_unknown",
        f"{PRODUCTS}test_mornings.py::test_a_ban_that_comes_later_stops_the_child_at_every_door",
        f"{PRODUCTS}test_order_ends.py::test_what_holds_on_the_day_decides_and_not_what_holds_today",
    ),
    "1.9 cancelled visit: who, when and why; another may follow": (
        f"{PRODUCTS}test_contacts.py::test_who_called_it_off_and_why",
        f"{PRODUCTS}test_exceptions.py::test_a_visit_that_failed_gets_no_account_and_a_new_one_may_follow",
    ),
    "1.9 other municipality: the check opens again": (
        f"{AFTERCARE}test_endings.py::test_moving_opens_the_check_again",
        f"{FAMILIES}test_detention.py::test_a_move_after_release_begins_another_episode",
    ),
    "1.9 no fixed address or abroad: a value of its own": (
        f"{FAMILIES}test_whereabouts.py::test_from_no_address_to_a_home_is_an_episode_each",
    ),
    "1.9 volunteer stops: the mother hears within two working days": (
        f"{PRODUCTS}test_matches.py::test_when_the_volunteer_stops_the_mother_hears_within_two_working_days",
    ),
    "1.9 unsafe situation: a flow of its own, never one person alone": (
        f"{HANDOVER}test_domain.py::test_what_is_about_safety_has_one_way",
        f"{HANDOVER}test_domain_safety.py::test_the_second_person_is_another",
    ),
    "1.9 death: a trajectory closes with that reason": (f"{PLAN}test_actions.py::test_every_reason_closes",),
    "1.9 child turns 18: it leaves, with a talk": (
        f"{FAMILIES}test_children.py::test_a_child_that_came_of_age_leaves_and_is_noted_once",
        f"{PRODUCTS}test_exceptions.py::test_a_child_that_grows_up_halfway_leaves_and_the_other_stays",
    ),
    "1.9 re-detention: the same file, a new episode, help at home rests": (
        f"{REFERRAL}test_decisions.py::test_a_mother_who_is_detained_again_keeps_her_dossier",
        f"{PLAN}test_replanning.py::test_a_new_detention_rests_help_at_home_only",
        f"{PRODUCTS}test_exceptions.py::test_a_new_detention_overtakes_the_visits_at_home",
        f"{PRODUCTS}test_held_again.py::test_nobody_comes_to_the_door_of_who_is_held_again",
    ),
    "1.9 re-detention: a new trajectory, linked to the old one": (
        f"{PRODUCTS}test_held_again.py::test_a_new_plan_follows_the_old_one_at_once_and_shows_it",
        f"{PLAN}test_pages.py::test_who_is_held_again_gets_a_new_plan_at_once_and_the_old_one_stands_beside_it",
    ),
    "1.8 volunteer ill or on leave: another takes over those visits, and sees nothing else": (
        f"{PRODUCTS}test_standin.py::test_the_visits_of_those_days_are_hers_and_the_match_stays",
        f"{PRODUCTS}test_standin.py::test_she_sees_those_visits_and_never_what_the_other_wrote",
        f"{PRODUCTS}test_standin_walk.py::test_who_visits_on_a_day_agrees_with_an_oracle_on_paper",
    ),
    "1.2 meeting cancelled by the prison: nobody was absent": (
        f"{PRODUCTS}test_meetings.py::test_a_meeting_that_is_called_off_is_nobodys_absence",
    ),
    "1.3 refused on the day, by the mother, the prison or at the gate": (
        f"{PRODUCTS}test_contacts.py::test_missed_is_known_on_the_day",
        f"{PRODUCTS}test_contact_domain.py::test_each_side_has_its_own_cancelled_state",
    ),
    "1.3 unexpected release: a goodbye within 72 hours": (
        f"{PRODUCTS}test_contact_domain.py::test_a_release_without_goodbye_is_seen",
        f"{PRODUCTS}test_exceptions.py::test_who_met_her_visitor_on_the_day_of_release_said_goodbye",
    ),
    "1.4 child refused at the gate still comes home": (
        f"{PRODUCTS}test_mornings.py::test_who_was_refused_at_the_gate_still_comes_home",
    ),
    "1.4 lockdown": (
        f"{PRODUCTS}test_exceptions.py::test_a_lockdown_keeps_every_child_of_a_morning_at_home",
        f"{PRODUCTS}test_exceptions.py::test_a_lockdown_while_a_child_is_on_its_way_brings_it_home",
    ),
    "1.4 guardian changed since the last consent": (
        f"{FAMILIES}test_oracles.py::test_a_holder_who_changed_must_say_yes_again",
    ),
    "1.5 release or transfer before the course ends": (
        f"{PRODUCTS}test_exceptions.py::test_a_release_halfway_counts_by_the_rule_of_her_own_course",
        f"{PRODUCTS}test_meetings.py::test_a_transfer_ends_a_course_without_a_drop_out",
        f"{PRODUCTS}test_learning.py::test_a_release_halfway_goes_on_at_home_and_is_no_drop_out",
    ),
    "1.6 mother unreachable: outreach, no silent closure": (
        f"{PRODUCTS}test_exceptions.py::test_a_mother_out_of_reach_asks_for_outreach_and_ends_nothing",
        f"{PRODUCTS}test_out_of_reach.py::test_help_at_home_never_ends_in_silence",
        f"{PLAN}test_outreach.py::test_a_trajectory_is_closed_as_out_of_reach_after_the_whole_ladder_and_its_time",
    ),
    "1.7 warm handover: a waiting list, and a silent organisation": (
        f"{HANDOVER}test_handing_over.py::test_a_waiting_list_has_weeks_and_an_end",
        f"{HANDOVER}test_slots.py::test_a_silent_organisation_is_noticed",
    ),
    "1.8 papers that lapse between plan and visit": (
        f"{PRODUCTS}test_exceptions.py::test_a_vog_that_lapses_between_plan_and_visit_stops_the_visit",
    ),
}

#: Behaviour of 1.9 that another issue brings, and why.
LATER: Final = {
    "transfer: distance to the children": "distances come with the matching",
    "child not allowed: a letter, a video call or a recording": "products get their depth later",
    "cancelled visit: a count per prison": "figures come with the reporting",
    "birth in detention: a baby that stays": "products get their depth later",
}
