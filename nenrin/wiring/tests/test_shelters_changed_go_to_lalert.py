import pytest

from nenrin.core.areas.models import Shelter
from nenrin.core.events.bus import handle, listeners
from nenrin.core.events.models import OutboxEvent
from nenrin.residents.shelters.services.close_shelter import close_shelter
from nenrin.residents.shelters.services.count_people import count_people
from nenrin.residents.shelters.services.describe_shelter import describe_shelter
from nenrin.residents.shelters.services.open_shelter import open_shelter

NAMES = ("ShelterOpened", "ShelterFilled", "ShelterClosed")


@pytest.fixture
def written(town, settings, tmp_path):
    """Lets every listener hear what was announced so far; returns the newest document's text."""
    settings.NENRIN = settings.NENRIN.model_copy(update={"state_dir": tmp_path})

    def hear():
        for row in OutboxEvent.objects.filter(name__in=NAMES).order_by("pk"):
            for listener in listeners:
                if listener.event_type.__name__ == row.name and "lalert" in listener.key:
                    handle(row.pk, listener.key)
        files = sorted((tmp_path / "lalert" / "063614").glob("*.xml"))
        return files, files[-1].read_text(encoding="utf-8")

    return hear


def _open(shelter, *, is_drill=False):
    return open_shelter(shelter=shelter, is_drill=is_drill, acting_user="tester")


def test_shelters_that_are_open_together_are_one_document_in_revisions(written):
    first, second = Shelter.objects.order_by("name")[:2]
    describe_shelter(shelter=first, capacity=40, equipment=[], acting_user="tester")
    opening = _open(first)
    files, text = written()
    assert len(files) == 1 and "開設" in text and "空き" in text and first.name in text
    count_people(opening=opening, total=40, acting_user="tester")
    _open(second)
    files, text = written()
    assert len({path.name[:-8] for path in files}) == 1
    assert "定員一杯" in text and "不明" in text and second.name in text
    close_shelter(opening=opening, acting_user="tester")
    _, text = written()
    assert "閉鎖" in text and "開設" in text


def test_a_drill_is_a_document_of_its_own_and_marked(written):
    shelter = Shelter.objects.first()
    _open(shelter)
    _open(shelter, is_drill=True)
    files, _ = written()
    drill = next(path for path in files if "drill" in path.name).read_text(encoding="utf-8")
    assert len(files) == 2 and "Exercise" in drill and "【訓練】" in drill
