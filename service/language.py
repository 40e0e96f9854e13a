"""Which language a visitor reads: what they chose (`?language=…`, remembered in a cookie), what the browser asks for, Russian."""

from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

from babel.core import negotiate_locale
from fastapi import Request

from service.catalogues import LANGUAGES, SOURCE

COOKIE = "lang"
PARAMETER = "language"
COOKIE_SECONDS = 365 * 24 * 3600


def chosen_language(request: Request) -> str | None:
    """The language that the address itself asks for, if we speak it."""
    asked = request.query_params.get(PARAMETER, "")
    return asked if asked in LANGUAGES else None


def language_of(request: Request) -> str:
    """The language of the answer."""
    kept = request.cookies.get(COOKIE, "")
    return chosen_language(request) or (kept if kept in LANGUAGES else _accepted(request))


def address_in(request: Request, language: str) -> str:
    """Where the page that answers a request can be read in `language`; of the answer to a form, where its form stands."""
    came_from = _came_from(request)
    if request.method not in {"GET", "HEAD"} and came_from.netloc == request.url.netloc:
        path = came_from.path.lstrip("/\\")  # two of them at the beginning would lead to another host
        return f"/{path}?{_query_in(came_from.query, language)}"
    return f"?{_query_in(request.url.query, language)}"


def _came_from(request: Request) -> SplitResult:
    try:
        return urlsplit(request.headers.get("referer", ""))
    except ValueError:  # no address at all
        return urlsplit("")


def _query_in(query: str, language: str) -> str:
    kept = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name != PARAMETER]
    return urlencode([*kept, (PARAMETER, language)])


def _accepted(request: Request) -> str:
    """The first of the browser's languages that we speak (RFC 9110 §12.5.4); weights of nought are refusals."""
    weighed = []
    for place, part in enumerate(request.headers.get("accept-language", "").split(",")):
        name, _, weight = part.strip().partition(";q=")
        weighed.append((-_weight(weight), place, name))
    wanted = [name for weight, _, name in sorted(weighed) if weight]
    return negotiate_locale(wanted, list(LANGUAGES), sep="-") or SOURCE


def _weight(text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0
