// The files that keys, checkpoints and proofs are kept in.

import Glibc
package import ProvisoLog

extension Files {
  private static let textLimitBytes = 1 << 20

  /// Makes a signing key and keeps it in a new file that its owner alone can read.
  ///
  /// - Parameter seed: Thirty-two bytes of chance.
  /// - Returns: The key.
  package func makeKey(
    named name: String, for origin: String, seed: [UInt8]
  ) throws(LedgerAccessFailure) -> SigningKey {
    guard
      let key = try withCrypto({ () throws(CryptoFailure) in
        try SigningKey(name: origin, seed: seed)
      })
    else {
      throw LedgerAccessFailure(
        "`\(origin)` cannot be the name of a key",
        help: ["a name has no space and no `+`: `audit.example.org/aid-2026`"])
    }
    let path = try ledgerPath(name)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      if errno == EEXIST {
        throw LedgerAccessFailure(
          "there is a file `\(name)` already, and a key is never written over one",
          help: ["name another file, or move that one away yourself"])
      }
      throw LedgerAccessFailure(failure(name, errno, isWriting: true))
    }
    var code = fchmod(descriptor, 0o600) == 0 ? nil : errno
    if code == nil { code = writeAll(Array((key.text + "\n").utf8), to: descriptor) }
    if code == nil, fsync(descriptor) != 0 { code = errno }
    close(descriptor)
    if let code {
      unlink(path)
      throw LedgerAccessFailure(failure(name, code, isWriting: true))
    }
    return key
  }

  /// Reads a signing key from a file that nobody but its owner can read.
  package func key(named name: String) throws(LedgerAccessFailure) -> SigningKey {
    let text = try line(named: name)
    guard let key = try withCrypto({ () throws(CryptoFailure) in try SigningKey(text) }) else {
      throw LedgerAccessFailure(
        "`\(name)` is not a key file",
        help: ["`proviso ledger keygen --key FILE --origin NAME` makes one"])
    }
    let path = try ledgerPath(name)
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & 0o077 != 0 {
      throw LedgerAccessFailure(
        "the key file `\(name)` can be read by others than its owner",
        help: ["write `chmod 600 \(name)`, and ask who may have read it"])
    }
    return key
  }

  /// A key that checks signatures, given as its text or as the name of a file that has it.
  package func verifierKey(_ given: String) throws(LedgerAccessFailure) -> VerifierKey {
    if let key = try withCrypto({ () throws(CryptoFailure) in try VerifierKey(given) }) {
      return key
    }
    let text = try line(named: given)
    guard let key = try withCrypto({ () throws(CryptoFailure) in try VerifierKey(text) }) else {
      throw LedgerAccessFailure(
        "`\(given)` holds no verifier key",
        help: ["such a key is one line, `NAME+HASH+KEY`, as `proviso ledger keygen` prints it"])
    }
    return key
  }

  /// Reads a checkpoint from a file.
  package func note(named name: String) throws(LedgerAccessFailure) -> SignedNote {
    let bytes = try contents(name)
    guard let note = SignedNote(bytes), Checkpoint(note.body) != nil else {
      throw LedgerAccessFailure(
        "`\(name)` is not a checkpoint",
        help: ["`proviso ledger checkpoint --ledger FILE` prints one"])
    }
    return note
  }

  /// The bytes of a small file.
  package func contents(_ name: String) throws(LedgerAccessFailure) -> [UInt8] {
    do throws(FileFailure) {
      return try read(name, limitBytes: Files.textLimitBytes)
    } catch {
      throw LedgerAccessFailure(error)
    }
  }

  /// The only line of a file.
  private func line(named name: String) throws(LedgerAccessFailure) -> String {
    let bytes = try contents(name)
    let text = String(decoding: bytes, as: UTF8.self)
    return text.last == "\n" ? String(text.dropLast()) : text
  }
}
