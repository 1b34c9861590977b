"""Median and worst time of every page over one TLS connection, for people in turn who have mail and devices."""
import concurrent.futures
import http.client
import imaplib
import pathlib
import smtplib
import ssl
import statistics
import sys
import tempfile
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "Tests/Clients"))
from testbed import PASSWORD, Testbed  # noqa: E402

OPEN = ["/", "/login", "/settings", "/.well-known/autoconfig/mail/config-v1.1.xml?emailaddress=u00001@example.test"]
OWN = ["/home", "/password", "/devices", "/space", "/restore", "/forward", "/away", "/trail", "/profile"]
PEOPLE = 20
AT_ONCE = 16


class Visitor:
    def __init__(self, bed, tls):
        self.connection = http.client.HTTPSConnection("localhost", bed.ports["https"], timeout=60, context=tls)
        self.cookie = ""

    def ask(self, path, form=None):
        """Seconds until the whole answer is there."""
        fields = {"Cookie": self.cookie} if self.cookie else {}
        if form:
            fields["Content-Type"] = "application/x-www-form-urlencoded"
        body = urllib.parse.urlencode(form) if form else None
        started = time.perf_counter()
        self.connection.request("POST" if form else "GET", path, body, fields)
        answer = self.connection.getresponse()
        answer.read()
        spent = time.perf_counter() - started
        wanted = 303 if form else 200
        assert answer.status == wanted, (path, answer.status)
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie" and value.startswith("__Host-session="):
                self.cookie = value.split(";")[0]
        return spent

    def login(self, user):
        return self.ask("/login", {"name": user, "password": PASSWORD})


def main(accounts, requests):
    with tempfile.TemporaryDirectory(prefix="posthus-pages-") as folder:
        bed = Testbed(folder, "--accounts", str(accounts))
        try:
            measure(bed, accounts, requests)
        finally:
            bed.stop()


def measure(bed, accounts, requests):
    tls = ssl.create_default_context(cafile=bed.cafile)
    people = [f"u{1 + number * (accounts // PEOPLE):05d}@example.test" for number in range(PEOPLE)]
    fill(bed, tls, people)
    strangers, visitors = ([Visitor(bed, tls) for _ in people] for _ in range(2))
    logins = [visitor.login(person) for visitor, person in zip(visitors, people)]
    print(f"{accounts:,} accounts, {requests} requests a page, ms\n{'page':<34} {'median':>8} {'p99':>8} {'worst':>8}")
    show("POST /login (with its hash)", logins)
    for visits, path in [(strangers, path) for path in OPEN] + [(visitors, path) for path in OWN]:
        for visitor in visits:
            visitor.ask(path)
        show(path.split("?")[0], [visits[number % PEOPLE].ask(path) for number in range(requests)])
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        started = time.perf_counter()
        spent = list(pool.map(lambda visitor: [visitor.ask("/home") for _ in range(requests // 4)], visitors[:AT_ONCE]))
        rate = AT_ONCE * (requests // 4) / (time.perf_counter() - started)
    show(f"/home, {AT_ONCE} at once", [each for some in spent for each in some])
    print(f"{rate:,.0f} pages a second")


def fill(bed, tls, people):
    """A few mails each, and a device that has been there."""
    for person in people:
        with smtplib.SMTP_SSL("localhost", bed.ports["submissions"], context=tls) as sender:
            sender.login(person, PASSWORD)
            for number in range(5):
                sender.sendmail(person, [person], f"From: {person}\r\nTo: {person}\r\nSubject: {number}\r\n\r\n{'text ' * 500}\r\n")
        with imaplib.IMAP4_SSL("localhost", bed.ports["imaps"], ssl_context=tls) as client:
            client.login(person, PASSWORD)
            client.select("INBOX")


def show(name, seconds):
    ordered = sorted(1000 * each for each in seconds)
    worst = ordered[-1]
    print(f"{name:<34} {statistics.median(ordered):8.2f} {ordered[int(len(ordered) * 0.99)]:8.2f} {worst:8.2f}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
