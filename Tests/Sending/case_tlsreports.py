"""TLS-RPT (RFC 8460): what a day's connections came to, told by mail to the domain that asks for it in DNS."""
import datetime
import gzip
import json
import pathlib

import dkim

import mail
from case_tls import secure
from keys import lookup
from marks import marked
from posthus import UNLIMITED
from server import DOMAIN, account
from web_server import PolicyServer

GOOD, TESTED, PLAIN = "rptgood.example", "rpttested.example", "rptplain.example"
# Never asked for a report.
SILENT = "rptsilent.example"
DAY = 86_400


def prepare(stage):
    secure(stage, GOOD, "good", policy="enforce")
    secure(stage, TESTED, "self-signed", policy="testing")
    secure(stage, PLAIN, None)
    secure(stage, SILENT, "good", policy="enforce")
    stage.new_sink("rptinbox.example")
    host = f"report.{GOOD}"
    address = stage.new_address()
    stage.names.host(host, address)
    stage.policies[host] = PolicyServer(address, stage.certificates.pair("good", host), "none", [])
    for domain in (GOOD, TESTED, PLAIN):
        stage.names.text(f"_smtp._tls.{domain}", f"v=TLSRPTv1; rua=https://report.{domain}/tls,mailto:{domain}@rptinbox.example")
    # A server of its own: its days are moved.
    stage.new_server("tlsreports", settings=UNLIMITED)


@marked("ours", "long")
def test_a_day_is_told_to_who_asks(stage):
    server, inbox = stage.tlsreports, stage.sinks["mx.rptinbox.example"]
    server.mailctl("dkim", "create", DOMAIN, "--unchecked")
    known = {key["record_name"].rstrip("."): key["record"] for key in server.records("dkim", "list", DOMAIN)}
    for domain in (GOOD, TESTED, PLAIN, SILENT):
        to, token = f"anna@{domain}", mail.new_token()
        server.submit(3, to, mail.compose(token, sender=account(3), to=to))
        stage.sinks[f"mx.{domain}"].wait_for(token)
    start = move_the_day(server)
    server.until(lambda: len(inbox.received) >= 3, 60, "three reports")
    reports = {message.recipient.split("@")[0]: read(message, known) for message in inbox.received}
    assert set(reports) == {GOOD, TESTED, PLAIN}
    for domain, report in reports.items():
        assert report["date-range"]["start-datetime"] == start, report
        assert report["contact-info"] == f"postmaster@{DOMAIN}" and report["organization-name"] == DOMAIN
        assert report["report-id"].endswith(f"-{domain}@{DOMAIN}")
    policy, = reports[GOOD]["policies"]
    assert policy["policy"]["policy-type"] == "sts" and policy["policy"]["policy-domain"] == GOOD
    assert policy["policy"]["mx-host"] == [f"mx.{GOOD}"] and "mode: enforce" in policy["policy"]["policy-string"]
    assert policy["summary"] == {"total-successful-session-count": 1, "total-failure-session-count": 0}
    # The same by HTTPS, where somebody takes it there.
    (head, posted), = stage.policies[f"report.{GOOD}"].posted
    assert head["Content-Type"] == "application/tlsrpt+gzip" and json.loads(gzip.decompress(posted)) == reports[GOOD]
    policy, = reports[TESTED]["policies"]
    assert "mode: testing" in policy["policy"]["policy-string"]
    assert policy["summary"] == {"total-successful-session-count": 0, "total-failure-session-count": 1}
    failure, = policy["failure-details"]
    assert failure["result-type"] == "certificate-not-trusted" and failure["receiving-mx-hostname"] == f"mx.{TESTED}"
    assert failure["receiving-ip"] == stage.sinks[f"mx.{TESTED}"].address
    policy, = reports[PLAIN]["policies"]
    assert policy["policy"]["policy-type"] == "no-policy-found"
    assert policy["failure-details"][0]["result-type"] == "starttls-not-supported"
    # Told once: the day is gone.
    assert not list(pathlib.Path(server.store, "tls-reports").glob("[0-9]*"))
    assert server.traced("relayed", "--recipient", f"{GOOD}@rptinbox.example")[0]["host"] == "mx.rptinbox.example"


def move_the_day(server):
    """Today becomes the day before yesterday, as if the server had slept; its first moment."""
    server.stop()
    folder = pathlib.Path(server.store, "tls-reports")
    for file in folder.glob("[0-9]*"):
        day = int(file.name) - 2
        file.rename(folder / str(day))
    server.start()
    return datetime.datetime.fromtimestamp(day * DAY, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def read(received, known):
    """The report in a message that is all that RFC 8460 §5.3 says, with a signature that holds."""
    message = received.message
    domain = received.recipient.split("@")[0]
    assert received.sender == "" and dkim.DKIM(received.data).verify(dnsfunc=lookup(known)), received.data[:2000]
    assert message["From"].addresses[0].domain == DOMAIN
    assert message["TLS-Report-Domain"] == domain and message["TLS-Report-Submitter"] == DOMAIN
    assert message["TLS-Required"] == "No"
    assert message.get_content_type() == "multipart/report" and message.get_param("report-type") == "tlsrpt"
    text, file = message.iter_parts()
    assert text.get_content_type() == "text/plain" and file.get_content_type() == "application/tlsrpt+gzip"
    name = file.get_filename()
    assert name.startswith(f"{DOMAIN}!{domain}!") and name.endswith(".json.gz"), name
    return json.loads(gzip.decompress(file.get_payload(decode=True)))
