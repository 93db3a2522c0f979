"""What a file is, by its content and never by its name; and whether it is safe to unpack."""

import lzma
import re
import struct
import zipfile
import zlib
from enum import StrEnum
from io import BytesIO
from typing import Final

from gib.core.kernel.rules import RuleBroken
from gib.core.sheets import refusals


class Kind(StrEnum):
    """The kinds of sheet that are read."""

    XLSX = "xlsx"
    ODS = "ods"
    XLS = "xls"
    CSV = "csv"


#: What unpacking a damaged archive may raise.
BROKEN_ZIP: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS: Final = (
    (b"%PDF", "sheet_is_pdf"),
    (b"\x89PNG", "sheet_is_picture"),
    (b"\xff\xd8\xff", "sheet_is_picture"),
    (b"GIF8", "sheet_is_picture"),
    (b"{\\rtf", "sheet_is_document"),
    (b"\x1f\x8b", "sheet_is_packed"),
    (b"7z\xbc\xaf", "sheet_is_packed"),
    (b"Rar!", "sheet_is_packed"),
    (b"\x7fELF", "sheet_unknown_type"),
    (b"MZ\x90\x00", "sheet_unknown_type"),
    (b"SQLite format 3\x00", "sheet_unknown_type"),
)
_MARKUP: Final = (
    (b"<html", "sheet_is_page"),
    (b"<!doctype html", "sheet_is_page"),
    (b"<table", "sheet_is_page"),
    (b"<head", "sheet_is_page"),
    (b"urn:schemas-microsoft-com:office:spreadsheet", "sheet_is_xml"),
    (b"<?xml", "sheet_is_xml"),
    (b"mime-version:", "sheet_is_page"),
    (b"begin:vcard", "sheet_unknown_type"),
)
#: Members of a zip, in order: the first that is present decides.
_MEMBERS: Final = (
    ("word/document.xml", "sheet_is_document"),
    ("ppt/presentation.xml", "sheet_is_document"),
    ("xl/workbook.bin", "sheet_is_binary"),
)
_MACRO: Final = re.compile(r"vbaproject\.bin$|^(?:basic|scripts)/", re.IGNORECASE | re.MULTILINE)
_STREAMS: Final = (
    ("EncryptedPackage", "sheet_locked"),
    ("_VBA_PROJECT_CUR", "sheet_macros"),
    ("WordDocument", "sheet_unknown_type"),
)
#: The head of an old workbook, followed by the record that says it was locked.
_LOCKED: Final = re.compile(
    rb"\x09\x08(?:\x10\x00\x00\x06\x05\x00.{12}|\x08\x00\x00\x05\x05\x00.{4})(?:\x86\x00\x00\x00)?\x2f\x00",
    re.DOTALL,
)


def kind_of(data: bytes) -> Kind:
    """Tell what kind of sheet a file is, before anything is unpacked.

    Raises:
        RuleBroken: 'sheet_empty', 'sheet_too_large', 'sheet_bomb', 'sheet_broken', 'sheet_locked',
            'sheet_macros', 'sheet_unknown_type', and the codes that name another kind of file.
    """
    if not data.strip(b"\x00\t\r\n ") or data in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        raise RuleBroken("sheet_empty")
    if len(data) > refusals.MAX_BYTES:
        raise RuleBroken("sheet_too_large")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data)
    if data.startswith(_OLE):
        return _compound(data)
    _refuse_others(data)
    return Kind.CSV


def _refuse_others(data: bytes) -> None:
    for magic, code in _OTHERS:
        if data.startswith(magic):
            raise RuleBroken(code)
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for mark, code in _MARKUP:
        if head.startswith(mark) or (mark in head and head.startswith(b"<")):
            raise RuleBroken(code)


def _zipped(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _kind_of_zip(archive, len(data))
    except BROKEN_ZIP as error:
        raise RuleBroken("sheet_broken") from error


def _kind_of_zip(archive: zipfile.ZipFile, size: int) -> Kind:
    _check_sizes(archive.infolist(), size)
    names = set(archive.namelist())
    if _is_locked(archive, names):
        raise RuleBroken("sheet_locked")
    if codes := [code for member, code in _MEMBERS if member in names]:
        raise RuleBroken(codes[0])
    if _MACRO.search("\n".join(names)):
        raise RuleBroken("sheet_macros")
    if "xl/workbook.xml" in names:
        return Kind.XLSX
    if b".spreadsheet" in _head_of(archive, names, "mimetype"):
        return Kind.ODS
    raise RuleBroken("sheet_unknown_type")


def _is_locked(archive: zipfile.ZipFile, names: set[str]) -> bool:
    is_encrypted = any(info.flag_bits & 1 for info in archive.infolist())
    return is_encrypted or b"encryption-data" in _head_of(archive, names, "META-INF/manifest.xml")


def _head_of(archive: zipfile.ZipFile, names: set[str], member: str) -> bytes:
    return archive.read(member) if member in names else b""


def _check_sizes(members: list[zipfile.ZipInfo], size: int) -> None:
    """Trust no archive that says it becomes huge; one that lies about it fails its checksum later."""
    unpacked = sum(info.file_size for info in members)
    swells = unpacked > refusals.MAX_RATIO * size and unpacked > refusals.MAX_BYTES
    if len(members) > refusals.MAX_MEMBERS or unpacked > refusals.MAX_UNPACKED or swells:
        raise RuleBroken("sheet_bomb")


def _compound(data: bytes) -> Kind:
    """Look in the directory of an old Office file, whose entries of 128 bytes begin with a name."""
    for stream, code in _STREAMS:
        if _has_stream(data, stream):
            raise RuleBroken(code)
    if _LOCKED.search(data):
        raise RuleBroken("sheet_locked")
    if _has_stream(data, "Workbook") or _has_stream(data, "Book"):
        return Kind.XLS
    raise RuleBroken("sheet_unknown_type")


def _has_stream(data: bytes, name: str) -> bool:
    written = name.encode("utf-16-le") + b"\x00\x00"
    entry = written.ljust(64, b"\x00") + len(written).to_bytes(2, "little")
    return entry in data
