"""All stories of the demonstration, in the order in which they are told about."""

from service.demo import (
    prologue,
    story_assessment,
    story_college,
    story_credit,
    story_forgery,
    story_guardian,
    story_leaving,
    story_network,
    story_parallel,
    story_record,
    story_refusal,
    story_review,
    story_sharing,
    story_stopped,
    story_waiting,
)
from service.demo.story import Story

STORIES: tuple[Story, ...] = (
    prologue.STORY,
    story_credit.STORY,
    story_assessment.STORY,
    story_assessment.TWIN,
    story_guardian.STORY,
    story_network.STORY,
    story_refusal.STORY,
    story_leaving.STORY,
    story_leaving.TWIN,
    story_network.MOVE,
    story_stopped.STORY,
    story_college.STORY,
    story_record.STORY,
    story_review.STORY,
    story_forgery.STORY,
    story_sharing.STORY,
    story_parallel.STORY,
    story_waiting.STORY,
)
