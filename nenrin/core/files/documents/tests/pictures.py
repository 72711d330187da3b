"""Pictures as phones make them."""

import os
from io import BytesIO

from PIL import Image

TURNED = 6
PLACE_TAG, ORIENTATION = 0x8825, 0x0112


def photo(size=(400, 300), form="JPEG", turned=False, **options):
    """A photo, red on the left and blue on the right; ``turned`` as a phone held upright."""
    picture = Image.new("RGB", size, "red")
    picture.paste("blue", (size[0] // 2, 0, size[0], size[1]))
    exif = Image.Exif()
    exif[PLACE_TAG] = {1: "N", 2: (38.0, 52.0, 30.0)}
    if turned:
        exif[ORIENTATION] = TURNED
    made = BytesIO()
    picture.save(made, form, exif=exif.tobytes(), **options)
    return made.getvalue()


def noisy_photo(least):
    """A JPEG of at least so many bytes, of noise that does not compress."""
    side = 2000
    while True:
        picture = Image.frombytes("RGB", (side, side), os.urandom(side * side * 3))
        made = BytesIO()
        picture.save(made, "JPEG", quality=95)
        if made.tell() >= least:
            return made.getvalue()
        side = int(side * 1.2)


def opened(content):
    """The picture in some bytes."""
    return Image.open(BytesIO(content))
