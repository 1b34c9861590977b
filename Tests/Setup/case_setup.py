"""How mail programs set themselves up."""
import json
import plistlib
import subprocess

from stage import BIN, DOMAIN, HOST

PLACE = f"https://autoconfig.{DOMAIN}/mail/config-v1.1.xml"
OUTLOOK = "http://schemas.microsoft.com/exchange/autodiscover/outlook"


def probe(stage, *arguments):
    done = subprocess.run([BIN / "mail-probe", "--discover", DOMAIN, "--ca-file", stage.cafile, "--json", *arguments],
                          capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120)
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def test_mail_probe_finds_the_settings(stage):
    """Over real HTTPS: the file, the records, and both say what `mailctl settings` says."""
    objects, errors = probe(stage)
    assert objects and objects[0]["type"] == "discovery", errors
    found = objects[0]
    assert found["autoconfig"] == PLACE, found
    schemes = {("imap", "tls"): "imaps", ("imap", "starttls"): "imap+tls", ("pop3", "tls"): "pop3s", ("pop3", "starttls"): "pop3+tls",
               ("smtp", "starttls"): "submission", ("smtp", "tls"): "submissions"}
    printed = json.loads(stage.tool("mailctl", "settings", DOMAIN, "--json"))
    wanted = {f"{schemes[server['protocol'], server['security']]}://{server['host']}:{server['port']}" for server in printed["servers"]}
    assert {url if url.count(":") > 1 else None for url in found["endpoints"]} <= wanted | {None}, found
    assert len(found["endpoints"]) == len(wanted), (found, wanted)
    verdicts = {item["id"]: item["status"] for item in objects if item["type"] == "check"}
    for check in ("autoconfig.wrong", "dns.srv-missing", "dns.srv-mismatch"):
        assert verdicts[check] == "ok", (check, verdicts[check])


def test_mail_probe_believes_no_stranger(stage):
    """The control: without the authority the file is nobody's."""
    done = subprocess.run([BIN / "mail-probe", "--discover", DOMAIN, "--json"], capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, timeout=120)
    assert json.loads(done.stdout.splitlines()[0])["autoconfig"] is None


def test_what_is_served_is_what_mailctl_prints(stage):
    def printed(form):
        return stage.tool("mailctl", "settings", DOMAIN, "--format", form).encode()

    address = "nobody%40" + DOMAIN
    for url in (PLACE, f"{PLACE}?emailaddress={address}", f"https://{DOMAIN}/.well-known/autoconfig/mail/config-v1.1.xml",
                f"https://{HOST}/mail/config-v1.1.xml?emailaddress={address}"):
        assert stage.curl(url) == (200, "text/xml; charset=utf-8", printed("autoconfig")), url
    file = stage.curl(f"https://ua-auto-config.{DOMAIN}/.well-known/user-agent-configuration.json")
    assert file == (200, "application/json", printed("pacc"))
    for url in (f"https://autoconfig.{DOMAIN}/mail/config-v1.1.xml?emailaddress=a%40other.test", f"https://{HOST}/mail/config-v1.1.xml",
                f"https://{DOMAIN}/.well-known/mta-sts.txt"):
        assert stage.curl(url)[0] == 404, url


def test_outlook_is_answered(stage):
    pointer = stage.curl(f"https://{HOST}/autodiscover/autodiscover.json?Email=nobody%40{DOMAIN}&Protocol=AutodiscoverV1")
    place = json.loads(pointer[2])["Url"]
    request = (f'<?xml version="1.0" encoding="utf-8"?><Autodiscover xmlns="{OUTLOOK}/requestschema/2006"><Request>'
               f"<EMailAddress>nobody@{DOMAIN}</EMailAddress><AcceptableResponseSchema>{OUTLOOK}/responseschema/2006a"
               "</AcceptableResponseSchema></Request></Autodiscover>")
    status, _, answer = stage.curl(place, "-H", "Content-Type: text/xml", "--data-binary", request)
    own = stage.tool("mailctl", "settings", f"u00001@{DOMAIN}", "--format", "autodiscover")
    assert (status, answer.decode()) == (200, own.replace("u00001@", "nobody@"))


def test_a_profile_is_signed(stage):
    """For whoever has logged in; openssl knows whose it is and what is in it."""
    jar = ["-b", str(stage.folder / "jar"), "-c", str(stage.folder / "jar")]
    place = f"https://{HOST}/settings/mail.mobileconfig"
    assert stage.curl(place, *jar)[0] == 303
    status, _, _ = stage.curl(f"https://{HOST}/login", *jar, "--data", f"name=u00001@{DOMAIN}&password=secret")
    assert status == 303
    status, kind, octets = stage.curl(place, *jar)
    assert (status, kind) == (200, "application/x-apple-aspen-config")
    (stage.folder / "profile").write_bytes(octets)
    check = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", str(stage.folder / "profile"), "-purpose", "any"]
    done = subprocess.run([*check, "-CAfile", str(stage.cafile)], capture_output=True)
    assert done.returncode == 0, done.stderr
    printed = stage.tool("mailctl", "settings", f"u00001@{DOMAIN}", "--format", "mobileconfig").encode()
    assert done.stdout == printed
    assert plistlib.loads(done.stdout)["PayloadContent"][0]["IncomingMailServerHostName"] == HOST
    broken = octets.replace(b"Incoming", b"incoming", 1)
    (stage.folder / "profile").write_bytes(broken)
    assert subprocess.run([*check, "-CAfile", str(stage.cafile)], capture_output=True).returncode != 0


def checked(stage, status=0):
    lines = stage.tool("mailctl", "dns", DOMAIN, "--check", "--json", status=status).splitlines()
    return {(line["purpose"], line["name"]): line["status"] for line in map(json.loads, lines)}


def test_mailctl_dns_check_finds_it_all(stage):
    verdicts = checked(stage)
    assert set(verdicts.values()) == {"right"}, verdicts
    for name in (f"_autodiscover._tcp.{DOMAIN}", f"_ua-auto-config.{DOMAIN}", f"autoconfig.{DOMAIN}", f"mta-sts.{DOMAIN}"):
        assert any(name == known for _, known in verdicts), name


def test_mailctl_dns_check_sees_what_is_wrong(stage):
    """The control: a digest of another file, and no more of Outlook's record."""
    zone = stage.names.zone
    digest, outlook = zone[f"_ua-auto-config.{DOMAIN}"], zone.pop(f"_autodiscover._tcp.{DOMAIN}")
    zone[f"_ua-auto-config.{DOMAIN}"] = {"TXT": ["v=UAAC1; a=sha256; d=AAAA"]}
    try:
        verdicts = checked(stage)
        assert verdicts["pacc", f"_ua-auto-config.{DOMAIN}"] == "differs", verdicts
        assert verdicts["clients", f"_autodiscover._tcp.{DOMAIN}"] == "missing", verdicts
    finally:
        zone[f"_ua-auto-config.{DOMAIN}"], zone[f"_autodiscover._tcp.{DOMAIN}"] = digest, outlook


def test_mail_check_config_tries_the_key(stage):
    """`--check-config` signs once."""
    text = subprocess.run([BIN / "mail-serve", "--config", stage.bed.facts["config"], "--check-config"], capture_output=True, text=True)
    assert "profiles" in text.stdout and "signed with" in text.stdout, text.stdout + text.stderr
    wrong = subprocess.run([BIN / "mail-serve", "--config", stage.bed.facts["config"], "--set",
                            f'web.profile_key="{stage.folder}/ca.key"', "--check-config"], capture_output=True, text=True)
    assert "is not the key of" in wrong.stdout, wrong.stdout + wrong.stderr
