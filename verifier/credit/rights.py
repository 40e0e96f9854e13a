"""Who may do what in a credit case: one row for each party of each event of `states`, and the rows for reading."""

from collections.abc import Iterator, Mapping

from keys.actor import Bond, Right, Role
from verifier.credit.facts import Party
from verifier.credit.states import APPLICANT, TABLE

_BONDS: Mapping[Party, tuple[Bond, Role | None]] = {
    Party.LEARNER: (Bond.SELF, None),
    Party.ADULT_LEARNER: (Bond.SELF_ADULT, None),
    Party.GUARDIAN: (Bond.GUARDIAN, None),
    Party.TUTOR: (Bond.TUTEE, None),
    Party.SECRETARY: (Bond.MEMBER, Role.SECRETARY),
    Party.DEPUTY: (Bond.MEMBER, Role.DEPUTY),
    Party.TEACHER: (Bond.MEMBER, Role.TEACHER),
    Party.COMMISSION: (Bond.MEMBER, Role.COMMISSION),
    Party.CHAIR: (Bond.MEMBER, Role.CHAIR),
    Party.DIRECTOR: (Bond.MEMBER, Role.DIRECTOR),
    Party.DISPUTES: (Bond.MEMBER, Role.DISPUTES),
}


def _events() -> Iterator[Right]:
    rows = {(row.event, party, row.decides) for row in TABLE for party in row.parties & _BONDS.keys()}
    for event, party, decides in sorted(rows):
        bond, role = _BONDS[party]
        yield Right(f"credit.{event}", bond, role, decides=decides)


def _everybody(action: str) -> Iterator[Right]:
    for bond, role in _BONDS.values():
        yield Right(action, bond, role)


OFFICE = (Role.SECRETARY, Role.DEPUTY, Role.DIRECTOR)
CONVENERS = (Role.SECRETARY, Role.DEPUTY, Role.CHAIR)


RIGHTS: tuple[Right, ...] = (
    Right("credit.desk", Bond.SIGNED_IN),
    *_everybody("credit.read"),
    *_everybody("credit.act"),
    *_everybody("credit.plan"),
    *(Right("credit.apply", bond, role) for bond, role in map(_BONDS.__getitem__, sorted(APPLICANT))),
    Right("credit.prepare", *_BONDS[Party.TUTOR]),
    Right("credit.recognise", Bond.MEMBER, Role.DEPUTY, decides=True),
    *(Right("credit.office", Bond.MEMBER, role) for role in OFFICE),
    *(Right("credit.policy", Bond.MEMBER, role, decides=True) for role in (Role.DEPUTY, Role.DIRECTOR)),
    Right("credit.dates", Bond.MEMBER, Role.NETWORK_MANAGER),
    *(Right("credit.decisions", Bond.MEMBER, role) for role in OFFICE),
    *(Right("credit.agenda", Bond.MEMBER, role) for role in (*OFFICE, Role.COMMISSION, Role.CHAIR)),
    *(Right("credit.meeting", Bond.MEMBER, role, decides=True) for role in CONVENERS),
    *(Right("credit.contracts", Bond.MEMBER, role) for role in OFFICE),
    *(Right("credit.curricula", Bond.MEMBER, role) for role in (*OFFICE, Role.TEACHER, Role.CLASS_TEACHER)),
    Right("credit.curriculum", Bond.MEMBER, Role.DEPUTY),
    Right("credit.give", Bond.MEMBER, Role.DEPUTY),
    Right("credit.contract", Bond.MEMBER, Role.DEPUTY, decides=True),
    Right("credit.record", Bond.MEMBER, Role.DEPUTY, decides=True),
    *(Right("credit.parallel", bond, role) for bond, role in map(_BONDS.__getitem__, sorted(APPLICANT))),
    *_events(),
)
