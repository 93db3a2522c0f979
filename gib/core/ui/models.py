"""Forms that were sent: so that sending one twice has one effect."""

from django.db import models


class Submission(models.Model):
    """One act of one form: its key follows from the token on the page and what was filled in.

    `url` is where the sender went afterwards; it holds ids only. Rows are of use for a day.
    """

    token = models.UUIDField(primary_key=True)
    user_id = models.UUIDField(null=True)
    url = models.CharField(max_length=500)
    at = models.DateTimeField(db_index=True)
