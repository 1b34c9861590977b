"""DKIM and ARC beside dkimpy and Mail::DKIM; nothing is sent."""
import pathlib
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
PROBE = HERE.parents[1] / ".build/release/dkim-probe"


def test_signatures_and_seals_of_others(stage):
    """By Debian's own Python, which has dkimpy."""
    done = subprocess.run(["/usr/bin/python3", HERE / "dkim_check.py", PROBE], capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
