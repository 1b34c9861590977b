"""What a worker can no longer do, asked from inside of it: gdb calls the C library's functions in the running process."""
import errno
import os
import pathlib
import re
import resource
import shutil
import ssl
import subprocess

from bed import GREETINGS, greeting, until
from work import everything_a_client_does, log_in

O_CREATE_AND_WRITE, O_RDWR = 0o101, 2
SERVING = ["smtp", "imap", "pop3", "web"]
# Landlock's versions on the machine that runs the tests; where it is older, these cases say so.
SIGNAL_SCOPE, NETWORK_RULES = 6, 4


def landlock_version():
    import ctypes
    return ctypes.CDLL(None).syscall(444, None, 0, 1)


def ask(pid, questions):
    """Calls each expression in the process; name -> errno, or 0 where the call succeeded."""
    command = ["gdb", "-nx", "-batch", "-p", str(pid), "-ex", "set confirm off"]
    for name, expression in questions.items():
        command += ["-ex", f"set $result = (int){expression}",
                    "-ex", f'printf "answer {name} %d %d\\n", $result, *((int *(*)(void))__errno_location)()']
    output = subprocess.run(command, capture_output=True, text=True, timeout=120)
    answers = {name: 0 if int(result) >= 0 else int(code)
               for name, result, code in re.findall(r"^answer (\w+) (-?\d+) (\d+)$", output.stdout, re.M)}
    assert answers.keys() == questions.keys(), output.stdout[-2000:] + output.stderr[-2000:]
    return answers


def opening(path, flags=0):
    return f'((int (*)(const char *, int, int))open)("{path}", {flags}, 0600)'


def dialling(port):
    """To that port of this machine; the address is a struct sockaddr_in."""
    address = r'"\2\0' + "".join(f"\\{byte:03o}" for byte in port.to_bytes(2, "big")) + r'\177\0\0\1"'
    return f"((int (*)(int, const void *, int))connect)(((int (*)(int, int, int))socket)(2, 1, 0), {address}, 16)"


def questions(bed, server):
    return {
        "shadow": opening("/etc/shadow"), "outside": opening("/tmp/posthus-escaped", O_CREATE_AND_WRITE),
        "home": opening("/root"), "neighbour": opening(f"/proc/{server.pid}/environ"),
        "program": '((int (*)(const char *, void *, void *))execve)("/bin/true", 0, 0)',
        "signal": f"((int (*)(int, int))kill)({server.pid}, 0)",
        "dial": dialling(bed.ports["imaps"]),
        "store": opening(f"{bed.store}/directory.db", O_RDWR), "key": opening(bed.config.replace("mail.conf", "server.key")),
        "made": opening(f"{bed.store}/spool/probe-of-a-test", O_CREATE_AND_WRITE),
        "null": opening("/dev/null", O_RDWR), "libraries": opening("/usr/lib"),
    }


def other_thread(pid):
    """What libdispatch must be able to read, or it ends the process; of an event loop, for those of the pool come and go."""
    return next(task.name for task in pathlib.Path(f"/proc/{pid}/task").iterdir() if task.joinpath("comm").read_text().startswith("NIO-"))


def outside_is_out_of_reach(bed):
    server = bed.start()
    version, roles = landlock_version(), server.workers()
    assert version >= 2, f"this kernel has Landlock {version}: nothing can be shown"
    assert set(SERVING) <= set(roles), roles
    for role, pids in roles.items():
        answers = ask(pids[0], {**questions(bed, server), "thread": opening(f"/proc/{other_thread(pids[0])}/stat")})
        for name in ["shadow", "outside", "home", "neighbour", "program"]:
            assert answers[name] == errno.EACCES, (role, name, answers)
        # The relay is there to dial, and needs no key of ours for it.
        assert answers["dial"] == (0 if role == "relay" else errno.EACCES) or version < NETWORK_RULES, (role, answers)
        assert answers["signal"] == errno.EPERM or version < SIGNAL_SCOPE, (role, answers)
        for name, allowed in [("store", [*SERVING, "relay"]), ("key", SERVING), ("made", [*SERVING, "relay"])]:
            assert answers[name] == (0 if role in allowed else errno.EACCES), (role, name, answers)
        assert answers["null"] == answers["libraries"] == answers["thread"] == 0, (role, answers)
    assert not os.path.exists("/tmp/posthus-escaped")
    os.unlink(f"{bed.store}/spool/probe-of-a-test")
    everything_a_client_does(bed)
    print(f"      {', '.join(roles)}: Landlock {version}")


def filters_alone_can_be_dialled(bed):
    """The worker that hears strangers reaches the ports of its filters and of names; that nobody listens there is no matter."""
    filter, names = 11, 13
    server = bed.start(f'filter.milters=["inet:127.0.0.1:{filter}"]', f'dns.resolver="127.0.0.1:{names}"')
    asked = {"filter": dialling(filter), "names": dialling(names), "other": dialling(bed.ports["imaps"]), "mail": dialling(25)}
    if landlock_version() < NETWORK_RULES:
        return
    closed, forbidden = errno.ECONNREFUSED, errno.EACCES
    workers = server.workers()
    assert ask(workers["smtp"][0], asked) == {"filter": closed, "names": closed, "other": forbidden, "mail": forbidden}
    assert set(ask(workers["imap"][0], asked).values()) == {forbidden}


def without_it_all_is_open(bed):
    """The control: the same questions do get another answer."""
    server = bed.start("server.confine=false")
    answers = ask(server.workers()["imap"][0], {"shadow": opening("/etc/shadow")})
    assert answers["shadow"] == 0, answers
    assert "Landlock: switched off" in server.log(), server.log()


def powers_are_gone(bed):
    server = bed.start("server.worker_memory=300MB")
    for role, pids in server.workers().items():
        status = pathlib.Path(f"/proc/{pids[0]}/status").read_text()
        limits = pathlib.Path(f"/proc/{pids[0]}/limits").read_text()
        assert re.search(r"^NoNewPrivs:\s+1$", status, re.M), role
        for kind in ["CapInh", "CapPrm", "CapEff", "CapAmb"]:
            assert re.search(rf"^{kind}:\s+0+$", status, re.M), (role, kind, status)
        assert re.search(r"^Max core file size\s+0\s+0 ", limits, re.M), limits
        assert re.search(r"^Max data size\s+300000000\s+300000000 ", limits, re.M), limits
    supervisor = pathlib.Path(f"/proc/{server.pid}/limits").read_text()
    assert re.search(r"^Max data size\s+unlimited", supervisor, re.M), "the supervisor needs no such limit"


def memory_is_missed_by_one_role_alone(bed):
    """Workers that get no more memory end or say "not now", never "wrong password"; other roles notice nothing, and with
    memory again everybody is served."""
    server = bed.start()
    before = server.workers()
    for pid in before["imap"]:
        used = int(re.search(r"VmData:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text())[1]) * 1024
        resource.prlimit(pid, resource.RLIMIT_DATA, (used + (2 << 20), resource.prlimit(pid, resource.RLIMIT_DATA)[1]))
    answers = []
    for _ in range(40):
        try:
            log_in(bed).select("INBOX")
            answers.append("in")
        except Exception as error:  # noqa: BLE001: what becomes of it is looked at below
            answers.append(str(error))
    assert set(answers) != {"in"}, "there was memory enough"
    assert not any("AUTHENTICATIONFAILED" in answer for answer in answers), answers
    for pid in server.workers()["imap"]:
        most = resource.prlimit(pid, resource.RLIMIT_DATA)[1]
        resource.prlimit(pid, resource.RLIMIT_DATA, (most, most))
    log_in(bed).select("INBOX")
    after = server.workers()
    assert [after[role] for role in ("smtp", "pop3")] == [before[role] for role in ("smtp", "pop3")], (before, after)


def shown_certificate(bed):
    return ssl.get_server_certificate(("127.0.0.1", bed.ports["imaps"]), timeout=20)


def renewed_certificate_is_read(bed):
    """As certbot does it: a symbolic link in one folder leads to a file in another, and then to a new one."""
    base = pathlib.Path(bed.directory) / "letsencrypt"
    live, archive = base / "live/mail", base / "archive/mail"
    for folder in [live, archive]:
        folder.mkdir(parents=True)
    own = pathlib.Path(bed.config).parent
    shutil.copy(own / "server.pem", archive / "cert1.pem")
    shutil.copy(own / "server.key", archive / "key1.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-days", "30", "-subj", "/CN=renewed.example.test", "-keyout", archive / "key2.pem",
                    "-out", archive / "cert2.pem"], check=True, capture_output=True)
    os.chmod(archive / "key2.pem", 0o600)

    def point(number):
        for name in ["cert", "key"]:
            new = live / "new"
            new.symlink_to(f"../../archive/mail/{name}{number}.pem")
            new.rename(live / f"{name}.pem")

    point(1)
    server = bed.start(f"tls.certificate={live}/cert.pem", f"tls.key={live}/key.pem")
    old, workers = shown_certificate(bed), server.workers()
    session = log_in(bed)
    point(2)
    os.kill(server.pid, 1)
    server.notify.wait("RELOADING")
    server.notify.wait("READY")
    until(lambda: shown_certificate(bed) != old, "the new certificate")
    assert session.noop()[0] == "OK", "a session ended by a renewal"
    session.logout()
    assert server.workers() == workers, "a certificate takes no new workers"


def old_kernel_says_so(bed):
    server = bed.start(before=["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=landlock_create_ruleset",
                               "-e", "inject=landlock_create_ruleset:error=ENOSYS"])
    everything_a_client_does(bed)
    lines = [line for line in server.log().splitlines() if "Landlock" in line]
    assert lines and all("not in this kernel" in line for line in lines), server.log()
    for pid in pathlib.Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split():
        os.kill(int(pid), 15)
    server.process.wait(60)


def credentials_are_found(bed):
    """tls.key by a name that only the service manager can fill in."""
    folder = pathlib.Path(bed.directory) / "credentials"
    folder.mkdir()
    own = pathlib.Path(bed.config).parent
    shutil.copy(own / "server.pem", folder / "certificate.pem")
    shutil.copy(own / "server.key", folder / "key.pem")
    settings = ["tls.certificate=${CREDENTIALS_DIRECTORY}/certificate.pem", "tls.key=${CREDENTIALS_DIRECTORY}/key.pem"]
    bed.start(*settings, environment={"CREDENTIALS_DIRECTORY": str(folder)})
    assert greeting("imaps", bed.ports["imaps"]).startswith(GREETINGS["imaps"])
    bed.stop_all()
    refused = bed.start(*settings, ready=False)
    assert refused.process.wait(20) == 78 and "CREDENTIALS_DIRECTORY is not set" in refused.log(), refused.log()


CASES = [
    ("confinement: nothing outside", outside_is_out_of_reach), ("confinement: filters", filters_alone_can_be_dialled),
    ("confinement: control", without_it_all_is_open),
    ("confinement: powers and limits", powers_are_gone), ("confinement: out of memory", memory_is_missed_by_one_role_alone),
    ("confinement: a renewed certificate", renewed_certificate_is_read),
    ("confinement: a kernel without Landlock", old_kernel_says_so), ("credentials", credentials_are_found),
]
