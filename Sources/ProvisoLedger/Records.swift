// What a ledger says of itself, as canonical JSON, and how its records write hashes.

package import ProvisoLog
import ProvisoReports

/// What a ledger says of itself, written once when it is made.
package struct LedgerRecord: Hashable, Sendable {
  /// The log's name in checkpoints, which is also the name of its key.
  package var origin: String { key.name }
  /// The key that its checkpoints are signed with.
  package let key: VerifierKey
  /// When it was made, by the clock of the machine: `2026-06-30T09:00:00Z`.
  package let created: String
  /// The version of Proviso that made it.
  package let engine: String
  /// The version of SQLite that made the file: 3040001 of 3.40.1.
  let sqlite: Int

  static let format = "proviso-ledger-1"

  /// The record of a new ledger.
  package init(key: VerifierKey, created: String, engine: String) {
    self.init(key: key, created: created, engine: engine, sqlite: Database.libraryVersion)
  }

  private init(key: VerifierKey, created: String, engine: String, sqlite: Int) {
    self.key = key
    self.created = created
    self.engine = engine
    self.sqlite = sqlite
  }

  init?(_ bytes: [UInt8]) throws(CryptoFailure) {
    guard let value = canonicalValue(bytes), value["format"]?.string == LedgerRecord.format,
      let text = value["key"]?.string, let key = try VerifierKey(text),
      let created = value["created"]?.string, let engine = value["engine"]?.string,
      let sqlite = value["sqlite"]?.count
    else { return nil }
    self.init(key: key, created: created, engine: engine, sqlite: sqlite)
    guard self.bytes == bytes else { return nil }
  }

  /// Its canonical JSON.
  var bytes: [UInt8] {
    canonicalBytes([
      JSONMember("created", .string(created)),
      JSONMember("engine", .string(engine)),
      JSONMember("format", .string(LedgerRecord.format)),
      JSONMember("key", .string(key.text)),
      JSONMember("sqlite", .count(sqlite)),
    ])
  }
}

/// The canonical JSON of a record.
func canonicalBytes(_ members: [JSONMember]) -> [UInt8] {
  Array(JSONValue.object(members).canonicalText.utf8)
}

private let digestPrefix = "sha256:"

/// A hash as records write it.
func digestValue(_ hash: LogHash) -> JSONValue { .string(digestPrefix + hash.hex) }

/// The hash that a record writes; nil for anything else.
func parsedHash(_ value: JSONValue) -> LogHash? {
  guard let text = value.string, text.hasPrefix(digestPrefix),
    let bytes = bytes(ofHex: text.utf8.dropFirst(digestPrefix.utf8.count))
  else { return nil }
  return LogHash(bytes)
}
