// Contracts and the files of rulesets, kept by the digest of their bytes, each once.

package import ProvisoLog

extension Ledger {
  /// The bytes with a digest; nil where they are not kept.
  package func content(_ digest: LogHash) throws(LedgerFailure) -> [UInt8]? {
    let statement = try database.prepare("SELECT id, form, bytes FROM contents WHERE digest = ?")
    try statement.bind(1, digest.bytes)
    guard try statement.step() else { return nil }
    let place = "content \(try statement.integer(0, "a content"))"
    guard let form = ContentForm(rawValue: try statement.integer(1, place)),
      let bytes = unpacked(try statement.bytes(2, place), form: form)
    else { throw .damaged(place: place, "its stored form is not one") }
    guard try hashing({ () throws(CryptoFailure) in try TreeHasher().plain(bytes) }) == digest
    else { throw .damaged(place: place, "its bytes are not those of its digest") }
    return bytes
  }

  /// The text of a run's ruleset and all it reads, by name, the ruleset itself first.
  package func files(
    of ruleset: RecordedRuleset, run: Int
  ) throws(LedgerFailure) -> [(name: String, bytes: [UInt8])] {
    var files: [(name: String, bytes: [UInt8])] = []
    for file in ruleset.files {
      guard let bytes = try content(file.digest) else {
        throw .damaged(
          place: "run \(run)", "`\(file.name)` of its ruleset is not in the ledger")
      }
      files.append((file.name, bytes))
    }
    return files
  }
}

/// Puts contents into a ledger, each once.
final class ContentWriter {
  private let search: Statement
  private let insertion: Statement
  private let hasher: TreeHasher
  private var next: Int

  init(_ database: Database) throws(LedgerFailure) {
    search = try database.prepare("SELECT id FROM contents WHERE digest = ?")
    insertion = try database.prepare(
      "INSERT INTO contents (id, digest, form, bytes, seal) VALUES (?, ?, ?, ?, ?)")
    next = try database.number("SELECT coalesce(max(id), 0) + 1 FROM contents")
    hasher = try hashing { () throws(CryptoFailure) in try TreeHasher() }
  }

  /// Keeps bytes; their digest.
  func keep(_ bytes: [UInt8]) throws(LedgerFailure) -> LogHash {
    guard bytes.count <= contentLimitBytes else {
      throw .notRecordable("it is larger than \(contentLimitBytes >> 20) MiB and cannot be kept")
    }
    let digest = try hashing { () throws(CryptoFailure) in try hasher.plain(bytes) }
    try search.bind(1, digest.bytes)
    let isKnown = try search.step()
    search.reset()
    if isKnown { return digest }
    let stored = packed(bytes)
    let seal = try hashing { () throws(CryptoFailure) in
      try contentSeal(stored.form.rawValue, stored.bytes, hasher)
    }
    try insertion.bind(1, next)
    try insertion.bind(2, digest.bytes)
    try insertion.bind(3, stored.form.rawValue)
    try insertion.bind(4, stored.bytes)
    try insertion.bind(5, seal.bytes)
    try insertion.run()
    next += 1
    return digest
  }
}

/// The hash over a content as it is stored: packed bytes can be changed in ways that unpack alike.
func contentSeal(
  _ form: Int, _ stored: [UInt8], _ hasher: borrowing TreeHasher
) throws(CryptoFailure) -> LogHash {
  try hasher.plain([UInt8(truncatingIfNeeded: form)] + stored)
}
