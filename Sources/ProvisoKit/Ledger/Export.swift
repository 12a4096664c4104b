// Writes a ledger out for whoever checks it without us: entries, checkpoint, proofs.

import Glibc
package import ProvisoLedger
import ProvisoLog

/// What was exported.
package struct ExportSummary: Sendable {
  package let entryCount: Int
  package let proofCount: Int
}

extension Files {
  /// Exports the entries that the last checkpoint covers, that checkpoint, and proofs.
  ///
  /// Written are, in a new folder, `entries.jsonl` (a leaf a line), `checkpoint`, `key` (the
  /// ledger's verifier key), and `proofs` with a file for each proof.
  ///
  /// - Parameters:
  ///   - entries: The positions of entries to prove.
  ///   - sizes: Older sizes to prove the checkpoint consistent with.
  package func export(
    _ ledger: Ledger, named name: String, to folder: String, entries: [Int], sizes: [Int]
  ) throws(LedgerAccessFailure) -> ExportSummary {
    let path = try ledgerPath(folder)
    guard mkdir(path, 0o777) == 0 else {
      if errno == EEXIST {
        throw LedgerAccessFailure(
          "there is a `\(folder)` already", help: ["an export goes into a folder that it makes"])
      }
      throw LedgerAccessFailure(failure(folder, errno, isWriting: true))
    }
    let last = try onLedger(name) { () throws(LedgerFailure) in try ledger.checkpoint() }
    let size = Int(clamping: last.checkpoint.size)
    try exportEntries(ledger, named: name, to: folder + "/entries.jsonl", size: size)
    try put(last.note.text, folder + "/checkpoint")
    let key = try onLedger(name) { () throws(LedgerFailure) in try ledger.currentKey() }
    try put(key.text + "\n", folder + "/key")
    if !entries.isEmpty || !sizes.isEmpty {
      guard mkdir(path + "/proofs", 0o777) == 0 else {
        throw LedgerAccessFailure(failure(folder + "/proofs", errno, isWriting: true))
      }
    }
    for entry in entries {
      let proof = try onLedger(name) { () throws(LedgerFailure) in
        try ledger.inclusionProof(of: entry)
      }
      try put(proof.text, folder + "/proofs/entry-\(entry).tlog-proof")
    }
    for old in sizes {
      let proof = try onLedger(name) { () throws(LedgerFailure) in
        try ledger.consistencyProof(from: old)
      }
      try put(proof.text, folder + "/proofs/from-\(old).consistency-proof")
    }
    return ExportSummary(entryCount: size, proofCount: entries.count + sizes.count)
  }

  private func exportEntries(
    _ ledger: Ledger, named name: String, to file: String, size: Int
  ) throws(LedgerAccessFailure) {
    let path = try ledgerPath(file)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw LedgerAccessFailure(failure(file, errno, isWriting: true)) }
    defer { close(descriptor) }
    var pending: [UInt8] = []
    var code: Int32?
    try onLedger(name) { () throws(LedgerFailure) in
      for position in 0..<size where code == nil {
        pending += try ledger.leaf(position)
        pending.append(0x0A)
        if pending.count >= 1 << 20 {
          code = writeAll(pending, to: descriptor)
          pending.removeAll(keepingCapacity: true)
        }
      }
    }
    if code == nil { code = writeAll(pending, to: descriptor) }
    if let code { throw LedgerAccessFailure(failure(file, code, isWriting: true)) }
  }

  private func put(_ text: String, _ name: String) throws(LedgerAccessFailure) {
    do throws(FileFailure) {
      try write(Array(text.utf8), to: name)
    } catch {
      throw LedgerAccessFailure(error)
    }
  }
}
