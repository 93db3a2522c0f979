"""Django's plumbing for this slice."""

from django.apps import AppConfig


class TrajectoryConfig(AppConfig):
    """The third stage of the chain."""

    name = "gib.care.trajectory"
    label = "trajectory"
