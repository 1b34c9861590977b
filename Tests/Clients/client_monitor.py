"""Whoever watches: curl on the monitor's socket, Prometheus' own checker, and mailctl top in a pipe and in a terminal."""
import fcntl
import json
import os
import pty
import re
import shutil
import struct
import termios
import time

from client_poplib import connect
from support import run, seed, until
import messages
from testbed import ROOT, Testbed

MAILCTL = ROOT / ".build/release/mailctl"
LINE = re.compile(r'^[a-z_]+(\{[a-z]+="[^"\\\n]*"(,[a-z]+="[^"\\\n]*")*\})? -?[0-9.e+]+$')


def ask(bed, path, method="GET"):
    socket = bed.facts["store"] + "/run/monitor.sock"
    result = run("curl", "-s", "-X", method, "-w", "%{http_code}", "--unix-socket", socket, "http://localhost" + path)
    text = result.stdout.decode()
    return int(text[-3:]), text[:-3]


def value(bed, series):
    for line in ask(bed, "/metrics")[1].splitlines():
        if line.startswith(series + " "):
            return float(line.rsplit(" ", 1)[1])
    return 0.0


def test_ready_and_health(bed):
    until(lambda: ask(bed, "/ready") == (200, "ready\n"), what="ready server")
    assert ask(bed, "/health") == (200, "alive\n")
    assert ask(bed, "/nothing")[0] == 404
    assert ask(bed, "/metrics", "DELETE")[0] == 405


def test_the_page_is_prometheus_text(bed):
    status, page = ask(bed, "/metrics")
    assert status == 200 and page.endswith("\n")
    for line in page.splitlines():
        assert line.startswith(("# HELP ", "# TYPE ")) or LINE.match(line), line
    promtool = os.environ.get("PROMTOOL") or shutil.which("promtool")
    assert promtool, "promtool is missing: install prometheus"
    checked = run(promtool, "check", "metrics", input=page.encode(), ok=(0, 1, 3))
    assert checked.returncode == 0, checked.stderr.decode()
    run(promtool, "check", "rules", ROOT / "share/prometheus/posthus.rules.yml")


def test_what_happens_is_counted(bed):
    wanted = ('posthus_logins_total{result="ok"}', 'posthus_deliveries_total{result="delivered"}',
              'posthus_sessions_total{service="pop3s"}', 'posthus_sessions_total{service="smtp"}',
              'posthus_command_seconds_count{protocol="pop3",command="stat"}')
    before = {series: value(bed, series) for series in wanted}
    seed(bed, 30, messages.plain)
    pop = connect(bed, 30)
    pop.stat()
    assert value(bed, 'posthus_sessions_open{service="pop3s"}') >= 1
    pop.quit()
    for series in wanted:
        assert value(bed, series) > before[series], series
    assert value(bed, "posthus_store_commit_seconds_count") > 0
    until(lambda: value(bed, 'posthus_sessions_open{service="pop3s"}') == 0, what="end of the session")


def top(bed, *options):
    return [str(MAILCTL), "top", "--store", bed.facts["store"], "--interval", "1", *options]


def test_top_in_a_pipe(bed):
    text = run(*top(bed)).stdout.decode()
    assert text.startswith("posthus   ready\n") and "\x1b" not in text, text
    assert re.search(r"^commit +\d", text, re.M), text
    record = json.loads(run(*top(bed, "--json")).stdout)
    assert record["v"] == 1 and record["ready"] is True and record["workers"] >= 1 and record["resident_bytes"] > 1e6


def screen(bed, columns, keys, env=None):
    """What `mailctl top` writes on a terminal until these keys end it, and how it ends."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update({"TERM": "xterm", "LC_ALL": "C.UTF-8", **(env or {})})
        os.execv(str(MAILCTL), top(bed))
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    written, end = b"", time.monotonic() + 20
    try:
        while time.monotonic() < end:
            written += os.read(terminal, 65536)
            if written.count(b"\x1b[H") >= 2 and keys:
                os.write(terminal, keys)
                keys = b""
    except OSError:
        pass  # its end
    finally:
        os.close(terminal)
    _, status = os.waitpid(pid, 0)
    return written.decode(), os.waitstatus_to_exitcode(status)


def test_top_on_a_terminal(bed):
    for columns, keys, env in ((40, b"q", {}), (120, b"\x03", {"NO_COLOR": "1"})):
        written, code = screen(bed, columns, keys, env)
        assert code == 0, (code, written)
        assert "posthus   ready" in written and written.rstrip().endswith("\x1b[?25h\x1b[?1049l"), written
        assert ("\x1b[32m" in written) == ("NO_COLOR" not in env)
        for line in written.split("\n"):
            plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", line).strip("\r")
            assert len(plain) <= columns, (columns, plain)
