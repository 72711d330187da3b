"""A process apart: asked in turn, started anew when it dies, ended when nobody asks."""

from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

from nenrin.core.memory.helper import Helper, HelperBroke, HelperSilent

MODULE = "nenrin.core.memory.tests.parrot"


def helper(*arguments, idle=20.0, patience=20.0):
    return Helper(MODULE, lambda: arguments, idle=idle, patience=patience)


def test_blocks_of_every_size_come_back_whole():
    blocks = [b"", b"\n", b"x" * 3_000_000]
    said, heard = helper("金山").ask({"word": "雪"}, *blocks)
    assert (said["word"], said["arguments"], heard) == ("雪", ["金山"], blocks)


def test_many_who_ask_at_once_each_get_their_own_answer():
    parrot = helper()
    words = [str(number) for number in range(40)]
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda word: parrot.ask({"word": word})[0], words))
    assert [said["word"] for said in found] == words
    assert len({said["pid"] for said in found}) == 1


def test_what_a_library_prints_is_no_answer():
    parrot = helper()
    assert parrot.ask({"word": "chatter"})[0]["word"] == "chatter"
    assert parrot.ask({"word": "next"})[0]["word"] == "next"


def test_a_question_it_died_of_is_asked_once_more(tmp_path):
    question = {"word": "die once", "mark": str(tmp_path / "mark")}
    assert helper().ask(question)[0]["word"] == "die once"


def test_a_question_it_dies_of_twice_is_given_up_and_the_next_is_answered():
    parrot = helper()
    with pytest.raises(HelperBroke):
        parrot.ask({"word": "die"})
    assert parrot.ask({"word": "next"})[0]["word"] == "next"


def test_one_that_never_answers_is_given_up_and_not_asked_again(tmp_path):
    mark = tmp_path / "mark"
    with pytest.raises(HelperSilent):
        helper(patience=1.5).ask({"word": "sleep", "mark": str(mark)})
    assert not mark.exists() or mark.read_text() == "asked"


def test_it_is_told_no_secret_of_this_installation(monkeypatch):
    monkeypatch.setenv("NENRIN_SECRET_KEY", "s3cret")
    assert not [name for name in helper().ask({"word": "x"})[0]["told"] if "NENRIN" in name]


def test_it_ends_when_nobody_asks():
    pid = helper(idle=0.05).ask({"word": "x"})[0]["pid"]
    try:
        process = psutil.Process(pid)
    except psutil.NoSuchProcess:
        return
    process.wait(20)
