"""What a guard is: a named pure function of `Facts` with its rule, its sentence and its own error."""

from collections.abc import Callable
from dataclasses import dataclass

from verifier.credit.errors import RuleNotMet
from verifier.credit.facts import Facts

Condition = Callable[[Facts], bool]


@dataclass(frozen=True, slots=True)
class Guard:
    """One condition. `rule` is a row of `rules`, `error` what is raised where it does not hold."""

    name: str
    rule: str
    holds: Condition
    error: type[RuleNotMet]

    @property
    def sentence(self) -> str:
        """Why the move is refused and what to do, as a message id."""
        return self.error.sentence


def named(name: str, rule: str, sentence: str, holds: Condition) -> Guard:
    """Make a guard with an error class of its own."""
    code = name.replace("_", "-")
    error = type(name.title().replace("_", ""), (RuleNotMet,), {"code": code, "sentence": sentence, "rule": rule})
    return Guard(name, rule, holds, error)


def guard(rule: str, sentence: str) -> Callable[[Condition], Guard]:
    """Make a guard out of the function below; its name becomes the error's code."""

    def made(function: Condition) -> Guard:
        return named(function.__name__, rule, sentence, function)

    return made
