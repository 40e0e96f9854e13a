"""Which addresses the one door may dial (THREATS V17): a table, and every way of writing an address as a host."""

import pytest

from keys.addresses import is_public
from keys.errors.published import Unreachable
from keys.fetch import GuardedFetcher

REFUSED = [
    "0.0.0.0",  # noqa: S104 - a row of the table
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.127.255.254",
    "127.0.0.1",
    "127.1.2.3",
    "127.255.255.255",
    "169.254.0.1",
    "169.254.169.254",  # metadata of clouds
    "169.254.170.2",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.0.8",
    "192.0.0.170",
    "192.0.0.192",
    "192.0.2.1",
    "192.31.196.1",
    "192.52.193.1",
    "192.88.99.1",
    "192.168.0.1",
    "192.168.255.255",
    "192.175.48.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::8.8.8.8",  # IPv4-compatible
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:8.8.8.8",  # mapped, even where the inner address is public
    "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::808:808",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",  # Teredo
    "2001:2::1",
    "2001:10::1",
    "2001:20::1",
    "2001:db8::1",
    "2002:7f00:1::",  # 6to4 of 127.0.0.1
    "2002:808:808::1",
    "2620:4f:8000::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",  # metadata of clouds
    "fe80::1",
    "fe80::1%eth0",
    "2a00:1450::1%eth0",
    "fec0::1",
    "ff02::1",
    "",
    "localhost",
    "8.8.8.8/32",
    "08.8.8.8",
    "8.8.8",
    "134744072",
    "0x8.8.8.8",
]
PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "93.184.215.14",
    "100.63.255.255",
    "100.128.0.0",
    "172.15.0.1",
    "172.32.0.1",
    "192.0.1.1",
]
PUBLIC += ["198.17.255.255", "223.255.255.255", "2606:4700:4700::1111", "2a00:1450:4001::1", "2001:4860:4860::8888"]

HOSTS = [
    "127.0.0.1",
    "2130706433",
    "0177.0.0.1",
    "0x7f.0.0.1",
    "0x7f000001",
    "127.1",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "[fe80::1%25eth0]",
    "localhost",
    "a.localhost.",
    "user@a.example",
    "user:secret@a.example",
    "a.example:8443",
    "a.example:80",
    "a.example:0443",
    "a.example:",
    "a.example:x",
    "a.example:99999",
    "a_b.example",
    "A.example",
    "а.example",
    "a..example",
    "a.example%00",
    "a.example\\@127.0.0.1",
    "a.123",
    "a.0x7f",
    "",
]


class NoDial:
    """A resolver that must never be asked."""

    def __call__(self, host: str) -> list[str]:
        raise AssertionError(host)


@pytest.mark.parametrize("address", REFUSED)
def test_an_address_that_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address(address: str) -> None:
    assert is_public(address)


def test_the_table_is_as_long_as_promised() -> None:
    assert len(REFUSED) >= 60


@pytest.mark.parametrize("address", REFUSED)
def test_a_host_that_resolves_there_is_never_dialled(address: str) -> None:
    fetcher = GuardedFetcher(resolve=lambda _: [address])
    with pytest.raises(Unreachable) as caught:
        fetcher.get("https://a.example/.well-known/did.json")
    assert caught.value.params == {"host": "a.example", "reason": "address"}


def test_one_such_answer_spoils_the_public_ones() -> None:
    fetcher = GuardedFetcher(resolve=lambda _: ["93.184.215.14", "10.0.0.1"])
    with pytest.raises(Unreachable) as caught:
        fetcher.get("https://a.example/trust")
    assert caught.value.params["reason"] == "address"


@pytest.mark.parametrize("host", HOSTS)
def test_a_host_that_is_no_plain_name_is_never_resolved(host: str) -> None:
    with pytest.raises(Unreachable) as caught:
        GuardedFetcher(resolve=NoDial()).get(f"https://{host}/trust")
    assert caught.value.params["reason"] == "url"


@pytest.mark.parametrize(
    "url",
    [
        "http://a.example/trust",
        "ftp://a.example/trust",
        "file:///etc/passwd",
        "//a.example/trust",
        "a.example/trust",
        "https://a.example/trust?x=1",
        "https://a.example/trust#x",
        "https://a.example/tr ust",
        "https://a.example/tr\nust",
        "https://a.example/доверие",
        "https://[",
        "",
    ],
)
def test_an_address_of_another_shape_is_never_resolved(url: str) -> None:
    with pytest.raises(Unreachable) as caught:
        GuardedFetcher(resolve=NoDial()).get(url)
    assert caught.value.params["reason"] == "url"
