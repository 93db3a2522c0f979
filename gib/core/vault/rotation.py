"""A new master key: the data keys are wrapped again, in steps that can be interrupted."""

from gib.core.vault import crypto, master
from gib.core.vault.boxes import wrap_place
from gib.core.vault.models import WrappedKey


def is_unfinished() -> bool:
    """Tell whether a rotation was interrupted: some keys are still wrapped with an older master key."""
    return WrappedKey.objects.filter(master_version__lt=max(master.keys())).exists()


def rewrap(batch: int = 500) -> int:
    """Wrap every data key with the newest master key; running it again goes on where it stopped.

    Args:
        batch: how many keys one statement moves.

    Returns: how many keys were moved.
    """
    keys = master.keys()
    newest = max(keys)
    moved = 0
    while rows := list(WrappedKey.objects.filter(master_version__lt=newest)[:batch]):
        for row in rows:
            place = wrap_place(row.box_id)
            plain = crypto.unseal(keys[row.master_version], bytes(row.wrapped), place)
            row.wrapped = crypto.seal(keys[newest], plain, place)
            row.master_version = newest
        WrappedKey.objects.bulk_update(rows, ["wrapped", "master_version"])
        moved += len(rows)
    return moved
