"""What mail-probe printed as NDJSON, and what every such output must keep to."""
import json
import re

STATUSES = ("ok", "info", "warning", "critical", "skipped", "unknown")
BAD = ("warning", "critical")
TOKEN = re.compile(r"[a-z2-7]{20}")
UNFILLED = re.compile(r"[{}\[\]]{1,2}[a-z_]+[{}\[\]]{1,2}")
# An answer may leave them open: then nothing else is to blame.
OPEN = {"tls.starttls.injection", "auth.before-tls", "proto.capabilities", "smtp.greylist", "smtp.open-relay"}
CHECK_KEYS = {"v", "type", "target", "address", "id", "status", "because", "ms", "facts", "message", "why", "remedy"}


class Output:
    def __init__(self, text):
        self.problems, self.checks, self.summary = [], [], {}
        objects = [each for each in map(self.read, text.splitlines()) if each is not None]
        self.checks = [each for each in objects if each.get("type") == "check"]
        summaries = [each for each in objects if each.get("type") == "summary"]
        if not objects or objects[-1] not in summaries or len(summaries) != 1:
            self.problems.append("the last line, and no other one, is a summary")
        self.summary = summaries[-1] if summaries else {}
        self.problems += list(self.faults_of_form())

    def read(self, line):
        try:
            return json.loads(line)
        except ValueError:
            self.problems.append(f"not JSON: {line[:100]!r}")
            return None

    def faults_of_form(self):
        seen = set()
        for check in self.checks:
            label = f"{check.get('id')} ({check.get('status')})"
            if missing := CHECK_KEYS - set(check):
                yield f"{label} has no {', '.join(sorted(missing))}"
                continue
            if check["status"] not in STATUSES:
                yield f"{label}: no such status"
            if (place := (check["id"], check["target"], check["address"])) in seen:
                yield f"{label} is told twice of {check['target']}"
            seen.add(place)
            if check["status"] == "skipped" and not check["because"] and check["id"] not in OPEN:
                yield f"{label} does not say because of what"
            if check["status"] == "ok" and is_misplaced(check):
                yield f"{label} is told of {check['target']}"
            if check["status"] in BAD:
                yield from faults_of_words(check, label)
        counted = {status: sum(check.get("status") == status for check in self.checks) for status in STATUSES}
        told = {status: self.summary.get(status) for status in STATUSES}
        if self.summary and counted != told:
            yield f"the summary counts {told}, the checks are {counted}"
        if self.summary and not TOKEN.fullmatch(str(self.summary.get("token"))):
            yield f"the token is {self.summary.get('token')!r}"

    def statuses(self, identity):
        return {check["status"] for check in self.checks if check.get("id") == identity}

    @property
    def bad(self):
        return {check["id"] for check in self.checks if check.get("status") in BAD}


def is_misplaced(check):
    """A port that is asked with TLS at once cannot prove that it waits for STARTTLS, nor the other way round."""
    is_implicit = check["target"].split(":")[0] in ("imaps", "pop3s", "submissions")
    return check["id"] == ("tls.mode.ssl-on-starttls-port" if is_implicit else "tls.mode.plain-on-ssl-port")


def faults_of_words(check, label):
    """What people read of a bad check."""
    words = {"message": check["message"], "why": check["why"]}
    words |= {f"remedy for {who}": check["remedy"].get(who) for who in ("user", "helpdesk", "admin")}
    for name, text in words.items():
        if not text:
            yield f"{label}: no {name}"
        elif UNFILLED.search(text):
            yield f"{label}: {name} was not filled in: {text!r}"
