// What a ledger says of a run at its end, as canonical JSON.

import ProvisoReports

/// How a run ended.
package struct RunClosing: Hashable, Sendable {
  package let number: Int
  /// The number of its entries.
  package let entries: Int
  /// How many contracts came to each outcome, and how many were rejected: a name and a count each,
  /// sorted by name.
  package let counts: [RunCount]
  /// The SHA-256 of all bytes of the source, `sha256:` and hex digits; nil where it was not read
  /// to its end.
  package let sourceDigest: String?
  /// By the clock of the machine; of a run that was cut off, when that was noticed.
  package let ended: String
  /// Whether the run was cut off: its entries are good, and others may be missing.
  package let isCutOff: Bool

  static let format = "proviso-run-end-1"

  init(
    number: Int, entries: Int, counts: [RunCount], sourceDigest: String?, ended: String,
    isCutOff: Bool
  ) {
    self.number = number
    self.entries = entries
    self.counts = counts.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    self.sourceDigest = sourceDigest
    self.ended = ended
    self.isCutOff = isCutOff
  }

  init?(_ bytes: [UInt8]) {
    guard let value = canonicalValue(bytes), value["format"]?.string == RunClosing.format,
      let number = value["number"]?.count, let entries = value["entries"]?.count,
      case .object(let members)? = value["counts"], let ended = value["ended"]?.string,
      case .boolean(let isCutOff)? = value["cutOff"]
    else { return nil }
    let counts = members.compactMap { member in
      member.value.count.map { RunCount(name: member.key, count: $0) }
    }
    self.init(
      number: number, entries: entries, counts: counts,
      sourceDigest: value["source"]?.string, ended: ended, isCutOff: isCutOff)
    guard self.bytes == bytes else { return nil }
  }

  /// Its canonical JSON.
  var bytes: [UInt8] {
    canonicalBytes([
      JSONMember("counts", .object(counts.map { JSONMember($0.name, .count($0.count)) })),
      JSONMember("cutOff", .boolean(isCutOff)),
      JSONMember("ended", .string(ended)),
      JSONMember("entries", .count(entries)),
      JSONMember("format", .string(RunClosing.format)),
      JSONMember("number", .count(number)),
      JSONMember("source", JSONValue(sourceDigest)),
    ])
  }
}

/// One of the counts of a run.
package struct RunCount: Hashable, Sendable {
  /// An outcome, or `rejected`.
  package let name: String
  package let count: Int

  /// A count by its name.
  package init(name: String, count: Int) {
    self.name = name
    self.count = count
  }
}
