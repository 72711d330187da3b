"""Runs the providers, the mail server, the tablets and their residents in one process."""

import asyncio
import contextlib
import dataclasses
import resource
import signal
import ssl
from collections.abc import AsyncIterator, Callable
from functools import partial

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP2Settings
from granian.log import LogLevels
from granian.server.embed import Server

from nenrin.rehearsal.certificates import CertificatePaths, ensure_certificates
from nenrin.rehearsal.config import RehearsalConfig
from nenrin.rehearsal.devices import Devices, Webhook
from nenrin.rehearsal.journal import Journal
from nenrin.rehearsal.payments.serve import serving_payments
from nenrin.rehearsal.providers.app import Handlers, ProviderApp
from nenrin.rehearsal.providers.browser_push import BrowserPush, Sorter
from nenrin.rehearsal.providers.control import Control
from nenrin.rehearsal.providers.faults import Faults
from nenrin.rehearsal.providers.line import LineService
from nenrin.rehearsal.providers.opening import Opening
from nenrin.rehearsal.providers.push import PushService
from nenrin.rehearsal.providers.sms import SmsGateway
from nenrin.rehearsal.providers.voice import VoiceGateway
from nenrin.rehearsal.reporter import Reporter
from nenrin.rehearsal.smtp import Mailboxes, start_smtp
from nenrin.rehearsal.tablets import Fleet, read_tablets
from nenrin.rehearsal.wire.loopback import require_free, require_loopback
from nenrin.rehearsal.wire.plain import STOP_WITHIN_S, serving_plainly

CONNECTION_LIMIT = 20_000
START_WITHIN_S = 10


async def serve(config: RehearsalConfig) -> None:
    """Run until SIGTERM or SIGINT.

    Raises NotLoopback for a host others could reach, OSError for a port that is taken.
    """
    config = dataclasses.replace(config, host=require_loopback(config.host))
    require_free(config.host, config.port)
    _raise_file_limit()
    paths = ensure_certificates(config.state_dir)
    journal, faults = Journal(), Faults(config.faults)
    trust = ssl.create_default_context(cafile=str(paths.ca))
    async with contextlib.AsyncExitStack() as running:
        reporter = await running.enter_async_context(_reporting(trust))
        devices = Devices(
            seed=config.seed,
            speed=config.speed,
            reporter=reporter,
            journal=journal,
            notice_after_s=config.notice_after_s,
            webhook=Webhook(f"{config.base}/line/webhook", config.line_secret),
        )
        fleet = await running.enter_async_context(_fleet(config, devices, trust))
        mailboxes = Mailboxes(devices, faults, journal, read_after_s=config.notice_after_s)
        parts = {"receipts": reporter.summary, "tablets": fleet.summary}
        control = Control(journal, faults, parts, mailboxes.newest_to)
        browsers = BrowserPush(f"https://localhost:{config.port}", journal)
        await running.enter_async_context(_browsers(config, browsers))
        payments = serving_payments(config.host, config.payment_port, config.base)
        await running.enter_async_context(payments)
        app = _app(config, devices, browsers, faults, control)
        await running.enter_async_context(_mail(config, mailboxes))
        await _serve_until_stopped(_server(config, app, paths), app, config)


@contextlib.asynccontextmanager
async def _reporting(trust: ssl.SSLContext) -> AsyncIterator[Reporter]:
    reporter = Reporter(trust)
    reporter.start()
    try:
        yield reporter
    finally:
        await reporter.stop()


@contextlib.asynccontextmanager
async def _fleet(
    config: RehearsalConfig, devices: Devices, trust: ssl.SSLContext
) -> AsyncIterator[Fleet]:
    tablets = read_tablets(config.tablets) if config.tablets else []
    fleet = Fleet(tablets, config.base, partial(devices.receive, "tablet"), trust)
    fleet.start()
    try:
        yield fleet
    finally:
        await fleet.stop()


@contextlib.asynccontextmanager
async def _mail(config: RehearsalConfig, mailboxes: Mailboxes) -> AsyncIterator[None]:
    server = await start_smtp(config.host, config.smtp_port, mailboxes)
    try:
        yield
    finally:
        server.close()


@contextlib.asynccontextmanager
async def _browsers(config: RehearsalConfig, browsers: BrowserPush) -> AsyncIterator[None]:
    """Real browsers connect without TLS, on a port of their own; none is opened for port 0."""
    if not config.browser_port:
        yield
        return
    async with serving_plainly(browsers, config.host, config.browser_port):
        yield


def _app(
    config: RehearsalConfig,
    devices: Devices,
    browsers: BrowserPush,
    faults: Faults,
    control: Control,
) -> ProviderApp:
    journal = devices.journal
    opening = Opening(
        config.seed,
        partial(devices.receive, "push"),
        journal,
        keep_sealed=config.keep_sealed,
        after_s=config.notice_after_s,
    )
    handlers = Handlers(
        push=PushService(Sorter(opening, browsers), journal).handle,
        line=LineService(config.line_token, devices, journal).handle,
        sms=SmsGateway(config.sms_token, devices, journal).handle,
        voice=VoiceGateway(config.voice_token, devices, journal).handle,
        control=control.handle,
    )
    return ProviderApp(handlers, faults, journal)


def _server(config: RehearsalConfig, app: ProviderApp, paths: CertificatePaths) -> Server:
    server = Server(
        app,
        address=config.host,
        port=config.port,
        interface=Interfaces.ASGINL,
        http=HTTPModes.auto,
        http2_settings=HTTP2Settings(max_concurrent_streams=1000),
        websockets=False,
        backlog=1024,
        backpressure=CONNECTION_LIMIT,
        log_level=LogLevels.error,
        ssl_cert=paths.cert,
        ssl_key=paths.key,
    )
    server.workers_kill_timeout = STOP_WITHIN_S
    return server


async def _serve_until_stopped(server: Server, app: ProviderApp, config: RehearsalConfig) -> None:
    stop_server: Callable[[], None] = server.stop

    def stop() -> None:
        app.release()
        stop_server()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    serving = asyncio.create_task(server.serve())
    await _until_it_listens(config, serving)
    host = f"[{config.host}]" if ":" in config.host else config.host
    print(
        f"rehearsal: providers https://{host}:{config.port}, mail smtp://{host}:{config.smtp_port},"
        f" authority {config.state_dir / 'ca.pem'}",
        flush=True,
    )
    with contextlib.suppress(TimeoutError):  # a client that holds on ends with this process
        await serving


async def _until_it_listens(config: RehearsalConfig, serving: asyncio.Task[None]) -> None:
    async with asyncio.timeout(START_WITHIN_S):
        while not serving.done():
            with contextlib.suppress(ConnectionError):
                _, writer = await asyncio.open_connection(config.host, config.port)
                writer.close()
                return
            await asyncio.sleep(0.02)


def _raise_file_limit() -> None:
    """Let as many tablets connect as the machine permits."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
