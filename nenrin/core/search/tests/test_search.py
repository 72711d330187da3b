import pytest
from django.utils import timezone

from nenrin.core.registry.registry import NotRegistered
from nenrin.core.search.models import SearchEntry
from nenrin.core.search.selectors import search
from nenrin.core.search.services.index_entry import Findable, index_entry, remove_entry


def _index(key, title, text="", **fields):
    findable = Findable(
        kind=fields.pop("kind", "message"),
        key=key,
        title=title,
        text=text,
        url=f"/{key}",
        happened_at=timezone.now(),
        **fields,
    )
    index_entry(findable=findable)


@pytest.mark.parametrize(
    ("title", "asked"),
    [
        ("引っ越しの手続き", "引越"),
        ("雪おろしの手伝い", "雪下ろし"),
        ("水道使用の申し込み", "水道"),
        ("ＤＸ推進計画", "dx"),
        ("子どもの予防接種", "子供"),
    ],
)
def test_words_are_found_however_they_are_written(town, title, asked):
    _index("a", title)
    _index("b", "まったく別のこと")
    assert [hit.url for hit in search(asked)] == ["/a"]


def test_all_words_must_fit_and_a_title_counts_more(town):
    _index("text", "お知らせ", "除雪と灯油について")
    _index("title", "除雪と灯油")
    _index("half", "灯油の値段")
    assert [hit.url for hit in search("除雪 灯油")] == ["/title", "/text"]


def test_what_is_for_staff_is_found_by_staff_alone(town):
    _index("a", "内部の資料", audience=SearchEntry.Audience.STAFF)
    assert search("資料") == []
    assert len(search("資料", for_staff=True)) == 1


def test_an_entry_is_renewed_and_removed(town):
    _index("a", "古い名前")
    _index("a", "新しい題名")
    assert SearchEntry.objects.count() == 1
    assert search("題名") and not search("古い")
    remove_entry(kind="message", key="a")
    assert search("題名") == []


@pytest.mark.parametrize("asked", ["", "   ", "、。", "' OR 1=1 --", "!!!&|()"])
def test_strange_words_find_nothing_and_break_nothing(town, asked):
    _index("a", "除雪")
    assert search(asked) == []


def test_a_kind_must_be_known(town):
    with pytest.raises(NotRegistered):
        _index("a", "x", kind="nonsense")
