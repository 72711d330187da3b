"""The floor: bytes that were sealed beforehand, through libcurl's multi interface, nothing else."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pycurl

CONNECTIONS = 16
STREAMS = 64
Prepared = tuple[str, bytes]


def push(
    requests: Sequence[Prepared], headers: list[str], ca_file: str, threads: int
) -> tuple[float, float]:
    """Post all bodies; returns seconds on the clock and of the processor. All must be taken."""
    lots = [requests[first::threads] for first in range(threads)]
    senders = [
        (_multi(), [_handle(headers, ca_file) for _ in range(CONNECTIONS * STREAMS)]) for _ in lots
    ]
    for multi, idle in senders:
        _run(multi, idle, list(requests[:200]))
    with ThreadPoolExecutor(threads) as pool:
        start, spent = time.perf_counter(), time.process_time()
        runs = [
            pool.submit(_run, multi, idle, list(lot))
            for (multi, idle), lot in zip(senders, lots, strict=True)
        ]
        for run in runs:
            run.result()
        return time.perf_counter() - start, time.process_time() - spent


def _run(multi: pycurl.CurlMulti, idle: list[pycurl.Curl], waiting: list[Prepared]) -> None:
    flying = 0
    while waiting or flying:
        while waiting and idle:
            handle = idle.pop()
            address, body = waiting.pop()
            handle.setopt(pycurl.URL, address)
            handle.setopt(pycurl.POSTFIELDS, body)
            multi.add_handle(handle)
            flying += 1
        multi.perform()
        more = 1
        while more:
            more, well, ill = multi.info_read()
            if ill:
                raise RuntimeError(ill[0][2])
            for handle in well:
                if handle.getinfo(pycurl.RESPONSE_CODE) != 201:
                    raise RuntimeError(handle.getinfo(pycurl.RESPONSE_CODE))
                multi.remove_handle(handle)
                idle.append(handle)
            flying -= len(well)
        if flying == CONNECTIONS * STREAMS or not waiting:
            multi.select(0.01)


def _multi() -> pycurl.CurlMulti:
    multi = pycurl.CurlMulti()
    multi.setopt(pycurl.M_PIPELINING, pycurl.PIPE_MULTIPLEX)
    multi.setopt(pycurl.M_MAX_HOST_CONNECTIONS, CONNECTIONS)
    multi.setopt(pycurl.M_MAX_CONCURRENT_STREAMS, STREAMS)
    return multi


def _handle(headers: list[str], ca_file: str) -> pycurl.Curl:
    handle = pycurl.Curl()
    handle.setopt(pycurl.POST, 1)
    handle.setopt(pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_2TLS)
    handle.setopt(pycurl.PIPEWAIT, 1)
    handle.setopt(pycurl.CAINFO, ca_file)
    handle.setopt(pycurl.HTTPHEADER, headers)
    handle.setopt(pycurl.WRITEFUNCTION, len)
    return handle
