"""A helper that says what it hears; some words end it, hold it, or make it chatter."""

import os
import sys
import time
from pathlib import Path

from nenrin.core.memory.helper import Answer, Said, answer_questions


def answer(said: Said, blocks: list[bytes]) -> Answer:
    match said["word"]:
        case "die":
            os._exit(1)
        case "die once" if not Path(said["mark"]).exists():
            Path(said["mark"]).touch()
            os._exit(1)
        case "sleep":
            with Path(said["mark"]).open("a") as mark:
                mark.write("asked")
            time.sleep(60)
        case "chatter":
            print("not an answer")
    return {
        "word": said["word"],
        "arguments": sys.argv[1:],
        "pid": os.getpid(),
        "told": [*os.environ],
    }, blocks


if __name__ == "__main__":
    answer_questions(answer)
