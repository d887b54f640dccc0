"""A page as a tree, read by the standard library's parser; wrong nesting is an error."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

VOID = frozenset(("meta", "input", "br", "hr", "img", "link", "wbr"))


class Element:
    """An element, its attributes, and what is in it, in order."""

    def __init__(self, name: str, attributes: dict[str, str], parent: Element | None) -> None:
        self.name, self.attributes, self.parent = name, attributes, parent
        self.children: list[Element | str] = []

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    @property
    def text(self) -> str:
        return "".join(c if isinstance(c, str) else c.text for c in self.children)

    def walk(self) -> Iterator[Element]:
        """Go through this element and all below it."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def all(self, *names: str, of: str | None = None) -> list[Element]:
        """Find elements by name (any without names) and class."""
        return [
            element
            for element in self.walk()
            if (not names or element.name in names) and (of is None or of in element.classes)
        ]

    def above(self) -> Iterator[Element]:
        """Go up from the parent to the root."""
        if self.parent:
            yield self.parent
            yield from self.parent.above()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.at = Element("", {}, None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute twice in <{tag}>: {attrs}"
        if tag == "td" and self.at.name == "td":
            self.at = self.at.parent or self.root
        element = Element(tag, {name: value or "" for name, value in attrs}, self.at)
        self.at.children.append(element)
        if tag not in VOID:
            self.at = element

    def handle_endtag(self, tag: str) -> None:
        if tag == "tr" and self.at.name == "td":
            self.at = self.at.parent or self.root
        assert tag == self.at.name, f"</{tag}> closes <{self.at.name} {self.at.attributes}>"
        self.at = self.at.parent or self.root

    def handle_data(self, data: str) -> None:
        self.at.children.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data!r}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a declaration: {data!r}")


def read_page(html: str) -> Element:
    """Read a whole page; anything left open is an error."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.at is reader.root, f"<{reader.at.name}> is never closed"
    return reader.root
