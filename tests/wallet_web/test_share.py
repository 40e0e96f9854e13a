import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import islice

import pytest
from sqlalchemy import Engine, text
from sqlmodel import col, select

from schemas.errors import BadInput, Conflict, NotFound
from service.database import unit_of_work
from tests.wallet_web.family import LINKS, NOW, child, entry, guardian, order, teenager, themself
from wallet_web import consent, share, views
from wallet_web.consent import current_text
from wallet_web.errors import BadTerm, NothingChosen, ShareGone, TooManyChosen, TooYoung
from wallet_web.links import Links, token_hash
from wallet_web.share import ShareOrder, ShareState, faults, new_id
from wallet_web.tables import Purpose, Share, ShareView, Taken

HASH = current_text(Purpose.SHARING).digest


def batched(hashes: Iterable[str | None], size: int) -> Iterator[list[str | None]]:
    rest = iter(hashes)
    while few := list(islice(rest, size)):
        yield few


def test_tokens_are_128_bits_each_its_own() -> None:
    tokens = [LINKS.token(new_id()) for _ in range(2_000)]
    assert len(set(tokens)) == 2_000
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", token) for token in tokens)
    spread = [len({token[place] for token in tokens}) for place in range(21)]
    assert min(spread) == 64
    assert Links(b"another secret", "x").token("a" * 32) != Links(b"one secret", "x").token("a" * 32)


def test_the_secret_is_not_in_the_repr() -> None:
    assert "secret" not in repr(LINKS)


def test_a_hundred_thousand_guesses_open_nothing(engine: Engine) -> None:
    """Asked of the database by the very column that a link is found by, and a few of them at the door itself."""
    subject = teenager()
    with unit_of_work(engine) as session:
        consent.give(session, subject, guardian(subject), Purpose.SHARING, HASH, NOW)
        badge = entry(session, subject)
        for _ in range(20):
            share.create(session, subject, themself(subject), order(badge), LINKS, NOW)
    guessing = Links(b"not the secret", "x")
    guesses = [guessing.token(new_id()) for _ in range(100_000)]
    with unit_of_work(engine) as session:
        for few in batched(map(token_hash, guesses), 1_000):
            assert session.exec(select(Share.id).where(col(Share.token_hash).in_(few))).all() == []
        for guess in guesses[:500]:
            with pytest.raises(ShareGone):
                share.find_by_token(session, guess, NOW)


def test_the_database_holds_no_token(engine: Engine) -> None:
    subject = teenager()
    with unit_of_work(engine) as session:
        consent.give(session, subject, guardian(subject), Purpose.SHARING, HASH, NOW)
        made = share.create(session, subject, themself(subject), order(entry(session, subject)), LINKS, NOW)
        session.flush()
        row = session.execute(text("select * from wallet_share")).one()
        assert made.token_hash == token_hash(LINKS.token(made.id))
        assert not any(LINKS.token(made.id) in str(cell) for cell in row)


@pytest.mark.parametrize(
    "token", ["", "x", "0" * 22, "0" * 23, "канарейка-канарейка-кк", "0" * 21 + "\n", "../../../../etc/passwd"]
)
def test_a_wrong_token_is_gone(sqlite: Engine, token: str) -> None:
    with unit_of_work(sqlite) as session, pytest.raises(ShareGone):
        share.find_by_token(session, token, NOW)


def test_a_share_lives_for_its_term_and_not_a_second_longer(engine: Engine) -> None:
    subject = teenager()
    with unit_of_work(engine) as session:
        agreed = consent.give(session, subject, guardian(subject), Purpose.SHARING, HASH, NOW)
        made = share.create(session, subject, themself(subject), order(entry(session, subject), days=1), LINKS, NOW)
        last = NOW + timedelta(days=1) - timedelta(seconds=1)
        assert share.state(made, agreed, last) is ShareState.LIVE
        assert share.find_by_token(session, LINKS.token(made.id), last) is made
        with pytest.raises(ShareGone):
            share.find_by_token(session, LINKS.token(made.id), NOW + timedelta(days=1))


def test_badges_come_back_in_the_chosen_order_and_once(sqlite: Engine) -> None:
    subject = teenager()
    with unit_of_work(sqlite) as session:
        consent.give(session, subject, guardian(subject), Purpose.SHARING, HASH, NOW)
        one, two, three = (entry(session, subject, title) for title in "абв")
        made = share.create(session, subject, themself(subject), order(three, one, three, two), LINKS, NOW)
        session.flush()
        shown = share.entries_of(session, share.find_by_token(session, LINKS.token(made.id), NOW).id)
        assert [badge.title for badge in shown] == ["в", "а", "б"]


def test_nobody_shares_a_badge_of_another_learner(sqlite: Engine) -> None:
    subject, other = teenager(), teenager()
    with unit_of_work(sqlite) as session:
        consent.give(session, subject, guardian(subject), Purpose.SHARING, HASH, NOW)
        with pytest.raises(NotFound):
            share.create(session, subject, themself(subject), order(entry(session, other)), LINKS, NOW)


def test_ordering_twice_makes_one_share_and_an_id_of_another_learner_is_refused(engine: Engine) -> None:
    subject, other = teenager(), teenager()
    with unit_of_work(engine) as session:
        for one in (subject, other):
            consent.give(session, one, guardian(one), Purpose.SHARING, HASH, NOW)
        wanted = order(entry(session, subject))
        first = share.create(session, subject, themself(subject), wanted, LINKS, NOW)
        assert share.create(session, subject, themself(subject), wanted, LINKS, NOW) is first
        foreign = ShareOrder(id=wanted.id, entries=(entry(session, other).id,), audience="вуз", purpose="приём")
        with pytest.raises(Conflict):
            share.create(session, other, themself(other), foreign, LINKS, NOW)


def test_eight_clicks_at_once_make_one_share(engine: Engine) -> None:
    subject = teenager()
    with unit_of_work(engine) as session:
        consent.give(session, subject, guardian(subject), Purpose.SHARING, HASH, NOW)
        wanted = order(entry(session, subject))

    def click(_: int) -> str:
        with unit_of_work(engine) as session:
            return share.create(session, subject, themself(subject), wanted, LINKS, NOW).id

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(click, range(8))) == {wanted.id}


def test_eight_consents_at_once_are_one(engine: Engine) -> None:
    subject = teenager()

    def click(_: int) -> str:
        with unit_of_work(engine) as session:
            return consent.give(session, subject, guardian(subject), Purpose.SHARING, HASH, NOW).id

    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(click, range(8)))) == 1


def test_a_consent_withdrawn_while_shares_are_made_leaves_none_alive(engine: Engine) -> None:
    subject = teenager()
    parent = guardian(subject)
    with unit_of_work(engine) as session:
        agreed = consent.give(session, subject, parent, Purpose.SHARING, HASH, NOW)
        badge = entry(session, subject)
    wanted = [order(badge) for _ in range(12)]

    def act(number: int) -> None:
        with unit_of_work(engine) as session:
            if number == 6:
                consent.withdraw(session, subject, parent, agreed.id, NOW)
            else:
                share.create(session, subject, parent, wanted[number], LINKS, NOW)

    with ThreadPoolExecutor(6) as threads:
        answers = [threads.submit(act, number) for number in range(12)]
    refused = [answer.exception() for answer in answers if answer.exception() is not None]
    assert all(type(error).__name__ == "NoConsent" for error in refused)
    with unit_of_work(engine) as session:
        for one in wanted:
            with pytest.raises(ShareGone):
                share.find_by_token(session, LINKS.token(one.id), NOW)


def test_withdrawing_twice_keeps_the_first_date(engine: Engine) -> None:
    subject = teenager()
    me = themself(subject)
    with unit_of_work(engine) as session:
        consent.give(session, subject, guardian(subject), Purpose.SHARING, HASH, NOW)
        made = share.create(session, subject, me, order(entry(session, subject)), LINKS, NOW)
        share.withdraw(session, subject.id, made.id, me, NOW)
        assert share.withdraw(session, subject.id, made.id, me, NOW + timedelta(days=1)).withdrawn_at == NOW
        with pytest.raises(NotFound):
            share.withdraw(session, "another", made.id, me, NOW)


def test_under_fourteen_the_guardian_makes_the_link(sqlite: Engine) -> None:
    subject = child()
    with unit_of_work(sqlite) as session:
        consent.give(session, subject, guardian(subject), Purpose.SHARING, HASH, NOW)
        wanted = order(entry(session, subject))
        with pytest.raises(TooYoung):
            share.create(session, subject, themself(subject), wanted, LINKS, NOW)
        assert share.create(session, subject, guardian(subject), wanted, LINKS, NOW).created_by == "guardian"


def test_views_are_counted_and_say_nothing_about_the_reader(sqlite: Engine) -> None:
    subject = teenager()
    with unit_of_work(sqlite) as session:
        consent.give(session, subject, guardian(subject), Purpose.SHARING, HASH, NOW)
        made = share.create(session, subject, themself(subject), order(entry(session, subject)), LINKS, NOW)
        session.flush()
        views.note(session, made.id, NOW)
        views.note(session, made.id, NOW + timedelta(minutes=1), Taken.FILE, place=1)
        session.flush()
        assert [(view.share, view.place) for view in views.latest(session, made.id)] == [(made.id, 1), (made.id, None)]
        assert views.times_opened(session, made.id) == (1, NOW)
    assert set(ShareView.model_fields) == {"id", "share", "at", "place", "taken"}


@pytest.mark.parametrize(
    ("change", "field", "error"),
    [
        ({"entries": ()}, "entries", NothingChosen),
        ({"entries": tuple(map(str, range(31)))}, "entries", TooManyChosen),
        ({"days": 0}, "days", BadTerm),
        ({"days": 366}, "days", BadTerm),
        ({"audience": " "}, "audience", BadInput),
        ({"audience": "я" * 201}, "audience", BadInput),
        ({"purpose": ""}, "purpose", BadInput),
    ],
)
def test_what_is_wrong_is_said_by_field(change: dict[str, object], field: str, error: type[BadInput]) -> None:
    right: dict[str, object] = {"id": new_id(), "entries": ("a",), "audience": "вуз", "purpose": "приём", "days": 14}
    wrong = faults(ShareOrder(**(right | change)))  # type: ignore[arg-type]
    assert set(wrong) == {field}
    assert isinstance(wrong[field], error)
