"""Holds a ledger's export against software that is not ours: pymerkle, metamorphic-log, rfc8785, openssl.

usage: external.py PROVISO RULESET CONTRACT DATE

Makes a ledger with PROVISO, records CONTRACT as of several days, exports it with every proof there is, and has the
others recompute canonical bytes, leaves, roots, proofs, notes and signatures. .ci/external-requirements.txt names
them; `make test-external` puts them into a virtual environment.
"""
import base64
import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile

import metamorphic_log
import pymerkle
import rfc8785

RUNS = 9


def main(proviso, ruleset, contract, date):
    proviso = str(pathlib.Path(proviso).resolve())
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)

        def run(*arguments, statuses=(0,)):
            done = subprocess.run([proviso, *map(str, arguments)], capture_output=True, text=True, check=False)
            assert done.returncode in statuses, (arguments, done.returncode, done.stdout, done.stderr)
            return done.stdout

        ledger, key, published = folder / "x.ledger", folder / "x.key", folder / "x.pub"
        run("ledger", "keygen", "--key", key, "--origin", "bank.example/external", "--output", published)
        run("ledger", "init", "--ledger", ledger, "--key", key)
        for number in range(RUNS):
            day = f"{int(date[:4]) - number}{date[4:]}"
            run("check", ruleset, contract, "--as-of", day, "--ledger", ledger, "--key", key, statuses=(0, 1, 3, 4))
        auditor, other = folder / "auditor.key", folder / "auditor.pub"
        run("ledger", "keygen", "--key", auditor, "--origin", "auditor.example", "--output", other)
        note, signed = folder / "last.note", folder / "signed.note"
        run("ledger", "checkpoint", "--ledger", ledger, "--output", note)
        run("ledger", "cosign", note, "--key", auditor, "--verifier", published, "--output", signed)
        run("ledger", "cosign", signed, "--ledger", ledger, "--verifier", other)
        out = folder / "out"
        entries, sizes = range(RUNS), range(1, RUNS + 1)
        run(
            "ledger", "export", out, "--ledger", ledger, "--entries", ",".join(map(str, entries)),
            "--since", ",".join(map(str, sizes)),
        )

        lines = (out / "entries.jsonl").read_bytes().split(b"\n")[:-1]
        assert len(lines) == RUNS
        for line in lines:
            assert rfc8785.dumps(json.loads(line)) == line, "rfc8785 writes other bytes"
        print(f"rfc8785: the bytes of {RUNS} entries")

        tree = pymerkle.InmemoryTree(algorithm="sha256")
        for line in lines:
            tree.append_entry(line)
        vkeys = [published.read_text().strip(), other.read_text().strip()]
        text = (out / "checkpoint").read_text()
        head = metamorphic_log.checkpoint_verify(text, vkeys[:1])
        assert (head.origin, head.size) == ("bank.example/external", RUNS)
        assert head.root == tree.get_root(RUNS), "pymerkle comes to another root"
        assert metamorphic_log.verify_signed_note(text, vkeys) == 2, "two keys signed"
        print(f"metamorphic-log: the checkpoint and both signatures\npymerkle: the root of {RUNS} entries")

        checkpoints = {}
        for number in range(1, RUNS + 1):
            body = run("ledger", "checkpoint", "--ledger", ledger, "--run", number)
            checkpoints[number] = body
            assert metamorphic_log.checkpoint_verify(body, vkeys[:1]).root == tree.get_root(number)
        for entry in entries:
            proof = hashes(out / "proofs" / f"entry-{entry}.tlog-proof", 2)
            leaf = hashlib.sha256(b"\0" + lines[entry]).digest()
            metamorphic_log.checkpoint_verify_inclusion(text, vkeys[:1], entry, leaf, proof)
            theirs = tree.prove_inclusion(entry + 1, RUNS)
            assert theirs.path == [leaf] + proof, "pymerkle proves it otherwise"
            pymerkle.verify_inclusion(leaf, head.root, theirs)
        for old in sizes:
            proof = hashes(out / "proofs" / f"from-{old}.consistency-proof", 3)
            metamorphic_log.checkpoint_verify_consistency(checkpoints[old], text, vkeys[:1], proof)
        print(f"metamorphic-log, pymerkle: {RUNS} inclusion proofs and {RUNS} consistency proofs")

        body, _, signatures = text.rpartition("\n\n")
        check_with_openssl(folder, vkeys, (body + "\n").encode(), signatures.splitlines())
        print("openssl: both signatures")
        verifier = pathlib.Path(__file__).parent.parent / "docs/verify/verify.py"
        subprocess.run([sys.executable, verifier, out, "--key", published, "--checkpoint", note], check=True)


def hashes(file, heading):
    lines = file.read_text().partition("\n\n")[0].split("\n")
    return [base64.b64decode(line) for line in lines[heading:]]


def check_with_openssl(folder, vkeys, message, lines):
    (folder / "message").write_bytes(message)
    for vkey, line in zip(vkeys, lines):
        public = base64.b64decode(vkey.split("+", 2)[2])[1:]
        (folder / "der").write_bytes(bytes.fromhex("302a300506032b6570032100") + public)
        (folder / "signature").write_bytes(base64.b64decode(line.split(" ")[2])[4:])
        command = ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", folder / "der", "-rawin"]
        subprocess.run([*command, "-sigfile", folder / "signature", "-in", folder / "message"],
                       check=True, capture_output=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
