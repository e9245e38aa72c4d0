"""Microdata in pages to plain nodes, as JSON-LD gives them.

What belongs here: which attribute holds a value, as the HTML standard says (5.2.4, without `itemref`). What does not:
what is kept (`structured`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from commons_graph.normalise.json_ld import SCHEMA_ORG, Node

VALUES = {"meta": "content", "a": "href", "area": "href", "link": "href", "time": "datetime", "data": "value"}
MOST_ITEMS = 1_000
MOST_WORDS = 2_000_000
"""Characters of all values together: properties inside properties would give the same words again and again."""


def nodes(tree: LexborHTMLParser) -> list[Node]:
    """Give the top items of schema.org in a page, in order."""
    if tree.body is None or tree.css_first("[itemscope]") is None:
        return []
    reading = _Reading()
    path: list[tuple[LexborNode, bool]] = []
    node = tree.root
    while node is not None or path:
        if node is None:
            parent, opened = path.pop()
            if opened:
                reading.items.pop()
            node = parent.next
        else:
            path.append((node, reading.enter(node)))
            node = node.child
    return reading.top


@dataclass(slots=True)
class _Reading:
    """The items that are open, the outermost first, and what is read already."""

    top: list[Node] = field(default_factory=list)
    items: list[Node | None] = field(default_factory=list)
    count: int = 0
    words: int = 0

    def enter(self, node: LexborNode) -> bool:
        """Read an element's attributes; say whether it opens an item."""
        if (node.tag or "-")[0] in "-_!":
            return False
        told = node.attributes
        opens, property = "itemscope" in told, (told.get("itemprop") or "").strip()
        if not opens and not property:
            return False
        own = self._item(told.get("itemtype") or "", told.get("itemid") or "") if opens else None
        holder = self.items[-1] if self.items else None
        if holder is not None and property and (own is not None or not opens):
            value = own if own is not None else self._value(node, told)
            for name in property.split()[:10]:
                holder.setdefault(name, []).append(value)
        elif own is not None and not property:
            self.top.append(own)
        if opens:
            self.items.append(own)
        return opens

    def _item(self, types: str, identifier: str) -> Node | None:
        """Give a new item, or None for one of another vocabulary; what lies in it then belongs to nothing."""
        self.count += 1
        names = [each.rpartition("/")[2] for each in types.split()[:10] if SCHEMA_ORG.match(each)]
        if not names or self.count > MOST_ITEMS:
            return None
        return {"@type": names, **({"@id": identifier} if identifier else {})}

    def _value(self, node: LexborNode, told: dict[str, str | None]) -> str:
        said = told.get("content") or told.get(VALUES.get(node.tag or "", "content"))
        if said is not None or self.words > MOST_WORDS:
            return said or ""
        words = node.text(deep=True) or ""
        self.words += len(words)
        return words
