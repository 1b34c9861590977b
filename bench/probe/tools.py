"""How each tool is called: with the options that tell most about the case and end soonest, as its manual has them."""
import dataclasses
import shlex

from behaviour import PASSWORD, USER
from cases import NO_LOGIN, SERVICES, WRONG

PLUGINS = "/usr/lib/nagios/plugins"
NOT_THIS = "not this one"


@dataclasses.dataclass(frozen=True)
class Place:
    """Where the fixture of a case is. `passwords`: files of mail-probe's, right and wrong."""
    host: str
    domain: str
    authorities: str
    passwords: dict[str, str]
    probe: str
    sslyze: str

    @property
    def user(self):
        return f"{USER}@{self.domain}"

    def password(self, case):
        return NOT_THIS if case.login == WRONG else PASSWORD


def mail_probe(case, place):
    scheme, port, _, _ = SERVICES[case.service]
    login = [] if case.login == NO_LOGIN else ["--login", place.user, "--password-file", place.passwords[case.login]]
    more = shlex.split(case.probe.format(domain=place.domain))
    return [place.probe, "--no-input", "--ca-file", place.authorities, *login, *more, f"{scheme}://{place.host}:{port}"]


# What cannot be asked without a login, or without a recipient: for these there is no verdict on tools that know neither.
BEYOND_CONNECTIONS = ("password", "prefix", "greylist", "relay")


def openssl(case, place):
    if case.key in BEYOND_CONNECTIONS:
        return None
    _, port, begun, _ = SERVICES[case.service]
    return ["openssl", "s_client", "-connect", f"{place.host}:{port}", "-servername", place.host, "-CAfile", place.authorities,
            "-verify_hostname", place.host, "-verify_return_error", "-brief", *(["-starttls", begun] if begun else [])]


def testssl(case, place):
    if case.key in BEYOND_CONNECTIONS:
        return None
    _, port, begun, _ = SERVICES[case.service]
    # It looks at versions when asked to, and goes on where Debian's OpenSSL refuses an old one.
    how = ["-p", "-S", "--warnings", "off"] if case.key == "old" else ["-S", "--warnings", "batch"]
    how += ["-6"] if case.key.startswith("ipv6") else []
    return ["testssl", "--quiet", "--color", "0", "--connect-timeout", "5", "--openssl-timeout", "5",
            "--add-ca", place.authorities, *how, *(["-t", begun] if begun else []), f"{place.host}:{port}"]


def sslyze(case, place):
    if case.key in BEYOND_CONNECTIONS:
        return None
    _, port, begun, _ = SERVICES[case.service]
    return [place.sslyze, "--certinfo", "--certinfo_ca_file", place.authorities, "--tlsv1", "--tlsv1_1", "--tlsv1_2", "--tlsv1_3",
            *(["--starttls", begun] if begun else []), f"{place.host}:{port}"]


def swaks(case, place):
    if not case.smtp:
        return None
    _, port, begun, _ = SERVICES[case.smtp]
    login = ["--auth", "PLAIN", "--auth-user", place.user, "--auth-password", place.password(case)]
    until = ["--to", case.recipient.format(domain=place.domain), "--from", place.user, "--quit-after", "RCPT"]
    return ["swaks", "--server", place.host, "--port", str(port), "--tls" if begun else "--tls-on-connect", "--tls-verify",
            "--tls-ca-path", place.authorities, *(until if case.recipient else [*login, "--quit-after", "AUTH"])]


def check_imap(case, place):
    """It knows no STARTTLS and no login."""
    if not case.imap or case.key in BEYOND_CONNECTIONS:
        return None
    _, port, begun, _ = SERVICES[case.imap]
    return [f"{PLUGINS}/check_imap", "-H", place.host, "-p", str(port), *patience(case),
            *([] if begun else ["-S", "-D", "21,7", f"--sni={place.host}"])]


def patience(case):
    """Slower than 3 s is worth a warning, as it is to mail-probe."""
    return ["-w", "3", "-t", "30"] if case.key == "slow-20" else ["-w", "3"]


CERTIFICATES = ("expired", "expiring", "name", "self-signed", "untrusted", "intermediate", "old")


def check_smtp(case, place):
    """With -D it looks at the certificate and at nothing else; Debian's knows no TLS from the first byte."""
    if not case.smtp or not SERVICES[case.smtp][2]:
        return None
    how = ["-D", "21,7"] if case.key in CERTIFICATES else ["-A", "LOGIN", "-U", place.user, "-P", place.password(case)]
    if case.recipient:
        recipient = case.recipient.format(domain=place.domain)
        # What it shall expect has to be told: that a recipient elsewhere is refused.
        how = ["-f", place.user, "-C", f"RCPT TO:<{recipient}>", "-R", "554" if case.key == "relay" else "250"]
    return [f"{PLUGINS}/check_smtp", "-H", place.host, "-p", str(SERVICES[case.smtp][1]), "-S", *patience(case), *how]


def curl(case, place):
    _, port, begun, scheme = SERVICES[case.service]
    command = ["curl", "-sS", "--cacert", place.authorities, *(["--ssl-reqd"] if begun else [])]
    if case.login != NO_LOGIN:
        command += ["--user", f"{place.user}:{place.password(case)}"]
    if case.recipient:
        recipient = case.recipient.format(domain=place.domain)
        command += ["--mail-from", place.user, "--mail-rcpt", recipient, "--upload-file", "/dev/null"]
    elif scheme in ("smtp", "smtps"):
        command += ["-X", "NOOP"]
    if case.prefix:
        command += ["-X", f'LIST "{case.prefix}" "*"']
    return [*command, f"{scheme}://{place.host}:{port}/"]


TOOLS = {"mail-probe": mail_probe, "openssl": openssl, "testssl": testssl, "sslyze": sslyze, "swaks": swaks,
         "check_imap": check_imap, "check_smtp": check_smtp, "curl": curl}
# One at a time: each starts hundreds of processes, and would slow down the others.
HEAVY = ("testssl",)
