"""Acts of sabotage for `--break`: each makes the stories named here fail, to show that they can."""

from datetime import timedelta

from sqlmodel import col, select

from keys import organisations, publish
from service.database import unit_of_work
from service.demo.people import account_of
from service.demo.stage import Stage
from service.demo.wallets import LEARNER, TITLES
from wallet_web.tables import Entry

AWARD_PAGE = "page of the award"
DECIDE = "decide"  # the commission votes against; the story itself does it
REASON = "Проверка демонстрации: отзыв до подачи заявления"


def tamper(stage: Stage) -> None:
    """Change the points in the badge that lies in the wallet."""
    with unit_of_work(stage.parts.engine) as session:
        entry = session.exec(
            select(Entry).where(col(Entry.title) == TITLES["m08"], Entry.learner == account_of(LEARNER))
        ).one()
        entry.document = entry.document.replace(b'"87"', b'"97"')


def revoke(stage: Stage) -> None:
    """Have the university revoke the badge before the family applies."""
    page = stage.remembered[AWARD_PAGE]
    stage.person("rektorova").submit(page, f"{page}/revoke", {"reason": REASON})


def distrust(stage: Stage) -> None:
    """Have the network's list say that the university had left before the award."""
    now = stage.clock()
    with unit_of_work(stage.parts.engine) as session:
        organisations.leave(session, "ugu", now - timedelta(days=30))
        publish.publish_trust_list(session, stage.parts.shelf, stage.parts.store, stage.municipality.operator, now)


ACTS = {"tamper": tamper, "revoke": revoke, "trust": distrust}
BREAKS = (*ACTS, DECIDE)
