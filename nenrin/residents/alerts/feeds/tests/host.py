"""A real HTTP server in a thread, and small feeds and telegrams for it to serve."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Reply:
    """One answer; with an ETag it answers 304 to who has it. ``hang``: seconds of silence."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    hang: float = 0.0
    declared: int | None = None


@dataclass
class FeedHost:
    url: str
    replies: dict[str, Reply] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    doors: set[int] = field(default_factory=set)
    released: threading.Event = field(default_factory=threading.Event)

    def serve_feed(self, name: str, *feed_ids: str, etag: str = "") -> None:
        headers = {"ETag": etag} if etag else {}
        links = [(one, f"{self.url}/data/{one}.xml") for one in feed_ids]
        self.replies[f"/feed/{name}"] = Reply(atom(*links), headers=headers)

    def serve_telegrams(self, *feed_ids: str) -> None:
        for one in feed_ids:
            self.replies[f"/data/{one}.xml"] = Reply(telegram(one))

    def times_asked(self, path: str) -> int:
        return self.asked.count(path)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    host: FeedHost

    def do_GET(self) -> None:
        self.host.asked.append(self.path)
        self.host.doors.add(self.client_address[1])
        reply = self.host.replies.get(self.path, Reply(status=404))
        if reply.hang:
            self.host.released.wait(reply.hang)
        known = self.headers.get("If-None-Match")
        status = 304 if known and known == reply.headers.get("ETag") else reply.status
        body = b"" if status == 304 else reply.body
        self.send_response(status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(reply.declared or len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = self.close_connection or reply.declared is not None

    def log_message(self, *_: object) -> None:
        """Keep the test's output quiet."""


@contextmanager
def running_host() -> Iterator[FeedHost]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads, server.block_on_close = True, False
    host = FeedHost(f"http://127.0.0.1:{server.server_port}")
    server.RequestHandlerClass = type("Handler", (_Handler,), {"host": host})
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield host
    finally:
        host.released.set()
        server.shutdown()
        server.server_close()


def atom(*links: tuple[str, str]) -> bytes:
    entries = "".join(
        f"<entry><title>府県天気予報</title><id>{feed_id}</id>"
        f"<updated>2026-11-24T00:00:{at:02}Z</updated>"
        f'<link type="application/xml" href="{href}"/></entry>'
        for at, (feed_id, href) in enumerate(links)
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>'.encode()


def telegram(event_id: str) -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Report xmlns="http://xml.kishou.go.jp/jmaxml1/"><Control>
<Title>地震・津波に関するお知らせ</Title><DateTime>2026-11-24T00:00:00Z</DateTime>
<Status>通常</Status><EditorialOffice>気象庁本庁</EditorialOffice>
<PublishingOffice>気象庁</PublishingOffice></Control>
<Head xmlns="http://xml.kishou.go.jp/jmaxml1/informationBasis1/"><Title>お知らせ</Title>
<ReportDateTime>2026-11-24T09:00:00+09:00</ReportDateTime>
<TargetDateTime>2026-11-24T09:00:00+09:00</TargetDateTime><EventID>{event_id}</EventID>
<InfoType>発表</InfoType><Serial/><InfoKind>地震・津波に関するお知らせ</InfoKind>
<InfoKindVersion>1.0_0</InfoKindVersion><Headline><Text/></Headline></Head>
<Body xmlns="http://xml.kishou.go.jp/jmaxml1/body/seismology1/"><Text>お知らせ</Text></Body>
</Report>""".encode()
