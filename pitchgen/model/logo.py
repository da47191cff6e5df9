"""The company's logo, as documents show it."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture that was judged fit for documents; `has_text` when letters in it need a font."""

    media_type: str
    content: bytes
    has_text: bool = False

    @property
    def data_uri(self) -> str:
        """The picture as an address that holds it whole."""
        return f"data:{self.media_type};base64,{b64encode(self.content).decode()}"
