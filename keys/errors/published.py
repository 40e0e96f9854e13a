"""What can be wrong with documents that are published and fetched, deposits, and the journal."""

from schemas.errors import N_, BadInput, Conflict, Forbidden, Unavailable


class HistoryInvalid(BadInput):
    """A key history is malformed or not vouched for by a trusted key."""

    code = "key-history"
    sentence = N_("История ключей организации не подтвердилась. Сообщите об этом организации.")


class BadDigest(BadInput):
    """A content hash is not `sha256:` and 64 hexadecimal digits."""

    code = "digest"
    sentence = N_("Контрольная сумма документа записана с ошибкой. Обратитесь к администратору.")


class DepositListInvalid(BadInput):
    """A list of deposits is malformed."""

    code = "deposit-list"
    sentence = N_("Список дат выдачи составлен с ошибкой. Сообщите об этом оператору сети.")


class BadPath(BadInput):
    """A path cannot be the path of a public document."""

    code = "path"
    sentence = N_("Такой адрес документа недопустим: в нём разрешены только латинские буквы, цифры, точки и дефисы.")


class Unreachable(Unavailable):
    """A document could not be had from its server; the parameter `reason` says why, for programs."""

    code = "unreachable"
    sentence = N_("Не удалось получить документ с сайта «{host}». Попробуйте позже.")


class NotServedHere(Unreachable):
    """The host belongs to somebody else."""

    code = "not-served-here"


class JournalCutOff(Conflict):
    """Rows that an earlier checkpoint covers are no longer in the journal. Params: `number`."""

    code = "journal-cut-off"
    sentence = N_(
        "В журнале нет записи № {number}, которая там уже была. Запустите «zachetka doctor» и сверьтесь с копией."
    )


class NothingLost(Conflict):
    """The journal holds everything that was stated of it, so there is nothing to give up."""

    code = "journal-whole"
    sentence = N_("В журнале есть всё, что о нём было заявлено. Продолжать его заново незачем.")


class DepositStale(BadInput):
    """A request to the operator is older or younger than the clocks of two installations may differ."""

    code = "deposit-stale"
    sentence = N_("Запрос на учёт значков устарел или часы организации идут неверно.")


class DepositorUnknown(Forbidden):
    """Whoever sends hashes is no member of the network, or the seal is none of its keys'."""

    code = "depositor-unknown"
    sentence = N_("Учитывать значки может только действующий участник сети со своим ключом.")
