"""The files in share/systemd as systemd's own tools see them."""
import pathlib
import re
import shutil
import subprocess
import tempfile

from bed import MAIL_SERVE, SHARE
from work import everything_a_client_does

UNITS = ["posthus.service", "posthus.socket", "posthus-quota.service", "posthus-quota.timer",
         "posthus-purge.service", "posthus-purge.timer"]
TOOLS = ["mail-serve", "mail-quota", "mail-purge"]
HIGHEST_EXPOSURE = 2.0
# What strace's start of a process needs, and the server itself never does.
TRACER = {"execve", "exit", "restart_syscall"}
# SQLite gives new files to the database's owner, when it runs as root: under the unit it does not.
ROOT_ALONE = {"fchown"}


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


def staged(directory):
    """A root with the system's own units, ours, and the program where the unit says it is."""
    root = pathlib.Path(directory)
    units = root / "usr/lib/systemd/system"
    (root / "usr/bin").mkdir(parents=True)
    shutil.copytree("/usr/lib/systemd/system", units, symlinks=True)
    for name in TOOLS:
        shutil.copy(MAIL_SERVE.with_name(name), root / "usr/bin" / name)
    for name in UNITS:
        shutil.copy(SHARE / "systemd" / name, units / name)
    dropins = units / "posthus.service.d"
    dropins.mkdir()
    shutil.copy(SHARE / "systemd/certificate.conf", dropins)
    return root, units


def verify_is_silent(_):
    with tempfile.TemporaryDirectory(prefix="posthus-root-") as directory:
        root, units = staged(directory)
        result = run("systemd-analyze", "verify", "--man=no", f"--root={root}", *UNITS)
        assert result.returncode == 0 and result.stdout + result.stderr == "", result.stdout + result.stderr
        service = units / "posthus.service"
        service.write_text(service.read_text().replace("RestartSec=", "RestartSecond="))
        control = run("systemd-analyze", "verify", "--man=no", f"--root={root}", *UNITS)
        assert "RestartSecond" in control.stderr, "a wrong key was not noticed"


def exposure_is_low(_):
    for unit in (name for name in UNITS if name.endswith(".service")):
        result = run("systemd-analyze", "security", "--offline=yes", f"--threshold={int(HIGHEST_EXPOSURE * 10)}",
                     SHARE / "systemd" / unit)
        level = re.search(r"Overall exposure level for \S+: ([0-9.]+)", result.stdout)
        assert result.returncode == 0 and level and float(level[1]) <= HIGHEST_EXPOSURE, result.stdout[-300:] + result.stderr
        print(f"      {unit}: exposure {level[1]}")


def user_and_folders_are_made(_):
    with tempfile.TemporaryDirectory(prefix="posthus-root-") as root:
        (pathlib.Path(root) / "etc").mkdir()
        users = run("systemd-sysusers", f"--root={root}", SHARE / "systemd/posthus.sysusers.conf")
        assert users.returncode == 0, users.stderr
        assert "/var/lib/posthus:/usr/sbin/nologin" in (pathlib.Path(root) / "etc/passwd").read_text()
        folders = run("systemd-tmpfiles", "--create", f"--root={root}", SHARE / "systemd/posthus.tmpfiles.conf")
        assert folders.returncode == 0, folders.stderr
        assert (pathlib.Path(root) / "var/lib/posthus").stat().st_mode & 0o777 == 0o700
        assert (pathlib.Path(root) / "etc/posthus").stat().st_mode & 0o777 == 0o750


def allowed_calls():
    """SystemCallFilter= of the unit, line by line as systemd adds and removes."""
    groups, name = {}, None
    for line in run("systemd-analyze", "syscall-filter").stdout.splitlines():
        word = line.strip().removeprefix("# ")
        if line.startswith("@"):
            name = word
            groups[name] = []
        elif name and word and " " not in word:
            groups[name].append(word)

    def members(word):
        if not word.startswith("@"):
            return {word}
        return set().union(*(members(each) for each in groups[word]))

    allowed = set()
    for line in re.findall(r"^SystemCallFilter=(.*)$", (SHARE / "systemd/posthus.service").read_text(), re.M):
        words = set().union(*(members(word) for word in line.lstrip("~").split()))
        allowed = allowed - words if line.startswith("~") else allowed | words
    return allowed


def filter_allows_what_is_called(bed):
    """systemd is not here to apply the filter: all that the server calls must be on its list."""
    summary = pathlib.Path(bed.directory) / "calls"
    server = bed.start(before=["strace", "-f", "-qq", "-c", "-S", "name", "-o", summary])
    everything_a_client_does(bed)
    children = pathlib.Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    run("kill", "-HUP", *children)
    server.notify.wait("RELOADING")
    server.notify.wait("READY")
    run("kill", "-TERM", *children)
    server.process.wait(60)
    called = set(re.findall(r"^\s*[\d.]+ .*?([a-z_0-9]+)$", summary.read_text(), re.M)) - {"total"} - TRACER - ROOT_ALONE
    assert {"openat", "fdatasync", "landlock_restrict_self", "capset"} <= called, sorted(called)
    refused = called - allowed_calls()
    assert not refused, f"the unit's filter would refuse {sorted(refused)}"
    print(f"      {len(called)} system calls, all of them on the list")


CASES = [
    ("unit: verify has nothing to say", verify_is_silent), ("unit: exposure", exposure_is_low),
    ("unit: user and folders", user_and_folders_are_made),
    ("unit: the system call filter", filter_allows_what_is_called),
]
