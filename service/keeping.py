"""The signing keys of this installation's organisations: each act journalled and published at once, by command or by page."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from keys import expiry, journal, organisations, publish
from keys.actor import Actor, ActorKind
from keys.errors.network import KeyDatesWrong, KeyStateWrong
from keys.expiry import KeyAlarm
from keys.tables import KeyState, OrganisationKey
from schemas.errors import N_
from service.database import reading, unit_of_work
from service.network import has_operator
from service.parts import Parts

STATES = {
    KeyState.ANNOUNCED: N_("объявлен"),
    KeyState.ACTIVE: N_("действует"),
    KeyState.RETIRED: N_("снят"),
    KeyState.COMPROMISED: N_("раскрыт"),
}
COMMAND = Actor(kind=ActorKind.COMMAND)
JOB = Actor(kind=ActorKind.JOB)


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """Acts upon one organisation's keys in the caller's transaction.

    Running applications must be started anew after the operator's own key has changed.
    """

    parts: Parts
    session: Session
    by: Actor
    now: datetime

    def make(self, code: str) -> OrganisationKey:
        """Give an organisation its first key. Raises `KeyStateWrong` where it has one in use, `OrganisationUnknown`."""
        organisations.find(self.session, code)
        if any(key.state is KeyState.ACTIVE for key in organisations.keys_of(self.session, code)):
            raise KeyStateWrong
        return self.rotate(code)

    def announce(self, code: str, valid_from: datetime) -> OrganisationKey:
        """Make the next key and let the world know it; from `valid_from` on the worker puts it into use. Raises `KeyDatesWrong`."""
        if valid_from <= self.now:
            raise KeyDatesWrong
        ends = self.parts.settings.key_ends(valid_from)
        fresh = organisations.announce(self.session, self.parts.store, code, valid_from, ends)
        self._tell(code, "key.announced", fresh.id)
        return fresh

    def rotate(self, code: str) -> OrganisationKey:
        """Put the announced key whose time has come, or else a new one, into use, and retire the one before."""
        ends = self.parts.settings.key_ends(self.now)
        fresh = organisations.rotate(self.session, self.parts.store, code, self.now, ends)
        self._tell(code, "key.rotated", fresh.id)
        return fresh

    def enter(self, code: str, multikey: str) -> OrganisationKey:
        """Enter the key with which an organisation signs elsewhere from now on; the one before signs no more.

        Raises `BadMultikey`, and `KeyStateWrong` where the organisation has keys here or the key is known.
        """
        held = organisations.keys_of(self.session, code)
        if held and not organisations.is_elsewhere(self.session, code):
            raise KeyStateWrong
        for key in held:
            if key.state is KeyState.ACTIVE:
                organisations.retire(self.session, code, key.multikey, self.now)
        fresh = organisations.enter_key(self.session, code, multikey, self.now)
        self._tell(code, "key.entered", fresh.id)
        return fresh

    def retire(self, code: str, multikey: str) -> None:
        """End a key's use without another one. Raises `KeyStateWrong`."""
        organisations.retire(self.session, code, multikey, self.now)
        self._tell(code, "key.retired", self._id(code, multikey))

    def compromise(self, code: str, multikey: str, since: datetime) -> None:
        """Declare that others may have had a key from `since` on; a new one takes its place, status lists are signed anew."""
        organisations.compromise(self.session, code, multikey, since, self.now)
        held = organisations.keys_of(self.session, code)
        if not any(key.state is KeyState.ACTIVE for key in held):
            self.rotate(code)
        self._tell(code, "key.compromised", self._id(code, multikey))
        self.parts.issuer.republish(self.session, code, self.now)

    def publish(self, code: str) -> None:
        """Put the organisation's keys on the shelf, unless that is another installation's affair, and then the network's list."""
        parts = self.parts
        if not organisations.is_elsewhere(self.session, code):
            publish.publish_organisation(self.session, parts.shelf, parts.store, code, self.now)
        if has_operator(self.session, parts.settings):
            publish.publish_trust_list(self.session, parts.shelf, parts.store, parts.settings.operator, self.now)

    def _tell(self, code: str, event: str, key: str) -> None:
        self.publish(code)
        journal.append(
            self.session,
            at=self.now,
            event=event,
            actor_kind=self.by.kind,
            person=self.by.person,
            organisation=code,
            item=key,
        )

    def _id(self, code: str, multikey: str) -> str:
        held = organisations.keys_of(self.session, code)
        return next(key.id for key in held if key.multikey == multikey)


def list_keys(parts: Parts, code: str | None) -> list[str]:
    """One line per key: organisation, state, since when, until when, the public half. Raises `OrganisationUnknown`."""
    with reading(parts.engine) as session:
        if code is not None:
            organisations.find(session, code)
        codes = [code] if code is not None else [each.code for each in organisations.all_organisations(session)]
        return [_line(key) for each in codes for key in organisations.keys_of(session, each)]


def alarms(session: Session, code: str, now: datetime) -> list[KeyAlarm]:
    """What is to be said of an organisation's keys now."""
    return expiry.alarms(organisations.keys_of(session, code), now)


def turn_keys(parts: Parts, now: datetime) -> int:
    """Put announced keys whose time has come into use, and publish what a process that died has left unpublished.

    Organisations whose keys another installation keeps are its affair.
    """
    with reading(parts.engine) as session:
        known = [each.code for each in organisations.all_organisations(session)]
        codes = [code for code in known if not organisations.is_elsewhere(session, code)]
    return sum(_turn(parts, code, now) for code in codes)


def _turn(parts: Parts, code: str, now: datetime) -> int:
    with unit_of_work(parts.engine) as session:
        keeping = Keeping(parts=parts, session=session, by=JOB, now=now)
        if organisations.due_key(session, code, now) is not None:
            keeping.rotate(code)
            return 1
        if organisations.keys_of(session, code) and not publish.is_published(session, parts.shelf, code):
            keeping.publish(code)
            return 1
    return 0


def _line(key: OrganisationKey) -> str:
    until = "" if key.valid_until is None else f"{key.valid_until:%d.%m.%Y}"
    return f"{key.organisation}\t{STATES[key.state]}\t{key.valid_from:%d.%m.%Y}\t{until}\t{key.multikey}"
