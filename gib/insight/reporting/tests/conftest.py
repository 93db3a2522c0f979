"""The people of the stories about money play here too."""

from gib.care.aftercare.tests.conftest import house, people

__all__ = ["house", "people"]
