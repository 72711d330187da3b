"""The process that opens documents: `python -m nenrin.core.files.documents.workshop`.

It is asked for ``{"task", "settings"}`` with the documents as blocks. The answer is ``{"found"}``
and what was made as blocks, or ``{"refused"}``: words that may be shown. It knows no Django.
"""

import resource
from collections.abc import Callable
from typing import Any, Final

from nenrin.core.files.documents import pdf, photos
from nenrin.core.files.errors import FileRefused
from nenrin.core.memory.helper import Answer, Said, answer_questions

MOST_MEMORY: Final = 2 * 1024**3
TOO_MUCH: Final = "大きすぎて開けません。小さくして、もう一度選んでください。"
TASKS: Final[dict[str, Callable[..., Any]]] = {
    "as_jpeg": photos.as_jpeg,
    "text_of": pdf.text_of,
    "page_texts": pdf.page_texts,
    "page_count": pdf.page_count,
    "draw": pdf.draw,
    "bind": lambda *parts: pdf.bind(parts),
}


def answer(question: Said, contents: list[bytes]) -> Answer:
    """Do one task."""
    try:
        made = TASKS[question["task"]](*contents, **question["settings"])
    except FileRefused as refusal:
        return {"refused": str(refusal)}, []
    except MemoryError:
        return {"refused": TOO_MUCH}, []
    return ({"found": None}, [made]) if isinstance(made, bytes) else ({"found": made}, [])


def main() -> None:
    """Answer until nobody asks any more."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    answer_questions(answer)


if __name__ == "__main__":
    main()
