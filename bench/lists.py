"""A list of awards from its file to stored badges: a whole small issuing world in a SQLite file of its own."""

import atexit
import io
import shutil
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

from sqlmodel import Session, col, func, select

from issuer.batches import desk
from issuer.batches.entering import SIZE, Upload
from issuer.batches.work import Batches
from issuer.tables import Award
from keys import organisations, proofs
from keys.multikey import decode
from keys.store import KeyStore
from schemas.canonical import canonicalize, label_general
from schemas.identity import grouped, number_from
from schemas.reading import read_json
from service.database import open_engine
from service.tables import METADATA
from tests.issuer.world import AWARDER, NOW, World

_SAMPLED = 100


@dataclass
class Lists:
    """Awards one list after another, in a database of its own or at that address. The folder goes when the process does."""

    folder: Path = field(default_factory=lambda: Path(mkdtemp()))
    database: str = ""
    numbers: "count[int]" = field(default_factory=count)

    def __post_init__(self) -> None:
        path = self.folder
        atexit.register(shutil.rmtree, path, ignore_errors=True)
        engine = open_engine(self.database or f"sqlite:///{path / 'bench.sqlite'}")
        METADATA.create_all(engine)
        self.world = World.build(engine, KeyStore(path / "keys", b"a secret of the bench"), path / "public")
        self.batches = Batches(
            engine=engine,
            store=self.world.store,
            shelf=self.world.shelf,
            trust=self.world.trust,
            names_of=lambda _session, _numbers: {},
        )

    def award(self, rows: int = SIZE) -> str:
        """Read a list of so many rows, write it down, sign, check and store every badge; the list's id."""
        batch = self.enter(rows)
        while self.work_once(batch):
            pass
        return batch

    def enter(self, rows: int) -> str:
        """Read a list of so many rows and let it run; its id."""
        lines = [f"{grouped(number_from(next(self.numbers).to_bytes(16)))};{60 + row % 41}" for row in range(rows)]
        data = "\r\n".join(["Сетевой номер;Результат", *lines]).encode()
        batch = self.batches.enter(Upload("ugu", "m08", io.BytesIO(data), "list.csv", "ведомость № 1"), AWARDER, NOW)
        with self.world.transaction() as session:
            desk.submit(session, batch, AWARDER, NOW)
        return batch

    def work_once(self, batch: str) -> bool:
        """Take one piece of a list to its end; false when nothing is left that nobody else works on."""
        return self.batches.run_once(batch, NOW)

    def is_right(self, batch: str, rows: int = SIZE) -> bool:
        """Every row has its badge, and a sample of them holds by the general path."""
        mine, is_signed = Award.batch == batch, col(Award.stored).is_not(None)
        with Session(self.world.engine) as session:
            signed = session.exec(select(func.count()).select_from(Award).where(mine, is_signed)).one()
            sample = session.exec(select(Award.stored).where(mine, col(Award.batch_row) % _SAMPLED == 0)).all()
            signer = organisations.signer_for(session, self.world.store, "ugu", NOW)
        return signed == rows and all(_holds(badge or b"", signer.multikey) for badge in sample)


def _holds(badge: bytes, multikey: str) -> bool:
    document = read_json(badge)
    [proof] = document["proof"]
    proofs.check(document, proof, decode(multikey))
    bare = proofs.without_proofs(document)
    return label_general(bare).text == canonicalize(bare)
