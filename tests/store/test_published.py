"""Content is kept until it is replaced, and replaced only by content."""

import errno
import os
from dataclasses import replace

import pytest

from kiosk import places, wire
from kiosk.problems import CANNOT_WRITE, Trouble
from kiosk.store.published import PublishedContent
from tests.drivers.branch import Branch
from tests.drivers.published import CONTENT

NEWER = replace(CONTENT, version="v2", tasks=())


def published(branch: Branch) -> PublishedContent:
    """Open the content of *branch*."""
    return PublishedContent(branch.home, "ekenas", "Ekenäs bibliotek")


def test_content_is_shown_and_kept(branch: Branch) -> None:
    shown = published(branch)
    assert shown.current == CONTENT
    shown.replace(wire.encode_content(NEWER))
    assert shown.current == NEWER
    assert published(branch).current == NEWER


@pytest.mark.parametrize("body", [b"", b"{}", b"<html>", b'{"branch": "\xff"}'])
def test_anything_else_leaves_the_old_content(branch: Branch, body: bytes) -> None:
    shown = published(branch)
    with pytest.raises(wire.Unreadable):
        shown.replace(body)
    assert shown.current == CONTENT
    assert published(branch).current == CONTENT


def test_a_full_disk_leaves_the_old_content(
    branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    shown = published(branch)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Trouble) as caught:
        shown.replace(wire.encode_content(NEWER))
    assert caught.value.problem is CANNOT_WRITE
    assert shown.current == CONTENT
    assert published(branch).current == CONTENT


@pytest.mark.parametrize("body", [None, b"garbage"])
def test_without_content_the_branch_still_has_its_name(branch: Branch, body: bytes | None) -> None:
    places.content(branch.home).unlink()
    if body:
        places.content(branch.home).write_bytes(body)
    shown = published(branch)
    assert shown.current.branch.name == "Ekenäs bibliotek"
    assert shown.current.version == ""
    assert shown.current.programme == ()


def test_a_kiosk_that_moved_to_another_branch_does_not_show_the_old_ones_content(
    branch: Branch,
) -> None:
    moved = PublishedContent(branch.home, "karis", "Karis bibliotek")
    assert moved.current.branch.name == "Karis bibliotek"
    assert moved.current.version == ""
