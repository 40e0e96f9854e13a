"""Why a wallet is not closed, or does nothing more."""

from schemas.errors import N_, BadInput, Conflict


class WalletClosed(Conflict):
    """The wallet is closed: it is read and taken along, and nothing else."""

    code = "wallet-closed"
    sentence = N_(
        "Эта зачётная книжка закрыта. Её ещё можно скачать или открыть заново на странице «Уйти», остальное остановлено."
    )


class LeavingAlready(Conflict):
    """Somebody has asked for it already."""

    code = "leaving-already"
    sentence = N_("Закрыть книжку уже попросили. Где это сейчас, видно на странице «Уйти».")


class LeavingSettled(Conflict):
    """It is not at a place from which that follows."""

    code = "leaving-settled"
    sentence = N_("Здесь уже решено иначе. Откройте страницу «Уйти» ещё раз.")


class NotRead(BadInput):
    """The box under what stays and what goes was not ticked."""

    code = "not-read"
    sentence = N_("Прочитайте, что сотрётся и что останется, и поставьте отметку.")
