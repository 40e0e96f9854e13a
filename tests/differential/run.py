"""A whole run on two processes."""

import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection, wait

from tests.differential.compare import Examiner, Tally

PROCESSES = 2
CHUNK = 100

Progress = Callable[[Tally, int], None]


def indexes(documents: int, first: int = 0) -> list[str]:
    """The indexes of a run: after every four documents a mutated one."""
    return [
        index
        for number in range(first, first + documents)
        for index in ([str(number)] if number % 4 != 3 else [str(number), f"m{number // 4}"])
    ]


def run(documents: int, seed: str, oracles: tuple[str, ...], progress: Progress) -> Tally:
    """The tally of a whole run; `progress` is told how far it is."""
    every, total, done = indexes(documents), Tally(), 0
    pipes = [_start(every[part::PROCESSES], seed, oracles) for part in range(PROCESSES)]
    while pipes:
        for pipe in wait(pipes):
            assert isinstance(pipe, Connection)
            try:
                tally, count = pipe.recv()
            except EOFError:
                pipes.remove(pipe)
                continue
            total += tally
            done += count
            progress(total, done)
    if done != len(every):
        total.disagreements.append(f"a process ended early: {done} of {len(every)} cases were judged")
    return total


def _start(part: list[str], seed: str, oracles: tuple[str, ...]) -> Connection:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    context.Process(target=_judge, args=(part, seed, oracles, theirs)).start()
    theirs.close()
    return ours


def _judge(part: list[str], seed: str, oracles: tuple[str, ...], pipe: Connection) -> None:
    with Examiner(seed, oracles) as examiner:
        for start in range(0, len(part), CHUNK):
            chunk = part[start : start + CHUNK]
            for index in chunk:
                examiner.examine(index)
            pipe.send((examiner.tally, len(chunk)))
            examiner.tally = Tally()
    pipe.close()
