"""What can go wrong with a passkey."""

from schemas.errors import N_, BadInput, Conflict, Forbidden


class PasskeyWrong(BadInput):
    """The device's answer proves nothing: unknown, broken, for another site, signed by another key; which is never told."""

    code = "passkey-wrong"
    sentence = N_("Ключ доступа не подошёл. Попробуйте ещё раз или войдите по паролю.")


class PasskeyCopied(Forbidden):
    """The device has counted fewer signatures than we have seen, so there are two of it (WebAuthn §6.1.1)."""

    code = "passkey-copied"
    sentence = N_(
        "Этот ключ доступа, похоже, скопировали, поэтому он удалён. Войдите по паролю и проверьте свои ключи доступа."
    )


class PasskeyUnverified(Forbidden):
    """Whoever decides must be asked by the device who they are, and this one did not ask."""

    code = "passkey-unverified"
    sentence = N_(
        "Вы принимаете решения от имени организации, поэтому устройство должно спросить код, отпечаток или лицо. "
        "Включите такую проверку на устройстве или войдите по паролю."
    )


class PasskeyUnnamed(BadInput):
    """The device has no name by which its owner will know it again."""

    code = "passkey-unnamed"
    sentence = N_("Назовите устройство так, чтобы потом его узнать: от одного до {limit} знаков.")


class PasskeyKnown(Conflict):
    """This very passkey is registered already."""

    code = "passkey-known"
    sentence = N_("Этот ключ доступа уже есть в вашем списке.")


class TooManyPasskeys(Conflict):
    """The account has as many as it may have."""

    code = "too-many-passkeys"
    sentence = N_("Больше {limit} ключей доступа завести нельзя. Сначала удалите те, которыми не пользуетесь.")


class PasskeysImpossible(Conflict):
    """The site is known by a number alone, and browsers make passkeys for names (WebAuthn §5.1.3, step 8)."""

    code = "passkeys-impossible"
    sentence = N_("Здесь ключи доступа не работают: у этого сайта нет имени, только номер. Войдите по паролю.")
