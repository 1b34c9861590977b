"""Finding the next hop (RFC 5321 §5.1): preference, fallback, and what has no hop."""
import smtplib

import mail
from marks import marked
from server import Server, account
from sink import Manners
from stage import UNREACHABLE

BUSY = Manners(replies={"CONNECT": "421 4.3.2 too busy"})
TIRED = Manners(replies={"MAIL": "451 4.3.0 later"})


def prepare(stage):
    names = stage.names
    for host in ("first.order.example", "second.order.example"):
        stage.new_sink(host, host=host, has_mx=False)
    names.mail("order.example", (20, "second.order.example"), (10, "first.order.example"))
    for domain, host in (("refuses.example", "nobody.refuses.example"), ("nowhere.example", "nobody.nowhere.example")):
        names.host(host, stage.new_address() if domain == "refuses.example" else UNREACHABLE)
        stage.new_sink(domain, host=f"second.{domain}", has_mx=False)
        names.mail(domain, host, f"second.{domain}")
    for domain, manners in (("busy.example", BUSY), ("tired.example", TIRED)):
        stage.new_sink(domain, manners, host=f"first.{domain}", has_mx=False)
        stage.new_sink(domain, host=f"second.{domain}", has_mx=False)
        names.mail(domain, f"first.{domain}", f"second.{domain}")
    stage.new_sink("nameless.example", host="second.nameless.example", has_mx=False)
    names.mail("nameless.example", "missing.nameless.example", "second.nameless.example")
    stage.new_sink("bare.example", host="bare.example", has_mx=False)
    stage.new_sink("target.example")
    names.add("alias.example", "CNAME", "target.example.")
    stage.new_sink("aliased.example", host="real.aliased.example", has_mx=False)
    names.add("mx.aliased.example", "CNAME", "real.aliased.example.")
    names.mail("aliased.example", "mx.aliased.example")
    names.add("null.example", "MX", "0 .")
    names.text("noaddress.example", "a domain without mail")
    names.mail("toourselves.example", Server.host)
    names.add("circle.example", "CNAME", "circle2.example.")
    names.add("circle2.example", "CNAME", "circle.example.")
    names.mail("lies.bogus", "mx.lies.bogus")
    names.host("mx.lies.bogus", stage.new_address())
    stage.new_sink("xn--rksmrgs-5wao1o.example")
    six = stage.new_sink("both.example")
    names.host("mx.both.example", "2001:db8:ffff::9")
    assert six.address
    stage.new_sink("six.example", address=stage.new_address6())
    four = stage.new_sink("dual.example", host="four.dual.example", has_mx=False)
    stage.new_sink("dual.example", address=stage.new_address6())
    names.host("mx.dual.example", four.address)


def arrives(stage, domain, host):
    """The mail of that domain comes to that host."""
    token = stage.server.post(f"anna@{domain}")
    got, = stage.sinks[host].wait_for(token)
    assert got.recipient == f"anna@{domain}", got.recipient
    return token


def bounces(stage, domain, *statuses):
    token, to = stage.server.post(f"anna@{domain}"), f"anna@{domain}"
    fields = stage.server.wait_for_report(1, token).of(to)
    assert fields["action"] == "failed" and fields["status"] in statuses, fields


def test_the_lowest_number_first(stage):
    for _ in range(5):
        arrives(stage, "order.example", "first.order.example")
    assert not stage.sinks["second.order.example"].received


def test_the_next_when_nobody_listens(stage):
    arrives(stage, "refuses.example", "second.refuses.example")


def test_the_next_when_there_is_no_route(stage):
    arrives(stage, "nowhere.example", "second.nowhere.example")


def test_the_next_when_the_greeting_is_421(stage):
    arrives(stage, "busy.example", "second.busy.example")


def test_the_next_when_mail_is_deferred(stage):
    """RFC 5321 §5.1: another host may take what the first one could not take now."""
    arrives(stage, "tired.example", "second.tired.example")


def test_the_next_when_a_host_has_no_address(stage):
    arrives(stage, "nameless.example", "second.nameless.example")


def test_no_mx_means_the_domain_itself(stage):
    arrives(stage, "bare.example", "bare.example")


def test_a_domain_that_is_an_alias(stage):
    token = stage.server.post("anna@alias.example")
    stage.sinks["mx.target.example"].wait_for(token)


def test_an_mx_that_is_an_alias(stage):
    arrives(stage, "aliased.example", "real.aliased.example")


def test_a_domain_with_other_letters(stage):
    """With ASCII in the envelope, as a client without SMTPUTF8 gives it."""
    arrives(stage, "xn--rksmrgs-5wao1o.example", "mx.xn--rksmrgs-5wao1o.example")


def test_ipv6_that_leads_nowhere_costs_no_time(stage):
    arrives(stage, "both.example", "mx.both.example")


def test_a_host_that_has_only_ipv6(stage):
    arrives(stage, "six.example", "mx.six.example")


def test_ipv6_before_ipv4_where_both_work(stage):
    arrives(stage, "dual.example", "mx.dual.example")
    assert not stage.sinks["four.dual.example"].dialogues, "the other address was asked as well"


def test_null_mx_is_a_bounce(stage):
    bounces(stage, "null.example", "5.1.10", "5.1.0", "5.7.27", "5.4.4")


def test_a_domain_that_does_not_exist_is_a_bounce(stage):
    bounces(stage, "missing.example", "5.1.2", "5.4.4", "5.4.3")


def test_a_domain_without_an_address_is_a_bounce(stage):
    bounces(stage, "noaddress.example", "5.1.2", "5.4.4")


def test_an_mx_that_is_ourselves_is_a_bounce(stage):
    bounces(stage, "toourselves.example", "5.4.6", "5.3.5", "5.4.4")


def test_names_that_go_in_circles_are_tried_later_or_given_up(stage):
    token, to = stage.server.post("anna@circle.example"), "anna@circle.example"
    stage.server.until(lambda: stage.server.waiting().get(to) or stage.server.reports(1, token), 60, "word about the circle")


def test_names_whose_signatures_do_not_fit_are_tried_later(stage):
    stage.server.post("anna@lies.bogus", sender=account(2))
    stage.server.wait_until_waiting("anna@lies.bogus", seconds=60)


@marked("ours")
def test_literal_addresses_are_off(stage):
    """Refused at once or by a report; nobody connects there."""
    sink = stage.sinks["mx.target.example"]
    token, to = mail.new_token(), f"anna@[{sink.address}]"
    try:
        stage.server.send(account(1), to, mail.compose(token, to=to))
    except smtplib.SMTPRecipientsRefused as error:
        assert all(code // 100 == 5 for code, _ in error.recipients.values()), error
    else:
        assert stage.server.wait_for_report(1, token).of(to)["status"].startswith("5.")
    assert not sink.of(token)
