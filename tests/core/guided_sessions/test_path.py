"""What may be in the way, and a session that waits for it."""

import json

import pytest

from custom_components.retrostep.core.clock import Jump
from custom_components.retrostep.core.guided_sessions.cues import GAP_S, CueKind
from custom_components.retrostep.core.guided_sessions.path import CLEAR, Path, Role, Thing
from custom_components.retrostep.core.guided_sessions.result import EventKind
from custom_components.retrostep.core.guided_sessions.routine import Kind, Routine
from custom_components.retrostep.core.guided_sessions.session import GuidedSession

from .story import BACKWARD, Story, minutes
from .test_cues import Heard

DOOR = [("door", "Front door")]


def thing(role: Role, state: str | None, key: str = "1") -> Thing:
    return Thing(key, role, "Thing", state)


@pytest.mark.parametrize(
    ("role", "state", "is_in_the_way"),
    [
        (Role.DOOR, "on", True),
        (Role.DOOR, "off", False),
        (Role.VACUUM, "docked", False),
        (Role.VACUUM, "cleaning", True),
        (Role.VACUUM, "returning", True),
        (Role.VACUUM, "error", True),
        # It stands somewhere, and nobody knows where.
        (Role.VACUUM, "idle", True),
        (Role.PRESENCE, "on", True),
        (Role.PRESENCE, "off", False),
        (Role.LIGHT, "off", True),
        (Role.LIGHT, "on", False),
    ],
)
def test_only_what_says_that_it_is_clear_is_clear(role: Role, state: str, is_in_the_way: bool) -> None:
    view = Path().look([thing(role, state)])

    assert bool(view.in_the_way) is is_in_the_way
    assert view.not_seen == ()


@pytest.mark.parametrize("role", list(Role))
def test_what_says_nothing_is_not_in_the_way_and_named_as_not_seen(role: Role) -> None:
    view = Path().look([thing(role, None)])

    assert view.in_the_way == ()
    assert [one.role for one in view.not_seen] == [role]


def test_what_was_in_the_way_and_falls_silent_stays_in_the_way() -> None:
    path = Path()
    path.look([thing(Role.DOOR, "on")])
    silent = path.look([thing(Role.DOOR, None)])
    assert len(silent.in_the_way) == len(silent.not_seen) == 1
    assert path.look([thing(Role.DOOR, "off")]).in_the_way == ()
    assert path.look([thing(Role.DOOR, None)]).in_the_way == ()


def test_what_was_accepted_counts_again_once_it_was_clear() -> None:
    path = Path()
    open_door, vacuum = thing(Role.DOOR, "on"), thing(Role.VACUUM, "cleaning", "2")
    path.accept([open_door])

    assert path.look([open_door]).in_the_way == ()
    assert path.look([open_door, vacuum]).in_the_way == (vacuum,)
    path.look([thing(Role.DOOR, "off")])
    assert path.look([open_door]).in_the_way == (open_door,)
    path.accept([open_door])
    path.forget()
    assert path.look([open_door]).in_the_way == (open_door,)


def test_every_role_has_a_state_that_is_clear() -> None:
    assert CLEAR.keys() == set(Role)


def held(story: Story) -> Story:
    """Half a minute of two is walked, then a door opens."""
    story.start(minutes(Kind.BACKWARD, 2))
    story.walk(BACKWARD, 0.5)
    story._note(story.session.hold(story.now, DOOR))
    return story


def test_while_something_is_in_the_way_no_walking_counts_for_the_session() -> None:
    story = held(Story())
    done = story.session.view().done
    assert story.session.view().waiting == "path"
    told = story.last(EventKind.WAITING)
    assert (told["reason"], told["in_the_way"]) == ("path", [["door", "Front door"]])
    assert told["remaining"] == pytest.approx(90, abs=5)
    story.walk(BACKWARD, 0.5)

    assert story.session.view().done == done
    assert story.session.view().ends_at is None
    story._note(story.session.release(story.now))
    assert story.session.view().waiting is None
    story.walk(BACKWARD, 0.5)
    assert story.session.view().done == pytest.approx(60, abs=6)
    assert story.kinds[-1] == "guided_session_resumed"


def test_holding_twice_and_going_on_twice_is_told_once() -> None:
    story = held(Story())
    assert story.session.hold(story.now, DOOR) == []
    assert story.session.release(story.now)
    assert story.session.release(story.now) == []
    story.stop()
    assert story.session.hold(story.now, DOOR) == story.session.release(story.now) == []


def test_a_path_that_stays_blocked_ends_the_session_like_any_long_pause() -> None:
    story = held(Story())
    story.stand(5.1)

    assert not story.session.active
    assert story.last(EventKind.STOPPED)["reason"] == "pause"


def test_after_a_restart_it_still_waits() -> None:
    story = held(Story())
    story.restart()
    story.come_back()
    story.walk(BACKWARD, 0.2)

    assert story.session.is_held
    again = GuidedSession.from_dict(json.loads(json.dumps(story.session.as_dict())))
    assert again.is_held


def test_the_metronome_is_silent_meanwhile() -> None:
    session = GuidedSession()
    session.start(Routine.CUSTOM, [minutes(Kind.BACKWARD, 2)], [], 0, pause_s=300, metronome=True)
    assert session.wants_metronome
    session.hold(1, DOOR)
    assert session.wants_metronome is None


def test_stop_is_said_at_once_whatever_was_said_before() -> None:
    story = Heard()
    story.start(minutes(Kind.BACKWARD, 2))
    story.walk(BACKWARD, 0.05)
    story._note(story.session.hold(story.now, DOOR))

    assert [cue.kind for _, cue in story.said] == [CueKind.START, CueKind.STOP]
    assert story.said[1][0] < GAP_S
    assert story.said[1][1].in_the_way == ("door", "Front door")


def test_a_session_that_starts_with_something_in_the_way_says_its_stage_when_it_goes_on() -> None:
    story = Heard()
    events = story.session.start(Routine.CUSTOM, [minutes(Kind.BACKWARD, 2)], [], story.now, pause_s=300)
    story._note([*events, *story.session.hold(story.now, DOOR)])
    story.now += GAP_S
    story._note(story.session.release(story.now))

    assert [cue.kind for _, cue in story.said] == [CueKind.STOP, CueKind.GO]
    assert story.said[1][1].target == 120


def test_the_clock_may_be_set_while_it_waits() -> None:
    story = held(Story())
    story.clock_jumps(Jump(by_s=7_200, segment=1, corrections=()))
    story.stand(1)

    assert story.session.is_held
