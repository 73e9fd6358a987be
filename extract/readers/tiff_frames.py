"""The frames of a TIFF file that breaks off: its chain of directories ended where it still holds.

libtiff decodes even the last whole frame wrong where the link behind it leads nowhere.
"""

from __future__ import annotations

import struct

_MARKS = {b"II*\0": "<", b"MM\0*": ">"}
_MOST_FRAMES = 5_000


def whole_chain(data: bytes) -> tuple[bytes, int]:
    """The file with its chain of frames ended at the last whole directory, and how many it has.

    Any other file, and one whose chain ends well, comes back as it is.
    """
    order = _MARKS.get(data[:4])
    if order is None or len(data) < 8:
        return data, 0
    link, frames = 4, 0
    seen: set[int] = set()
    while frames < _MOST_FRAMES:
        (start,) = struct.unpack_from(f"{order}I", data, link)
        if start == 0:
            return data, frames
        if start in seen or start + 2 > len(data):
            break
        seen.add(start)
        (entries,) = struct.unpack_from(f"{order}H", data, start)
        end = start + 2 + 12 * entries
        if end + 4 > len(data):
            break
        link, frames = end, frames + 1
    return data[:link] + b"\0\0\0\0" + data[link + 4 :], frames
