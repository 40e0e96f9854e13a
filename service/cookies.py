"""The cookies of a browser: its session, and the handle of what it has begun."""

from dataclasses import dataclass

from fastapi import Request, Response


@dataclass(frozen=True, slots=True)
class SessionCookie:
    """Over https it is a `__Host-` cookie: no other host and no plain connection can set or read it (RFC 6265bis §4.1.3.2)."""

    https: bool
    seconds: int
    word: str = "zachetka"

    @property
    def name(self) -> str:
        """What the cookie is called."""
        return f"__Host-{self.word}" if self.https else self.word

    def read(self, request: Request) -> str:
        """The id that the browser brought; empty without one."""
        return request.cookies.get(self.name, "")

    def put(self, response: Response, token: str) -> None:
        """Hand the id to the browser."""
        response.set_cookie(
            self.name, token, max_age=self.seconds, path="/", secure=self.https, httponly=True, samesite="lax"
        )

    def clear(self, response: Response) -> None:
        """Take it back."""
        response.delete_cookie(self.name, path="/", secure=self.https, httponly=True, samesite="lax")
