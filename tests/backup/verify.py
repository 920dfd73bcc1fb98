"""Reads a backup with Python's own plistlib, sqlite3 and hashlib, and with openssl's cipher.

The tests hold what makeBackup.ts writes against what this prints. It knows nothing of the project.

    python3 verify.py backup <folder> [password]
    python3 verify.py plists <folder>
"""
import base64
import datetime
import hashlib
import json
import os
import plistlib
import sqlite3
import struct
import subprocess
import sys
import tempfile


def plain(value):
    """A value of a property list as JSON can say it."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, bytes):
        return "data:" + base64.b64encode(value).decode()
    if isinstance(value, datetime.datetime):
        return "date:" + value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, plistlib.UID):
        return "uid:%d" % value.data
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > 2**53:
        return "integer:%d" % value
    return value


def openssl(cipher, key, vector, data):
    """What openssl decrypts, or None where it refuses."""
    command = ["openssl", "enc", "-d", "-" + cipher, "-K", key.hex(), "-iv", vector.hex()]
    done = subprocess.run(command, input=data, capture_output=True)
    return done.stdout if done.returncode == 0 else None


def unwrap(key, wrapped):
    return openssl("id-aes256-wrap", key, b"\xa6" * 8, wrapped)


def decrypt(key, data):
    return openssl("aes-256-cbc", key, bytes(16), data)


def key_bag_entries(data):
    at = 0
    while at < len(data):
        tag, length = struct.unpack(">4sI", data[at : at + 8])
        value = data[at + 8 : at + 8 + length]
        yield tag.decode(), struct.unpack(">I", value)[0] if length == 4 else value
        at += 8 + length


def class_keys(bag, password):
    """By class; None when the password is wrong."""
    head, classes = {}, []
    for tag, value in key_bag_entries(bag):
        if tag == "UUID" and "UUID" in head:
            classes.append({})
        (classes[-1] if classes else head)[tag] = value
    secret = password.encode()
    if "DPSL" in head:
        secret = hashlib.pbkdf2_hmac("sha256", secret, head["DPSL"], head["DPIC"], 32)
    secret = hashlib.pbkdf2_hmac("sha1", secret, head["SALT"], head["ITER"], 32)
    keys = {}
    for block in classes:
        if not block["WRAP"] & 2 or "WPKY" not in block:
            continue
        keys[block["CLAS"]] = unwrap(secret, block["WPKY"])
        if keys[block["CLAS"]] is None:
            return None
    return keys


def unarchive(record):
    """The MBFile of a record, its references followed."""
    archive = plistlib.loads(record)
    objects = archive["$objects"]

    def follow(value):
        if isinstance(value, plistlib.UID):
            return follow(objects[value.data])
        if isinstance(value, dict) and "NS.data" in value:
            return value["NS.data"]
        if isinstance(value, dict) and "NS.time" in value:
            return datetime.datetime(2001, 1, 1) + datetime.timedelta(seconds=value["NS.time"])
        return value

    root = objects[archive["$top"]["root"].data]
    file = {key: follow(value) for key, value in root.items()}
    if file["$class"]["$classname"] != "MBFile":
        raise ValueError("not an MBFile")
    for key in ("LastModified", "Birth", "LastStatusChange"):
        if isinstance(file[key], datetime.datetime):
            file[key] = int((file[key] - datetime.datetime(1970, 1, 1)).total_seconds())
    return file


def mbdb_rows(data):
    assert data[:6] == b"mbdb\x05\x00"
    at = 6

    def take(length):
        nonlocal at
        at += length
        if at > len(data):
            raise ValueError("cut short")
        return data[at - length : at]

    def number(size):
        return int.from_bytes(take(size), "big")

    def text():
        length = number(2)
        return None if length == 0xFFFF else take(length)

    while at < len(data):
        domain, path, target, digest, key = text(), text(), text(), text(), text()
        mode, _, _, _, _, modified, _, _, size, protection, properties = (
            number(width) for width in (2, 4, 4, 4, 4, 4, 4, 4, 8, 1, 1)
        )
        for _ in range(properties):
            text(), text()
        file = {"Mode": mode, "Size": size, "LastModified": modified, "ProtectionClass": protection}
        if key:
            file["EncryptionKey"] = key
        if digest:
            file["Digest"] = digest
        if target:
            file["Target"] = target.decode()
        domain, path = domain.decode(), path.decode()
        name = hashlib.sha1(("%s-%s" % (domain, path)).encode()).hexdigest()
        flags = {0o10: 1, 0o04: 2, 0o12: 4}[mode >> 12]
        yield name, domain, path, flags, file


def db_rows(data):
    with tempfile.NamedTemporaryFile(suffix=".db") as copy:
        copy.write(data)
        copy.flush()
        database = sqlite3.connect(copy.name)
        yield database.execute("PRAGMA integrity_check").fetchone()[0]
        yield from database.execute("SELECT fileID, domain, relativePath, flags, file FROM Files")


class Backup:
    def __init__(self, folder, password):
        self.folder = folder
        self.found = []
        self.plists = {}
        for name in ("Info", "Status", "Manifest"):
            try:
                with open(os.path.join(folder, name + ".plist"), "rb") as file:
                    self.plists[name] = plistlib.load(file)
            except Exception as error:
                self.note("unreadable", name + ".plist", type(error).__name__)
        self.keys = {}
        manifest = self.plists.get("Manifest", {})
        if password is not None:
            self.keys = class_keys(manifest["BackupKeyBag"], password)

    def note(self, what, where, more=None):
        self.found.append([what, where] if more is None else [what, where, more])

    def read(self, name):
        with open(os.path.join(self.folder, name), "rb") as file:
            return file.read()

    def index(self):
        """Integrity and rows, or an exception."""
        if os.path.exists(os.path.join(self.folder, "Manifest.mbdb")):
            return "ok", list(mbdb_rows(self.read("Manifest.mbdb"))), ""
        data = self.read("Manifest.db")
        manifest_key = self.plists.get("Manifest", {}).get("ManifestKey")
        if manifest_key:
            protection = struct.unpack("<I", manifest_key[:4])[0]
            data = decrypt(unwrap(self.keys[protection], manifest_key[4:]), data)
            if data is None:
                raise ValueError("the index does not decrypt")
        rows = db_rows(data)
        return next(rows), list(rows), data[18:20].hex()

    def check(self):
        report = {"plists": plain(self.plists), "found": self.found, "rows": []}
        if self.keys is None:
            self.note("wrong password", "")
            return report
        try:
            report["integrity"], rows, report["journal"] = self.index()
        except Exception as error:
            self.note("index", type(error).__name__, str(error))
            return report
        seen = set()
        for row in rows:
            where = "%s/%s" % (row[1], row[2])
            if where in seen:
                self.note("twice", where)
            seen.add(where)
            if row[0] != hashlib.sha1(("%s-%s" % (row[1], row[2])).encode()).hexdigest():
                self.note("id", where)
            try:
                file = row[4] if isinstance(row[4], dict) else unarchive(row[4])
            except Exception as error:
                self.note("record", where, type(error).__name__)
                continue
            if {1: 0o10, 2: 0o04, 4: 0o12}[row[3]] != file["Mode"] >> 12:
                self.note("mode", where)
            report["rows"].append(
                {
                    "fileID": row[0],
                    "where": where,
                    "flags": row[3],
                    "size": file["Size"],
                    "lastModified": file["LastModified"],
                    "class": file["ProtectionClass"],
                    "target": file.get("Target"),
                    "hasKey": "EncryptionKey" in file,
                    "hasDigest": "Digest" in file,
                    "starts": self.open(row, where, file) if row[3] == 1 else None,
                }
            )
        return report

    def open(self, row, where, file):
        """The first bytes of a file, decrypted; what is wrong with it is noted."""
        flat = os.path.join(self.folder, row[0])
        path = flat if os.path.exists(flat) else os.path.join(self.folder, row[0][:2], row[0])
        if not os.path.isfile(path):
            self.note("missing", where)
            return None
        with open(path, "rb") as opened:
            stored = opened.read()
        if "Digest" in file and hashlib.sha1(stored).digest() != file["Digest"]:
            self.note("digest", where)
        content = stored
        if "EncryptionKey" in file:
            protection = struct.unpack("<I", file["EncryptionKey"][:4])[0]
            if protection != file["ProtectionClass"]:
                self.note("class", where)
            key = unwrap(self.keys[protection], file["EncryptionKey"][4:])
            if key is None:
                self.note("key", where)
                return None
            content = decrypt(key, stored)
            if content is None:
                self.note("decrypt", where)
                return None
        if len(content) != file["Size"]:
            self.note("size", where)
        return content[:16].hex()


def read_plists(folder):
    """How each file of a folder is taken, by name."""
    taken = {}
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as file:
            try:
                value = plistlib.load(file)
            except Exception as error:
                taken[name] = {"refused": type(error).__name__}
                continue
        try:
            taken[name] = {"value": plain(value) if name.startswith("value") else "read"}
        except RecursionError:
            taken[name] = {"refused": "RecursionError"}
    return taken


if sys.argv[1] == "plists":
    print(json.dumps(read_plists(sys.argv[2])))
else:
    print(json.dumps(Backup(sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else None).check()))
