"""What there is of Алина's in the town: badges, consents, links, an application under way and one that is only begun."""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from sqlmodel import col, select

from issuer.batches import desk
from issuer.batches.entering import Upload
from issuer.tables import Award, Batch, Offer
from keys.actor import Actor, ActorKind
from service.database import reading, unit_of_work
from service.demo.awarding import number_of
from service.demo.people import account_of, guardian_of
from service.demo.stage import Stage
from service.demo.visitor import form_of
from service.demo.wallets import LEARNER, WALLET, badge_file, badges, guardian, learner
from service.notices.tables import Notice
from tests.journeys import cast
from verifier.credit import documents, signatures
from verifier.credit.tables import CaseDocument, DocumentSignature, PlanComponent, PlanItem
from wallet_web.tables import Consent, Share

NAME_PARTS = ("Алин", "Ветров")
"""What no stranger may meet in any case of the language: her given name, and the family's name, her mother's too."""
ISSUER = "ugu"
SIGNATURE = bytes.fromhex("3003020101")
PROJECT, PROGRAMMING = "P2", "P1"
Rows = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Things:
    """The ids that stand in addresses, by the names that routes give them; `special` where a route needs another one."""

    ids: Rows
    special: Mapping[str, Rows]
    draft: str
    number: str
    badge: bytes
    item: str

    def address(self, row: str, path: str, **more: str) -> str:
        """`path` with Алина's ids in it."""
        return path.format_map({**self.ids, **self.special.get(row, {}), **more})

    def of_draft(self) -> "Things":
        """The same with the application that is only begun in the place of the one under way."""
        return replace(self, ids={**self.ids, "case_id": self.draft})


def settle(stage: Stage) -> Things:
    """Let Алина's family do all of this over the pages; her badges are there already."""
    _consent(stage)
    _withdraw_consent(stage)
    _consent(stage)
    _share(stage, "Показ до собеседования")
    _withdraw_share(stage)
    _share(stage, "Портфолио для поступления")
    case = apply(stage, "Индивидуальный проект", "m08", submit=True)
    draft = apply(stage, "Программирование", "m01", submit=False)
    let_school_compare(stage, case)
    tell_her_mother(stage, case.rpartition("/")[2])
    stage.parts.shelf.put("samples/genuine.json", badge_file(stage, "m08"))
    award_by_list(stage)
    return _Found(stage, case.rpartition("/")[2], draft.rpartition("/")[2]).things()


def _consent(stage: Stage) -> None:
    guardian(stage).submit(f"{WALLET}/consents", f"{WALLET}/consents", {"agree": "yes"})


def _withdraw_consent(stage: Stage) -> None:
    given = _all(stage, select(Consent))[0].id
    guardian(stage).submit(f"{WALLET}/consents", f"{WALLET}/consents/{given}/withdraw", {})


def _share(stage: Stage, purpose: str) -> None:
    answers: dict[str, str | list[str]] = {
        "badge": [str(badges(stage)["m08"]["id"])],
        "audience": "Приёмная комиссия",
        "purpose": purpose,
        "days": "60",
        "act": "make",
    }
    learner(stage).submit(f"{WALLET}/shares/new", f"{WALLET}/shares", answers)


def _withdraw_share(stage: Stage) -> None:
    made = _all(stage, select(Share))[0].id
    learner(stage).submit(f"{WALLET}/shares/{made}", f"{WALLET}/shares/{made}/withdraw", {})


def apply(stage: Stage, component: str, badge: str, *, submit: bool) -> str:
    """The guardian chooses a part of the plan and a badge, and hands the application in; the path of the last page."""
    family, page = guardian(stage), f"{WALLET}/apply"
    shown = family.get(page)
    answers: dict[str, str | list[str]] = {
        "item": form_of(shown, page).option("item", component),
        "badge": [str(badges(stage)[badge]["id"])],
        "wish": "full",
        "assessment": "yes",
        "act": "keep",
    }
    review = family.accepted(family.press(shown, page, answers))
    return family.accepted(family.press(review, review.path, {})).path if submit else review.path


def award_by_list(stage: Stage) -> None:
    """Somebody of the issuer, who is none of the people at the doors, awards a badge to whoever brings its code."""
    parts, now = stage.parts, stage.clock()
    rows = f"Сетевой номер;Результат\n;80\n{number_of(stage, LEARNER)};1\n"
    upload = Upload(ISSUER, "m08", io.BytesIO(rows.encode()), "список.csv", "№ 9")
    batch = parts.batches.enter(upload, Actor(kind=ActorKind.PERSON, person="somebody"), now)
    with unit_of_work(parts.engine) as session:
        desk.submit(session, batch, Actor(kind=ActorKind.PERSON, person="somebody"), now)
    stage.work()
    with unit_of_work(parts.engine) as session:
        parts.offers.make(session, batch)


def let_school_compare(stage: Stage, case: str) -> None:
    """The secretary registers, the program checks, the deputy accepts: from here on the case is being compared."""
    stage.person("mkhova").submit(case, f"{case}/register", {})
    stage.work()
    stage.person("ryabinin").submit(case, f"{case}/accept-check", {})


def tell_her_mother(stage: Stage, case: str) -> None:
    """A notice as any step of the case may leave it, and a detached signature beside the first document."""
    with unit_of_work(stage.parts.engine) as session:
        stage.parts.cases.services.notify(
            session,
            person=account_of(guardian_of(LEARNER)),
            organisation=cast.SCHOOL,
            learner=account_of(LEARNER),
            text="Заявление рассматривают.",
            href=f"/credit/cases/{case}",
            handed=False,
            now=stage.clock(),
        )
        paper = documents.documents_of(session, case)[0].id
        signatures.attach(session, paper, SIGNATURE, b"", by=cast.account("director"), now=stage.clock())


@dataclass(frozen=True)
class _Found:
    """Reads the ids back from the database."""

    stage: Stage
    case: str
    draft: str

    def things(self) -> Things:
        given, used = _all(self.stage, select(Consent).order_by(col(Consent.given_at)))
        ended, live = _all(self.stage, select(Share).order_by(col(Share.created_at)))
        return Things(
            ids={
                **self._wallet,
                **self._public,
                **self._case,
                "given": used.id,
                "made": live.id,
                "token": self._token(live),
            },
            special={
                "GET /offers/{code}": {"code": self._offer},
                "POST /offers/{code}": {"code": self._offer},
                "POST /api/offers/{code}": {"code": self._offer},
                "GET /issuer/{organisation}/batches/{batch_id}/rejected.{ending}": {"ending": "csv"},
                "POST /wallet/{learner}/consents/{given}/withdraw": {"given": given.id},
                "POST /api/wallet/{learner}/consents/{given}/withdraw": {"given": given.id},
                "POST /wallet/{learner}/shares/{made}/withdraw": {"made": ended.id},
                "POST /api/wallet/{learner}/shares/{made}/withdraw": {"made": ended.id},
                "GET /wallet/{learner}/apply/{case}": {"case": self.draft},
            },
            draft=self.draft,
            number=number_of(self.stage, LEARNER),
            badge=badge_file(self.stage, "m08"),
            item=self._item,
        )

    @property
    def _wallet(self) -> Rows:
        entry = str(badges(self.stage)["m08"]["id"])
        return {"learner": account_of(LEARNER), "entry": entry, "ending": "svg", "case": self.case}

    @property
    def _case(self) -> Rows:
        wanted = select(CaseDocument).where(CaseDocument.case == self.case).order_by(col(CaseDocument.id))
        paper = _all(self.stage, wanted)[0]
        return {
            "case_id": self.case,
            "document_id": paper.id,
            "signature_id": _all(self.stage, select(DocumentSignature))[0].id,
            "notice_id": _all(self.stage, select(Notice))[0].id,
            "part": "signature",
            "kind": "order",
            "act": "order",
            "position": "1",
            "place": "1",
            "school": cast.SCHOOL,
        }

    @property
    def _public(self) -> Rows:
        award = _all(self.stage, select(Award).where(Award.organisation == ISSUER))[0]
        framework, item = self._outcome
        return {
            "organisation": ISSUER,
            "code": ISSUER,
            "award_id": award.id,
            "batch_id": _all(self.stage, select(Batch))[0].id,
            "achievement": self._badge["credentialSubject"]["achievement"]["id"].rpartition("/")[2],
            "framework": framework,
            "item": item,
            "status_list": urlsplit(self._badge["credentialStatus"]["statusListCredential"]).path.rpartition("/")[2],
            "day": self.stage.clock().astimezone(UTC).date().isoformat(),
            "name": "genuine",
        }

    @property
    def _offer(self) -> str:
        award = _all(self.stage, select(Award).join(Offer))[0]
        return self.stage.parts.offers.code(award.id)

    @property
    def _outcome(self) -> tuple[str, str]:
        target = self._badge["credentialSubject"]["achievement"]["alignment"][0]["targetUrl"]
        _, _, framework, _, item = urlsplit(target).path.split("/")
        return framework, item

    @cached_property
    def _badge(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(badge_file(self.stage, "m08"))
        return document

    @property
    def _item(self) -> str:
        """The line of her plan about which she has only begun an application."""
        wanted = select(PlanItem).join(PlanComponent)
        own = wanted.where(PlanItem.learner == account_of(LEARNER), PlanComponent.code == PROGRAMMING)
        return str(_all(self.stage, own)[0].id)

    def _token(self, share: Share) -> str:
        return self.stage.parts.wallet.links.token(share.id)


def sent(row: str, kind: str, things: Things) -> dict[str, Any]:
    """A body that reaches the question of rights, and changes nothing where the answer is yes."""
    forms: dict[str, dict[str, str]] = {
        "POST /demo/sign-in": {"account": cast.account("employer" if kind == cast.STRANGER else kind)},
        "POST /issuer/{organisation}/award": {"achievement": "m08"},
        "POST /issuer/{organisation}/batches/{batch_id}/steer": {"act": "pause"},
        "POST /offers/{code}": {"learner": account_of(LEARNER)},
        "POST /credit/register/{school}/export": {"form": "csv"},
        "POST /verify": {"text": things.badge.decode()},
        "POST /wallet/{learner}/apply/{case}": {"version": "0"},
    }
    award = {
        "organisation": "ugu",
        "achievement": "m08",
        "learner_number": things.number,
        "event": "№ 2",
        "result": "5",
    }
    documents: dict[str, dict[str, Any]] = {
        "POST /api/awards": award,
        "POST /api/offers/{code}": {"learner": account_of(LEARNER)},
        "POST /api/awards/{award_id}/revoke": {"reason": ""},
        "POST /api/awards/{award_id}/suspend": {"reason": ""},
        "POST /api/awards/{award_id}/lift": {"reason": ""},
        "POST /api/awards/{award_id}/correct": {"organisation": "ugu", "event": "№ 3", "reason": ""},
        "POST /api/credit/cases/{case_id}/{event}": {"version": 0},
        "POST /credit/applications": {"component": things.item, "wish": "full", "presentation": {}},
        "POST /api/wallet/{learner}/consents": {"text_hash": "0" * 64},
        "POST /api/wallet/{learner}/shares": {"badges": [], "audience": "", "purpose": ""},
    }
    if row == "POST /api/verify":
        return {"content": things.badge}
    return {"json": documents[row]} if row in documents else {"form": forms.get(row, {})}


def _all(stage: Stage, wanted: Any) -> list[Any]:
    with reading(stage.parts.engine) as session:
        return list(session.exec(wanted).all())
