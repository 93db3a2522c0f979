"""What people may do in a walk, by the stage in which they do it; each deed performs one act of the house."""

from tests.chain.deeds import aftercare, family, front, groups, handover, help, series, volunteers
from tests.chain.walk import DEEDS

__all__ = ["DEEDS", "aftercare", "family", "front", "groups", "handover", "help", "series", "volunteers"]
