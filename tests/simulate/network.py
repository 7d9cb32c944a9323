"""The network of the fault simulator: what it carries gets lost, late, doubled, mixed up or spoilt."""

import copy
import math
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any, Final

from custom_components.retrostep.core.ledger.row_sync import TransportError

from .check import check_acknowledged

if TYPE_CHECKING:
    from .agenda import Agenda
    from .home import Home
    from .pod import SimPod

CALL_TIMEOUT_S: Final = 30
LATER_NETWORK_FAULTS: Final = ("out_of_range",)
OUT_OF_RANGE: Final[tuple[Any, ...]] = (
    -1,
    2**31,
    10**19,
    3.4e38,
    1e300,
    math.inf,
    True,
    None,
    "9" * 5_000,
    [],
    {},
)
"""What no number of a pod is."""
NETWORK_FAULTS: Final = ("request_lost", "answer_lost", "answer_late", "asked_twice", "garbage", "stray")
type Question = tuple[int, int, int]
type Reply = Callable[[object], None]


class Network:
    """Carries get_minutes between homes and pods."""

    def __init__(self, agenda: Agenda) -> None:
        self._agenda = agenda
        self._dice = agenda.dice
        self.odds = {fault: self._dice.choice([0, 0, 0.05, 0.3]) for fault in NETWORK_FAULTS}
        """How often each fault happens."""
        self._answers: dict[tuple[str, str], object] = {}
        self._down: set[tuple[str, str]] = set()
        self.pages = 0

    def follow(self, names: Collection[str], odds: Callable[[Mapping[str, float]], dict[str, float]]) -> None:
        """Have the faults of these names only, those that came later among them; `odds`: how often each."""
        later = {
            fault: self._agenda.later.choice([0, 0, 0, 0.1])
            for fault in LATER_NETWORK_FAULTS
            if fault in names
        }
        self.odds = odds(self.odds | later)

    def calm_down(self) -> None:
        """Work well from now on."""
        self.odds = dict.fromkeys(self.odds, 0)
        self._down.clear()

    def break_link(self, home: Home, pod: SimPod) -> None:
        """Cut a home off from a pod."""
        self._down.add((home.name, pod.mac))

    def mend_link(self, home: Home, pod: SimPod) -> None:
        """Let them reach each other again."""
        self._down.discard((home.name, pod.mac))

    def in_reach(self, home: Home, pod: SimPod) -> bool:
        """Say whether a home and a pod can talk."""
        is_up = home.ledger is not None and pod.on and (home.name, pod.mac) not in self._down
        return is_up and pod.mac in home.macs

    def ask(self, home: Home, pod: SimPod, question: Question, reply: Reply) -> None:
        """Carry a question to the pod; the reply gets the answer or an exception."""
        if self._happens("request_lost"):
            self._agenda.at(CALL_TIMEOUT_S, reply, TimeoutError("no answer"))
        else:
            self._agenda.at(self._dice.choice([0, 0, 1]), self._arrive, home, pod, question, reply)

    def _arrive(self, home: Home, pod: SimPod, question: Question, reply: Reply) -> None:
        if not self.in_reach(home, pod):
            reply(TransportError("not connected"))
            return
        self.pages += 1
        log, after, limit = question
        check_acknowledged(home, pod, log, after)
        answer: object = pod.page(log, after, limit, self._agenda.now_s)
        if self._happens("asked_twice"):
            answer = pod.page(log, after, limit, self._agenda.now_s)
        if self._happens("answer_lost"):
            self._agenda.at(CALL_TIMEOUT_S, reply, TimeoutError("no answer"))
            return
        if self._happens("stray"):
            answer = self._answers.get((home.name, pod.mac), answer)
        else:
            self._answers[home.name, pod.mac] = answer
        if self._happens("garbage"):
            answer = self._spoil(answer)
        if self._happens("out_of_range"):
            answer = self._replace_a_number(answer)
        late = self._happens("answer_late")
        self._agenda.at(self._dice.randrange(20) if late else 0, reply, answer)

    def _happens(self, fault: str) -> bool:
        odds = self.odds.get(fault)
        if odds is None or self._dice.random() >= odds:
            return False
        self._agenda.faults[fault] += 1
        return True

    def _replace_a_number(self, answer: Any) -> object:
        """Put something in place of one number of an answer that is none, or one no pod can mean."""
        if not isinstance(answer, dict):
            return answer
        spoilt = copy.deepcopy(answer)
        place = self._dice.choice([spoilt, spoilt.get("total"), *(spoilt.get("m") or [])])
        if isinstance(place, (dict, list)) and place:
            key: Any = self._dice.choice(list(place) if isinstance(place, dict) else range(len(place)))
            place[key] = self._dice.choice(OUT_OF_RANGE)
        return spoilt

    def _spoil(self, answer: Any) -> object:
        """Make an answer that no pod gives."""
        spoilt = copy.deepcopy(answer)
        rows = spoilt["m"]
        match self._dice.randrange(12):
            case 0:
                return None
            case 1:
                del spoilt[self._dice.choice(sorted(spoilt))]
            case 2:
                spoilt["v"] = 2
            case 3:
                spoilt["total"][0] = math.nan
            case 4 if rows:
                rows[-1][2] = -4
            case 5 if rows:
                rows[-1][1] = 2**31 - 1
            case 6 if rows:
                rows.append(rows[-1])
            case 7 if len(rows) > 1:
                rows.reverse()
            case 8:
                spoilt["next"] += self._dice.choice([1, 2, 36, 1_000])
            case 9:
                spoilt["next"] = 2_000_000_000
            case 10:
                spoilt["oldest"] = 0
            case _:
                spoilt["next"] = 2**40
        return spoilt
