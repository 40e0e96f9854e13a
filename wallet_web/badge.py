"""A badge as pages show it: the stored entry and what the verifier found in its bytes a moment ago.

Everything but the title of the entry comes from the verified document; where its signature does not hold nothing more is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from schemas.achievement import Achievement
from schemas.attestation import Fact, stated
from schemas.baking import bake_png, bake_svg
from schemas.credential import Credential
from schemas.emblem import emblem_png, emblem_svg
from schemas.outcomes import HOURS, OutcomeShown, OverallResult, overall
from verifier.answers import things
from verifier.credit.recognition import KIND as RECOGNITION
from verifier.pictures import NO_PICTURE, Picture
from verifier.verdict import Report, Verdict
from verifier.verification import Verification
from wallet_web.collecting.found import form_of
from wallet_web.tables import Entry


@dataclass(frozen=True, slots=True)
class Evidence:
    """One work a badge rests on; `url` is empty unless it is an https address."""

    name: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Badge:
    """An entry of a wallet, today's answer about it, and the picture that its organisation has chosen for it."""

    entry: Entry
    verification: Verification
    picture: Picture = NO_PICTURE

    @property
    def report(self) -> Report:
        """The checks, one by one, with their date."""
        return self.verification.report

    @property
    def stamped(self) -> bool:
        """Whether every check that decides holds, so that a stamp is earned."""
        return self.report.verdict is Verdict.VALID

    @property
    def credential(self) -> Credential | None:
        """The signed document; none where its signature does not hold."""
        found = self.verification.credential
        return found.credential if found is not None else None

    @property
    def achievement(self) -> Achievement | None:
        """What was achieved, where the signature holds and it is a badge."""
        return (
            self.credential.achievement if self.credential is not None and self.verification.shown is not None else None
        )

    @property
    def title(self) -> str:
        """The signed title, else the one remembered when the badge came; of a school's attestation also what it confirms."""
        name = self.verification.title or self.entry.title
        return f"{name}: {self.attested}" if self.attested else name

    @property
    def attested(self) -> str:
        """What a school has seen and confirms, where the badge is an attestation."""
        if self.achievement is None or self.credential is None:
            return ""
        return stated(self.credential).get(Fact.WHAT, "")

    @property
    def organisation(self) -> str:
        """Who answers for it: the network's name of the issuer, else what was remembered."""
        return self.verification.issuer or self.entry.issuer_name

    @property
    def known(self) -> bool:
        """Whether the network confirms that name."""
        told = self.verification.shown or self.verification.paper
        return told is not None and bool(told.organisation)

    @property
    def outcomes(self) -> tuple[OutcomeShown, ...]:
        """The outcomes it shows or names."""
        return self.verification.shown.outcomes if self.verification.shown is not None else ()

    @property
    def hours(self) -> int | None:
        """The volume in academic hours."""
        return self.verification.shown.hours if self.verification.shown is not None else None

    @property
    def overall(self) -> OverallResult | None:
        """The result of the whole module."""
        return overall(self.credential) if self.achievement is not None and self.credential is not None else None

    @property
    def statements(self) -> tuple[tuple[str, str], ...]:
        """Further facts that the issuer states, by their names."""
        if self.achievement is None or self.credential is None:
            return ()
        values = {result.description_id: result.value for result in self.credential.results}
        stated = (
            one for one in self.achievement.result_descriptions if one.kind.startswith("ext:") and one.kind != HOURS
        )
        return tuple((one.name, value) for one in stated if (value := values.get(one.id)))

    @property
    def recognised(self) -> bool:
        """Whether a school states by it that it has credited a result."""
        return self.achievement is not None and self.achievement.kind == RECOGNITION

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The works it rests on."""
        return tuple(map(_evidence, self.credential.evidence)) if self.credential is not None else ()

    @property
    def names(self) -> dict[str, str]:
        """The names of what endorsements of it may be about, by id."""
        return things([self.verification])

    @property
    def emblem(self) -> str:
        """The emblem as SVG, empty where nothing may be shown."""
        return emblem_svg(self.achievement, self.organisation) if self.achievement is not None else ""

    @property
    def drawing(self) -> str:
        """What stands for it on paper, as SVG: its picture, else the emblem; empty where nothing may be shown."""
        return self.picture.svg or self.emblem


def file_name(entry: Entry, ending: str) -> str:
    """What a downloaded file is called; says nothing about its owner."""
    return f"badge-{entry.digest[:12]}.{ending}"


def contents(badge: Badge, ending: str, fonts: Sequence[Path], file: bytes | None = None) -> bytes | None:
    """A file to download: `json` or `jwt` is what is stored, byte for byte; `png` and `svg` are pictures with that inside.

    A PNG is the organisation's own picture where there is one, else the emblem; an SVG is the emblem.
    `file` is the picture in which the badge came; where it is one of these, it is given as it came. None for other endings, and
    for a picture of a badge whose signature does not hold.
    """
    stored = bytes(badge.entry.document)
    if ending == form_of(stored):
        return stored
    if file is not None and ending == form_of(file):
        return file
    if badge.achievement is None or ending not in {"png", "svg"}:
        return None
    if ending == "svg":
        return bake_svg(badge.emblem.encode(), stored.decode())
    painted = badge.picture.png or emblem_png(badge.achievement, badge.organisation, fonts=fonts)
    return bake_png(painted, stored.decode())


def _evidence(document: dict[str, Any]) -> Evidence:
    name, text, url = (document.get(field) for field in ("name", "narrative", "id"))
    words = [value if isinstance(value, str) else "" for value in (name, text or document.get("description"))]
    return Evidence(words[0], words[1], url if isinstance(url, str) and urlsplit(url).scheme == "https" else "")
