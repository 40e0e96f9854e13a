"""How a list looks to the organisation's staff: its state in words, how far it has come, how long it still takes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from issuer.batches.states import ENDED, Step, allows
from issuer.tables import Batch, BatchState
from schemas.errors import N_

WORDS = {
    BatchState.DRAFT: N_("Черновик"),
    BatchState.CHECKING: N_("Проверяется"),
    BatchState.CHECKED: N_("Проверен"),
    BatchState.WAITING: N_("Ждёт второго сотрудника"),
    BatchState.RUNNING: N_("Выдаётся"),
    BatchState.PAUSED: N_("На паузе"),
    BatchState.DONE: N_("Готово"),
    BatchState.CANCELLED: N_("Отменён"),
}
_TONES = {BatchState.WAITING: "wait", BatchState.PAUSED: "wait", BatchState.DONE: "good", BatchState.CANCELLED: "bad"}
_OFFERED = (Step.CHOOSE, Step.ALLOW, Step.SUBMIT, Step.DISCARD, Step.APPROVE, Step.PAUSE, Step.RESUME, Step.CANCEL)
_LONG = 90  # seconds


@dataclass(frozen=True, slots=True)
class BatchShown:
    """`done` of `total` rows; `moving` while it changes without anybody doing something; `left` in words, or empty."""

    word: str
    tone: str
    done: int
    total: int
    moving: bool
    left: str

    @classmethod
    def of(cls, batch: Batch, now: datetime, translate: Callable[[str], str]) -> "BatchShown":
        """Of a list as it stands."""
        checking = batch.state is BatchState.CHECKING
        done = batch.checked if checking else batch.issued + batch.rejected
        moving = checking or batch.state is BatchState.RUNNING or (batch.state in ENDED and done < batch.total)
        left = "" if checking else _left(batch, done, now, translate)
        word = translate(WORDS[batch.state])
        return cls(word, _TONES.get(batch.state, "now"), done, batch.total, moving, left)


def offered_steps(state: BatchState) -> list[Step]:
    """What somebody may be offered to do with a list in that state."""
    return [taken for taken in _OFFERED if allows(state, taken)]


def _left(batch: Batch, done: int, now: datetime, translate: Callable[[str], str]) -> str:
    """How long it still takes at the speed so far."""
    if batch.state is not BatchState.RUNNING or batch.started_at is None or not done:
        return ""
    seconds = (now - batch.started_at).total_seconds() * (batch.total - done) / done
    if seconds < _LONG:
        return translate(N_("осталось меньше двух минут"))
    return translate(N_("осталось около {minutes} мин")).format(minutes=round(seconds / 60))
