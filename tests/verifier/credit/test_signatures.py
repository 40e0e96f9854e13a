"""Detached signatures that were made outside: taken in as they are, given back as they are, never called more than a file."""

import base64

import pytest
from sqlmodel import select

from tests.service.printing.paper import text_of
from tests.verifier.credit.office import Office, fields_of
from tests.verifier.credit.world import World
from verifier.credit import signatures
from verifier.credit.errors import SignatureUnclear
from verifier.credit.events import Event
from verifier.credit.facts import State
from verifier.credit.tables import DocumentSignature

DER = bytes.fromhex("3082010406092a864886f70d010702a0") + bytes(248)
PEM = b"-----BEGIN CMS-----\r\n" + base64.encodebytes(DER) + b"-----END CMS-----\r\n"
PDF = b"%PDF-1.7 what was signed"


@pytest.mark.parametrize("file", [DER, base64.b64encode(DER), PEM, b"\x30\x80" + bytes(10), b"\x30\x01\xff"])
def test_the_shapes_in_which_signatures_come(file: bytes) -> None:
    signatures.check(file)


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"0",
        b"hello",
        b"<script>alert(1)</script>",
        DER[:-1],
        DER + b"x",
        b"\x31" + DER[1:],
        b"%PDF-1.7",
        DER + bytes(signatures.LARGEST),
    ],
)
def test_anything_else_is_refused(file: bytes) -> None:
    with pytest.raises(SignatureUnclear) as told:
        signatures.check(file)
    assert told.value.pointer == "/signature"


def proposed(world: World) -> str:
    case = world.drafted(world.badge())
    world.to_commission(case)
    world.vote(case, "full")
    world.act("deputy", case, Event.CONCLUDE, extent="full")
    return case


def order(office: Office, case: str, **files: bytes) -> int:
    path = f"/credit/cases/{case}/order"
    day = office.world.now.date().isoformat()
    fields = {**fields_of(office.get("director", path).text, path), "number": "17-у", "date": day, "signer": "Директор"}
    sent = {name: (f"{name}.bin", content) for name, content in files.items()}
    return office.post("director", path, fields, **sent).status_code


def test_a_signature_is_kept_with_its_order_and_comes_back_byte_for_byte(world: World) -> None:
    office, case = Office(world), proposed(world)
    assert order(office, case, signature=PEM, signed=PDF) == 303
    with world.session() as session:
        [kept] = session.exec(select(DocumentSignature)).all()
        assert (kept.digest, kept.signed_digest) == (signatures.digest(PEM), signatures.digest(PDF))
        assert kept.person == "director"
        session.expunge(kept)
    for part, content in (("signature", PEM), ("signed", PDF)):
        answer = office.get("guardian", f"/credit/signatures/{kept.id}/{part}")
        assert answer.content == content
        assert answer.headers["content-type"] == "application/octet-stream"
        assert answer.headers["content-disposition"].startswith("attachment")
        assert office.get("foreign:director", f"/credit/signatures/{kept.id}/{part}").status_code == 404
    page = office.get("guardian", f"/credit/documents/{kept.document}")
    paper = text_of(office.get("guardian", f"/credit/documents/{kept.document}/pdf").content)
    assert kept.digest in page.text
    assert "Программа его не проверяла" in paper
    for told in (page.text, paper):
        assert "квалифицированн" not in told.casefold()


def test_a_file_that_is_no_signature_stops_the_order(world: World) -> None:
    office, case = Office(world), proposed(world)
    assert order(office, case, signature=b"<svg/>") == 422
    assert world.state(case) is State.PROPOSED


def test_paper_alone_is_enough_and_a_signature_alone_is_not(world: World) -> None:
    office, case = Office(world), proposed(world)
    path = f"/credit/cases/{case}/order"
    fields = fields_of(office.get("director", path).text, path)
    assert office.post("director", path, fields, signature=("a.p7s", DER)).status_code == 422
    assert order(office, case) == 303
    with world.session() as session:
        assert session.exec(select(DocumentSignature)).all() == []
