"""Earthquakes felt in the town."""

from ..telegrams.bodies.earthquake import EarthquakeBody
from ..telegrams.model import InfoType, Telegram
from .place import PlaceCodes, Reading, Statement

INTENSITIES = ("1", "2", "3", "4", "5-", "5+", "6-", "6+", "7")
SPOKEN = {"5-": "5弱", "5+": "5強", "6-": "6弱", "6+": "6強"}


def read_quake(telegram: Telegram, place: PlaceCodes) -> Reading | None:
    """VXSE51 speaks of the 震度 area, VXSE53 of the town itself; one event is one source."""
    source = f"quake:{telegram.head.event_id}"
    if telegram.head.info_type is InfoType.CANCELLED:
        return Reading(source, ())
    if not isinstance(telegram.body, EarthquakeBody):
        return None
    wanted = {("city", place.seismic_city), ("area", place.seismic_area)}
    felt = {
        found.layer: found.intensity
        for found in telegram.body.intensities
        if (found.layer, found.code) in wanted and found.intensity in INTENSITIES
    }
    intensity = felt.get("city") or (felt.get("area") if telegram.kind.code == "VXSE51" else None)
    if intensity is None:
        return None
    strength = INTENSITIES.index(intensity) + 1
    name = f"震度{SPOKEN.get(intensity, intensity)}の地震"
    return Reading(source, (Statement("quake", name, strength),), repeats_are_silent=True)
