"""Learners whom nobody chose: what they have follows from a seed, so that a bad one can be looked at again.

    world = World.build(folder)
    learner = world.make(seed)
    world.move(learner)        # everything to the second installation; what was lost, changed or verifies no more

Two installations of one network, each with a database and keys of its own.
"""

import io
import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Self

from PIL import Image
from sqlalchemy import Engine
from sqlmodel import Session

from keys.actor import Actor
from keys.deps import Learner
from schemas.baking import bake_png, bake_svg
from service.database import open_engine, unit_of_work
from service.tables import METADATA
from tests.campus import House, changed, write
from tests.campus_old import OldIssuer
from tests.campus_papers import record
from tests.wallet_web.desk import PUBLIC_URL, Desk
from tests.wallet_web.family import adult, guardian, teenager, themself
from verifier.pictures import Pictures
from wallet_web import consent, share
from wallet_web.collecting import desk as collecting
from wallet_web.collecting.found import read
from wallet_web.moving import arrival, export
from wallet_web.moving.archive import INDEX, Archive, Origin, unpack
from wallet_web.portfolio import declared
from wallet_web.portfolio.files import PDF, Taken
from wallet_web.portfolio.sections import Section
from wallet_web.portfolio.tables import Kind
from wallet_web.portfolio.words import Words
from wallet_web.share import ShareOrder
from wallet_web.tables import Origin as How
from wallet_web.tables import Purpose
from wallet_web.wallet import Wallet

TITLES = ("Робототехник", "Юный экскурсовод", "Ёлка: проект", "Data", "Первая помощь", "«Школа» & <музей>")


def database(folder: Path) -> Engine:
    engine = open_engine(f"sqlite:///{folder / 'wallet.sqlite'}")
    METADATA.create_all(engine)
    return engine


def second(first: Desk, engine: Engine, folder: Path) -> Desk:
    """Another installation of the same network."""
    made = Desk(engine, folder)
    made.campus = first.campus
    made.wallet = made.app.state.wallet = Wallet(
        first.campus.verifier, made.store, Pictures(made.shelf), public_url=PUBLIC_URL
    )
    return made


@dataclass(slots=True)
class World:
    """See the module."""

    here: Desk
    there: Desk
    stranger: House
    old: OldIssuer
    made: int = 0
    counts: Counter[str] = field(default_factory=Counter)

    @classmethod
    def build(cls, folder: Path) -> Self:
        for name in ("here", "there"):
            (folder / name).mkdir()
        here = Desk(database(folder / "here"), folder / "here")
        there = second(here, database(folder / "there"), folder / "there")
        old = OldIssuer(here.campus)
        old.open()
        return cls(here, there, here.campus.join("ext", name="Музей космонавтики", listed=False), old)

    def close(self) -> None:
        self.here.engine.dispose()
        self.there.engine.dispose()

    def make(self, seed: int) -> Learner:
        """A learner on the roll of both schools, with what the seed gives them in the first."""
        chance = random.Random(seed)  # noqa: S311 - no secret
        owner = chance.choice((teenager, adult))()
        self.here.enrol(owner)
        self.there.enrol(owner)
        for _ in range(chance.randint(0, 3)):
            self._receive(chance, owner)
        with unit_of_work(self.here.engine) as session:
            for _ in range(chance.randint(0, 3)):
                self._collect(chance, session, owner)
        if chance.random() < 0.7:
            self._share(chance, owner)
        if chance.random() < 0.4:
            self._declare(chance, owner)
        if chance.random() < 0.5:
            self.here.plan(owner, code=f"P{seed}")
        return owner

    def move(self, owner: Learner) -> list[str]:
        """Everything from here to there and out again; what is wrong with it afterwards."""
        packed = take_out(self.here, owner)
        with unit_of_work(self.there.engine) as session:
            brought = arrival.bring(session, owner.id, packed, "somebody", self.there.now)
            verifier = self.there.wallet.verifier
            arrival.take(session, verifier, owner, brought, holder="", now=self.there.now)
        before, after = unpack(packed), unpack(take_out(self.there, owner))
        lost = Counter(hashes(before)) - Counter(hashes(after))
        self.counts["files"] += len(before.files) - 1
        return [*(f"lost or changed: {digest}" for digest in lost), *self._verdicts(owner)]

    def _verdicts(self, owner: Learner) -> Iterator[str]:
        def told(at: Desk) -> dict[str, str]:
            return {one.digest: str(at.wallet.check(one, at.now).report.verdict) for one in at.entries(owner)}

        here, there = told(self.here), told(self.there)
        self.counts["badges"] += len(here)
        yield from (
            f"{digest}: {here[digest]} → {there.get(digest)}" for digest in here if here[digest] != there.get(digest)
        )

    def _receive(self, chance: random.Random, owner: Learner) -> None:
        badge = self.here.award(owner, title=chance.choice(TITLES), result=str(chance.randint(60, 100)))
        if chance.random() < 0.15:
            self.here.ugu.revoke(badge)

    def _collect(self, chance: random.Random, session: Session, owner: Learner) -> None:
        brought = read(self._brought(chance, owner), self.here.wallet.verifier.policy)
        verify = self.here.wallet.verifier.verify
        looked = collecting.judge(session, verify, owner, brought, How.FILE, owner.id, holder="", now=self.here.now)
        collecting.keep(session, looked, self.here.now)

    def _brought(self, chance: random.Random, owner: Learner) -> bytes:
        self.made += 1
        house = chance.choice((self.stranger, self.here.ugu))
        badge = house.award(learner=owner.number, title=chance.choice(TITLES))
        makers = {
            "json": lambda: badge,
            "text": lambda: house.award_text(learner=owner.number),
            "forged": lambda: changed(badge, lambda one: one.update(name="Подделка")),
            "png": lambda: bake_png(picture(), badge.decode()),
            "svg": lambda: bake_svg(b'<svg xmlns="http://www.w3.org/2000/svg"/>', badge.decode()),
            "record": lambda: write(record(house, json.loads(badge))),
            "old": lambda: write(self.old.award(id=self.old.url(f"assertions/{self.made}"))),
            "old signed": lambda: self.old.sign(id=f"urn:uuid:8d1f2a52-7a5c-4e43-9f36-{self.made:012}"),
        }
        kind = chance.choice(sorted(makers))
        self.counts[kind] += 1
        return makers[kind]()

    def _declare(self, chance: random.Random, owner: Learner) -> None:
        by = themself(owner)
        with unit_of_work(self.here.engine) as session:
            told = declared.enter(
                session,
                owner,
                by,
                self.here.now,
                id=declared.new_id(),
                kind=chance.choice(list(Kind)),
                section=chance.choice(list(Section)),
                said=Words(title=chance.choice(TITLES), story="Как это было: «первое» <место>."),
            )
            for number in range(chance.randint(0, 3)):
                file = Taken(f"диплом {number}.pdf", PDF, b"%PDF-" + chance.randbytes(50))
                declared.add_file(session, told, by, file, self.here.now)
        self.counts["told"] += 1

    def _share(self, chance: random.Random, owner: Learner) -> None:
        entries = [one.id for one in self.here.entries(owner)]
        by: Actor = themself(owner) if owner.age(self.here.now.date()) >= 18 else guardian(owner)
        with unit_of_work(self.here.engine) as session:
            text = consent.current_text(Purpose.SHARING).digest
            consent.give(session, owner, by, Purpose.SHARING, text, self.here.now)
            session.flush()
            if entries:
                chosen = tuple(chance.sample(entries, chance.randint(1, len(entries))))
                order = ShareOrder(id=share.new_id(), entries=chosen, audience="Вуз", purpose="Показ", days=14)
                share.create(session, owner, by, order, self.here.wallet.links, self.here.now)


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (12, 12), "red").save(out, "PNG")
    return out.getvalue()


def take_out(desk: Desk, owner: Learner) -> bytes:
    """The archive of a learner, with an index that is as long as it must be."""

    def draw(parts: object, origin: Origin) -> bytes:
        return f"{len(list(parts))} {origin.name}".encode() if isinstance(parts, list) else b""

    with unit_of_work(desk.engine) as session:
        return export.compose(session, desk.store, owner, desk.now + timedelta(seconds=1), draw)


def hashes(archive: Archive) -> list[str]:
    return [sha256(one.content).hexdigest() for one in archive.files if one.path != INDEX]
