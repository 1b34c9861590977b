import os

import messages
from support import fetch_all, find, home, run, token
from testbed import PASSWORD, Testbed

SENDER, ACCOUNT = 18, 19


def send(bed, port, starttls, auth="plain"):
    name = token()
    message = messages.dots(name, Testbed.address(SENDER), Testbed.address(ACCOUNT))
    with home() as folder:
        config = os.path.join(folder, "msmtprc")
        with open(config, "w") as out:
            out.write(
                f"account bed\nhost localhost\nport {bed.ports[port]}\ntls on\ntls_starttls {starttls}\n"
                f"tls_trust_file {bed.cafile}\nauth {auth}\nuser {Testbed.address(SENDER)}\npassword {PASSWORD}\n"
                f"from {Testbed.address(SENDER)}\n")
        os.chmod(config, 0o600)
        run("msmtp", "--file", config, "--account", "bed", Testbed.address(ACCOUNT),
            input=message.replace(b"\r\n", b"\n"))
    assert messages.same(message, find(fetch_all(bed, ACCOUNT), name)), (port, auth)


def test_submission_with_starttls(bed):
    send(bed, "submission", "on")


def test_submissions_with_implicit_tls(bed):
    send(bed, "submissions", "off")


def test_login_mechanisms(bed):
    send(bed, "submissions", "off", "login")
    send(bed, "submissions", "off", "scram-sha-256")


def test_server_information_names_what_is_offered(bed):
    text = run("msmtp", "--serverinfo", "--host=localhost", f"--port={bed.ports['submission']}", "--tls=on",
               f"--tls-trust-file={bed.cafile}").stdout.decode()
    for word in ("SIZE", "PIPELINING", "AUTH", "PLAIN"):
        assert word in text, text
