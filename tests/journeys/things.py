"""What stands in the addresses of doors where it is about Алина: the ids, read back from the database."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from sqlmodel import col, select

from issuer.tables import (
    AchievementPath,
    AchievementState,
    AchievementVersion,
    Award,
    Batch,
    CorrectionRequest,
    Endorsement,
    Offer,
)
from keys.tables import OrganisationApplication
from service.database import reading
from service.demo.awarding import number_of
from service.demo.people import account_of, guardian_of
from service.demo.stage import Stage
from service.demo.wallets import LEARNER, badge_file, badges
from service.frameworks.tables import FrameworkFile
from service.identity.passkeys.tables import Passkey
from service.identity.tables import Invitation, RollList, SchoolMove, Substitution
from service.notices.tables import Notice
from service.vc_api.tables import ApiToken
from tests.journeys import cast
from verifier.asking.tables import ShowRequest
from verifier.credit.curricula.tables import Directory, PlanFile
from verifier.credit.meetings.tables import Meeting
from verifier.credit.network.tables import NetworkContract, NetworkResult
from verifier.credit.tables import CaseDocument, DocumentSignature, PlanComponent, PlanItem
from wallet_web.objections.tables import Objection, ObjectionState
from wallet_web.portfolio.tables import Block, Declared, DeclaredFile, Goal, Note, NoteKind, PageShare, State
from wallet_web.tables import Arrival, Consent, Find, KeptFile, Purpose, Share

ISSUER = "ugu"
PROGRAMMING = "P1"
Rows = Mapping[str, str]
UNASKED = ("POST /wallet/{learner}/portfolio/records/{declared}/take-back",)
"""Doors that are tried with a record of hers that is before nobody, because the one that is would not be before anybody then."""


@dataclass(frozen=True, slots=True)
class Things:
    """The ids that stand in addresses, by the names that routes give them; `special` where a route needs another one."""

    ids: Rows
    special: Mapping[str, Rows]
    draft: str
    number: str
    badge: bytes
    item: str

    def address(self, row: str, path: str, /, **more: str) -> str:
        """`path` with Алина's ids in it."""
        return path.format_map({**self.ids, **self.special.get(row, {}), **more})

    def of_draft(self) -> "Things":
        """The same with the application that is only begun in the place of the one under way."""
        return replace(self, ids={**self.ids, "case_id": self.draft})


def things_of(stage: Stage, case: str, draft: str) -> Things:
    """What there is once her family has done all that `alina.settle` does."""
    return _Found(stage, case, draft).things()


def all_of(stage: Stage, wanted: Any) -> list[Any]:
    with reading(stage.parts.engine) as session:
        return list(session.exec(wanted).all())


@dataclass(frozen=True)
class _Found:
    """Reads the ids back from the database."""

    stage: Stage
    case: str
    draft: str

    def things(self) -> Things:
        own = select(Consent).where(Consent.purpose == Purpose.SHARING).order_by(col(Consent.given_at))
        plain = select(Share).where(col(Share.id).not_in(select(PageShare.share))).order_by(col(Share.created_at))
        (given, used), (ended, live) = all_of(self.stage, own), all_of(self.stage, plain)
        return Things(
            ids={
                **self._wallet,
                **self._public,
                **self._case,
                "move": all_of(self.stage, select(SchoolMove))[0].id,
                "arrival": all_of(self.stage, select(Arrival))[0].id,
                "found": all_of(self.stage, select(Find))[0].id,
                "passkey": all_of(self.stage, select(Passkey))[0].id,
                **self._portfolio(State.ASKED),
                "given": used.id,
                "made": live.id,
                "token": self._token(live),
            },
            special={
                "POST /requests/{request_id}/withdraw": {"request_id": all_of(self.stage, select(ShowRequest))[1].id},
                "GET /credit/policy/{school}/editions/{version}/pdf": {"version": "0"},
                "GET /offers/{code}": {"code": self._offer},
                "POST /offers/{code}": {"code": self._offer},
                "POST /api/offers/{code}": {"code": self._offer},
                "GET /static/app/icon-{which}.png": {"which": "192"},
                "GET /issuer/{organisation}/batches/{batch_id}/rejected.{ending}": {"ending": "csv"},
                "POST /issuer/{organisation}/paths/{path_id}/publish": {"path_id": self._path("m91")},
                **{
                    f"POST /issuer/{{organisation}}/catalogue/{{version_id}}/{step}": {"version_id": self._in_use}
                    for step in ("review", "return", "publish", "discard", "endorsements", "endorsers")
                },
                **{
                    f"POST /issuer/{{organisation}}/catalogue/{{version_id}}/endorsements/{{endorsement_id}}/{step}": self._vouched
                    for step in ("withdraw", "accept", "refuse")
                },
                **{
                    f"{method} /endorsements/{{organisation}}/published/{{version_id}}": {
                        "version_id": self._of_another
                    }
                    for method in ("GET", "POST")
                },
                "GET /credit/dates/{organisation}": {"organisation": "cpo"},
                "POST /credit/meetings/{school}/{meeting_id}/cancel": {"meeting_id": self._meeting(2)},
                "GET /roll/{school}/lists/{list_id}/faults.{ending}": {"ending": "csv"},
                "GET /roll/{school}/sample.{ending}": {"ending": "csv"},
                **self._curricula,
                **self._catalogues,
                "POST /roll/{school}/learners/{learner}/slips": {"learner": account_of("listed")},
                "POST /retention/{kind}": {"kind": "slip"},
                "POST /roll/{school}/lists/{list_id}/discard": {"list_id": self._lists[1]},
                "POST /wallet/{learner}/consents/{given}/withdraw": {"given": given.id},
                "POST /api/wallet/{learner}/consents/{given}/withdraw": {"given": given.id},
                "POST /wallet/{learner}/shares/{made}/withdraw": {"made": ended.id},
                "POST /api/wallet/{learner}/shares/{made}/withdraw": {"made": ended.id},
                "GET /wallet/{learner}/apply/{case}": {"case": self.draft},
                **dict.fromkeys(UNASKED, self._portfolio(State.OWN)),
                "POST /wallet/{learner}/objections/{deed}/take-back": self._objection(ObjectionState.TAKEN_BACK),
                "GET /v/{token}/works/{work}": self._shown_page,
            },
            draft=self.draft,
            number=number_of(self.stage, LEARNER),
            badge=badge_file(self.stage, "m08"),
            item=self._item,
        )

    @property
    def _wallet(self) -> Rows:
        entry = str(badges(self.stage)["m08"]["id"])
        return {"learner": account_of(LEARNER), "entry": entry, "ending": "svg", "case": self.case, "section": "study"}

    @property
    def _shown_page(self) -> Rows:
        share = all_of(self.stage, select(Share).join(PageShare))[0]
        return {"token": self._token(share), "work": self._portfolio(State.ASKED)["file"]}

    def _meeting(self, number: int) -> str:
        return str(all_of(self.stage, select(Meeting.id).where(Meeting.number == number))[0])

    def _portfolio(self, state: State) -> Rows:
        block = all_of(self.stage, select(Block))[0]
        told = all_of(self.stage, select(Declared).where(Declared.state == state))[0]
        file = all_of(self.stage, select(DeclaredFile).where(DeclaredFile.declared == told.id))[0]
        goal = all_of(self.stage, select(Goal))[0].id
        return {
            "declared": told.id,
            "file": file.id,
            "goal": goal,
            "note": all_of(self.stage, select(Note).where(Note.kind == NoteKind.REFLECTION))[0].id,
            "page": block.page,
            "block": block.id,
        }

    def _objection(self, state: ObjectionState) -> Rows:
        filed: Objection = all_of(self.stage, select(Objection).where(Objection.state == state))[0]
        return {"deed": filed.act, "objection": filed.id}

    @property
    def _case(self) -> Rows:
        wanted = select(CaseDocument).where(CaseDocument.case == self.case).order_by(col(CaseDocument.id))
        paper = all_of(self.stage, wanted)[0]
        return {
            "case_id": self.case,
            "document_id": paper.id,
            "signature_id": all_of(self.stage, select(DocumentSignature))[0].id,
            "notice_id": all_of(self.stage, select(Notice))[0].id,
            "part": "signature",
            "kind": "order",
            "act": "order",
            "position": "1",
            "place": "1",
            "school": cast.SCHOOL,
            "meeting_id": self._meeting(1),
            "substitution_id": all_of(self.stage, select(Substitution))[0].id,
            "contract_id": all_of(self.stage, select(NetworkContract))[0].id,
            "result_id": all_of(self.stage, select(NetworkResult))[0].id,
            "step": "party",
            "component_id": all_of(self.stage, select(PlanComponent).where(PlanComponent.school == cast.SCHOOL))[0].id,
            "directory_id": all_of(self.stage, select(Directory).where(Directory.school == cast.SCHOOL))[0].id,
            "file_id": all_of(self.stage, select(PlanFile).where(PlanFile.school == cast.SCHOOL))[0].id,
            "which": "blank",
        }

    @property
    def _public(self) -> Rows:
        award = all_of(self.stage, select(Award).where(Award.organisation == ISSUER))[0]
        framework, item = self._outcome
        return {
            "organisation": ISSUER,
            "code": ISSUER,
            "award_id": award.id,
            "path": f"{ISSUER}.m91",
            "application": all_of(self.stage, select(OrganisationApplication))[0].id,
            "path_id": self._path("m92"),
            "endorsement_id": all_of(self.stage, select(Endorsement).where(Endorsement.endorser == ISSUER))[0].id,
            "version_id": self._version(AchievementState.DRAFT),
            "batch_id": all_of(self.stage, select(Batch))[0].id,
            "achievement": self._badge["credentialSubject"]["achievement"]["id"].rpartition("/")[2],
            "framework": framework,
            "item": item,
            "status_list": urlsplit(self._badge["credentialStatus"]["statusListCredential"]).path.rpartition("/")[2],
            "token_id": self._old_program,
            "request_id": all_of(self.stage, select(ShowRequest))[0].id,
            "day": self.stage.clock().astimezone(UTC).date().isoformat(),
            "name": "genuine",
            **self._roll,
            **self._objection(ObjectionState.FILED),
            "kept": all_of(self.stage, select(KeptFile))[0].digest,
        }

    def _path(self, code: str) -> str:
        return str(all_of(self.stage, select(AchievementPath).where(AchievementPath.code == code))[0].id)

    @property
    def _in_use(self) -> str:
        return self._version(AchievementState.PUBLISHED)

    def _version(self, state: AchievementState) -> str:
        wanted = select(AchievementVersion).where(
            AchievementVersion.organisation == ISSUER,
            AchievementVersion.code == "m08",
            AchievementVersion.state == state,
        )
        return str(all_of(self.stage, wanted)[0].id)

    @property
    def _of_another(self) -> str:
        wanted = select(AchievementVersion).where(
            AchievementVersion.organisation == "ddt", AchievementVersion.code == "m11"
        )
        return str(all_of(self.stage, wanted)[0].id)

    @property
    def _vouched(self) -> Rows:
        wanted = select(Endorsement).where(col(Endorsement.endorser).startswith("did:"))
        found: Endorsement = all_of(self.stage, wanted)[0]
        return {"version_id": found.version, "endorsement_id": found.id}

    @property
    def _old_program(self) -> str:
        found: ApiToken = all_of(self.stage, select(ApiToken).where(ApiToken.name == cast.OLD_PROGRAM))[0]
        return found.id

    @property
    def _roll(self) -> Rows:
        return {
            "list_id": self._lists[0],
            "purpose": "sharing",
            "asked_id": all_of(self.stage, select(CorrectionRequest))[0].id,
            "person": account_of(guardian_of(LEARNER)),
            "invitation": all_of(self.stage, select(Invitation))[0].id,
        }

    @property
    def _curricula(self) -> dict[str, Rows]:
        """Doors of curricula where a place of the address stands for something else than elsewhere."""
        base = "/credit/curricula/{school}"
        brought = select(PlanFile).where(PlanFile.school == cast.SCHOOL, col(PlanFile.applied_at).is_(None))
        files = [kept.id for kept in all_of(self.stage, brought.order_by(col(PlanFile.kind), col(PlanFile.id)))]
        kind, table = {"kind": "curriculum"}, {"ending": "csv"}
        return {
            f"GET {base}/table.{{ending}}": table,
            f"GET {base}/directories/{{directory_id}}/table.{{ending}}": table,
            f"GET {base}/files/{{kind}}": kind,
            f"POST {base}/files/{{kind}}": kind,
            f"GET {base}/samples/{{kind}}/{{which}}.{{ending}}": {**kind, **table, "which": "blank"},
            f"GET {base}/brought/{{file_id}}": {"file_id": files[0]},
            f"GET {base}/brought/{{file_id}}/faults.{{ending}}": {"file_id": files[0], **table},
            f"POST {base}/brought/{{file_id}}/apply": {"file_id": files[0]},
            f"POST {base}/brought/{{file_id}}/discard": {"file_id": files[1]},
        }

    @property
    def _catalogues(self) -> dict[str, Rows]:
        """Doors of files of the network's catalogues."""
        base = "/network/frameworks/files/{file_id}"
        brought = select(FrameworkFile).order_by(col(FrameworkFile.framework).desc())
        looked_at, mistake = (one.id for one in all_of(self.stage, brought))
        return {
            "GET /network/frameworks/{framework}/table.{ending}": {"ending": "csv"},
            f"GET {base}": {"file_id": looked_at},
            f"GET {base}/faults.{{ending}}": {"file_id": looked_at, "ending": "csv"},
            f"POST {base}/publish": {"file_id": looked_at},
            f"POST {base}/discard": {"file_id": mistake},
        }

    @cached_property
    def _lists(self) -> list[str]:
        return [kept.id for kept in all_of(self.stage, select(RollList).order_by(col(RollList.id)))]

    @property
    def _offer(self) -> str:
        award = all_of(self.stage, select(Award).join(Offer))[0]
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
        return str(all_of(self.stage, own)[0].id)

    def _token(self, share: Share) -> str:
        return self.stage.parts.wallet.links.token(share.id)
