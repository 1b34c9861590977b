"""Thunderbird on a screen nobody sees, led through marionette; what it did is read from the server."""
import base64
import contextlib
import json
import os
import pathlib
import signal
import socket
import subprocess

import messages
from support import fetch_all, find, folders, home, run, search, seed, text_of, token, until
from testbed import PASSWORD, Testbed

ACCOUNT, OTHER = 3, 4
PREFERENCES = {
    "mail.accountmanager.accounts": "account1,account2", "mail.accountmanager.defaultaccount": "account1",
    "mail.accountmanager.localfoldersserver": "server2",
    "mail.account.account1.identities": "id1", "mail.account.account1.server": "server1",
    "mail.account.account2.server": "server2",
    "mail.server.server1.type": "imap", "mail.server.server1.hostname": "localhost",
    "mail.server.server1.socketType": 3, "mail.server.server1.authMethod": 3, "mail.server.server1.name": "bed",
    "mail.server.server1.login_at_startup": False, "mail.server.server1.check_new_mail": False,
    "mail.server.server1.use_idle": True, "mail.server.server1.timeout": 29,
    "mail.server.server2.type": "none", "mail.server.server2.hostname": "Local Folders",
    "mail.server.server2.userName": "nobody", "mail.server.server2.name": "Local Folders",
    "mail.identity.id1.fullName": "Test", "mail.identity.id1.valid": True, "mail.identity.id1.smtpServer": "smtp1",
    "mail.identity.id1.compose_html": False,
    "mail.smtpservers": "smtp1", "mail.smtp.defaultserver": "smtp1", "mail.smtpserver.smtp1.hostname": "localhost",
    "mail.smtpserver.smtp1.try_ssl": 3, "mail.smtpserver.smtp1.authMethod": 3, "mail.smtpserver.smtp1.type": "smtp",
    "mail.provider.suppress_dialog_on_startup": True, "mail.spotlight.firstRunDone": True, "mail.winsearch.firstRunDone": True,
    "mail.shell.checkDefaultClient": False, "mail.rights.version": 1, "mailnews.start_page.enabled": False,
    "mailnews.start_page_override.mstone": "ignore", "datareporting.policy.dataSubmissionEnabled": False,
    "app.donation.eoy.version.viewed": 999, "app.update.enabled": False, "toolkit.telemetry.enabled": False,
    "network.captive-portal-service.enabled": False, "network.connectivity-service.enabled": False,
    "extensions.update.enabled": False, "app.normandy.enabled": False, "browser.safebrowsing.malware.enabled": False,
    "services.settings.server": "data:,", "mail.instrumentation.postUrl": "", "security.enterprise_roots.enabled": False,
    "browser.dom.window.dump.enabled": True, "marionette.log.level": "Info", "remote.log.level": "Info",
}


def profile(bed, folder, port):
    """An account, the authority, and no questions at the start."""
    preferences = {
        **PREFERENCES, "mail.server.server1.port": bed.ports["imaps"], "mail.server.server1.userName": Testbed.address(ACCOUNT),
        "mail.server.server2.directory": str(folder / "Local"), "mail.identity.id1.useremail": Testbed.address(ACCOUNT),
        "mail.smtpserver.smtp1.port": bed.ports["submissions"], "mail.smtpserver.smtp1.username": Testbed.address(ACCOUNT),
        "marionette.port": port}
    write_profile(bed, folder, preferences)


def write_profile(bed, folder, preferences):
    folder.mkdir()
    lines = [f"user_pref({json.dumps(key)}, {json.dumps(value)});\n" for key, value in preferences.items()]
    (folder / "prefs.js").write_text("".join(lines))
    run("certutil", "-N", "--empty-password", "-d", f"sql:{folder}")
    run("certutil", "-A", "-d", f"sql:{folder}", "-n", "authority", "-t", "C,,", "-i", bed.cafile)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def display(folder):
    number, ready = os.pipe()
    with open(folder / "xvfb.log", "wb") as log:
        process = subprocess.Popen(
            ["Xvfb", "-displayfd", str(ready), "-screen", "0", "1280x900x24", "-nolisten", "tcp"], pass_fds=[ready], stderr=log)
    os.close(ready)
    try:
        with open(number) as pipe:
            yield ":" + pipe.readline().strip()
    finally:
        process.terminate()
        process.wait()


@contextlib.contextmanager
def thunderbird(bed, make=profile):
    with home() as name:
        folder, port = pathlib.Path(name), free_port()
        make(bed, folder / "profile", port)
        with display(folder) as screen, open(folder / "log", "wb") as log:
            process = subprocess.Popen(
                ["thunderbird", "--profile", str(folder / "profile"), "--no-remote", "--marionette", "--remote-allow-system-access"],
                stdout=log, stderr=log, start_new_session=True,
                env={**os.environ, "HOME": name, "DISPLAY": screen, "LC_ALL": "C.UTF-8", "MOZ_LOG": os.environ.get("MOZ_LOG", "")})
            try:
                with led(port, process, folder) as window:
                    yield window
            except BaseException:
                print((folder / "log").read_text(errors="replace")[-3000:])
                raise
            finally:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGTERM)
                try:
                    process.wait(30)
                except subprocess.TimeoutExpired:
                    os.killpg(process.pid, signal.SIGKILL)
                    process.wait()


class Window:
    """Marionette's wire format, as far as it is needed: `length:[0, id, command, parameters]` and its answer."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=300)
        self.count, self.bytes = 0, self.socket.makefile("rb")
        self.greeting = self.read()
        self.call("WebDriver:NewSession", {"capabilities": {"alwaysMatch": {"unhandledPromptBehavior": "ignore"}}})
        self.call("Marionette:SetContext", {"value": "chrome"})
        self.call("WebDriver:SetTimeouts", {"script": 120_000})

    def read(self):
        digits = b""
        while (byte := self.bytes.read(1)) not in (b":", b""):
            digits += byte
        return json.loads(self.bytes.read(int(digits)))

    def call(self, command, parameters):
        self.count += 1
        text = json.dumps([0, self.count, command, parameters]).encode()
        self.socket.sendall(str(len(text)).encode() + b":" + text)
        _, number, error, result = self.read()
        assert number == self.count and error is None, error
        return result

    def run(self, script, *arguments):
        """Runs the body of an async function in Thunderbird and returns what it returns."""
        wrapped = (
            "const done = arguments[arguments.length - 1]; const given = Array.from(arguments).slice(0, -1);"
            f"(async () => {{ {PRELUDE} {script} }})().then(value => done({{value}}), error => done({{error: String(error) + error.stack}}));")
        answer = self.call("WebDriver:ExecuteAsyncScript", {
            "script": wrapped, "args": list(arguments), "newSandbox": True, "sandbox": "system", "scriptTimeout": 120_000})["value"]
        assert "error" not in answer, answer["error"]
        return answer.get("value")

    def picture(self, name):
        if folder := os.environ.get("POSTHUS_PICTURES"):
            image = self.call("WebDriver:TakeScreenshot", {"full": True, "hash": False})["value"]
            pathlib.Path(folder, f"thunderbird-{name}.png").write_bytes(base64.b64decode(image))


PRELUDE = """
const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
const server = () => MailServices.accounts.getAccount("account1").incomingServer;
const folder = path => path.split("/").reduce((at, name) => at.getChildNamed(name), server().rootFolder);
const pause = time => new Promise(resolve => ChromeUtils.importESModule("resource://gre/modules/Timer.sys.mjs").setTimeout(resolve, time));
const listener = (resolve, reject) => ({
  QueryInterface: ChromeUtils.generateQI(["nsIUrlListener", "nsIMsgCopyServiceListener"]),
  OnStartRunningUrl() {}, OnStopRunningUrl(url, status) { status ? reject(status) : resolve(); },
  onStartCopy() {}, onProgress() {}, setMessageKey() {}, getMessageId() { return null; },
  onStopCopy(status) { status ? reject(status) : resolve(); } });
const all = at => Array.from(at.messages);
const named = (at, subject) => all(at).find(header => header.subject == subject);
const update = at => new Promise((resolve, reject) => at.QueryInterface(Ci.nsIMsgImapMailFolder).updateFolderWithListener(null, listener(resolve, reject)));
"""


@contextlib.contextmanager
def led(port, process, folder):
    def connected():
        assert process.poll() is None, "thunderbird has ended"
        with contextlib.suppress(ConnectionError):
            return Window(port)
    window = until(connected, 120, "marionette")
    try:
        yield window
    finally:
        window.socket.close()


def is_told(window, name):
    script = "for (let i = 0; i < 150; i++) { if (named(folder('INBOX'), given[0])) return true; await pause(200); } return false;"
    return window.run(script, name)


SEARCH = """
    const session = Cc["@mozilla.org/messenger/searchSession;1"].createInstance(Ci.nsIMsgSearchSession);
    session.addScopeTerm(Ci.nsMsgSearchScope.onlineMail, folder("INBOX"));
    const term = session.createTerm(), value = term.value;
    value.attrib = term.attrib = Ci.nsMsgSearchAttrib.Subject;
    value.str = given[0];
    term.value = value;
    term.op = Ci.nsMsgSearchOp.Contains;
    session.appendTerm(term);
    const found = [];
    await new Promise((resolve, reject) => {
      session.registerListener({
        QueryInterface: ChromeUtils.generateQI(["nsIMsgSearchNotify"]),
        onNewSearch() {}, onSearchHit(header) { found.push(header.subject); },
        onSearchDone(status) { Components.isSuccessCode(status) ? resolve() : reject(status); } });
      session.search(null);
    });
    return found;
"""
COMPOSE = """
    const params = Cc["@mozilla.org/messengercompose/composeparams;1"].createInstance(Ci.nsIMsgComposeParams);
    const fields = Cc["@mozilla.org/messengercompose/composefields;1"].createInstance(Ci.nsIMsgCompFields);
    [fields.to, fields.subject, fields.body] = given;
    params.composeFields = fields;
    params.identity = MailServices.accounts.getAccount("account1").defaultIdentity;
    params.type = Ci.nsIMsgCompType.New;
    params.format = Ci.nsIMsgCompFormat.PlainText;
    MailServices.compose.OpenComposeWindowWithParams(null, params);
    let compose;
    while (!(compose = Services.wm.getMostRecentWindow("msgcompose"))?.composeEditorReady) await pause(200);
    await pause(500);
    compose.goDoCommand("cmd_sendNow");
"""
LOGIN = """
    for (const scheme of ["imap", "smtp"]) {
      const login = Cc["@mozilla.org/login-manager/loginInfo;1"].createInstance(Ci.nsILoginInfo);
      login.init(`${scheme}://localhost`, null, `${scheme}://localhost`, given[0], given[1], "", "");
      await Services.logins.addLoginAsync(login);
    }
    server().password = given[1];
    server().performExpand(null);
    while (!server().rootFolder.hasSubFolders || server().rootFolder.subFolders.length < 6) await pause(200);
    return server().rootFolder.subFolders.map(f => f.name);
"""
READ = """
    const header = named(folder("INBOX"), given[0]);
    ChromeUtils.importESModule("resource:///modules/MailUtils.sys.mjs").MailUtils.displayMessageInFolderTab(header);
    const main = Services.wm.getMostRecentWindow("mail:3pane");
    for (;;) {
      const browser = main.document.getElementById("tabmail").currentAboutMessage?.getMessagePaneBrowser();
      const text = browser?.contentDocument?.body?.textContent ?? "";
      if (text.includes(given[1])) return text;
      await pause(200);
    }
"""
SOURCE = """
    const header = named(folder("INBOX"), given[0]), uri = header.folder.getUriForMsg(header);
    return new Promise((resolve, reject) => {
      const parts = [];
      MailServices.messageServiceFromURI(uri).streamMessage(uri, {
        QueryInterface: ChromeUtils.generateQI(["nsIStreamListener"]),
        onStartRequest() {},
        onStopRequest(request, status) { status ? reject(status) : resolve(parts.join("")); },
        onDataAvailable(request, stream, offset, count) {
          const input = Cc["@mozilla.org/binaryinputstream;1"].createInstance(Ci.nsIBinaryInputStream);
          input.setInputStream(stream);
          parts.push(input.readBytes(count));
        } }, null, null, false, "");
    });
"""
MOVE = """
    const from = folder("INBOX"), header = named(from, given[0]);
    await new Promise((resolve, reject) =>
      MailServices.copy.copyMessages(from, [header], folder(given[1]), true, listener(resolve, reject), null, false));
"""
DELETE = """
    const from = folder("INBOX"), header = named(from, given[0]);
    await new Promise((resolve, reject) =>
      from.deleteMessages([header], null, false, true, listener(resolve, reject), false));
"""


def test_reads_flags_searches_moves_deletes_sends_and_idles(bed):
    sent = dict(seed(bed, ACCOUNT, make) for make in (messages.eight_bit, messages.dots, messages.attachment))
    read, moved, deleted = sent
    with thunderbird(bed) as window:
        names = window.run(LOGIN, Testbed.address(ACCOUNT), PASSWORD)
        assert {"INBOX", "Archive", "Drafts", "Junk", "Sent", "Trash"} <= {"INBOX" if n == "Inbox" else n for n in names}, names
        listed = window.run("await update(folder('INBOX')); return all(folder('INBOX')).map(header => header.subject)")
        assert set(listed) >= set(sent), listed

        window.run(READ, read, "Räksmörgås på Göta älv, 東京 ✓")
        window.picture("message")
        until(lambda: search(bed, ACCOUNT, "SEEN", "SUBJECT", read), 60, "\\Seen")
        for name, original in sent.items():
            assert messages.same_text(original, window.run(SOURCE, name).encode("latin-1")), name
        window.run("folder('INBOX').markMessagesFlagged([named(folder('INBOX'), given[0])], true)", read)
        until(lambda: search(bed, ACCOUNT, "FLAGGED", "SUBJECT", read), 60, "\\Flagged")
        assert window.run(SEARCH, moved) == [moved]

        window.run(MOVE, moved, "Archive")
        until(lambda: search(bed, ACCOUNT, "SUBJECT", moved, mailbox="Archive"), 60, "message in Archive")
        window.run(DELETE, deleted)
        until(lambda: search(bed, ACCOUNT, "SUBJECT", deleted, mailbox="Trash"), 60, "message in Trash")
        for name in (moved, deleted):
            assert not search(bed, ACCOUNT, "UNDELETED", "SUBJECT", name)
        window.run("server().rootFolder.createSubfolder(given[0], null)", moved)
        until(lambda: moved in folders(bed, ACCOUNT), 60, "new folder")

        # What it is told of between two commands it overlooks; the next message is told by IDLE.
        arrivals = [is_told(window, seed(bed, ACCOUNT, messages.plain)[0]) for _ in range(2)]
        assert any(arrivals), "no message by IDLE"

        outgoing = token()
        window.run(COMPOSE, Testbed.address(OTHER), outgoing, "Grüße aus Göteborg\n.\nFrom here\n")
        until(lambda: search(bed, ACCOUNT, "SUBJECT", outgoing, mailbox="Sent"), 60, "copy in Sent")
        for message in find(fetch_all(bed, OTHER), outgoing), find(fetch_all(bed, ACCOUNT, "Sent"), outgoing):
            assert "Grüße aus Göteborg\n.\nFrom here" in text_of(message), message
    assert messages.same(sent[moved], find(fetch_all(bed, ACCOUNT, "Archive"), moved))
    assert messages.same(sent[deleted], find(fetch_all(bed, ACCOUNT, "Trash"), deleted))
