"""The cookie of a signed-in browser."""

from dataclasses import dataclass

from fastapi import Request, Response


@dataclass(frozen=True, slots=True)
class SessionCookie:
    """Over https it is a `__Host-` cookie: no other host and no plain connection can set or read it (RFC 6265bis §4.1.3.2)."""

    https: bool
    seconds: int

    @property
    def name(self) -> str:
        """What the cookie is called."""
        return "__Host-zachetka" if self.https else "zachetka"

    def read(self, request: Request) -> str:
        """The session id that the browser brought; empty without one."""
        return request.cookies.get(self.name, "")

    def put(self, response: Response, token: str) -> None:
        """Hand the session id to the browser."""
        response.set_cookie(
            self.name, token, max_age=self.seconds, path="/", secure=self.https, httponly=True, samesite="lax"
        )

    def clear(self, response: Response) -> None:
        """Take it back."""
        response.delete_cookie(self.name, path="/", secure=self.https, httponly=True, samesite="lax")
