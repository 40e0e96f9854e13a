"""What Алина's family does in the town: badges, consents, links, an application under way and one that is only begun."""

import io
from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

from sqlmodel import select

from issuer.batches import desk
from issuer.batches.entering import Upload
from keys.actor import Actor, ActorKind, Role
from schemas.identity import number_from
from service.database import unit_of_work
from service.demo.awarding import award, number_of
from service.demo.people import account_of, guardian_of
from service.demo.stage import Stage
from service.demo.visitor import form_of
from service.demo.wallets import LEARNER, WALLET, badge_file, badges, file_of, guardian, learner
from service.identity import members, moves, roll, substitution
from service.identity.members import NewMember
from service.identity.passkeys import keeping
from service.identity.passkeys.ceremony import NewPasskey
from service.identity.people import Roll
from service.identity.roll import NewLearner
from service.identity.rolls import desk as desk_of_roll
from service.identity.substitution import Absence
from tests.journeys import cast, describing
from tests.journeys.things import ISSUER, Things, all_of, things_of
from verifier.asking import requests
from verifier.asking.requests import Wanted
from verifier.credit import documents, signatures
from verifier.credit.curricula import desk as desk_of_plans
from verifier.credit.curricula import shelves, writing
from verifier.credit.curricula.tables import FileKind
from verifier.credit.meetings.tables import Meeting, MeetingCase, MeetingMember, MeetingState
from verifier.credit.network import contracts, recording
from verifier.credit.network.contracts import Programme, Terms
from verifier.credit.network.recording import Recording
from verifier.credit.network.tables import ContractRole
from verifier.credit.tables import PlanItem
from wallet_web.history import ActKind
from wallet_web.moving import arrival
from wallet_web.portfolio import declared as records
from wallet_web.portfolio.files import PDF, Taken
from wallet_web.portfolio.tables import Declared, Goal, State
from wallet_web.tables import Consent, KeptFile, Share

NAME_PARTS = ("Алин", "Ветров")
"""What no stranger may meet in any case of the language: her given name, and the family's name, her mother's too."""
SIGNATURE = bytes.fromhex("3003020101")
ASKED = "Часов было больше."
TAUGHT = "Выдуманный предмет"
LISTED, LISTED_WRONG = "Кедрова Мария Ивановна", "Кедров Иван Иванович"
PROJECT = "P2"
CLASSMATE = "l2"


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
    record_under_contract(stage)
    put_on_agendas(stage, case.rpartition("/")[2])
    bring(stage, badge_file(stage, "m08"))
    bring_archive(stage)
    move_somebody(stage)
    stage.parts.shelf.put("samples/genuine.json", badge_file(stage, "m08"))
    award_by_list(stage)
    describing.begin(stage)
    declare(stage, "Олимпиада по физике", ask=True)
    declare(stage, "Лыжный кросс", ask=False)
    aim(stage)
    show_a_page(stage)
    bring_a_list(stage)
    bring_a_list(stage)
    bring_a_curriculum(stage)
    bring_a_curriculum(stage)
    enrol_another(stage)
    ask_for_badges(stage)
    ask_for_badges(stage)
    invite_somebody(stage)
    stand_in(stage)
    ask_for_a_correction(stage)
    keep_a_passkey(stage)
    object_to_acts(stage)
    keep_a_file(stage)
    return things_of(stage, case.rpartition("/")[2], draft.rpartition("/")[2])


def keep_a_passkey(stage: Stage) -> None:
    """Somebody whom no test of doors signs in has one."""
    made = NewPasskey("AAAA", b"a public key", 0)
    with unit_of_work(stage.parts.engine) as session:
        keeping.add(session, account_of("kvartsev"), made, b"handle", "Телефон", stage.clock())


def _consent(stage: Stage) -> None:
    guardian(stage).submit(f"{WALLET}/consents", f"{WALLET}/consents", {"agree": "yes"})


def _withdraw_consent(stage: Stage) -> None:
    given = all_of(stage, select(Consent))[0].id
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
    made = all_of(stage, select(Share))[0].id
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


def bring(stage: Stage, badge: bytes) -> None:
    """Алина looks at a badge of her own that she has downloaded, and does not keep it."""
    page = f"{WALLET}/collect"
    learner(stage).submit(page, page, {"text": badge.decode()})


def move_somebody(stage: Stage) -> None:
    """Somebody of another school will come to hers in a year."""
    now = stage.clock()
    with unit_of_work(stage.parts.engine) as session:
        owner = Roll(session, now.date()).learner(account_of("l5"))
        wanted = moves.Offer(
            school=owner.school, to_school=cast.SCHOOL, number=owner.number, day=now.date() + timedelta(days=300)
        )
        made = moves.offer(session, wanted, owner, "somebody", now, now.date())
        moves.accept(session, stage.parts.store, made, owner, owner.number, "10", "somebody", now)


def bring_archive(stage: Stage) -> None:
    """Her own archive is looked at, and not taken in."""
    data = learner(stage).get(f"{WALLET}/archive.zip").body
    with unit_of_work(stage.parts.engine) as session:
        arrival.bring(session, account_of(LEARNER), data, account_of(LEARNER), stage.clock())


def declare(stage: Stage, title: str, *, ask: bool) -> None:
    """She tells of an achievement, with a file, and may ask her school to confirm it."""
    answers: dict[str, str | list[str]] = {"title": title, "section": "study", "story": "Как это было."}
    place = f"{WALLET}/portfolio/records"
    page = learner(stage).submit(f"{place}/new", place, answers).path
    with unit_of_work(stage.parts.engine) as session:
        told = records.find(session, account_of(LEARNER), page.rpartition("/")[2])
        records.add_file(
            session, told, Actor(person=account_of(LEARNER)), Taken("диплом.pdf", PDF, b"%PDF-"), stage.clock()
        )
    if ask:
        learner(stage).submit(page, f"{page}/ask", {})


def aim(stage: Stage) -> None:
    """She writes down a goal, which she shows to her teachers, and a note."""
    page = f"{WALLET}/portfolio/goals"
    learner(stage).submit(page, page, {"title": "Поступить на инженера"})
    goal = all_of(stage, select(Goal))[0].id
    learner(stage).submit(page, f"{page}/{goal}", {"act": "show"})
    learner(stage).submit(page, f"{WALLET}/portfolio/notes", {"text": "Получилось больше, чем ждала."})


def show_a_page(stage: Stage) -> None:
    """She puts a page together from a badge, what it shows and a record of hers; her mother agrees, and a link shows it."""
    place = f"{WALLET}/portfolio/pages"
    page = learner(stage).submit(place, place, {"title": "Инженерное портфолио"}).path
    record = all_of(stage, select(Declared).where(Declared.state == State.ASKED))[0].id
    for block in (
        {"kind": "badge", "entry": str(badges(stage)["m08"]["id"])},
        {"kind": "outcomes"},
        {"kind": "record", "record": record},
    ):
        learner(stage).submit(page, page, {"text": "", "entry": "", "record": "", **block})
    guardian(stage).submit(f"{WALLET}/consents?purpose=portfolio", f"{WALLET}/consents", {"agree": "yes"})
    wanted: dict[str, str | list[str]] = {"audience": "Приёмная комиссия", "purpose": "Портфолио целиком", "days": "60"}
    learner(stage).submit(page, f"{page}/share", wanted)


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


def bring_a_list(stage: Stage) -> None:
    """The school's secretary brings a list in which one row is good and one is not; it is not applied."""
    now = stage.clock()
    rows = f"ФИО;Дата рождения;Класс\n{LISTED};31.08.2015;5\n{LISTED_WRONG};31.08.2015;55\n"
    upload = desk_of_roll.Upload(
        school=cast.SCHOOL, file=io.BytesIO(rows.encode()), name="класс.csv", whole=False, day=now.date()
    )
    with unit_of_work(stage.parts.engine) as session:
        desk_of_roll.keep(session, upload, cast.account("secretary"), now, now.date())


def bring_a_curriculum(stage: Stage) -> None:
    """The school's deputy head brings a curriculum in which one row is not good, and a directory; neither is applied."""
    now = stage.clock()
    lines = f"Класс;Предмет;Часов;Код результата;Результат;Уровень\n5;{TAUGHT};34;ИНФ.1;{TAUGHT};2\n5;{TAUGHT};34;;{TAUGHT};2\n"
    with unit_of_work(stage.parts.engine) as session:
        for kind in (FileKind.CURRICULUM, FileKind.DIRECTORY):
            upload = desk_of_plans.Upload(
                kind=kind,
                school=cast.SCHOOL,
                file=io.BytesIO(lines.encode()),
                name="план.csv",
                whole=False,
                begins=now.date(),
                title=TAUGHT,
            )
            desk_of_plans.keep(session, upload, cast.account("deputy"), now)
        if shelves.directory_named(session, cast.SCHOOL, TAUGHT) is None:
            writing.open_directory(session, cast.SCHOOL, TAUGHT)


def enrol_another(stage: Stage) -> None:
    """A schoolmate who is nobody at the doors: for acts that end what somebody has."""
    family, given, patronymic = LISTED.split()
    new = NewLearner(
        id=account_of("listed"),
        number=number_from(bytes(range(16))),
        family_name=family,
        given_name=given,
        patronymic=patronymic,
        born=stage.clock().date().replace(year=stage.clock().year - 11, day=1),
    )
    with unit_of_work(stage.parts.engine) as session:
        roll.enrol(session, new, school=cast.SCHOOL, grade="5", since=stage.municipality.joined.date())


def ask_for_badges(stage: Stage) -> None:
    """Somebody of the issuer asks to be shown badges."""
    asked = Wanted(organisation=ISSUER, wanted="Значки по проектам", purpose="Собеседование")
    with unit_of_work(stage.parts.engine) as session:
        requests.make(session, Actor(kind=ActorKind.PERSON, person="somebody"), asked, stage.clock())


def invite_somebody(stage: Stage) -> None:
    """Somebody of the issuer would like one more person to answer for it; nobody has agreed yet."""
    now, new = stage.clock(), NewMember(role=Role.MANAGER, name=LISTED_WRONG)
    with unit_of_work(stage.parts.engine) as session:
        members.invite(session, ISSUER, new, cast.account("awarder"), now, now.date())


def stand_in(stage: Stage) -> None:
    """Next year somebody of her school will stand in for somebody."""
    day = stage.clock().date() + timedelta(days=300)
    absence = Absence(
        absent=cast.account("teacher"), substitute=cast.account("commission"), since=day, until=day, basis="Приказ № 1"
    )
    now, by = stage.clock(), cast.account("director")
    with unit_of_work(stage.parts.engine) as session:
        substitution.enter(session, cast.SCHOOL, absence, by=by, now=now, today=now.date())


def ask_for_a_correction(stage: Stage) -> None:
    """Her mother asks the issuer to correct a badge; nobody has answered yet."""
    person = account_of(guardian_of(LEARNER))
    with unit_of_work(stage.parts.engine) as session:
        stage.parts.corrections.ask(session, badge_file(stage, "m08"), person, ASKED, stage.clock())


def keep_a_file(stage: Stage) -> None:
    """A file of another place came with an archive that was taken in."""
    now, content = stage.clock(), b"[]"
    kept = KeptFile(
        learner=account_of(LEARNER),
        origin="0" * 16,
        path="plan.json",
        section="plan",
        content=content,
        digest=sha256(content).hexdigest(),
        made_at=now,
        arrived_at=now,
        place="Школа в другом городе",
    )
    with unit_of_work(stage.parts.engine) as session:
        session.add(kept)


def object_to_acts(stage: Stage) -> None:
    """She objects to what her mother did: that a consent was given, which she takes back, and that it was withdrawn."""
    ended = next(one for one in all_of(stage, select(Consent)) if one.withdrawn_by is not None)
    for kind in (ActKind.CONSENT_GIVEN, ActKind.CONSENT_WITHDRAWN):
        page = f"{WALLET}/objections/{kind}-{ended.id}"
        learner(stage).submit(page, page, {"text": "Меня не спросили."})
        if kind is ActKind.CONSENT_GIVEN:
            learner(stage).submit(page, f"{page}/take-back", {})


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


def put_on_agendas(stage: Stage, case: str) -> None:
    """Her case stands on the agenda of two meetings that are ahead: one to look at, one to call off."""
    now = stage.clock()
    with unit_of_work(stage.parts.engine) as session:
        for number in (1, 2):
            meeting = Meeting(
                id=uuid4().hex,
                school=cast.SCHOOL,
                year="2026/27",
                number=number,
                state=MeetingState.PLANNED,
                starts_at=now + timedelta(days=300),
                place="Кабинет 12",
                changed_by=cast.account("secretary"),
                changed_at=now,
            )
            session.add(meeting)
            session.flush()
            session.add(MeetingCase(meeting=meeting.id, case=case, round=1))
            session.add(MeetingMember(meeting=meeting.id, person=cast.account("chair")))


def record_under_contract(stage: Stage) -> None:
    """Her school has a contract with the technopark; under it stands the result of a classmate, whose plan no test needs."""
    award(stage, by="kvartsev", organisation="kva", module="m02", learner=CLASSMATE, event="№ 1", result="2")
    parts, now, today = stage.parts, stage.clock(), stage.clock().date()
    badge = file_of(stage, CLASSMATE, "Робототехника: командный проект")
    with unit_of_work(parts.engine) as session:
        item = session.exec(select(PlanItem).where(PlanItem.learner == account_of(CLASSMATE))).one()
        days = (today - timedelta(days=1), today + timedelta(days=1))
        terms = Terms(title="Совместная программа", valid_from=days[0], valid_until=days[1], data_clause="Результаты.")
        base = ("did:web:s1.sever.example", "Школа")
        contract = contracts.enter(session, cast.SCHOOL, terms, base=base, by="somebody", now=now)
        members, provider = parts.verifier.members(now), "did:web:kva.sever.example"
        contracts.add_party(session, contract, provider, ContractRole.PARTICIPANT, members)
        programme = Programme(provider=provider, code="m02", title="Робототехника", hours=36, component=item.component)
        contracts.add_programme(session, contract, programme)
        contracts.conclude(session, contract, number="7", signed_on=today, today=today)
        by = Recording(
            verifier=parts.verifier,
            people=parts.cases.services.people(session, now),
            zone=parts.settings.zone,
            by="somebody",
            now=now,
        )
        recording.record(session, contract, item=item.id, badge=badge, recording=by)
