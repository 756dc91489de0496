"""Fetches a file over HTTP: in pieces, going on where an earlier attempt stopped, giving up in plain words."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable
from pathlib import Path
from time import sleep
from typing import Any

import requests

from simulator.domain.errors import SimulatorError

TIMEOUT_S = (10.0, 30.0)
FRUITLESS_ATTEMPTS = 4
# What is read when a connection breaks in the middle of a piece is lost, so pieces are small.
_CHUNK = 1 << 14
_OFFLINE = "Check the connection and try again: it goes on where it stopped."


class Download:
    """One file to fetch. `wait` (seconds) passes the time between attempts."""

    def __init__(self, url: str, to: Path, wait: Callable[[float], None] = sleep) -> None:
        self._url = url
        self._to = to
        self._part = to.with_name(to.name + ".part")
        self._origin = to.with_name(to.name + ".part.json")
        self._wait = wait

    def run(self, progress: Callable[[int, int | None], None], cancelled: Callable[[], bool]) -> None:
        """Fetch it; the file appears under its name only when it is whole. `progress` gets bytes done and in all.

        A broken connection is tried again from where it broke; what is there stays for a later call too, and is
        used only while the server says that the file is still the same (If-Range). Raises SimulatorError: no
        connection, refused by the server, disk full, cancelled.
        """
        failures, reached = 0, 0
        while True:
            try:
                self._fetch(progress, cancelled)
            except (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError):
                # Only attempts that brought nothing count: a poor connection gets there in many small steps.
                have = self._part.stat().st_size if self._part.exists() else 0
                failures = 1 if have > reached else failures + 1
                reached = have
                if failures == FRUITLESS_ATTEMPTS:
                    raise SimulatorError(f"{self._url} cannot be reached.", _OFFLINE) from None
                self._wait(0.5 * 2**failures)
            except requests.RequestException as error:
                raise SimulatorError(f"{self._url} cannot be fetched ({type(error).__name__}).") from None
            except OSError as error:
                raise _disk_error(error, self._part) from None
            else:
                return

    def _fetch(self, progress: Callable[[int, int | None], None], cancelled: Callable[[], bool]) -> None:
        have, origin = self._left_over()
        headers = {"Accept-Encoding": "identity"}
        if have:
            headers |= {"Range": f"bytes={have}-", "If-Range": origin["validator"]}
        with requests.get(self._url, headers=headers, stream=True, timeout=TIMEOUT_S) as response:
            if response.status_code == requests.codes.requested_range_not_satisfiable:
                self._part.unlink(missing_ok=True)
                raise requests.ConnectionError
            if not response.ok:
                raise SimulatorError(
                    f"{self._url} was refused by the server ({response.status_code} {response.reason}).",
                    "Check the address.",
                )
            have = _resumes_at(response, have)
            total = _total(response, have)
            if have == 0:
                self._remember(response)
            with self._part.open("ab" if have else "wb") as out:
                progress(have, total)
                for chunk in response.iter_content(_CHUNK):
                    if cancelled():
                        raise SimulatorError("The download was cancelled.", "Start it again to go on where it stopped.")
                    out.write(chunk)
                    have += len(chunk)
                    progress(have, total)
        if total is not None and have != total:
            raise requests.ConnectionError
        self._part.replace(self._to)
        self._origin.unlink(missing_ok=True)

    def _left_over(self) -> tuple[int, dict[str, Any]]:
        try:
            origin = json.loads(self._origin.read_text(encoding="utf-8"))
            if origin["url"] == self._url and origin["validator"]:
                return self._part.stat().st_size, origin
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return 0, {}

    def _remember(self, response: requests.Response) -> None:
        etag = response.headers.get("ETag", "")
        validator = etag if etag and not etag.startswith("W/") else response.headers.get("Last-Modified", "")
        self._origin.write_text(json.dumps({"url": self._url, "validator": validator}), encoding="utf-8")


def fetch_text(url: str, most_bytes: int = 4_000_000) -> str | None:
    """A small text file; None where the server has none (404). Raises SimulatorError as `Download.run` does."""
    try:
        with requests.get(url, stream=True, timeout=TIMEOUT_S) as response:
            if response.status_code == requests.codes.not_found:
                return None
            if not response.ok:
                raise SimulatorError(f"{url} was refused by the server ({response.status_code} {response.reason}).")
            content = b""
            for chunk in response.iter_content(_CHUNK):
                content += chunk
                if len(content) > most_bytes:
                    raise SimulatorError(f"{url} is longer than it should be.")
    except requests.RequestException:
        raise SimulatorError(f"{url} cannot be reached.", "Check the connection and try again.") from None
    return content.decode("utf-8", errors="replace")


def _resumes_at(response: requests.Response, have: int) -> int:
    """Where the server goes on: at what we have (206 and the range we asked for), or at 0 (the whole file)."""
    if response.status_code != requests.codes.partial_content:
        return 0
    if not response.headers.get("Content-Range", "").startswith(f"bytes {have}-"):
        raise SimulatorError("The server sent another part of the file than was asked for.", "Try again later.")
    return have


def _total(response: requests.Response, have: int) -> int | None:
    length = response.headers.get("Content-Length", "")
    return have + int(length) if length.isdigit() else None


def _disk_error(error: OSError, path: Path) -> SimulatorError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return SimulatorError("The disk is full.", "Free some space and start again: it goes on where it stopped.")
    return SimulatorError(f"{path.parent} cannot be written ({error.strerror}).", "Check the folder's permissions.")
