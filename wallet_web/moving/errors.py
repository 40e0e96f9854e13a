"""Why an archive is not taken in."""

from schemas.errors import N_, BadInput, Conflict, TooLarge


class ArchiveBroken(BadInput):
    """Not a zip file that can be read safely: damaged, encrypted, with a path that leads out, with one name twice."""

    code = "archive-broken"
    sentence = N_("Архив повреждён или составлен не здесь. Скачайте его заново и выберите исходный файл .zip.")


class ArchiveTooLarge(TooLarge):
    """More files, or more in them, than a wallet has."""

    code = "archive-too-large"
    sentence = N_("Архив слишком большой или распаковывается в слишком много данных. Он не открыт.")


class ArchiveChanged(BadInput):
    """A file is missing, is not in the manifest, or is another than the manifest says."""

    code = "archive-changed"
    sentence = N_("Архив изменён после того, как его составили: файлы не сходятся с описью. Ничего не сохранено.")


class SealBroken(BadInput):
    """The manifest names an organisation of the network that has not sealed it so."""

    code = "seal-broken"
    sentence = N_("Опись архива не той организации, которая в ней названа. Ничего не сохранено.")


class ArchiveMissing(BadInput):
    """No file was chosen."""

    code = "archive-missing"
    sentence = N_("Выберите файл архива .zip.")


class ArchiveTaken(Conflict):
    """The archive was taken in already."""

    code = "archive-taken"
    sentence = N_("Этот архив уже принят. Откройте зачётную книжку.")
