"""`pywebpush.webpush` in 32 threads with one shared session; reads its task from standard input."""

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import requests
from py_vapid import Vapid02
from pywebpush import webpush

THREADS = 32


def main() -> None:
    task = json.load(sys.stdin)
    key = Vapid02.from_pem(task["vapid_pem"].encode())
    session = requests.Session()
    session.verify = task["ca_file"]
    session.trust_env = False  # else the environment's own authorities would replace ours
    session.mount("https://", requests.adapters.HTTPAdapter(pool_maxsize=THREADS))

    def push(subscription: dict[str, Any]) -> None:
        answer = webpush(
            subscription,
            data=task["data"],
            vapid_private_key=key,
            vapid_claims={"sub": task["subject"]},
            ttl=3600,
            headers={"Urgency": "high"},
            requests_session=session,
        )
        if answer.status_code != 201:
            raise RuntimeError(answer.status_code)

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(push, task["subscriptions"][:THREADS]))
        start, spent = time.perf_counter(), time.process_time()
        list(pool.map(push, task["subscriptions"]))
        wall, processor = time.perf_counter() - start, time.process_time() - spent
        print(json.dumps({"wall": wall, "processor": processor}))


main()
