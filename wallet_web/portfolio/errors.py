"""What can go wrong in a portfolio, in words for a family and a teacher."""

from schemas.errors import N_, BadInput, Conflict, Forbidden, NotFound, TooLarge


class NoTitle(BadInput):
    """A record without a title, or with one that is too long."""

    code = "no-title"
    sentence = N_("Напишите название: не длиннее {limit} знаков.")


class TooLong(BadInput):
    """A text over its limit."""

    code = "text-too-long"
    sentence = N_("Слишком длинно: можно не больше {limit} знаков.")


class BadDay(BadInput):
    """A day that cannot be read, lies in the future or before the learner was born."""

    code = "bad-day"
    sentence = N_("Укажите день, который уже прошёл, или оставьте поле пустым.")


class BadChoice(BadInput):
    """A word that is none of those offered."""

    code = "bad-choice"
    sentence = N_("Выберите одно из предложенного.")


class NoReason(BadInput):
    """A record sent back without saying why, or at too great length."""

    code = "no-reason"
    sentence = N_("Напишите, что поправить: не длиннее {limit} знаков.")


class NoDecision(BadInput):
    """A teacher who neither confirms nor sends back."""

    code = "no-decision"
    sentence = N_("Выберите: подтвердить или вернуть.")


class FileMissing(BadInput):
    """Nothing was chosen to be added."""

    code = "file-missing"
    sentence = N_("Выберите файл.")


class FileUnknown(BadInput):
    """A file that is neither a picture we can draw nor a PDF."""

    code = "file-unknown"
    sentence = N_("Такой файл не подходит. Приложите фотографию или снимок экрана (JPEG, PNG, WebP) либо PDF.")


class PictureTooLarge(TooLarge):
    """A picture with more points than we draw anew."""

    code = "picture-too-large"
    sentence = N_("Картинка слишком велика: можно не больше {limit} млн точек. Уменьшите её и приложите снова.")


class FileTooLarge(TooLarge):
    """A file over its limit."""

    code = "file-too-large"
    sentence = N_("Файл слишком большой: можно не больше {limit} МБ.")


class TooManyFiles(BadInput):
    """More files than one record may have."""

    code = "too-many-files"
    sentence = N_("К одной записи можно приложить не больше {limit} файлов.")


class PortfolioFull(BadInput):
    """More records or files than one portfolio holds."""

    code = "portfolio-full"
    sentence = N_("В портфолио больше не помещается. Удалите то, что уже не нужно.")


class Waiting(Conflict):
    """A record that lies before a teacher is not changed under their hands."""

    code = "record-waiting"
    sentence = N_("Запись ждёт учителя. Чтобы изменить её, сначала заберите её обратно.")


class Confirmed(Conflict):
    """A record that is confirmed stays as it was confirmed."""

    code = "record-confirmed"
    sentence = N_("Запись уже подтверждена и больше не меняется.")


class NotWaiting(Conflict):
    """The family has taken the record back or changed it meanwhile, or a colleague has decided."""

    code = "record-not-waiting"
    sentence = N_("Запись уже не ждёт решения: её забрали обратно, изменили или решил коллега. Откройте её заново.")


class OnlyAchievements(Conflict):
    """A work is shown as it is; there is nothing to confirm about it."""

    code = "only-achievements"
    sentence = N_("Школа подтверждает достижения. Работу показывают как есть.")


class OwnChild(Forbidden):
    """Nobody confirms what their own child has achieved."""

    code = "own-child"
    sentence = N_("Достижение своего ребёнка подтверждает другой учитель.")


class NoSchool(NotFound):
    """The learner is on no school's roll, so nobody can confirm."""

    code = "no-school"
    sentence = N_("Подтверждает школа, в которой учится ученик. Сейчас он не записан ни в одну школу сети.")


class NoText(BadInput):
    """An empty note, or one that is too long."""

    code = "no-text"
    sentence = N_("Напишите текст: не длиннее {limit} знаков.")


class LateDay(BadInput):
    """A day by which something is to be reached, and that lies behind us or in another age."""

    code = "late-day"
    sentence = N_("Укажите день впереди или оставьте поле пустым.")


class NothingToRecord(BadInput):
    """A lifelong record without a badge."""

    code = "nothing-to-record"
    sentence = N_("Записывать пока нечего: в зачётной книжке нет ни одного подписанного значка, который действует.")


class PageFull(BadInput):
    """More on one page than it holds."""

    code = "page-full"
    sentence = N_("На страницу больше не помещается. Уберите что-нибудь или сделайте вторую.")


class PageShown(Conflict):
    """A page that readers see by a link stays as they were given it."""

    code = "page-shown"
    sentence = N_("Страницу сейчас видят по ссылке. Чтобы изменить её, сначала отзовите ссылку.")


class PageEmpty(BadInput):
    """A link to a page with nothing on it."""

    code = "page-empty"
    sentence = N_("На странице пока ничего нет. Добавьте то, что хотите показать.")


class NoPageConsent(Forbidden):
    """Showing one's own words and works needs a consent of its own."""

    code = "no-page-consent"
    sentence = N_("Чтобы показывать страницы портфолио, нужно отдельное согласие: на них ваши слова и работы.")
