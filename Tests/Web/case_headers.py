"""What goes with every answer, and what no request gets."""
import re
import socket

from bed import ROOT

WANTED = {
    "content-security-policy": "default-src 'none'", "x-content-type-options": "nosniff", "referrer-policy": "same-origin",
    "strict-transport-security": "max-age=", "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin", "permissions-policy": "camera=()",
}


def places():
    """As the routes have them."""
    source = (ROOT / "Sources/MailWeb/Site/Routes.swift").read_text()
    found = re.findall(r'Route\(\s*"([^"]+)"', source)
    assert len(found) >= 12, found
    return [path.replace("*", "nothing") for path in found]


def test_every_place_has_its_headers(site, browser):
    for path in places() + ["/no-such-page"]:
        for options in ((), ("--request", "POST", "--data", "a=b")):
            status, fields, body = site.curl(path, *options)
            fields = dict(fields)
            for name, start in WANTED.items():
                assert fields.get(name, "").startswith(start), (path, options, name, fields.get(name))
            assert "unsafe" not in fields["content-security-policy"] and "frame-ancestors 'none'" in fields["content-security-policy"]
            assert status < 500, (path, options, status)
            assert not re.search(r"<[^>]* (style|on[a-z]+)=|<script>|<style", body), path


def test_methods(site, browser):
    status, fields, _ = site.curl("/password", "--request", "OPTIONS")
    assert status == 405 and ("allow", "GET, HEAD, POST") in fields
    assert site.curl("/", "--request", "BREW")[0] == 501
    status, fields, body = site.curl("/", "--head")
    assert status == 200 and body == "" and int(dict(fields)["content-length"]) > 1_000


def test_too_much(site, browser):
    assert site.curl("/login", "--data", "name=" + "x" * 70_000)[0] == 413
    assert site.curl("/" + "x" * 9_000)[0] == 414
    assert site.curl("/", *[each for number in range(120) for each in ("--header", f"X-{number}: y")])[0] == 431
    assert site.curl("/login", "--header", "Content-Type: application/json", "--data", "{}")[0] == 415
    assert site.curl("/login", "--data", "name=%ff&password=x")[0] == 400
    assert site.curl("/%2e%2e/etc/passwd")[0] == 400


def test_no_http(site, browser):
    with socket.create_connection(("localhost", site.bed.ports["https"]), 10) as plain, \
            site.tls.wrap_socket(plain, server_hostname="localhost") as channel:
        channel.sendall(b"EHLO here\r\n\r\n")
        assert channel.recv(12) == b"HTTP/1.1 400"
