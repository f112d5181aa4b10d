"""A PostgreSQL server of our own for one test run: made in a temporary folder, gone with it."""
import os
import pwd
import shutil
import socket
import subprocess
from pathlib import Path

OWNER = "postgres"
SETTINGS = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "max_connections": "200",
            "listen_addresses": "127.0.0.1", "max_wal_size": "4GB", "autovacuum": "off", "timezone": "UTC"}


def start(folder):
    """Start a server with its data in `folder`; gives its port. It refuses root: then Debian's account runs it."""
    data = folder / "postgres"
    data.mkdir(mode=0o700)
    if os.geteuid() == 0:
        account = pwd.getpwnam(OWNER)
        os.chown(data, account.pw_uid, account.pw_gid)
        folder.chmod(0o755)
    _postgres("initdb", "-D", data / "data", "-U", "award", "--auth=trust", "--encoding=UTF8", "--no-locale",
              "--no-sync", cwd=data)
    port = free_port()
    options = {**SETTINGS, "port": str(port), "unix_socket_directories": str(data)}
    _postgres("pg_ctl", "-D", data / "data", "-l", data / "log", "-w", "-s",
              "-o", " ".join(f"-c {name}={value}" for name, value in options.items()), "start", cwd=data)
    return port


def stop(folder):
    """Stop the server of `folder`, at once: nothing in it is kept."""
    data = folder / "postgres"
    if (data / "data" / "postmaster.pid").exists():
        _postgres("pg_ctl", "-D", data / "data", "-s", "-m", "immediate", "stop", cwd=data)


def free_port():
    """A port of this machine that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _postgres(program, *arguments, cwd):
    command = [_path(program), *map(str, arguments)]
    if os.geteuid() == 0:
        command = ["runuser", "-u", OWNER, "--", *command]
    with open(cwd / "messages", "ab") as messages:
        done = subprocess.run(command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=messages, stderr=messages, check=False)
    if done.returncode:
        raise RuntimeError(f"{program} failed: {(cwd / 'messages').read_text()}")


def _path(program):
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), key=lambda path: int(path.parts[4]))
    found = str(installed[-1]) if installed else shutil.which(program)
    if found is None:
        raise RuntimeError(f"{program} is not installed; ./run test installs it or says what to type")
    return found
