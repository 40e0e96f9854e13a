"""The sealed stream gives back what was sealed, whatever its length, and refuses any other bytes."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keys import sealed_stream
from keys.errors.copies import CopyDamaged, CopyError, CopyForeign, CopyNewer, CopySecretWrong
from keys.sealed_stream import CHUNK_BYTES, SALT_BYTES, OpeningStream, SealingStream

SECRET, SALT = b"a secret of the tests", bytes(range(SALT_BYTES))
HEAD = 14 + 1 + SALT_BYTES + 16
SEALED = CHUNK_BYTES + 16

borders = st.builds(
    lambda chunks, more: max(0, chunks * CHUNK_BYTES + more), st.integers(0, 3), st.integers(-2, 2)
) | st.integers(0, 3 * CHUNK_BYTES)


def some_bytes(length: int) -> bytes:
    return bytes(number * 31 % 251 for number in range(251)) * (length // 251) + bytes(length % 251)


def seal(plain: bytes, step: int = 10240) -> bytes:
    file = BytesIO()
    stream = SealingStream(file, SECRET, SALT)
    for start in range(0, len(plain), step):
        stream.write(plain[start : start + step])
    stream.finish()
    return file.getvalue()


def open_sealed(sealed: bytes, secret: bytes = SECRET, step: int = 10240) -> bytes:
    stream, plain = OpeningStream(BytesIO(sealed), secret), b""
    while piece := stream.read(step):
        plain += piece
    return plain


@given(st.binary(max_size=400), st.integers(1, 50), st.integers(1, 50))
def test_any_bytes_come_back(plain: bytes, written: int, read: int) -> None:
    assert open_sealed(seal(plain, written), step=read) == plain


@given(borders, st.integers(1000, 2 * CHUNK_BYTES), st.integers(1000, 2 * CHUNK_BYTES))
def test_chunks_of_any_border_come_back(length: int, written: int, read: int) -> None:
    plain = some_bytes(length)
    sealed = seal(plain, written)
    assert open_sealed(sealed, step=read) == plain
    assert len(sealed) == HEAD + length + 16 * max(1, -(-length // CHUNK_BYTES))


@given(st.data(), st.sampled_from([0, 1, 300, CHUNK_BYTES, CHUNK_BYTES + 1]))
def test_any_flipped_bit_is_refused(data: st.DataObject, length: int) -> None:
    sealed = bytearray(seal(some_bytes(length)))
    place = data.draw(
        st.integers(HEAD - 16, len(sealed) - 1)
    )  # the salt has a test of its own: each new one is stretched slowly
    sealed[place] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(CopySecretWrong if place < HEAD else CopyDamaged):
        open_sealed(bytes(sealed))


@pytest.mark.parametrize("place", range(0, HEAD - 16, 3))
def test_any_flipped_byte_of_the_head_is_refused(place: int) -> None:
    sealed = bytearray(seal(b"something"))
    sealed[place] ^= 0x55
    with pytest.raises(CopyError):
        open_sealed(bytes(sealed))


@given(st.data(), st.sampled_from([0, 1, 300, CHUNK_BYTES, 2 * CHUNK_BYTES, 2 * CHUNK_BYTES + 7]))
def test_any_cut_is_refused(data: st.DataObject, length: int) -> None:
    sealed = seal(some_bytes(length))
    kept = data.draw(st.integers(0, len(sealed) - 1) | st.sampled_from(range(HEAD, len(sealed), SEALED)))
    with pytest.raises(CopyError):
        open_sealed(sealed[:kept])


@given(st.binary(min_size=1, max_size=2 * SEALED), st.integers(0, 2 * CHUNK_BYTES))
def test_whatever_is_added_is_refused(more: bytes, length: int) -> None:
    with pytest.raises(CopyDamaged):
        open_sealed(seal(some_bytes(length)) + more)


@given(st.lists(st.integers(0, 3), max_size=6).filter(lambda order: order != [0, 1, 2, 3]))
def test_chunks_in_any_other_order_are_refused(order: list[int]) -> None:
    """Left out, exchanged, repeated: only each once and in its place is the stream."""
    sealed = seal(some_bytes(3 * CHUNK_BYTES + 100))
    chunks = [sealed[HEAD + number * SEALED : HEAD + (number + 1) * SEALED] for number in range(4)]
    assert sealed == sealed[:HEAD] + b"".join(chunks)
    with pytest.raises(CopyDamaged):
        open_sealed(sealed[:HEAD] + b"".join(chunks[number] for number in order))


def test_a_chunk_of_another_stream_is_refused() -> None:
    other = BytesIO()
    stream = SealingStream(other, SECRET, SALT[::-1])
    stream.write(b"something")
    stream.finish()
    with pytest.raises(CopyDamaged):
        open_sealed(seal(b"something")[:HEAD] + other.getvalue()[HEAD:])


def test_what_was_not_finished_cannot_be_opened() -> None:
    file = BytesIO()
    SealingStream(file, SECRET, SALT).write(some_bytes(CHUNK_BYTES + 1))
    with pytest.raises(CopyDamaged):
        open_sealed(file.getvalue())


def test_each_refusal_has_its_own_name() -> None:
    sealed = seal(b"something")
    for changed, secret, error in (
        (b"PK\x03\x04" + bytes(100), SECRET, CopyForeign),
        (b"", SECRET, CopyForeign),
        (sealed[:14] + b"\x02" + sealed[15:], SECRET, CopyNewer),
        (sealed, b"another secret", CopySecretWrong),
        (sealed[:-1], SECRET, CopyDamaged),
    ):
        with pytest.raises(error):
            open_sealed(changed, secret)


def test_nothing_is_given_of_a_chunk_that_is_not_genuine() -> None:
    sealed = bytearray(seal(some_bytes(2 * CHUNK_BYTES)))
    sealed[-1] ^= 1
    stream = OpeningStream(BytesIO(bytes(sealed)), SECRET)
    assert stream.read(CHUNK_BYTES) == some_bytes(2 * CHUNK_BYTES)[:CHUNK_BYTES]
    with pytest.raises(CopyDamaged):
        stream.read(1)


def test_the_plain_bytes_are_nowhere_in_the_file() -> None:
    assert "Канарейка-7319".encode() not in seal("Канарейка-7319".encode() * 100)
    assert sealed_stream.CHUNK_BYTES == 64 * 1024
