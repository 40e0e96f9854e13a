"""Documents to read, to print and to keep: the page, PDF/A, the sealed file, attached signatures, and the draft of a decision."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Literal

from fastapi import APIRouter, Response

from keys.deps import Visit, Visiting
from keys.printing import NoPdf, Printing, Prints, SignsMissing
from schemas.errors import NotFound
from verifier.credit import documents, paperwork, printed, signatures
from verifier.credit.admission import admit, admit_document, note_reading, view_of
from verifier.credit.cases import Cases
from verifier.credit.days import written
from verifier.credit.deps import Deciding
from verifier.credit.facts import Extent, Party, State
from verifier.credit.papers import Body, DocumentKind
from verifier.credit.tables import CaseDocument, DocumentSignature
from verifier.credit.view import CaseView
from verifier.credit.work import Work

router = APIRouter(include_in_schema=False)
PDF = "application/pdf"
_BASIS = "Основание: {basis}."
_DRAFTERS = frozenset({Party.DIRECTOR, Party.DEPUTY, Party.SECRETARY, Party.CHAIR})


@router.get("/credit/documents/{document_id}", openapi_extra={"x-action": "credit.read"}, name="credit_document")
def document_page(visit: Visiting, cases: Deciding, print_pdf: Printing, document_id: str) -> Response:
    """A document on one clean sheet, to read and to print."""
    document = admit_document(visit, cases, document_id)
    read = documents.read(document)
    return visit.page(
        "credit/document.html",
        document=read,
        basis=_BASIS.format(basis="; ".join(read["basis"])) if read["basis"] else "",
        kept=document,
        look_of=printed.LOOKS[DocumentKind(document.kind)],
        pdf=print_pdf.ready,
        attached=signatures.of(visit.session, document.id),
    )


@router.get("/credit/documents/{document_id}/pdf", openapi_extra={"x-action": "credit.read"}, name="credit_pdf")
def document_pdf(
    visit: Visiting, cases: Deciding, print_pdf: Printing, document_id: str, *, spell: bool = False
) -> Response:
    """The same as PDF/A. Signs that the letters lack are told before anything is printed; with `spell` their codes stand there."""
    document = admit_document(visit, cases, document_id)
    held = signatures.of(visit.session, document.id)
    sheet = printed.sheet_of(
        documents.read(document),
        digest=signatures.digest(document.sealed),
        signatures=[_told(visit, cases, one) for one in held],
    )
    name = f"{document.kind}-{document.year.replace('/', '-')}-{document.number}"
    again = f"/credit/documents/{document.id}"
    return printed_answer(visit, print_pdf, sheet, document=document, name=name, back=again, spell=spell)


@router.get("/credit/documents/{document_id}/sealed", openapi_extra={"x-action": "credit.read"}, name="credit_sealed")
def document_file(visit: Visiting, cases: Deciding, document_id: str) -> Response:
    """The same document byte for byte, with the school's seal."""
    document = admit_document(visit, cases, document_id)
    return _file(document.sealed, "application/json", f"document-{document.number}.json")


@router.get(
    "/credit/signatures/{signature_id}/{part}", openapi_extra={"x-action": "credit.read"}, name="credit_signature"
)
def signature_file(
    visit: Visiting, cases: Deciding, signature_id: str, part: Literal["signature", "signed"]
) -> Response:
    """An attached signature, or the file it was made over, byte for byte; always a download, whatever is inside."""
    visit.require("credit.desk")
    held = visit.session.get(DocumentSignature, signature_id)
    content = (held.content if part == "signature" else held.signed) if held else None
    if held is None or content is None:
        raise NotFound
    document = admit_document(visit, cases, held.document)
    ending = "p7s" if part == "signature" else "bin"
    return _file(content, "application/octet-stream", f"document-{document.number}-{part}.{ending}")


@router.get("/credit/drafts/{case_id}", openapi_extra={"x-action": "credit.read"}, name="credit_draft")
def draft_pdf(visit: Visiting, cases: Deciding, print_pdf: Printing, case_id: str, *, spell: bool = False) -> Response:
    """The order or the refusal as it would be signed: no number, no seal, marked as a draft."""
    case = admit(visit, "credit.read", case_id)
    view = view_of(visit, cases, case)
    if not may_draft(view):
        raise NotFound
    note_reading(visit, case.school, case.learner, case.id)
    sheet = draft_of([view.work])
    back = f"/credit/cases/{case.id}"
    return printed_answer(visit, print_pdf, sheet, document=None, name="draft", back=back, spell=spell)


def may_draft(view: CaseView) -> bool:
    """Whether the visitor may print what the director would sign."""
    return view.work.case.state is State.PROPOSED and bool(view.parties & _DRAFTERS)


def draft_of(works: Sequence[Work]) -> dict[str, Any]:
    """The sheet of a decision about one case or several that is not signed yet."""
    first = works[0]
    entries = [(work.case, _decision(work)) for work in works]
    return printed.sheet_of(documents.compose(first.session, entries, number=0, now=first.now, today=first.today))


def printed_answer(
    visit: Visit,
    print_pdf: Prints,
    sheet: Mapping[str, Any],
    *,
    document: CaseDocument | None,
    name: str,
    back: str,
    spell: bool,
    template: str = printed.TEMPLATE,
) -> Response:
    """The file; or a page that says why there is none and what else can be done."""
    at = document.made_at if document else visit.now
    try:
        body = print_pdf(template, sheet, at=at, spell=spell)
    except (NoPdf, SignsMissing) as error:
        told = error.told(visit.translate)
        spelling = "?spell=true" if isinstance(error, SignsMissing) else ""
        status = HTTPStatus.UNPROCESSABLE_ENTITY if spelling else HTTPStatus.SERVICE_UNAVAILABLE
        return visit.page("credit/unprinted.html", status=status, told=told, back=back, spelling=spelling)
    return _file(body, PDF, f"{name}.pdf", kind="inline")


def _decision(work: Work) -> Body:
    return paperwork.refusal(work) if work.case.extent is Extent.REFUSE else paperwork.order(work)


def _told(visit: Visit, cases: Cases, one: DocumentSignature) -> str:
    """An attached signature in the small print, in Russian as the rest of it."""
    day = written(one.at.astimezone(cases.services.zone).date())
    over = f", под файлом {one.signed_digest}" if one.signed_digest else ""
    return (
        f"К записи приложен файл электронной подписи {one.digest}{over}; "
        f"приложил {visit.people.person(one.person).name} {day}. Программа его не проверяла."
    )


def _file(content: bytes, media: str, name: str, *, kind: str = "attachment") -> Response:
    return Response(content, media_type=media, headers={"Content-Disposition": f'{kind}; filename="{name}"'})
