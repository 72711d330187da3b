from concurrent.futures import ThreadPoolExecutor

import pytest

from nenrin.core.language.furigana import annotate_page, spoken, words_with_readings

PAGE = "<!doctype html><html><head><title>金山町</title></head><body>{}</body></html>"


def _body(words):
    return annotate_page(PAGE.format(words)).split("<body>")[1].split("</body>")[0]


def test_kanji_carry_their_reading_and_kana_do_not():
    assert _body("<p>食べる</p>") == "<p><ruby>食<rp>（</rp><rt>た</rt><rp>）</rp></ruby>べる</p>"


def test_names_of_the_area_are_read_as_people_say_them():
    assert ("金山町", "かねやままち") in list(words_with_readings("金山町の避難所"))
    assert ("有屋", "ありや") in list(words_with_readings("有屋地区"))


@pytest.mark.parametrize(
    ("text", "reading"),
    [("11月23日", "11がつ23にち"), ("120人", "120にん"), ("大雪です", "おおゆきです")],
)
def test_what_a_voice_reads(text, reading):
    assert spoken(text) == reading


def test_title_scripts_and_fields_stay_as_they_are():
    page = annotate_page(PAGE.format("<script>let 雪 = 1</script><textarea>雪</textarea>"))
    assert "<title>金山町</title>" in page
    assert "<script>let 雪 = 1</script><textarea>雪</textarea>" in page


def test_markup_between_words_is_kept_in_order():
    body = _body("<p>町の<b>雪</b>と雨<br>晴れ</p>")
    assert body.index("町") < body.index("雪") < body.index("雨") < body.index("<br>")
    assert body.index("<br>") < body.index("晴")


def test_many_threads_ask_at_once():
    with ThreadPoolExecutor(8) as pool:
        readings = set(pool.map(spoken, ["大雪です"] * 400))
    assert readings == {"おおゆきです"}
