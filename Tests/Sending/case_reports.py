"""What senders are told: RFC 3464 reports with RFC 3461's wishes obeyed, and no report about a report."""
import email.utils
import time

import mail
from marks import marked
from server import account
from sink import EXTENSIONS, Manners

SENDER = 7
NO_DSN = tuple(each for each in EXTENSIONS if each != "DSN")
REPLIES = {"RCPT refused": "550 5.1.1 <refused@picky.example>: nobody of that name \u2603 here", "RCPT later": "450 4.2.0 come back",
           "RCPT coded": "554 no enhanced code", "RCPT lines": "550-5.7.1 one line\r\n550-5.7.1 and another\r\n550 5.7.1 and the last"}
QUIET_SECONDS = 3
ORIGINAL = "rfc822;first@old+2Bname.example"
# What RFC 3464 §2.3 knows of a recipient, and what is ours.
FIELDS = {"final-recipient", "original-recipient", "action", "status", "remote-mta", "diagnostic-code", "last-attempt-date",
          "will-retry-until", "final-log-id", "x-posthus-queue-id"}


def prepare(stage):
    stage.new_sink("picky.example", Manners(replies=REPLIES))
    stage.new_sink("without.example", Manners(extensions=NO_DSN, replies={"RCPT refused": "550 5.1.1 no"}))
    stage.new_sink("content.example", Manners(replies={"DOT": "554 5.6.0 what you write is not to our taste"}))
    stage.new_sink("nullonly.example", Manners(replies={"MAIL FROM:<>": "550 5.7.1 no bounces, please", "RCPT refused": "550 5.1.1 no"}))


def post(stage, to, notify=None, ret=None, envid=None, original=None, sender=SENDER, data=None):
    token = mail.new_token()
    options = [f"RET={ret}"] * bool(ret) + [f"ENVID={envid}"] * bool(envid)
    wishes = [f"NOTIFY={notify}"] * bool(notify) + [f"ORCPT={original}"] * bool(original)
    stage.server.send(account(sender), to, data or mail.compose(token, sender=account(sender), to="someone:;"), options=options,
                      recipient_options=wishes)
    return token


def test_a_refused_recipient(stage):
    to = "refused@picky.example"
    token = post(stage, to)
    report = stage.server.wait_for_report(SENDER, token)
    fields = report.of(to)
    assert fields["action"] == "failed" and fields["status"] == "5.1.1", fields
    assert "nobody of that name" in fields["diagnostic-code"] and fields["diagnostic-code"].lower().startswith("smtp;"), fields
    assert "mx.picky.example" in fields["remote-mta"], fields
    assert stage.server.host in report.about["reporting-mta"], report.about
    assert to in report.text and "nobody of that name" in report.text, report.text


def test_a_report_is_an_honest_message(stage):
    """From the null sender, marked as automatic (RFC 3834), readable by every client."""
    token = post(stage, "refused@picky.example")
    report = stage.server.wait_for_report(SENDER, token)
    head = email.message_from_bytes(report.data)
    assert mail.header(report.data, b"return-path") == b"<>", report.data[:500]
    assert head["Auto-Submitted"].startswith("auto-") and head["Date"] and head["Message-ID"] and head["Subject"], report.data[:900]
    assert email.utils.parseaddr(head["To"])[1] == account(SENDER), head["To"]
    assert all(len(line) <= 998 for line in report.data.split(b"\r\n"))


def test_each_recipient_has_his_own_words(stage):
    people = ["refused@picky.example", "coded@picky.example", "lines@picky.example", "fine@picky.example"]
    token = post(stage, people)
    told = {}
    stage.server.until(lambda: told.update({name: fields for report in stage.server.reports(SENDER, token)
                                            for name, fields in report.recipients.items()}) or len(told) >= 3, 30, "three failures")
    assert set(told) == set(people[:3]), told
    assert told["coded@picky.example"]["status"].startswith("5."), told
    assert "and the last" in told["lines@picky.example"]["diagnostic-code"], told
    stage.sinks["mx.picky.example"].wait_for(token)


def test_a_refused_message(stage):
    token = post(stage, "anna@content.example")
    fields = stage.server.wait_for_report(SENDER, token).of("anna@content.example")
    assert fields["status"] == "5.6.0" and "taste" in fields["diagnostic-code"], fields


def test_never_means_never(stage):
    token = post(stage, "refused@picky.example", notify="NEVER")
    told = post(stage, "refused@picky.example", notify="FAILURE")
    stage.server.wait_for_report(SENDER, told)
    assert not stage.server.reports(SENDER, token)


def test_success_only_means_no_word_of_failure(stage):
    token = post(stage, "refused@picky.example", notify="SUCCESS")
    told = post(stage, "refused@picky.example")
    stage.server.wait_for_report(SENDER, told)
    assert not stage.server.reports(SENDER, token)


def test_success_is_reported_when_the_next_hop_will_not(stage):
    """RFC 3461 §5.2.2: relayed."""
    to = "anna@without.example"
    token = post(stage, to, notify="SUCCESS,FAILURE")
    fields = stage.server.wait_for_report(SENDER, token).of(to)
    assert fields["action"] == "relayed" and fields["status"].startswith("2."), fields


def test_success_is_left_to_who_knows_of_it(stage):
    token = post(stage, "anna@picky.example", notify="SUCCESS")
    stage.sinks["mx.picky.example"].wait_for(token)
    assert stage.sinks["mx.picky.example"].commands(r"RCPT.*anna@.*NOTIFY=SUCCESS")
    assert not stage.server.reports(SENDER, token)


def test_success_here_is_delivered(stage):
    token = post(stage, account(8), notify="SUCCESS")
    fields = stage.server.wait_for_report(SENDER, token).of(account(8))
    assert fields["action"] == "delivered" and fields["status"].startswith("2."), fields


def test_identity_and_wishes_go_along(stage):
    token = mail.new_token()
    post(stage, "wishes@picky.example", notify="FAILURE,DELAY", ret="HDRS", envid="QQ" + token, original=ORIGINAL)
    line = stage.sinks["mx.picky.example"].wait_for_command("ENVID=QQ" + token)[0]
    assert "RET=HDRS" in line, line
    rcpt = stage.sinks["mx.picky.example"].wait_for_command("RCPT TO:<wishes@")[0]
    assert "NOTIFY=" in rcpt and "FAILURE" in rcpt and "DELAY" in rcpt and "ORCPT=" + ORIGINAL in rcpt, rcpt


def test_identity_is_in_the_report(stage):
    token = mail.new_token()
    post(stage, "refused@picky.example", envid="QX" + token, data=mail.compose(token, sender=account(SENDER), to="a:;"))
    report = stage.server.wait_for_report(SENDER, token)
    assert report.about.get("original-envelope-id") == "QX" + token, report.about


def test_headers_only_or_all_of_it(stage):
    for ret, is_full in (("HDRS", False), ("FULL", True)):
        token = mail.new_token()
        body = "the very words of " + token + "\r\n"
        post(stage, "refused@picky.example", ret=ret, data=mail.compose(token, sender=account(SENDER), to="a:;", body=body))
        report = stage.server.wait_for_report(SENDER, token)
        assert (body.strip().encode() in report.data) == is_full, (ret, report.original)
        assert report.original == ("message/rfc822" if is_full else "text/rfc822-headers"), (ret, report.original)


def test_the_null_sender_gets_nothing(stage):
    """RFC 3464 §2: a bounce that cannot be delivered ends there; nobody hears of it, and it is not tried for ever."""
    token, to = mail.new_token(), "refused@picky.example"
    data = mail.compose(token, sender="MAILER-DAEMON@elsewhere.example", to=to)
    before = len(stage.server.inbox(SENDER))
    stage.server.send("", to, data)
    stage.server.until(lambda: to not in stage.server.waiting(), 30, "end of a bounce")
    sink = stage.sinks["mx.picky.example"]
    sink.wait_for_command("MAIL FROM:<>")
    time.sleep(QUIET_SECONDS)
    reports = [each for each in stage.server.inbox(SENDER)[before:] if token.encode() in each]
    assert not reports, reports[0][:1500]


def test_reports_go_out_from_the_null_sender(stage):
    """To a sender elsewhere, whose own server refuses bounces: that is the end of it."""
    token = mail.new_token()
    data = mail.compose(token, sender="bo@nullonly.example", to="refused@picky.example")
    stage.server.send("bo@nullonly.example", "refused@picky.example", data)
    sink = stage.sinks["mx.nullonly.example"]
    sink.wait_for_command("MAIL FROM:<>")
    time.sleep(QUIET_SECONDS)
    assert not sink.received and "bo@nullonly.example" not in stage.server.waiting()
    assert len(sink.commands("MAIL FROM:<>")) == 1, sink.commands("MAIL")


def test_remote_words_cannot_forge_the_report(stage):
    """A reply with control characters and header-like lines stays one field."""
    token = post(stage, "lines@picky.example")
    report = stage.server.wait_for_report(SENDER, token)
    assert set(report.of("lines@picky.example")) <= FIELDS, report.recipients


@marked("ours")
def test_reports_to_each_server_can_be_read_there(stage):
    """A sender elsewhere gets the report through his own server."""
    for name, peer in stage.peers.items():
        token, sender = mail.new_token(), f"bo@{peer.domain}"
        stage.server.send(sender, "refused@picky.example", mail.compose(token, sender=sender, to="refused@picky.example"))

        def arrived():
            return [each for each in peer.received() if each.recipient == sender and token.encode() in each.data]
        stage.server.until(arrived, 40, f"report at {name}")
