"""Joining and leaving the network: each decision journalled and published in the trust list at once."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from keys import journal
from keys.actor import Actor, Membership, Role
from keys.organisations import joining
from keys.organisations.joining import Wish
from keys.tables import Organisation, OrganisationApplication
from schemas.errors import NotFound
from service.identity import accounts
from service.keeping import Keeping
from service.network import has_operator
from service.parts import Parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """Acts upon who belongs to the network, in the caller's transaction; only on the operator's own installation."""

    parts: Parts
    session: Session
    by: Actor
    now: datetime

    def apply(self, wish: Wish) -> OrganisationApplication:
        """Hand in an application; its applicant will manage the organisation. Raises `ApplicationWrong`."""
        handed = joining.apply(self.session, wish, self._person, self.now)
        self._record("organisation.applied", None, handed.id)
        return handed

    def withdraw(self, application: str) -> None:
        """Take one's own application back."""
        self._record(
            "organisation.withdrew", None, joining.withdraw(self.session, application, self._person, self.now).id
        )

    def approve(self, application: str, basis: str) -> Organisation:
        """Let the organisation in: its first key, its manager, the new trust list.

        Raises what `joining.approve` raises, and `KeyStateWrong` where the key that it names is known by now.
        """
        joined = joining.approve(self.session, application, basis, self._person, self.now)
        asked = joining.application(self.session, application)
        day = self.now.astimezone(self._zone).date()
        for role in (Role.MANAGER, Role.AWARDER):
            accounts.grant(self.session, asked.applicant, Membership(joined.code, role), since=day)
        if asked.multikey:
            self._keeping.enter(joined.code, asked.multikey)
        else:
            self._keeping.make(joined.code)
        self._record("organisation.joined", joined.code, application)
        return joined

    def decline(self, application: str, reason: str) -> None:
        """Do not let it in, and say why."""
        self._record(
            "organisation.declined", None, joining.decline(self.session, application, reason, self._person, self.now).id
        )

    def enter_key(self, code: str, multikey: str) -> None:
        """Enter the next key of a member that signs elsewhere. Raises what `Keeping.enter` raises."""
        self._keeping.enter(code, multikey)

    def dismiss(self, code: str, at: datetime, basis: str) -> None:
        """End a membership: no new awards from then on; what was awarded before stays good."""
        joining.dismiss(self.session, code, at, basis)
        self._keeping.publish(code)
        self._record("organisation.left", code, code)

    def require_operator(self) -> None:
        """Raise `NotFound` where the network's list is kept by another installation."""
        if not has_operator(self.session, self.parts.settings):
            raise NotFound

    @property
    def _keeping(self) -> Keeping:
        return Keeping(parts=self.parts, session=self.session, by=self.by, now=self.now)

    @property
    def _person(self) -> str:
        return self.by.person or str(self.by.kind)

    @property
    def _zone(self) -> ZoneInfo:
        return self.parts.settings.zone

    def _record(self, event: str, organisation: str | None, item: str) -> None:
        journal.append(
            self.session,
            at=self.now,
            event=event,
            actor_kind=self.by.kind,
            person=self.by.person,
            organisation=organisation,
            item=item,
        )
