"""Text of a file in blocks of whole lines, a few dozen at a time: as many as the processor's nearest cache holds."""

import codecs
import io

from bot.intake.byte_streams import Opener
from bot.intake.text_files import TextFile, without_signs

_BLOCK = 1 << 15  # bytes


class TextBlocks:
    """The text from its beginning, its line ends as they are, with an empty line after its last one.

    `meter` is the one of the bytes below it.
    """

    def __init__(self, open_bytes: Opener, found: TextFile) -> None:
        self.meter = open_bytes()
        self._stream = io.BufferedReader(self.meter, 2 * _BLOCK)
        self._stream.read(len(found.mark))
        self._decoder = codecs.getincrementaldecoder(found.encoding)()
        self._has_signs = found.has_signs
        self._rest = ""
        self._is_read = False
        self.is_cut = False  # whether the last line, read by now, has no end

    @property
    def is_end(self) -> bool:
        """Whether all was taken."""
        return self._is_read and not self._rest

    def take(self) -> str:
        """The next lines; "" at the end. What reading or decoding raises goes through."""
        parts = [self._rest]
        self._rest = ""
        while not self._is_read:
            text = self._read(parts)
            cut = text.rfind("\n") + 1 or text.rfind("\r", 0, -1) + 1  # the last \r may be the half of a line end
            if cut:
                self._rest = text[cut:]
                return "".join((*parts, text[:cut]))
            parts.append(text)
        return "".join(parts)

    def put_back(self, lines: str) -> None:
        """Give back what was taken last, or its end."""
        self._rest = lines + self._rest

    def close(self) -> None:
        """Close the file."""
        self._stream.close()

    def _read(self, before: list[str]) -> str:
        block = self._stream.read(_BLOCK)
        text = self._decoder.decode(block, not block)
        if self._has_signs:
            text = without_signs(text)
        if block:
            return text
        self._is_read = True
        last = next((part for part in (text, *reversed(before)) if part), "\n")
        self.is_cut = not last.endswith(("\n", "\r"))
        return text + ("\n" if last.endswith("\n") else "\n\n")
