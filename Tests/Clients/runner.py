"""Runs the tests of a folder's client_*.py against one real server."""
import importlib
import sys
import time
import traceback

import testbed


def cases(folder, wanted):
    for path in sorted(folder.glob("client_*.py")):
        name = path.stem.removeprefix("client_")
        module = importlib.import_module(path.stem)
        tests = [(n, f) for n, f in vars(module).items() if n.startswith("test_") and callable(f)]
        if not tests:
            raise SystemExit(f"{path.name} holds no test")
        for test_name, function in tests:
            title = f"{name}: {test_name.removeprefix('test_').replace('_', ' ')}"
            if not wanted or name in wanted or title in wanted:
                yield title, function


def main(folder, accounts):
    sys.path.insert(0, str(folder))
    passed = failed = 0
    with testbed.running("--accounts", str(accounts), "--set", f"imap.admin={testbed.ADMIN}") as bed:
        for title, function in cases(folder, sys.argv[1:]):
            started = time.monotonic()
            try:
                function(bed)
                passed += 1
                print(f"ok    {title} ({time.monotonic() - started:.1f} s)", flush=True)
            except Exception:
                failed += 1
                print(f"FAIL  {title}\n{traceback.format_exc()}", flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0
