"""Everything an application is made of, composed once and passed down as values: no globals, no look-ups by name.

    settings ─▶ engine, store, shelf ─▶ fetcher ─▶ verifier ─▶ wallet ─▶ issuer ─▶ cases

The rooms know nothing of each other; what one needs of another is handed over here as a plain callable.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

from sqlalchemy import Engine

from issuer.batches.work import Batches
from issuer.issue import Issuer
from issuer.offers import Offers
from keys.actor import Rights
from keys.clock import ClockGuard
from keys.fetch import Chain, Fetcher, GuardedFetcher, NeighbourFetcher, Sender, SenderChain, ShelfFetcher
from keys.printing import Prints
from keys.shelf import Shelf
from keys.store import KeyStore, own_secret
from schemas.errors import N_, ZachetkaError
from service.bridges import Bridges
from service.catalogues import read_catalogues
from service.corrections import Corrections
from service.database import open_engine
from service.network import operator_of
from service.notices.mail import Mail, mail_of
from service.printing.printer import open_printer
from service.rendering import Rendering
from service.rights import ALL_RIGHTS
from service.settings import Settings
from verifier.credit.cases import Cases
from verifier.credit.work import Services
from verifier.pictures import Pictures
from verifier.verify import Verifier
from verifier.wording import TEMPLATE_GLOBALS
from wallet_web import qr
from wallet_web.objections.filing import disputes
from wallet_web.portfolio.attesting import Attesting
from wallet_web.wallet import Wallet

Clock = Callable[[], datetime]
CLOCK = "clock"  # the file with the latest moment of a signature
FONTS = Path(__file__).parent / "look" / "static" / "fonts"


class SecretMissing(ZachetkaError):
    """A real installation keeps the secret that seals its keys away from them."""

    code = "secret-missing"
    sentence = N_(
        "Не задан секрет, которым запечатаны ключи подписи. Задайте ZACHETKA_SECRET: не меньше 32 случайных знаков."
    )


def utc_now() -> datetime:
    """The real clock."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """One composed application. `bell` wakes the worker."""

    settings: Settings
    clock: Clock
    engine: Engine
    store: KeyStore
    shelf: Shelf
    fetcher: Fetcher
    sender: Sender
    rights: Rights
    rendering: Rendering
    verifier: Verifier
    wallet: Wallet
    issuer: Issuer
    batches: Batches
    offers: Offers
    cases: Cases
    attesting: Attesting
    corrections: Corrections
    print_pdf: Prints
    mail: Mail | None
    bell: Event


def open_shelf(settings: Settings) -> Shelf:
    """The public documents of the installation."""
    return Shelf(settings.data / "public")


def open_store(settings: Settings) -> KeyStore:
    """The private keys. Raises `SecretMissing` where a real installation has no secret.

    The stories of a demonstration set their own clock, so that one is not watched.
    """
    folder = settings.key_folder
    if settings.secret is None and not settings.demo:
        raise SecretMissing
    secret = own_secret(folder) if settings.secret is None else settings.secret.get_secret_value().encode()
    return KeyStore(
        folder,
        secret,
        allow_checkout=settings.keys_in_checkout,
        guard=None if settings.demo else ClockGuard(folder / CLOCK),
        token=settings.key_token,
        pin=b"" if settings.key_pin is None else settings.key_pin.get_secret_value().encode(),
    )


def assemble(settings: Settings, clock: Clock = utc_now, outside: GuardedFetcher | None = None) -> Parts:
    """Compose an application; `outside` is its way to other servers. The network's operator must be known by now."""
    engine = open_engine(settings.database)
    try:
        return _composed(settings, engine, clock, outside or GuardedFetcher())
    except BaseException:
        engine.dispose()
        raise


def _composed(settings: Settings, engine: Engine, clock: Clock, outside: GuardedFetcher) -> Parts:
    shelf, store = open_shelf(settings), open_store(settings)
    neighbours = NeighbourFetcher(settings.neighbour_ports)
    fetcher = Chain([ShelfFetcher(shelf), neighbours, outside])
    operator = operator_of(settings, engine)
    verifier = Verifier(fetcher, operator.did, operator.pinned)
    bridges = _bridges(settings, clock, verifier)
    issuer = _issuer(engine, store, shelf, bridges)
    return Parts(
        settings=settings,
        clock=clock,
        engine=engine,
        store=store,
        shelf=shelf,
        fetcher=fetcher,
        sender=SenderChain([neighbours, outside]),
        rights=Rights(ALL_RIGHTS),
        rendering=_rendering(settings),
        verifier=verifier,
        wallet=_wallet(settings, verifier, store, shelf),
        issuer=issuer,
        batches=_batches(engine, store, shelf, bridges),
        offers=_offers(settings, engine, issuer, store, bridges),
        cases=Cases(_services(settings, issuer, store, bridges)),
        attesting=Attesting(award=issuer.order, notify=bridges.notify),
        corrections=Corrections(bridges),
        print_pdf=open_printer(),
        mail=mail_of(settings),
        bell=Event(),
    )


def _bridges(settings: Settings, clock: Clock, verifier: Verifier) -> Bridges:
    return Bridges(
        verifier=verifier,
        zone=settings.zone,
        clock=clock,
        mails=bool(settings.smtp_host),
        wallet_here="wallet" in settings.parts,
        operator_here=not settings.operator_host,
    )


def _wallet(settings: Settings, verifier: Verifier, store: KeyStore, shelf: Shelf) -> Wallet:
    fonts = sorted(FONTS.glob("*.woff2"))
    return Wallet(verifier, store, Pictures(shelf), public_url=settings.public_url, fonts=fonts)


def _issuer(engine: Engine, store: KeyStore, shelf: Shelf, bridges: Bridges) -> Issuer:
    return Issuer(
        engine=engine,
        store=store,
        shelf=shelf,
        deliver=bridges.deliver,
        trust=bridges.trust,
        names=bridges.names,
        deposit=bridges.deposit,
        tell=bridges.tell,
        of_age=bridges.of_age,
        entropy=secrets.token_bytes,
    )


def _batches(engine: Engine, store: KeyStore, shelf: Shelf, bridges: Bridges) -> Batches:
    return Batches(
        engine=engine,
        store=store,
        shelf=shelf,
        trust=bridges.trust,
        names_of=bridges.names_of,
        deposit_all=bridges.deposit_all,
        of_age=bridges.of_age,
        entropy=secrets.token_bytes,
    )


def _offers(settings: Settings, engine: Engine, issuer: Issuer, store: KeyStore, bridges: Bridges) -> Offers:
    return Offers(
        engine=engine,
        issuer=issuer,
        secret=store.derive("offers"),
        number_of=bridges.number_of,
        draw=qr.svg,
        public_url=settings.public_url,
        wallet_here="wallet" in settings.parts,
    )


def _services(settings: Settings, issuer: Issuer, store: KeyStore, bridges: Bridges) -> Services:
    return Services(
        verifier=bridges.verifier,
        award=issuer.order,
        revoke=issuer.revoke,
        notify=bridges.notify,
        store=store,
        people=bridges.people,
        disputed=disputes,
        zone=settings.zone,
    )


def _rendering(settings: Settings) -> Rendering:
    return Rendering(read_catalogues(), zone=settings.zone, public_url=settings.public_url, names=TEMPLATE_GLOBALS)
