#!/usr/bin/env python3
"""Checks an export of a Proviso ledger, with nothing but Python's standard library.

usage: verify.py DIR [--key KEY] [--checkpoint FILE ...] [--unsigned]

DIR is what `proviso ledger export` wrote: `entries.jsonl`, `checkpoint`, `key`, `proofs`. Recomputed are every
leaf, the root over them and every proof; the checkpoint's signature is checked by `openssl`, version 3.

--key KEY         the log's verifier key, as it was published, or a file with it; without it the export's own key
--checkpoint FILE a checkpoint that was published earlier or later: the entries must agree with it
--unsigned        go on where there is no `openssl`, and say that no signature was checked

The exit status is 0 when everything holds, 1 when something does not, 2 when the call is wrong. Formats: RFC 6962
(tree), RFC 8785 (canonical JSON), C2SP signed-note, tlog-checkpoint and tlog-proof.
"""
import argparse
import base64
import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile


class Wrong(Exception):
    """Something that does not hold."""


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


class Tree:
    """The right edge of a growing tree: the roots of its perfect subtrees, the largest first."""

    def __init__(self):
        self.size, self.edge = 0, []

    def append(self, leaf):
        node, size = leaf, self.size
        while size & 1:
            node = sha256(b"\x01", self.edge.pop(), node)
            size >>= 1
        self.edge.append(node)
        self.size += 1

    def root(self):
        if not self.edge:
            return sha256(b"")
        root = self.edge[-1]
        for left in reversed(self.edge[:-1]):
            root = sha256(b"\x01", left, root)
        return root


def root_from_inclusion(leaf, index, size, proof):
    """The root that an inclusion proof leads to (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        raise Wrong(f"there is no entry {index} among {size}")
    node, last, root = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise Wrong("the proof is too long")
        if node & 1 or node == last:
            root = sha256(b"\x01", sibling, root)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            root = sha256(b"\x01", root, sibling)
        node, last = node >> 1, last >> 1
    if last:
        raise Wrong("the proof is too short")
    return root


def roots_from_consistency(old, new, old_root, proof):
    """The two roots that a consistency proof leads to (RFC 9162, 2.1.4.2)."""
    if not 0 < old <= new:
        raise Wrong(f"{new} entries cannot begin with {old}")
    if old == new or not proof:
        if old != new or proof:
            raise Wrong("the proof is too long or too short")
        return old_root, old_root
    path = list(proof) if old & (old - 1) else [old_root] + list(proof)
    node, last = old - 1, new - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    first = second = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise Wrong("the proof is too long")
        if node & 1 or node == last:
            first, second = sha256(b"\x01", sibling, first), sha256(b"\x01", sibling, second)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            second = sha256(b"\x01", second, sibling)
        node, last = node >> 1, last >> 1
    if last:
        raise Wrong("the proof is too short")
    return first, second


def decode(text, count=None):
    """The bytes of a base64 text in its one form, so many of them."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        data = b""
    if base64.b64encode(data).decode() != text or count not in (None, len(data)):
        raise Wrong(f"`{text}` is not what should stand there in base64")
    return data


def number(text):
    if not text.isascii() or not text.isdigit() or (text[0] == "0" and text != "0"):
        raise Wrong(f"`{text}` is not a number")
    return int(text)


class Key:
    """A verifier key, `NAME+HASH+KEY`."""

    def __init__(self, text):
        parts = text.strip().split("+", 2)
        if len(parts) != 3:
            raise Wrong("the key is not one")
        self.name, self.id, key = parts[0], parts[1], decode(parts[2], 33)
        if key[0] != 1 or sha256(self.name.encode(), b"\n", key)[:4].hex() != self.id:
            raise Wrong("the key is not one of Ed25519, or its hash is not its own")
        self.public = key[1:]

    def verify(self, signature, message):
        """Whether openssl takes the signature; None where there is no openssl that can tell."""
        der = bytes.fromhex("302a300506032b6570032100") + self.public
        with tempfile.TemporaryDirectory() as folder:
            files = [pathlib.Path(folder) / name for name in ("key", "signature", "message")]
            for file, data in zip(files, (der, signature, message)):
                file.write_bytes(data)
            command = ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", files[0]]
            command += ["-rawin", "-sigfile", files[1], "-in", files[2]]
            try:
                done = subprocess.run(command, capture_output=True, text=True, check=False)
            except OSError:
                return None
        if "Signature Verified" in done.stdout:
            return True
        return False if "Verification Failure" in done.stdout + done.stderr else None


class Checkpoint:
    """A signed note over origin, size and root."""

    def __init__(self, text):
        body, gap, lines = text.rpartition("\n\n")
        if not gap or not text.endswith("\n"):
            raise Wrong("the checkpoint is not a signed note")
        self.body = body + "\n"
        fields = body.split("\n")
        if len(fields) < 3 or "" in fields:
            raise Wrong("the checkpoint does not say origin, size and root")
        self.origin, self.size, self.root = fields[0], number(fields[1]), decode(fields[2], 32)
        self.signatures = []
        for line in lines[:-1].split("\n"):
            parts = line.split(" ")
            if len(parts) != 3 or parts[0] != "\u2014":
                raise Wrong(f"`{line}` is not a signature")
            data = decode(parts[2])
            self.signatures.append((parts[1], data[:4].hex(), data[4:]))

    def check_signature(self, key, may_be_unsigned):
        own = [found for found in self.signatures if found[:2] == (key.name, key.id)]
        if len(own) != 1:
            raise Wrong(f"`{key.name}` has not signed the checkpoint, or more than once")
        verdict = key.verify(own[0][2], self.body.encode())
        if verdict is False:
            raise Wrong(f"the signature of `{key.name}` is not its own")
        if verdict is None and not may_be_unsigned:
            raise Wrong("there is no `openssl` here that can check the signature; --unsigned goes on without")
        return verdict


def canonical(value):
    """RFC 8785, for the values that entries are made of: no number in them is a fraction."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(canonical(key) + ":" + canonical(value[key]) for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, float) or (type(value) is int and not 0 <= value < 2**53):
        raise Wrong("it has a number that is not a count")
    return json.dumps(value, ensure_ascii=False)


MEMBERS = {"format", "ruleset", "contract", "asOf", "knownAt", "outcome", "conditions", "determinations"}


def check_entry(line):
    try:
        value = json.loads(line)
        if canonical(value).encode() != line:
            raise Wrong("it is not canonical JSON")
    except (ValueError, RecursionError):
        raise Wrong("it is not JSON") from None
    if not isinstance(value, dict) or set(value) != MEMBERS or value["format"] != "proviso-result-1":
        raise Wrong("it is not a result")


def check_entries(file, checkpoints, wanted, olds):
    """Reads the entries once: how many there are, the leaf hashes and the older roots that are wanted."""
    tree, leaves, roots, data = Tree(), {}, {}, file.read_bytes()
    if data and not data.endswith(b"\n"):
        raise Wrong("entries.jsonl does not end with a line end")
    for position, line in enumerate([None] + data.split(b"\n")[:-1]):
        if line is not None:
            try:
                check_entry(line)
            except Wrong as wrong:
                raise Wrong(f"entry {position - 1}: {wrong}") from None
            leaf = sha256(b"\x00", line)
            if tree.size in wanted:
                leaves[tree.size] = leaf
            tree.append(leaf)
        if tree.size in olds:
            roots[tree.size] = tree.root()
        for name, checkpoint in checkpoints:
            if checkpoint.size == tree.size and checkpoint.root != tree.root():
                raise Wrong(f"the first {tree.size} entries do not give the root of {name}")
    for name, checkpoint in checkpoints:
        if checkpoint.size > tree.size:
            raise Wrong(f"{name} covers {checkpoint.size} entries, and {tree.size} are there")
    return tree.size, leaves, roots


def read_proof(file):
    head, gap, note = file.read_text(encoding="utf-8").partition("\n\n")
    if not gap:
        raise Wrong("it is not a proof")
    return head.split("\n"), Checkpoint(note)


def check_proof(name, head, note, leaves, old_roots):
    if head[0] == "c2sp.org/tlog-proof@v1":
        index = number(head[1][6:])
        root = root_from_inclusion(leaves.get(index, b""), index, note.size, [decode(line, 32) for line in head[2:]])
        if root != note.root:
            raise Wrong(f"{name} does not lead from entry {index} to its checkpoint")
    elif head[0] == "proviso-consistency-proof-1":
        old, new = number(head[1][4:]), number(head[2][4:])
        proof = [decode(line, 32) for line in head[3:]]
        roots = roots_from_consistency(old, new, old_roots.get(old, b""), proof)
        if new != note.size or roots != (old_roots.get(old), note.root):
            raise Wrong(f"{name} does not lead from {old} entries to its checkpoint")
    else:
        raise Wrong(f"{name} is not a proof")


def run(options):
    folder = pathlib.Path(options.folder)
    given = options.key or str(folder / "key")
    key = Key(given if "+" in given else pathlib.Path(given).read_text(encoding="utf-8"))
    newest = Checkpoint((folder / "checkpoint").read_text(encoding="utf-8"))
    checkpoints = [("the export's checkpoint", newest)]
    for name in options.checkpoint:
        checkpoints.append((name, Checkpoint(pathlib.Path(name).read_text(encoding="utf-8"))))
    proofs = [(file, *read_proof(file)) for file in sorted((folder / "proofs").glob("*"))]
    is_signed = True
    for name, checkpoint in checkpoints + [(file.name, note) for file, _, note in proofs]:
        if checkpoint.origin != newest.origin:
            raise Wrong(f"{name} is of another log")
        is_signed = checkpoint.check_signature(key, options.unsigned) and is_signed
    wanted = {number(head[1][6:]) for _, head, _ in proofs if head[1].startswith("index ")}
    olds = {number(head[1][4:]) for _, head, _ in proofs if head[1].startswith("old ")}
    size, leaves, roots = check_entries(folder / "entries.jsonl", checkpoints, wanted, olds)
    if size != newest.size:
        raise Wrong(f"the checkpoint covers {newest.size} entries, and {size} are there")
    for file, head, note in proofs:
        check_proof(file.name, head, note, leaves, roots)
    signed = f"signed by `{key.name}`" if is_signed else "NO SIGNATURE WAS CHECKED"
    return f"`{newest.origin}`: {size} entries, {len(proofs)} proofs, {signed}. Everything holds."


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("folder")
    parser.add_argument("--key")
    parser.add_argument("--checkpoint", action="append", default=[])
    parser.add_argument("--unsigned", action="store_true")
    try:
        print(run(parser.parse_args()))
        return 0
    except (Wrong, OSError, UnicodeDecodeError, IndexError) as problem:
        print(f"WRONG: {problem}")
        return 1


if __name__ == "__main__":
    sys.exit(main())
