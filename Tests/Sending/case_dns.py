"""mailctl dns --check against real name servers: what it asks for is put into a zone, some of it wrongly or not at all."""
import json
import subprocess

from marks import marked
from posthus import BIN
from web_server import PolicyServer

RIGHT, WRONG, LACKING, TURNING = "dnsright.example", "dnswrong.example", "dnslacking.example", "dnsturning.example"
DOMAINS = (RIGHT, WRONG, LACKING, TURNING)
PURPOSES = {"mx", "spf", "dkim", "dmarc", "mta-sts", "tls-rpt", "clients", "autoconfig", "dane"}
HERE = {}


def prepare(stage):
    if stage.is_reference:
        return
    HERE["folder"] = stage.folder / "dns"
    HERE["folder"].mkdir()
    HERE["config"] = {domain: configured(stage, domain) for domain in DOMAINS}
    mailctl(RIGHT, "store", "init", RIGHT, "--test")
    for domain in DOMAINS[1:]:
        mailctl(RIGHT, "domain", "add", domain)
    for domain in DOMAINS:
        mailctl(domain, "dkim", "create", domain, "--unchecked")
        for line in mailctl(domain, "dns", domain, "--format", "zone").stdout.splitlines():
            if not line.startswith(";"):
                name, _, _, kind, value = line.split(" ", 4)
                if changed := change(domain, name, value):
                    stage.names.add(name, kind, changed)


def change(domain, name, value):
    """What the zone says in the place of what it should; None leaves it out."""
    if domain == WRONG and "v=spf1" in value:
        return '"v=spf1 ip4:192.0.2.1 -all"'
    return None if domain == LACKING and name.startswith("_dmarc.") else value


def configured(stage, domain):
    """A server of that name with a certificate, and the policy's web server at its address."""
    host, address = f"mail.{domain}", stage.new_address()
    stage.names.host(host, address)
    pair = stage.certificates.pair("good", host)
    stage.policies[domain] = PolicyServer(address, stage.certificates.pair("good", f"mta-sts.{domain}"), "enforce", [host])
    file = HERE["folder"] / f"{domain}.conf"
    file.write_text(f'[server]\nname = "{host}"\nstore = "{HERE["folder"]}/store"\n[tls]\ncertificate = "{pair.chain}"\nkey = "{pair.key}"\n'
                    f'[relay]\nauthorities = "{stage.authorities}"\n[dns]\nresolver = "{stage.names.resolver}"\n')
    return file


def mailctl(domain, *arguments, ok=0):
    done = subprocess.run([BIN / "mailctl", *arguments, "--config", HERE["config"][domain]], capture_output=True, text=True, timeout=60)
    assert done.returncode == ok, (arguments, done.returncode, done.stdout, done.stderr)
    return done


def check(domain, ok=0):
    """The lines that are not right."""
    lines = [json.loads(line) for line in mailctl(domain, "dns", domain, "--check", "--json", ok=ok).stdout.splitlines()]
    assert {line["purpose"] for line in lines} == PURPOSES, lines
    return [line for line in lines if line["status"] != "right"]


@marked("ours")
def test_a_zone_with_all_of_it_is_right(stage):
    assert check(RIGHT) == []


@marked("ours")
def test_a_wrong_record_is_named_with_what_stands_there(stage):
    line, = check(WRONG, ok=1)
    assert line["status"] == "differs" and line["purpose"] == "spf" and line["found"] == ["v=spf1 ip4:192.0.2.1 -all"], line
    assert "v=spf1 mx -all" in line["advice"], line


@marked("ours")
def test_a_missing_record_is_named_with_what_to_add(stage):
    line, = check(LACKING, ok=1)
    assert line["status"] == "missing" and line["purpose"] == "dmarc" and line["name"] == f"_dmarc.{LACKING}", line
    assert "add: _dmarc." in line["advice"], line


@marked("ours")
def test_rotate_signs_with_what_the_name_server_shows(stage):
    """A new key is not in the zone: it waits, and the old one goes on."""
    mailctl(TURNING, "dkim", "rotate", TURNING)
    mailctl(TURNING, "dkim", "rotate", TURNING, ok=75)
    states = [json.loads(line)["state"] for line in mailctl(TURNING, "dkim", "list", TURNING, "--json").stdout.splitlines()]
    assert sorted(states) == ["active", "active", "pending", "pending"], states
