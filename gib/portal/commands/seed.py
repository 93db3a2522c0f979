"""Filling an empty database with the synthetic year, as large as is asked for."""

import argparse
from importlib import import_module

from gib.portal.commands import stores


def run(given: argparse.Namespace) -> None:
    """Prepare the stores and tell the year, or go on where it was broken off.

    Raises:
        RuleBroken: 'year_not_told', 'scale_outside', 'not_a_demo', 'told_already', 'scale_does_not_fit'.
    """
    stores.setup_demo(given)
    # This needs Django, which has only now been set up.
    import_module("gib.portal.commands.stories").tell_year(given.year, given.seed, given.scale)
