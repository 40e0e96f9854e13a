"""`python -m bench [ACT …]`: one JSON object a line; see docs/performance.md for what the acts and the limits are.

`per_second` counts badges. `limit` is how many the cryptography alone would do in the same run and `ratio` the share of it that the
act reaches; `baseline` is the same act with pyld and `times_baseline` how many times as quick ours is.
"""

import argparse
import json
import platform
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version

import cryptography

from bench import acts, limits
from bench.behind_http import http_verify
from bench.beside_npm import BESIDE, beside_npm, is_there
from bench.clock import Act, Timed, line, windows
from bench.wallet import wallet_page
from bench.world import BADGES, World
from issuer.batches.entering import SIZE
from service.serving import settle

Made = Callable[[World], Act]


@dataclass(frozen=True)
class Measure:
    """One act, its limit, its baseline. `size` is how many times it is done in a round, `items` how many badges each time."""

    act: Made
    limit: Made
    baseline: Made
    size: int = 100
    items: int = 1


MEASURES = (
    Measure(acts.canonicalize_fast, limits.signing, limits.pyld_canonical),
    Measure(acts.canonicalize_general, limits.signing, limits.pyld_canonical, size=5),
    Measure(acts.sign_one, limits.signing, limits.pyld_sign),
    Measure(acts.sign_batch, limits.signing, limits.pyld_sign, size=BADGES),
    Measure(acts.issue_stored_batch, limits.signing, limits.pyld_sign, size=1, items=SIZE),
    Measure(acts.verify_one, limits.verifying, limits.pyld_verify),
    Measure(acts.verify_full, limits.verifying, limits.pyld_verify_full),
    Measure(acts.verify_portfolio_50, limits.verifying, limits.pyld_verify, size=1, items=50),
)
NAMES = (*(measure.act.__name__ for measure in MEASURES), http_verify.__name__, wallet_page.__name__, *BESIDE)
_LIMIT_SIZE, _BASELINE_SIZE = 100, 3


def run(measure: Measure, world: World, rounds: int) -> dict[str, object]:
    """Time one act with its limit and baseline beside it, then check what it gave."""
    act, limit, baseline = Timed(), Timed(), Timed()
    limit_act, baseline_act = measure.limit(world), measure.baseline(world)
    for window in windows(rounds, measure.size, BADGES):
        made = measure.act(world)
        limit.time(limit_act, range(_LIMIT_SIZE))
        act.time(made, window)
        baseline.time(baseline_act, window[:_BASELINE_SIZE])
    check(measure, world)
    return line(measure.act.__name__, act, limit, baseline, measure.items)


def check(measure: Measure, world: World) -> None:
    """After the clock has stopped: what the act gives is right by the general path."""
    act = measure.act(world)
    for number in range(0, BADGES, BADGES // (10 if measure.items < SIZE else 1)):
        if not acts.is_right(measure.act.__name__, act(number), world, number):
            sys.exit(f"{measure.act.__name__}: badge {number} came out wrong")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.splitlines()[0])
    parser.add_argument("acts", nargs="*", choices=[[], *NAMES])
    parser.add_argument("--rounds", type=int, default=25)
    asked = parser.parse_args()
    world = World()
    settle()  # as a server does once it has started
    versions = {"python": platform.python_version(), "cryptography": cryptography.__version__, "pyld": version("pyld")}
    sys.stderr.write(json.dumps({"badge": acts.size(world), "machine": platform.machine(), **versions}) + "\n")
    wanted = asked.acts or NAMES
    for measure in MEASURES:
        if measure.act.__name__ in wanted:
            tell(run(measure, world, asked.rounds))
    if http_verify.__name__ in wanted:
        tell(http_verify(world))
    if wallet_page.__name__ in wanted:
        tell(wallet_page())
    compared = [name for name in BESIDE if name in wanted]
    if compared and is_there():
        for told in beside_npm(world, compared):
            tell(told)


def tell(told: dict[str, object]) -> None:
    """One line on standard output, at once."""
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
