"""Acts on reference data: loading, updating the register, confirming facts, keeping providers and rules."""

from gib.people.partners.actions.load import load_register

__all__ = ["load_register"]
