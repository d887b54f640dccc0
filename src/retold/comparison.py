"""The result of comparing: the record, and each way to show it."""

import html
from collections.abc import Sequence

import msgspec

from retold.errors import InputError, UsageError
from retold.records import ComparisonRecord


class Comparison(ComparisonRecord, frozen=True, kw_only=True):
    """The reports of one event side by side; docs/comparison.md describes every member."""

    @classmethod
    def from_json(cls, data: bytes | str) -> "Comparison":
        """Read what `to_json` wrote; raises InputError that names the place of a fault."""
        try:
            return msgspec.json.decode(data, type=cls)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise InputError(f"not a comparison in JSON: {error}") from error

    def to_json(self) -> str:
        """Return the comparison as JSON, one line, as the contract describes it."""
        return msgspec.json.encode(self).decode()

    def to_text(
        self, width: int = 100, *, reader: Sequence[str] = (), everything: bool = False
    ) -> str:
        """Return the report for a terminal of `width` columns."""
        from retold.render.text import render_text

        return render_text(self, width=width, reader=reader, everything=everything)

    def to_html(self, *, reader: Sequence[str] = ()) -> str:
        """Return the report as one self-contained page."""
        from retold.render.html import render_html

        return render_html(self, reader=reader)

    def to_csv(self, table: str = "cells") -> str:
        """Return the table `cells`, `gaps` or `pairs` as CSV; raises UsageError for another."""
        from retold.render import tables

        made = {"cells": tables.cells_table, "gaps": tables.gaps_table, "pairs": tables.pairs_table}
        if table not in made:
            raise UsageError(f"no table {table!r}: choose one of {', '.join(made)}")
        return tables.write_csv(made[table](self))

    def _repr_html_(self) -> str:
        """Show the page inside a notebook, in a frame of its own."""
        page = html.escape(self.to_html())
        return f'<iframe srcdoc="{page}" style="width:100%;height:80vh;border:0"></iframe>'
