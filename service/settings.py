"""Every setting of an installation, read once at the start and passed down as values.

Settings come from the environment (`ZACHETKA_…`) or from `.env` in the working folder; the environment wins.
"""

import os
from collections.abc import Iterable
from datetime import datetime, timedelta
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from keys.store import is_in_checkout
from schemas.errors import N_, BadInput
from service.addresses import is_address

VcApi = Literal["off", "on", "conformance"]
Part = Literal["issuer", "verifier", "wallet"]
Neighbour = Annotated[str, Field(pattern=r"^[a-z0-9.-]+=[1-9][0-9]{0,4}$")]
DEMONSTRATION = "demonstration"  # the file by which the data folder of a demonstration is known
DATABASES = ("sqlite:///", "postgresql+psycopg://")
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
MEBIBYTE = 1024 * 1024
PREFIX = "ZACHETKA_"
OF_TESTS = frozenset(f"{PREFIX}{name}" for name in ("VECTORS", "REQUIRE", "TEST_POSTGRES", "SEED"))
"""Variables of the tests, which a shell may hold beside the settings."""


class BadSetting(BadInput):
    """A setting cannot be used; `name` is the variable to change."""

    code = "bad-setting"
    sentence = N_("Настройка {name} задана неверно. Исправьте её в окружении или в файле .env.")


class UnknownSetting(BadSetting):
    """There is no setting of this name, so nobody would notice that it does nothing; `like` is the one that may be meant."""

    code = "unknown-setting"
    sentence = N_("Настройки {name} нет, она ни на что не повлияет. Возможно, это {like}? Исправьте или уберите её.")


class Settings(BaseSettings):
    """What an installation is told from outside. `repr` masks whatever is secret."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", extra="ignore", frozen=True)

    data: Path = Path("zachetka-data")
    """Folder of everything that must be kept: database, public documents and, outside a checkout, sealed keys."""
    keys: Path | None = None
    """Folder of the sealed private keys; without it `keys` in the data folder, or one outside the checkout that this lies in."""
    database_url: SecretStr | None = None
    """`sqlite:///…` or `postgresql+psycopg://…`; without it a SQLite file in the data folder."""
    public_url: str = "http://127.0.0.1:8000"
    """The address in links and QR codes; cookies are `__Host-` ones as soon as it is https."""
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    demo: bool = False
    """Invented people sign in with one click; never for real data."""
    parts: Annotated[tuple[Part, ...], NoDecode] = ("issuer", "verifier", "wallet")
    """The roles this installation plays, separated by commas."""
    vc_api: VcApi = "off"
    """Whether programs of the organisations may use VC-API with a token (`on`). `conformance` serves the suites of the standards
    bodies instead, on loopback alone; anything is signed there."""
    vc_api_per_minute: Annotated[int, Field(ge=1)] = 600
    """How many requests a minute one token may send."""
    operator: Annotated[str, Field(min_length=1)] = "cpo"
    """Code of the organisation that signs the network's trust list."""
    operator_host: str = ""
    """Host of that organisation, where it is served by another installation."""
    operator_keys: Annotated[tuple[str, ...], NoDecode] = ()
    """Its public keys as multikeys, separated by commas, where it is served by another installation."""
    neighbours: Annotated[tuple[Neighbour, ...], NoDecode] = ()
    """Hosts that other installations on this machine serve, `host=port` with commas; loopback alone, never for real data."""
    secret: Annotated[SecretStr, Field(min_length=32)] | None = None
    """Seals private keys, 32 characters or more; without it a file beside the keys does (demonstration only)."""
    key_days: Annotated[int, Field(ge=0)] = 730
    """For how many days a new key of an organisation signs; 0 for ever."""
    key_token: str = ""
    """Hardware module for new keys: `pkcs11:token=NAME?module-path=/…/library.so`; without it sealed files."""
    key_pin: SecretStr | None = None
    """Opens that module."""
    keys_in_checkout: bool = False
    """Allows private keys in a folder under version control; never for real data."""
    max_body: Annotated[int, Field(ge=1024)] = 2 * MEBIBYTE
    """The largest request body, in bytes."""
    max_upload: Annotated[int, Field(ge=1024)] = 64 * MEBIBYTE
    """The largest list of awards, and the most that is checked at once, in bytes."""
    session_idle_minutes: Annotated[int, Field(ge=1)] = 120
    session_hours: Annotated[int, Field(ge=1)] = 12
    smtp_host: str = ""
    """Mail server for notices; without it they stand in the application and in the school's outbox alone."""
    smtp_port: Annotated[int, Field(ge=1, le=65535)] = 587
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    """How the way to it is kept secret; `none` only for a server on this machine."""
    smtp_user: str = ""
    smtp_password: SecretStr | None = None
    smtp_from: str = ""
    """The address that notices come from; needed with `smtp_host`."""
    oidc_issuer: str = ""
    """Identity provider whose word for a person counts, as it names itself in its discovery document; without it there is none."""
    oidc_client: str = ""
    """How we are registered there; needed with `oidc_issuer`."""
    oidc_secret_file: Path | None = None
    """File with the secret for that registration; without it PKCE alone."""
    oidc_name: str = ""
    """What people call the provider, in Russian; needed with `oidc_issuer`."""
    oidc_name_en: str = ""
    """The same in English; without it the Russian name."""
    time_zone: str = "Europe/Moscow"
    """Where the municipality is; days begin and end there."""

    @field_validator("parts", "operator_keys", "neighbours", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        """Read "a, b" as a list."""
        if isinstance(value, str):
            return tuple(item.strip() for item in value.split(",") if item.strip())
        return value

    @field_validator("public_url")
    @classmethod
    def _address(cls, value: str) -> str:
        """Refuse what is no plain web address of a site."""
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
            raise ValueError(value)
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: SecretStr | None) -> SecretStr | None:
        """Refuse an address of any database but SQLite and PostgreSQL through psycopg."""
        if value is not None and not value.get_secret_value().startswith(DATABASES):
            raise ValueError("neither SQLite nor PostgreSQL")
        return value

    @field_validator("time_zone")
    @classmethod
    def _zone(cls, value: str) -> str:
        """Refuse a name that no time zone has."""
        try:
            ZoneInfo(value)
        except (OSError, KeyError, ValueError) as error:
            raise ValueError(value) from error
        return value

    @model_validator(mode="after")
    def _sender(self) -> "Settings":
        """Refuse a mail server without an address to send from."""
        if self.smtp_host and not is_address(self.smtp_from):
            raise ValueError("smtp_from")
        return self

    @model_validator(mode="after")
    def _registered(self) -> "Settings":
        """Refuse a provider that is no https address, or to which we have no name, or that has no name for people."""
        if not self.oidc_issuer:
            return self
        parts = urlsplit(self.oidc_issuer)
        if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment:
            raise ValueError("oidc_issuer")
        for name in ("oidc_client", "oidc_name"):
            if not getattr(self, name):
                raise ValueError(name)
        return self

    @model_validator(mode="after")
    def _at_home(self) -> "Settings":
        """Refuse neighbours to whatever can be reached from outside: their answers are not protected by https."""
        if self.neighbours and not (self.host in LOOPBACK and urlsplit(self.public_url).hostname in LOOPBACK):
            raise ValueError("neighbours")
        return self

    @property
    def neighbour_ports(self) -> dict[str, int]:
        """The neighbours' ports by host."""
        return {host: int(port) for host, _, port in (one.partition("=") for one in self.neighbours)}

    @property
    def database(self) -> str:
        """The database's address; holds a password on PostgreSQL, so never print it."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.data / 'zachetka.sqlite'}"

    @property
    def key_folder(self) -> Path:
        """Where the sealed private keys lie; never inside a checkout unless somebody has named a folder there."""
        beside = self.data / "keys"
        if self.keys is not None:
            return self.keys
        if not is_in_checkout(beside.resolve()) or self.keys_in_checkout:
            return beside
        state = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
        return state / "zachetka" / sha256(str(self.data.resolve()).encode()).hexdigest()[:16] / "keys"

    def key_ends(self, begins: datetime) -> datetime | None:
        """When a key that is used from `begins` on ends."""
        return begins + timedelta(days=self.key_days) if self.key_days else None

    @property
    def oidc_secret(self) -> str:
        """What stands in the secret's file, "" without one. Raises `BadSetting` where it cannot be read."""
        if self.oidc_secret_file is None:
            return ""
        try:
            return self.oidc_secret_file.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise BadSetting(name="ZACHETKA_OIDC_SECRET_FILE") from error

    @property
    def zone(self) -> ZoneInfo:
        """The municipality's time zone."""
        return ZoneInfo(self.time_zone)

    @property
    def https(self) -> bool:
        """Whether people reach us over https."""
        return self.public_url.startswith("https:")


def read_settings(**given: object) -> Settings:
    """The settings of this process; `given` (command-line options) wins over the environment, None means "not given".

    The data folder of a demonstration is served as one, whatever the environment says.
    Raises `BadSetting` naming the first variable that cannot be used, `UnknownSetting` for a misspelt one.
    """
    _refuse_misspelt({*os.environ, *dotenv_values(".env")})
    try:
        settings = Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        wrong = error.errors()[0]
        name = wrong["loc"][0] if wrong["loc"] else wrong["ctx"]["error"]  # what concerns several says which it means
        raise BadSetting(name=f"ZACHETKA_{str(name).upper()}") from None
    demonstration = (settings.data / DEMONSTRATION).is_file()
    return settings.model_copy(update={"demo": True, "database_url": None}) if demonstration else settings


def _refuse_misspelt(names: Iterable[str]) -> None:
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    for name in sorted({name.upper() for name in names if name.upper().startswith(PREFIX)} - known - OF_TESTS):
        raise UnknownSetting(name=name, like=get_close_matches(name, sorted(known), n=1, cutoff=0)[0])
