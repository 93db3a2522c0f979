"""Django's plumbing for this slice."""

from django.apps import AppConfig


class ReferralConfig(AppConfig):
    """The first stage of the chain."""

    name = "gib.care.referral"
    label = "referral"
