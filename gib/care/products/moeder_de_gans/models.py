"""What was counted of a meeting: one number per answer, so that no slip can be put together again."""

from collections.abc import Mapping

from django.db import models

from gib.care.products.models import GroupMeeting
from gib.care.products.moeder_de_gans.domain import Question
from gib.people.families.models.checks import one_of


class MeetingTally(models.Model):
    """How often one answer was given at one meeting; it knows no woman."""

    meeting = models.ForeignKey(GroupMeeting, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=16)
    answer = models.CharField(max_length=16)
    number = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            one_of("question", Question),
            models.UniqueConstraint(fields=["meeting", "question", "answer"], name="meetingtally_once"),
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.answer}: {self.number}"


def tally_of(meeting_id: int) -> Mapping[Question, dict[str, int]]:
    """Give what was counted of a meeting: for each question how often each answer was given."""
    found: dict[Question, dict[str, int]] = {question: {} for question in Question}
    for row in MeetingTally.objects.filter(meeting_id=meeting_id):
        found[Question(row.question)][row.answer] = row.number
    return found
