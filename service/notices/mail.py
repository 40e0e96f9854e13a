"""Mail by SMTP (RFC 5321). A letter says that there is something to read and where, never what or about whom."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Literal
from urllib.parse import urlsplit

from schemas.errors import N_, Unavailable, ZachetkaError
from service.settings import Settings

TIMEOUT_SECONDS = 20
PERMANENT = 500
SUBJECT = "Уведомление школы"
BODY = """Здравствуйте!

Для вас есть новое уведомление школы. Прочитайте его в Зачётке:
{address}

Письмо отправлено программой, отвечать на него не нужно. Адрес можно убрать на странице «Моя учётная запись».
"""


class MailUnavailable(Unavailable):
    """The mail server has not taken the letter; it is tried again."""

    code = "mail-unavailable"
    sentence = N_("Почтовый сервер сейчас не принимает письма.")


class MailRefused(ZachetkaError):
    """The mail server will never take this letter: the address is wrong, say."""

    code = "mail-refused"
    sentence = N_("Почтовый сервер отказался принять письмо на этот адрес.")


class MailUnsure(ZachetkaError):
    """The connection broke when the letter was on its way: it may have arrived."""

    code = "mail-unsure"
    sentence = N_("Связь с почтовым сервером прервалась, и неизвестно, ушло ли письмо.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """The way to one mail server. `security` is `starttls`, `tls` or, for a server on this machine, `none`."""

    host: str
    port: int
    security: Literal["starttls", "tls", "none"]
    sender: str
    site: str
    user: str = ""
    password: str = field(default="", repr=False)

    def send(self, to: str, notice: str, now: datetime) -> None:
        """Announce a notice. Raises `MailUnavailable`, `MailRefused` or `MailUnsure`."""
        letter = self._letter(to, notice, now)
        with self._connected() as server:
            _require(server.mail(self.sender))
            _require(server.rcpt(to))
            try:
                answer = server.data(letter.as_bytes())
            except smtplib.SMTPDataError as error:
                answer = error.smtp_code, b""
            except (smtplib.SMTPException, OSError) as error:
                raise MailUnsure from error
            _require(answer)

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        """A session with the server. What breaks before the letter is on its way is tried again; goodbyes may fail."""
        try:
            server = self._open()
        except (smtplib.SMTPException, OSError) as error:
            raise MailUnavailable from error
        try:
            yield server
        except (smtplib.SMTPException, OSError) as error:
            raise MailUnavailable from error
        finally:
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
            server.close()

    def _open(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=TIMEOUT_SECONDS, context=context)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=TIMEOUT_SECONDS)
        try:
            if self.security == "starttls":
                server.starttls(context=context)
            server.ehlo_or_helo_if_needed()
            if self.user:
                server.login(self.user, self.password)
        except BaseException:
            server.close()
            raise
        return server

    def _letter(self, to: str, notice: str, now: datetime) -> EmailMessage:
        letter = EmailMessage()
        letter["Subject"], letter["From"], letter["To"] = SUBJECT, self.sender, to
        letter["Date"] = format_datetime(now)
        letter["Message-ID"] = f"<{notice}@{urlsplit(self.site).hostname}>"
        letter["Auto-Submitted"] = "auto-generated"  # RFC 3834 §5: nobody's absence is answered to us
        letter.set_content(BODY.format(address=f"{self.site}/notices/{notice}"))
        return letter


def mail_of(settings: Settings) -> Mail | None:
    """The mail server of an installation, None where it has none."""
    if not settings.smtp_host:
        return None
    return Mail(
        host=settings.smtp_host,
        port=settings.smtp_port,
        security=settings.smtp_security,
        sender=settings.smtp_from,
        site=settings.public_url,
        user=settings.smtp_user,
        password=settings.smtp_password.get_secret_value() if settings.smtp_password else "",
    )


def _require(answer: tuple[int, bytes]) -> None:
    """Go on after 2xx; 4xx may be better later, 5xx never is (RFC 5321 §4.2.1)."""
    code = answer[0]
    if code >= PERMANENT:
        raise MailRefused
    if not 200 <= code < 300:  # noqa: PLR2004 - the replies that mean "done"
        raise MailUnavailable
