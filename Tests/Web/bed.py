"""A server with its pages, a browser, and what both are asked in tests."""
import contextlib
import imaplib
import pathlib
import re
import ssl
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.append(str(HERE.parent / "Clients"))
from testbed import BUILD, PASSWORD, Testbed  # noqa: E402

CHROMIUM = "/usr/bin/chromium"


class Site:
    """The server, and where its pages are."""

    settings = ["web.organisation=Example University", "web.contact=helpdesk@example.test",
                'relay.trusted_networks=["192.0.2.0/24"]', 'relay.routes=["slow.test: 127.0.0.1:9"]',
                "identity.failures_per_account_and_address=12"]
    # Where else a browser may be sent.
    friends = ()

    def __init__(self, folder, settings=(), options=(), environment=None):
        self.folder = pathlib.Path(folder)
        words = [word for setting in [*self.settings, *settings] for word in ("--set", setting)]
        self.bed = Testbed(folder, "--accounts", "30", *options, *words, environment=environment)
        self.base = f"https://localhost:{self.bed.ports['https']}"
        self.tls = ssl.create_default_context(cafile=self.bed.cafile)

    def close(self):
        self.bed.stop()

    def log(self):
        return pathlib.Path(self.bed.log.name).read_text(errors="replace")

    def mailctl(self, *arguments, stdin="", words=2):
        """`words`: so many are the command's name."""
        command = [str(BUILD / "mailctl"), *arguments[:words], "--config", self.bed.facts["config"], *arguments[words:]]
        done = subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, (arguments, done.stderr)
        return done.stdout

    def tool(self, name, *arguments):
        """Another tool than mailctl."""
        command = [str(BUILD / name), *arguments[:1], "--config", self.bed.facts["config"], *arguments[1:]]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, (name, arguments, done.stderr)
        return done.stdout

    @contextlib.contextmanager
    def imap(self, user, password=PASSWORD):
        client = imaplib.IMAP4_SSL("localhost", self.bed.ports["imaps"], ssl_context=self.tls)
        try:
            client.login(user, password)
            yield client
        finally:
            with contextlib.suppress(OSError, imaplib.IMAP4.error):
                client.logout()

    def curl(self, path, *options):
        """Status, header fields in lower case, and the body."""
        command = ["curl", "--silent", "--show-error", "--include", "--cacert", self.bed.cafile, "--max-time", "30", *options,
                   self.base + path]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, (path, done.stderr)
        head, _, body = done.stdout.partition("\n\n" if "\r\n\r\n" not in done.stdout else "\r\n\r\n")
        lines = head.splitlines()
        fields = [tuple(line.split(": ", 1)) for line in lines[1:] if ": " in line]
        return int(lines[0].split()[1]), [(name.lower(), value) for name, value in fields], body


class Person:
    """Somebody at a browser."""

    def __init__(self, site, browser, user, language="en-GB", expects=(), **options):
        self.site, self.user, self.expects = site, user, expects
        self.context = browser.new_context(ignore_https_errors=True, locale=language, **options)
        self.page = self.context.new_page()
        self.complaints = []
        self.page.on("console", self.hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self.look)

    def hear(self, message):
        # A refused form is an answer with a status of its own, and logging out says what it cleared.
        statuses = "|".join(map(str, (422, 403, 404, *self.expects)))
        expected = re.search(rf"status of ({statuses})|Clear-Site-Data", message.text)
        if message.type in ("error", "warning") and not expected:
            self.complaints.append(message.text)

    def look(self, request):
        if not any(request.url.startswith(base + "/") for base in (self.site.base, *self.site.friends)):
            self.complaints.append(f"asks elsewhere: {request.url}")

    def go(self, path):
        return self.page.goto(self.site.base + path)

    @property
    def path(self):
        return self.page.url.removeprefix(self.site.base)

    def login(self, password=PASSWORD):
        self.go("/login")
        self.page.fill("#name", self.user)
        self.page.fill("#password", password)
        self.page.click("main form button")

    def text(self, selector="main"):
        return self.page.inner_text(selector)

    def close(self):
        self.context.close()
        assert not self.complaints, self.complaints
