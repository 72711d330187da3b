"""What a telegram says about one town: pure, no database, no clock."""

from collections.abc import Callable

from .readings.earthquakes import read_quake
from .readings.information import read_flash, read_heat, read_volcano_warning
from .readings.place import PlaceCodes, Reading, Statement
from .readings.warnings import read_municipal_warnings, read_river, read_tornado
from .telegrams.model import Telegram

__all__ = ["PlaceCodes", "Reading", "Statement", "read_for_place"]

READERS: dict[str, Callable[[Telegram, PlaceCodes], Reading | None]] = {
    **{f"VPWW{number}": read_municipal_warnings for number in range(55, 62)},
    "VXKO": read_river,
    "VPHW50": read_tornado,
    "VPHW51": read_tornado,
    "VPBS50": read_flash,
    "VPFT50": read_heat,
    "VXSE51": read_quake,
    "VXSE53": read_quake,
    "VFVO50": read_volcano_warning,
    "VFVO56": read_volcano_warning,
}


def read_for_place(telegram: Telegram, place: PlaceCodes) -> Reading | None:
    """The telegram's statements for a town; None where it says nothing about it.

    Transitional kinds say nothing: their successors have said it already.
    """
    reader = READERS.get(telegram.kind.code)
    if reader is None or telegram.kind.is_transitional:
        return None
    return reader(telegram, place)
