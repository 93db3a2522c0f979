"""Who may enter where, written by hand from the description of the field, beside the tables of the code.

A page that is not here fails the walk; so does a name here that no page has.
"""

from typing import Final

from gib.core.access.tables import Role


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TEAM = (Role.COORDINATOR, Role.DEPUTY)
_LEADER = (Role.PROJECT_LEADER,)
_EVERYBODY = tuple(role for role in Role if role is not Role.SYSTEM)
_CONTENT = (*_TEAM, Role.EMERGENCY)

#: Pages for who is not signed in as well: they show nothing of anybody.
PUBLIC: Final = _names(
    """
    live ready ui:gallery ui:help ui:keys ui:preference account_login account_logout
    account_reauthenticate mfa_authenticate mfa_login_webauthn mfa_reauthenticate
    mfa_reauthenticate_webauthn mfa_index mfa_activate_totp mfa_add_webauthn mfa_list_webauthn
    accounts:welcome accounts:codes accounts:choose_role accounts:demo
    volunteers:enquire volunteers:enquired portal:feed portal:away portal:worker
    """
)

#: Roles -> the names of the pages that they, and nobody else, may enter.
_TABLE: Final[dict[tuple[Role, ...], str]] = {
    _EVERYBODY: """
        portal:start accounts:sessions account_change_password mfa_deactivate_totp mfa_remove_webauthn
        accounts:lend accounts:take_back partners:sources
    """,
    # The team of the prison does the casework, and nobody else sees it.
    _TEAM: """
        portal:today portal:search portal:dossier_seen reporting:rows portal:transfer portal:hers
        portal:plan_intake portal:erase portal:hold portal:hold_end
        families:apart_add families:apart_end
        families:mothers families:mother families:child families:child_add families:residence
        families:custody families:contact families:lift families:caregiver_add families:caregiver_end
        families:purposes families:ask families:paper families:give families:refuse families:withdraw
        families:detention families:expect families:place families:free families:again families:home
        referral:list referral:detail referral:accept referral:ask referral:decline referral:end
        referral:attach referral:overtake
        intake:plan intake:overview intake:paper intake:talk intake:hold intake:drop intake:consent
        intake:complete intake:cancel intake:refuse intake:section intake:keep
        trajectory:propose trajectory:pause trajectory:close trajectory:goal_add trajectory:step_add
        trajectory:outreach
        trajectory:review trajectory:move trajectory:goal_mark trajectory:goal_close trajectory:step_tick
        trajectory:step_press trajectory:scores trajectory:then_and_now trajectory:scores_paper
        trajectory:scores_blank trajectory:network trajectory:network_draw trajectory:network_refuse
        trajectory:network_erase trajectory:network_person trajectory:network_take
        products:wish products:talk products:part_step products:part_partly products:part_decline
        products:part_stop products:part_cancel products:match_mother
        products:exclude products:match_exclude products:exclusion_lift products:meeting_off
        products:part_prison products:part_asks products:home_extend
        products:match_midterm products:match_closing
        products:stand_in products:stand_in_ask products:stand_in_mother products:stand_in_end
        products:home_finish products:home_call
        products:match_end products:match_step products:visit_read products:to_read
        products:board products:board_plan products:board_choose
        products:meetings products:meeting_add products:meeting products:meeting_invite
        products:meeting_held products:meeting_cancel products:presence products:series
        products:series_start products:series_change products:series_end
        products:programme products:speaker_add products:speaker_step products:take_list
        products:meeting_questions products:meeting_poll products:flyer products:invitations
        products:follow_up
        products:mornings_begin products:morning products:day_list products:child_apply
        products:child_gate products:child_step products:child_back products:child_cancel
        products:morning_day products:sign_list products:morning_letters products:ride_add
        products:ride_list products:ride_cancel products:child_home products:child_seat
        products:morning_plan
        products:course products:course_add products:course_enrol products:course_close
        products:course_leave products:session_presence products:trainer_add products:trainer_end
        products:session_replace products:session_caught_up products:student products:own_plan
        products:course_scores products:certificate products:course_of
        aftercare:draft aftercare:request aftercare:send aftercare:cover aftercare:reply
        aftercare:grant aftercare:reject aftercare:no_answer aftercare:alternative aftercare:withdraw
        aftercare:let_go aftercare:conferences aftercare:new_conference aftercare:conference
        aftercare:share aftercare:decide aftercare:point aftercare:finish
        handover:raise handover:triage handover:discuss handover:close handover:case handover:step
        handover:propose handover:second handover:close_case handover:prepare handover:prepare_for
        handover:refuse handover:consent handover:send handover:accept handover:wait handover:contact
        handover:check handover:decline handover:return
        volunteers:volunteers volunteers:register volunteers:volunteer volunteers:correct
        volunteers:interview volunteers:conclusion volunteers:agree volunteers:agreement_paper
        volunteers:goodbye volunteers:thanks volunteers:vog volunteers:vog_file volunteers:vog_step
        volunteers:vog_request volunteers:vog_exclude
        volunteers:talks volunteers:talk_plan volunteers:talk_hold volunteers:talk_cancel
        volunteers:trainings volunteers:training_add volunteers:training volunteers:training_join
        volunteers:training_close volunteers:training_day volunteers:training_stop
        volunteers:exempt volunteers:exemption_end
        volunteers:complete volunteers:permit volunteers:step volunteers:leave
        volunteers:claim_mode volunteers:claim_counter
        volunteers:access volunteers:access_withdraw volunteers:access_end
        volunteers:erasures volunteers:erase
    """,
    # In an emergency one dossier is read, and nothing else.
    _CONTENT: "portal:dossier portal:dossier_tab",
    (Role.EMERGENCY,): "portal:emergency_running portal:emergency_stop",
    # A volunteer sees her own matches, visits and worries, and tells how a visit went.
    (Role.VOLUNTEER,): """
        volunteers:own_claims volunteers:claim_add volunteers:claim_change volunteers:account
        volunteers:elsewhere volunteers:waived products:visit_claim
        portal:phone portal:postbox products:been volunteers:own volunteers:own_time
        handover:worry handover:worries handover:worried
    """,
    (*_TEAM, Role.VOLUNTEER): """
        portal:agenda portal:feed_own portal:feed_stop portal:card
        products:match products:match_answer products:match_no_click products:visit products:visit_plan
        products:stand_in_answer
        products:visit_log products:visit_step products:visit_cancel products:visit_missed products:visit_move
        volunteers:talks_of volunteers:time volunteers:week volunteers:wishes volunteers:away volunteers:back
    """,
    # Whoever refers writes a referral and follows its status word; the team may take one by phone.
    (*_TEAM, Role.REFERRER, Role.SAFETY_HOUSE): """
        referral:refer referral:paper referral:mine referral:write_on referral:keep referral:check
        referral:receipt
    """,
    # A municipality answers what was asked of it, and sees nothing else.
    (Role.MUNICIPALITY,): """
        aftercare:inbox aftercare:asked aftercare:desk_grant aftercare:desk_reject aftercare:desk_question
    """,
    (Role.SAFETY_HOUSE,): "aftercare:shared",
    # The project leader sees figures and agreements, and no casework.
    _LEADER: """
        volunteers:payout volunteers:payout_made volunteers:payout_file
        aftercare:coverage aftercare:export
        portal:organisation portal:team_add portal:team_end portal:desk_add portal:desk_end
    """,
    (*_LEADER, Role.COORDINATOR): """
        aftercare:agreements aftercare:record_agreement aftercare:end_agreement aftercare:municipality
        accounts:people accounts:invite accounts:act_on
        partners:confirm partners:register_update partners:register_proposal partners:rule_add
        partners:rule_end partners:unit_add partners:unit_end
        partners:provider_add partners:provider_change partners:provider_end
        partners:term_change partners:allowance_set partners:rate_set
    """,
    (*_LEADER, *_TEAM): """
        partners:closure_add partners:closure_end
        accounts:letter
        volunteers:claims volunteers:claim volunteers:claim_decline
        reporting:newest reporting:year reporting:export reporting:gap reporting:gap_export
        reporting:waiting reporting:waiting_year reporting:waiting_export
        portal:emergency
        portal:erasures portal:erasures_due portal:erasure
        portal:more partners:municipalities partners:municipality partners:prisons partners:prison
        partners:providers partners:terms partners:tariffs
        imports:list imports:empty imports:columns imports:check imports:apply imports:result
        imports:undo imports:discard imports:exports imports:export
    """,
    # The administrator keeps accounts and the machine, and sees nobody's data.
    (Role.TECHNICAL_ADMIN,): "accounts:accounts accounts:manage portal:board",
    # The privacy officer sees who looked, and not at what.
    (Role.PRIVACY_OFFICER,): "portal:readings portal:emergency_queue portal:emergency_review",
}

#: The name of a page -> the roles that may enter.
ALLOWED: Final[dict[str, frozenset[Role]]] = {
    name: frozenset(roles) for roles, names in _TABLE.items() for name in _names(names)
}

#: Pages that are only read: sending something to them is refused.
READ_ONLY: Final = _names(
    """
    portal:start portal:today portal:phone portal:card portal:more portal:dossier portal:dossier_tab
    portal:hers portal:dossier_seen portal:readings portal:emergency_running portal:agenda portal:feed
    portal:emergency_queue portal:board portal:organisation portal:erasures families:mothers families:purposes
    portal:erasures_due
    families:paper families:detention volunteers:volunteers volunteers:volunteer volunteers:own referral:list
    volunteers:talks volunteers:talks_of volunteers:vog volunteers:vog_file volunteers:agreement_paper
    volunteers:thanks volunteers:erasures
    volunteers:own_claims volunteers:waived volunteers:claims volunteers:payout_made volunteers:payout_file
    volunteers:own_time volunteers:time volunteers:trainings volunteers:training
    referral:detail referral:mine referral:paper referral:receipt intake:overview intake:paper
    products:match products:series products:visit products:to_read products:meetings products:meeting
    products:morning
    products:board products:board_plan products:stand_in
    products:programme products:flyer products:invitations
    products:day_list products:morning_day products:sign_list products:morning_letters products:ride_list
    products:course aftercare:coverage aftercare:export aftercare:municipality
    products:student products:certificate products:course_of
    trajectory:then_and_now trajectory:scores_paper trajectory:scores_blank
    aftercare:agreements aftercare:request aftercare:inbox aftercare:asked aftercare:conferences
    aftercare:conference aftercare:shared handover:worries handover:worried handover:case
    partners:municipalities partners:municipality partners:prisons partners:prison partners:providers
    reporting:newest reporting:year reporting:export reporting:gap reporting:gap_export reporting:rows
    reporting:waiting reporting:waiting_year reporting:waiting_export
    partners:terms partners:tariffs partners:sources
    imports:empty imports:check imports:result imports:exports
    accounts:people accounts:letter accounts:accounts mfa_index mfa_list_webauthn ui:help ui:keys
    ui:gallery live ready volunteers:enquired portal:away portal:worker
    """
)

#: Acts without a page of their own: looking at them is refused.
ACTS_ONLY: Final = _names(
    """
    referral:accept referral:attach referral:overtake referral:keep intake:keep intake:complete
    products:visit_read products:follow_up trajectory:step_press
    imports:apply imports:undo imports:discard imports:export
    accounts:act_on accounts:manage accounts:lend ui:preference portal:emergency_stop volunteers:back
    portal:postbox
    volunteers:training_stop volunteers:talk_cancel volunteers:vog_request volunteers:vog_exclude
    volunteers:access_withdraw
    """
)

#: Kinds of sheet -> the roles that may bring one in or take it along.
SHEETS: Final[dict[str, tuple[Role, ...]]] = {
    "volunteers": _TEAM,
    "referrals": _TEAM,
    "participants": _TEAM,
    "agreements": (*_LEADER, Role.COORDINATOR),
}

#: What a coordinator may lend her screen for -> the pages that are open then, of one mother only.
LENT: Final[dict[str, frozenset[str]]] = {
    "scores": _names("trajectory:scores trajectory:then_and_now"),
    "hers": _names("portal:hers"),
    "network": _names("trajectory:network trajectory:network_person trajectory:network_take"),
}
#: How the owner of a lent screen comes back or leaves.
WAYS_BACK: Final = _names("accounts:take_back mfa_reauthenticate mfa_reauthenticate_webauthn account_logout")
#: What machines ask, before anybody knows of a session; it tells nothing.
BEFORE_ALL: Final = _names("live ready")
