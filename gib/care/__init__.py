"""The care chain, in the order in which a mother meets it."""

from typing import Final

# Navigation, docs and reports read it; the import contract of the chain is the same list.
CHAIN: Final = ("referral", "intake", "trajectory", "products", "aftercare", "handover")
