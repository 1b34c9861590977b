import os

import messages
from support import fetch_all, find, home, run, token
from testbed import PASSWORD, Testbed

SENDER, ACCOUNT = 20, 21


def swaks(bed, port, *options, ok=(0,), to=None):
    name = token()
    message = messages.dots(name, Testbed.address(SENDER), Testbed.address(ACCOUNT))
    with home() as folder:
        path = os.path.join(folder, "mail")
        with open(path, "wb") as out:
            out.write(message.replace(b"\r\n", b"\n"))
        result = run(
            "swaks", "--server", "localhost", "--port", bed.ports[port], "--from", Testbed.address(SENDER), "--to",
            to or Testbed.address(ACCOUNT), "--helo", "client.example", "--data", "@" + path, "--tls-ca-path",
            bed.cafile, *options, ok=ok)
    return name, message, result.stdout.decode(errors="replace")


def delivered(bed, *arguments):
    name, message, _ = swaks(bed, *arguments)
    received = find(fetch_all(bed, ACCOUNT), name)
    assert messages.same_text(message, received), arguments


def test_port_25_without_login(bed):
    delivered(bed, "smtp")


def test_every_login_over_tls(bed):
    user = ["--auth-user", Testbed.address(SENDER), "--auth-password", PASSWORD]
    delivered(bed, "submission", "--tls", "--auth", "PLAIN", *user)
    delivered(bed, "submission", "--tls", "--auth", "LOGIN", *user)
    delivered(bed, "submissions", "--tls-on-connect", "--auth", "PLAIN", *user)


def test_no_login_in_clear(bed):
    _, _, text = swaks(bed, "submission", "--auth", "PLAIN", "--auth-user", Testbed.address(SENDER), "--auth-password",
                       PASSWORD, ok=(28,))
    assert "AUTH PLAIN" not in text, text


def test_relaying_is_refused(bed):
    _, _, text = swaks(bed, "smtp", to="someone@other.example", ok=(24,))
    assert "550 5.7.1" in text, text


def test_pipelining(bed):
    delivered(bed, "smtp", "--pipeline")
