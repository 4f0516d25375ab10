import pytest

from bot.domain.cures import Cure, cures_of, waits_for_somebody
from bot.domain.jobs import JobState
from bot.domain.recordings import Recording, RecordingKind
from bot.errors import Obstacle
from tests.slack.samples import a_job

ZOOM = Recording(RecordingKind.LINK, "https://us02web.zoom.us/rec/share/Ab3dEf6hIj", "Zoom recording")
FILE = Recording(RecordingKind.LINK, "https://files.example.test/a.mp4", "a.mp4")
DROPPED = Recording(RecordingKind.SLACK_FILE, "F1", "a.mp4")


@pytest.mark.parametrize(
    ("recording", "obstacle", "cures"),
    [
        (ZOOM, Obstacle.PASSCODE, (Cure.PASSCODE, Cure.UPLOAD, Cure.AGAIN)),
        (ZOOM, Obstacle.PRIVATE, (Cure.PASSCODE, Cure.UPLOAD, Cure.AGAIN)),
        (ZOOM, Obstacle.EXPIRED, (Cure.UPLOAD, Cure.AGAIN)),
        (FILE, Obstacle.PASSCODE, (Cure.UPLOAD, Cure.AGAIN)),
        (FILE, Obstacle.WRONG_KIND, (Cure.UPLOAD,)),
        (DROPPED, Obstacle.PRIVATE, (Cure.UPLOAD, Cure.AGAIN)),
        (FILE, None, (Cure.AGAIN,)),
    ],
)
def test_a_job_offers_what_can_help_it(
    recording: Recording, obstacle: Obstacle | None, cures: tuple[Cure, ...]
) -> None:
    job = a_job(recording=recording, obstacle=obstacle, state=JobState.NEEDS_YOU)
    assert cures_of(job) == cures


def test_every_obstacle_has_something_to_do_about_it() -> None:
    for obstacle in Obstacle:
        for recording in (ZOOM, FILE, DROPPED):
            assert cures_of(a_job(recording=recording, obstacle=obstacle))


def test_only_a_job_that_stopped_or_cannot_begin_waits_for_somebody() -> None:
    hindered = {state for state in JobState if waits_for_somebody(a_job(state=state, obstacle=Obstacle.PRIVATE))}
    assert hindered == {JobState.OFFERED, JobState.NEEDS_YOU, JobState.FAILED}
    assert {state for state in JobState if waits_for_somebody(a_job(state=state))} == {JobState.NEEDS_YOU}
