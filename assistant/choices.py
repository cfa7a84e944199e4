"""Which topics of a need are wanted one and all, and which for choice. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.need import Need

Groups = tuple[tuple[str, ...], ...]


def groups(need: Need) -> Groups:
    """The topics of a need, each among those that would do in its place; most stand alone."""
    return tuple(_grouped(need.topics, need.topics_apart))


def beside(need: Need, topic: str) -> tuple[str, ...]:
    """The topics any of which will do where this one is asked for, itself included."""
    return next((group for group in groups(need) if topic in group), (topic,))


def arranged(
    topics: Iterable[str], apart: Iterable[Iterable[str]]
) -> tuple[tuple[str, ...], Groups]:
    """Topics in order, each choice in one piece, and the choices that are left among them.

    Args:
        topics: What is asked for; anything else in `apart` is left out.
        apart: Topics for choice; choices that share a topic become one.
    """
    found = tuple(_grouped(tuple(dict.fromkeys(topics)), apart))
    several = tuple(group for group in found if len(group) > 1)
    return tuple(topic for group in found for topic in group), several


def _grouped(topics: tuple[str, ...], apart: Iterable[Iterable[str]]) -> Iterator[tuple[str, ...]]:
    joined: list[set[str]] = []
    for each in apart:
        one = set(each) & set(topics)
        near = [other for other in joined if other & one]
        joined = [other for other in joined if not other & one]
        joined.append(one.union(*near))
    said: set[str] = set()
    for topic in topics:
        if topic in said:
            continue
        found = next((one for one in joined if topic in one), {topic})
        said |= found
        yield tuple(other for other in topics if other in found)
