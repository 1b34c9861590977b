"""Routes by domain, and a smart host for everything, with and without a login."""
import mail
from marks import marked
from server import account
from sink import Manners

NAME, SECRET = "relay-user", "opensesame"
WRONG_SECRET = "not this one"


def prepare(stage):
    if stage.is_reference:
        return
    login, wrong = (login_file(stage, f"login{number}", secret) for number, secret in enumerate((SECRET, WRONG_SECRET)))
    for host in ("smart.example", "picky.smart.example"):
        stage.new_sink(host, manners_with_login(stage, host), host=host, has_mx=False)
    stage.new_sink("clear.example", host="clear.example", has_mx=False)
    stage.new_sink("selfmade.example", tls(stage, "self-signed", "selfmade.example"), host="selfmade.example", has_mx=False)
    stage.new_sink("proper.example", tls(stage, "good", "proper.example"), host="proper.example", has_mx=False)
    stage.new_sink("sub.routed.example")
    stage.settings.append("relay.routes=" + str([
        f"routed.example: {stage.sinks['clear.example'].address}:25 tls=none",
        ".below.example: clear.example:25",
        f"withlogin.example: smart.example:25 tls=verified login={login}",
        f"wronglogin.example: picky.smart.example:25 tls=verified login={wrong}",
        "mustencrypt.example: clear.example:25 tls=encrypted",
        "mustverify.example: selfmade.example:25 tls=verified",
        "verified.example: proper.example:25 tls=verified",
        "encrypted.example: selfmade.example:25 tls=encrypted",
    ]).replace("'", '"'))
    stage.new_server("smart", settings=[f'relay.smarthost="smart.example:25 tls=verified login={login}"'])


def login_file(stage, name, secret):
    file = stage.folder / name
    file.write_text(f"{NAME}\n{secret}\n")
    file.chmod(0o600)
    return file


def tls(stage, kind, host):
    pair = stage.certificates.pair(kind, host)
    return Manners(tls=(pair.chain, pair.key))


def manners_with_login(stage, host):
    return Manners(tls=tls(stage, "good", host).tls, login=(NAME, SECRET))


def dialogue_of(sink, token):
    sink.wait_for(token)
    return next(each for each in reversed(sink.dialogues) if any(line.startswith("MAIL") for line in each.lines))


@marked("ours")
def test_a_domain_with_a_route(stage):
    sink = stage.sinks["clear.example"]
    for domain in ("routed.example", "deep.below.example"):
        got, = sink.wait_for(stage.server.post(f"anna@{domain}"))
        assert got.recipient == f"anna@{domain}"


@marked("ours")
def test_a_route_is_for_its_domain_alone(stage):
    stage.sinks["mx.sub.routed.example"].wait_for(stage.server.post("anna@sub.routed.example"))


@marked("ours")
def test_a_route_with_a_login(stage):
    token = stage.server.post("anna@withlogin.example")
    dialogue = dialogue_of(stage.sinks["smart.example"], token)
    assert dialogue.tls and dialogue.is_logged_in, dialogue.lines


@marked("ours")
def test_a_route_with_the_wrong_password_waits(stage):
    to = "anna@wronglogin.example"
    stage.server.post(to)
    reason = stage.server.wait_until_waiting(to)
    assert WRONG_SECRET not in reason and "535" in reason or "5.7.8" in reason, reason
    assert WRONG_SECRET not in stage.server.words()


@marked("ours")
def test_a_route_that_wants_tls_gets_it_or_waits(stage):
    stage.sinks["selfmade.example"].wait_for(stage.server.post("anna@encrypted.example"))
    stage.sinks["proper.example"].wait_for(stage.server.post("anna@verified.example"))
    for domain, host in (("mustencrypt.example", "clear.example"), ("mustverify.example", "selfmade.example")):
        token = stage.server.post(f"anna@{domain}")
        assert stage.server.wait_until_waiting(f"anna@{domain}")
        assert not stage.sinks[host].of(token), domain


@marked("ours")
def test_a_smart_host_takes_everything(stage):
    sink = stage.sinks["smart.example"]
    for to in ("anna@somewhere.example", "bo@null.example", "cy@mail.postfix.example"):
        token = stage.smart.post(to)
        dialogue = dialogue_of(sink, token)
        assert dialogue.is_logged_in and dialogue.tls, dialogue.lines


@marked("ours")
def test_our_own_users_are_not_the_smart_hosts(stage):
    token = mail.new_token()
    stage.smart.send(account(2), account(1), mail.compose(token, sender=account(2), to=account(1)))
    stage.smart.wait_for(1, token)
    assert not stage.sinks["smart.example"].of(token)
