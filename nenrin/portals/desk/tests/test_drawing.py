from nenrin.core.areas.models import District, Shelter
from nenrin.portals.desk.drawing import HEIGHT, WIDTH, district_map, frame_around


def test_a_town_without_places_has_no_map():
    assert district_map([District(name="<b>", pk=1)], [], frozenset()) is None


def test_places_lie_inside_and_chosen_ones_are_named():
    places = [
        District(pk=1, name="有屋", latitude=38.904, longitude=140.377),
        District(pk=2, name="<朴山>", latitude=38.882, longitude=140.304),
    ]
    shelters = [Shelter(name="小学校", latitude=38.883, longitude=140.341)]
    drawn = str(district_map(places, shelters, frozenset([1])))
    assert 'class="district chosen" data-district="1"' in drawn and "選んだ地区: 有屋" in drawn
    assert "&lt;朴山&gt;" in drawn and "<朴山>" not in drawn and "避難所 小学校" in drawn


def test_north_is_up_and_everything_fits():
    frame = frame_around([(38.9, 140.3), (38.8, 140.5)])
    north, south = frame.point(38.9, 140.3), frame.point(38.8, 140.5)
    assert float(north[1]) < float(south[1]) and float(north[0]) < float(south[0])
    assert 0 < float(south[0]) <= WIDTH and 0 < float(south[1]) <= HEIGHT
