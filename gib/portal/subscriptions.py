"""The wiring board: which event wakes whom. Data flow down by call, and up only along these wires."""

from gib.care.aftercare import reactions as aftercare
from gib.care.handover import reactions as handover
from gib.care.intake import reactions as intake
from gib.care.products import domain as help_given
from gib.care.products import reactions as products
from gib.care.referral import domain as referrals
from gib.care.referral import reactions as referral
from gib.care.trajectory import domain as plans
from gib.care.trajectory import reactions as trajectory
from gib.core.journal.subscribe import on
from gib.people.families import domain as families
from gib.people.partners import domain as places
from gib.people.volunteers import domain as volunteers
from gib.portal import reactions as portal

on(families.ReleaseExpected, trajectory.on_release_expected)
on(
    families.Released,
    intake.on_released,
    referral.on_released,
    trajectory.on_released,
    products.on_released,
    aftercare.released,
)
on(families.Placed, intake.on_placed, referral.on_placed, products.on_placed, portal.on_placed)
on(referrals.EndedWithoutTrajectory, intake.on_referral_ended)
on(referrals.Overtaken, intake.on_referral_overtaken)
on(families.DetainedAgain, trajectory.on_detained_again, products.on_detained_again)
on(families.ReturnChanged, aftercare.return_changed)
on(families.ConsentWithdrawn, aftercare.consent_withdrawn, handover.consent_withdrawn)
on(families.ChildTurnedAdult, products.on_child_grown)
on(places.PrisonClosed, products.on_prison_closed)
on(volunteers.VolunteerMoved, products.on_volunteer_moved)
on(plans.Closed, products.on_closed)
on(help_given.Started, products.on_started)
on(help_given.VisitHeld, products.on_visit)
on(help_given.Completed, products.on_completed)
on(help_given.Stopped, products.on_stopped)
on(help_given.EndedBy, products.on_ended_by)
