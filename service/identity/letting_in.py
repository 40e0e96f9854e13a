"""The moment in which somebody is in, whichever way they came; and the page that asks how they want to come."""

from datetime import datetime
from http import HTTPStatus
from urllib.parse import urlsplit

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from keys.deps import Visit
from schemas.errors import ZachetkaError
from service.errors import status_of
from service.identity import sessions
from service.identity.deps import Entrance, guest
from service.identity.tables import Account


def let_in(
    request: Request, session: Session, entrance: Entrance, account: Account, now: datetime, path: str
) -> Response:
    """Begin a session under a new id: the one the browser came with, if any, is worth nothing afterwards."""
    old = guest(request).token
    if old:
        sessions.end(session, old)
    token = sessions.token_from(entrance.entropy(sessions.ENTROPY))
    sessions.start(session, account.id, token, now, entrance.door.term)
    answer = RedirectResponse(path, status_code=HTTPStatus.SEE_OTHER)
    entrance.cookie.put(answer, token)
    return answer


def draw_sign_in(
    visit: Visit, entrance: Entrance, path: str, error: ZachetkaError | None = None, *, login: str = ""
) -> Response:
    """The page with every way in that there is here; `path` is where it leads afterwards."""
    return visit.page(
        "identity/sign_in.html",
        status=status_of(error) if error is not None else HTTPStatus.OK,
        login=login,
        next=path,
        passkeys=entrance.party is not None,
        provider=entrance.provider.called(visit.language) if entrance.provider is not None else "",
        told=error.told(visit.translate) if error is not None else "",
    )


def own_path(asked: str) -> str:
    """`asked` if it is a path on this site, else the start page: nobody is sent elsewhere after signing in."""
    parts = urlsplit(asked)
    plain = asked.startswith("/") and not asked.startswith(("//", "/\\")) and asked.isprintable()
    return asked if plain and not parts.scheme and not parts.netloc else "/"
