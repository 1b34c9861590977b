"""What is asked of a next hop's TLS: DANE (RFC 7672), MTA-STS (RFC 8461), REQUIRETLS (RFC 8689), and nothing at all."""
import time

import mail
from marks import marked
from server import account
from sink import Manners

WRONG = bytes(range(32))
SENDER = account(3)
# How long nothing may arrive where nothing must.
QUIET_SECONDS = 1


def prepare(stage):
    secure(stage, "plain.example", kind=None)
    secure(stage, "selfsigned.example", "self-signed")
    secure(stage, "expired.example", "expired")
    secure(stage, "dane.example", "self-signed", pin=(3, 1, 1))
    secure(stage, "daneta.example", "good", pin=(2, 1, 1))
    secure(stage, "danewrong.example", "good", pin=WRONG)
    secure(stage, "daneplain.example", None, pin=WRONG)
    secure(stage, "daneunusable.example", "self-signed", pin=(1, 1, 1))
    secure(stage, "dane.insecure", "good", pin=WRONG)
    two_hosts_with_dane(stage)
    for mode in ("enforce", "testing", "none"):
        secure(stage, f"sts{mode}.example", "good", policy=mode)
        secure(stage, f"sts{mode}wrong.example", "self-signed", policy=mode)
        secure(stage, f"sts{mode}plain.example", None, policy=mode)
    secure(stage, "stsother.example", "good", policy="enforce", policy_hosts=["mx.somewhere-else.example"])
    secure(stage, "stsstar.example", "good", policy="enforce", policy_hosts=["*.stsstar.example"])
    secure(stage, "stsbroken.example", "self-signed", policy="enforce", web_kind="expired")
    secure(stage, "require.example", "good", policy="enforce", more_over_tls=("REQUIRETLS",))
    secure(stage, "requirenot.example", "good", policy="enforce")
    secure(stage, "careless.example", "good", pin=WRONG)
    secure(stage, "carelesssts.example", "self-signed", policy="enforce")
    secure(stage, "requireweak.example", "self-signed", more_over_tls=("REQUIRETLS",))


def secure(stage, domain, kind="good", pin=None, policy=None, policy_hosts=None, web_kind="good", more_over_tls=()):
    """A next hop with a certificate of that kind, or without TLS; `pin` is (usage, selector, matching) of the true key, or digits."""
    host = f"mx.{domain}"
    pair = stage.certificates.pair(kind, host) if kind else None
    stage.new_sink(domain, Manners(tls=(pair.chain, pair.key) if pair else (), more_over_tls=more_over_tls))
    if pin and isinstance(pin, bytes):
        stage.names.pin(host, pin)
    elif pin:
        signer = stage.certificates.intermediate if pin[0] == 2 else pair
        stage.names.pin(host, stage.certificates.key_digest(signer), 25, *pin)
    if policy:
        stage.new_policy(domain, policy, policy_hosts or [host], web_kind)


def two_hosts_with_dane(stage):
    """The first one's key does not fit, the second one's does."""
    for host, fits in (("first.two.example", False), ("second.two.example", True)):
        pair = stage.certificates.pair("good", host)
        stage.new_sink(host, Manners(tls=(pair.chain, pair.key)), host=host, has_mx=False)
        stage.names.pin(host, stage.certificates.key_digest(pair) if fits else WRONG)
    stage.names.mail("two.example", "first.two.example", "second.two.example")


def arrives(stage, domain, is_encrypted, host=None, **how):
    sink = stage.sinks[host or f"mx.{domain}"]
    token = stage.server.post(f"anna@{domain}", sender=SENDER, **how)
    sink.wait_for(token)
    dialogue = next(each for each in reversed(sink.dialogues) if any(line.startswith("MAIL") for line in each.lines))
    assert bool(dialogue.tls) == is_encrypted, (domain, dialogue.tls, dialogue.lines)
    return dialogue


def waits(stage, domain):
    """Deferred, with a reason, and not one word of the message has gone out."""
    to = f"anna@{domain}"
    token = stage.server.post(to, sender=SENDER)
    reason = stage.server.wait_until_waiting(to)
    time.sleep(QUIET_SECONDS)
    assert not stage.sinks[f"mx.{domain}"].commands("^MAIL"), (domain, reason)
    assert not stage.sinks[f"mx.{domain}"].of(token)
    return reason


def test_without_tls_in_clear(stage):
    arrives(stage, "plain.example", is_encrypted=False)


def test_any_certificate_is_better_than_none(stage):
    arrives(stage, "selfsigned.example", is_encrypted=True)
    arrives(stage, "expired.example", is_encrypted=True)


def test_dane_with_the_right_key(stage):
    """The certificate is nobody's but its own: the TLSA record alone makes it good."""
    arrives(stage, "dane.example", is_encrypted=True)


def test_dane_with_the_right_authority(stage):
    arrives(stage, "daneta.example", is_encrypted=True)


def test_dane_with_another_key(stage):
    waits(stage, "danewrong.example")


def test_dane_where_no_tls_is_offered(stage):
    waits(stage, "daneplain.example")


def test_dane_with_records_of_no_use_means_tls_without_proof(stage):
    """RFC 7672 §3.1.3: certificate usages 0 and 1 are none for SMTP."""
    arrives(stage, "daneunusable.example", is_encrypted=True)


def test_dane_that_nobody_has_signed_is_none(stage):
    arrives(stage, "dane.insecure", is_encrypted=True)


def test_dane_wrong_at_the_first_host_goes_to_the_second(stage):
    arrives(stage, "two.example", is_encrypted=True, host="second.two.example")
    assert not stage.sinks["first.two.example"].commands("^MAIL")


@marked("ours")
def test_sts_with_a_good_certificate(stage):
    for domain in ("stsenforce.example", "ststesting.example", "stsnone.example", "stsstar.example"):
        arrives(stage, domain, is_encrypted=True)


@marked("ours")
def test_sts_is_fetched_once(stage):
    for _ in range(3):
        arrives(stage, "stsenforce.example", is_encrypted=True)
    assert stage.policies["stsenforce.example"].fetched == 1


@marked("ours")
def test_sts_enforced_refuses_another_certificate(stage):
    waits(stage, "stsenforcewrong.example")


@marked("ours")
def test_sts_enforced_refuses_clear_text(stage):
    waits(stage, "stsenforceplain.example")


@marked("ours")
def test_sts_enforced_refuses_a_host_that_it_does_not_name(stage):
    waits(stage, "stsother.example")


@marked("ours")
def test_sts_in_testing_lets_it_pass(stage):
    for mode in ("testing", "none"):
        arrives(stage, f"sts{mode}wrong.example", is_encrypted=True)
        arrives(stage, f"sts{mode}plain.example", is_encrypted=False)


@marked("ours")
def test_sts_that_cannot_be_fetched_is_none(stage):
    """RFC 8461 §3.3: the policy's own certificate has to be good; without a cached policy mail goes out as if there were none."""
    arrives(stage, "stsbroken.example", is_encrypted=True)


@marked("ours")
def test_requiretls_is_passed_on(stage):
    token, to = mail.new_token(), "anna@require.example"
    stage.server.submit(3, to, mail.compose(token, sender=SENDER, to=to), options=["REQUIRETLS"])
    stage.sinks["mx.require.example"].wait_for(token)
    assert stage.sinks["mx.require.example"].commands(r"^MAIL .*\bREQUIRETLS\b")


@marked("ours")
def test_requiretls_goes_to_nobody_who_does_not_know_it(stage):
    """RFC 8689 §4.2.1: a bounce at once, 5.7.30."""
    for domain in ("requirenot.example", "requireweak.example"):
        token, to = mail.new_token(), f"anna@{domain}"
        stage.server.submit(3, to, mail.compose(token, sender=SENDER, to=to), options=["REQUIRETLS"])
        stage.server.until(lambda: stage.server.reports(3, token) or stage.server.waiting().get(to), 40, f"word about {to}")
        assert not stage.sinks[f"mx.{domain}"].of(token)


@marked("ours")
def test_tls_required_no_goes_anywhere(stage):
    """RFC 8689 §3: the field TLS-Required: No overrides DANE and MTA-STS."""
    for domain in ("careless.example", "carelesssts.example"):
        token, to = mail.new_token(), f"anna@{domain}"
        stage.server.submit(3, to, mail.compose(token, sender=SENDER, to=to, extra="TLS-Required: No\r\n"))
        stage.sinks[f"mx.{domain}"].wait_for(token)
