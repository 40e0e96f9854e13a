import pytest

from verifier.pointers import safe_pointer


@pytest.mark.parametrize(
    ("pointer", "shown"),
    [
        ("", ""),
        ("/credentialSubject/result/12/value", "/credentialSubject/result/12/value"),
        ("/@context/1", "/@context/1"),
        ("/grade9", "/grade9"),
        ("/Ветрова Алина Игоревна", "/…"),
        ("/credentialSubject/112-233-445 95", "/credentialSubject/…"),
        ("/a/11223344595", "/a/…"),
        ("/" + "x" * 60, "/…"),
        ("/a~1b/<script>", "/…/…"),
    ],
)
def test_a_place_is_told_without_a_stranger_s_words(pointer: str, shown: str) -> None:
    assert safe_pointer(pointer) == shown
