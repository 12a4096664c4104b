// What a ledger says of itself and of each run, as canonical JSON: the records behind checkpoints.

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

/// A file that a ruleset is made of, as its digest names it.
package struct RulesetFile: Hashable, Sendable {
  /// Relative to the ruleset's own folder; the ruleset itself is `ruleset.proviso` or
  /// `ruleset.proviso.md`.
  package let name: String
  /// The SHA-256 of its bytes.
  package let digest: LogHash

  /// A file by its name and digest.
  package init(name: String, digest: LogHash) {
    self.name = name
    self.digest = digest
  }
}

/// What is known when a run begins.
package struct RunOpening: Hashable, Sendable {
  /// Runs are counted from 1.
  package let number: Int
  /// The position of its first entry.
  package let first: Int
  package let asOf: String
  package let knownAt: String
  /// The version of Proviso that evaluates.
  package let engine: String
  /// Whether the contracts are kept.
  package let keepsContracts: Bool
  /// `sha256:` and hex digits, over everything the ruleset reads.
  package let rulesetDigest: String
  package let rulesetName: String
  package let rulesetVersion: String
  /// In the order of reading, the ruleset itself first.
  package let files: [RulesetFile]
  /// What the contracts were read from, as it was named.
  package let source: String
  /// By the clock of the machine.
  package let started: String
  /// The SHA-256 of the text of the checkpoint before, so that no run can be left out.
  package let previous: LogHash
  /// The version of SQLite that writes: 3040001 of 3.40.1.
  let sqlite: Int

  static let format = "proviso-run-1"

  init?(_ bytes: [UInt8]) {
    guard let value = canonicalValue(bytes), value["format"]?.string == RunOpening.format,
      let number = value["number"]?.count, let first = value["first"]?.count,
      let asOf = value["asOf"]?.string, let knownAt = value["knownAt"]?.string,
      let engine = value["engine"]?.string, case .boolean(let keeps)? = value["keeps"],
      let ruleset = value["ruleset"], let digest = ruleset["digest"]?.string,
      let name = ruleset["name"]?.string, let version = ruleset["version"]?.string,
      let files = ruleset["files"]?.elements, let source = value["source"]?.string,
      let started = value["started"]?.string,
      let previous = value["previous"].flatMap(parsedHash),
      let sqlite = value["sqlite"]?.count
    else { return nil }
    var read: [RulesetFile] = []
    for file in files {
      guard let name = file["name"]?.string, let digest = file["digest"].flatMap(parsedHash)
      else { return nil }
      read.append(RulesetFile(name: name, digest: digest))
    }
    self.init(
      RunSubject(
        asOf: asOf, knownAt: knownAt, engine: engine, keepsContracts: keeps,
        rulesetDigest: digest, rulesetName: name, rulesetVersion: version, source: source,
        started: started),
      number: number, first: first, files: read, previous: previous, sqlite: sqlite)
    guard self.bytes == bytes else { return nil }
  }

  init(
    _ subject: RunSubject, number: Int, first: Int, files: [RulesetFile], previous: LogHash,
    sqlite: Int = Database.libraryVersion
  ) {
    self.number = number
    self.first = first
    asOf = subject.asOf
    knownAt = subject.knownAt
    engine = subject.engine
    keepsContracts = subject.keepsContracts
    rulesetDigest = subject.rulesetDigest
    rulesetName = subject.rulesetName
    rulesetVersion = subject.rulesetVersion
    self.files = files
    source = subject.source
    started = subject.started
    self.previous = previous
    self.sqlite = sqlite
  }

  /// Its canonical JSON.
  var bytes: [UInt8] {
    let files = self.files.map { file in
      JSONValue.object([
        JSONMember("digest", digest(file.digest)), JSONMember("name", .string(file.name)),
      ])
    }
    return canonicalBytes([
      JSONMember("asOf", .string(asOf)),
      JSONMember("engine", .string(engine)),
      JSONMember("first", .count(first)),
      JSONMember("format", .string(RunOpening.format)),
      JSONMember("keeps", .boolean(keepsContracts)),
      JSONMember("knownAt", .string(knownAt)),
      JSONMember("number", .count(number)),
      JSONMember("previous", digest(previous)),
      JSONMember(
        "ruleset",
        .object([
          JSONMember("digest", .string(rulesetDigest)),
          JSONMember("files", .array(files)),
          JSONMember("name", .string(rulesetName)),
          JSONMember("version", .string(rulesetVersion)),
        ])),
      JSONMember("source", .string(source)),
      JSONMember("sqlite", .count(sqlite)),
      JSONMember("started", .string(started)),
    ])
  }
}

/// What a run is about, as whoever starts it says.
package struct RunSubject: Hashable, Sendable {
  package let asOf: String
  package let knownAt: String
  package let engine: String
  package let keepsContracts: Bool
  package let rulesetDigest: String
  package let rulesetName: String
  package let rulesetVersion: String
  package let source: String
  package let started: String

  /// A run to be started; the members are those of `RunOpening`.
  package init(
    asOf: String, knownAt: String, engine: String, keepsContracts: Bool, rulesetDigest: String,
    rulesetName: String, rulesetVersion: String, source: String, started: String
  ) {
    self.asOf = asOf
    self.knownAt = knownAt
    self.engine = engine
    self.keepsContracts = keepsContracts
    self.rulesetDigest = rulesetDigest
    self.rulesetName = rulesetName
    self.rulesetVersion = rulesetVersion
    self.source = source
    self.started = started
  }
}

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

private func canonicalBytes(_ members: [JSONMember]) -> [UInt8] {
  Array(JSONValue.object(members).canonicalText.utf8)
}

private let digestPrefix = "sha256:"

private func digest(_ hash: LogHash) -> JSONValue { .string(digestPrefix + hash.hex) }

private func parsedHash(_ value: JSONValue) -> LogHash? {
  guard let text = value.string, text.hasPrefix(digestPrefix),
    let bytes = bytes(ofHex: text.utf8.dropFirst(digestPrefix.utf8.count))
  else { return nil }
  return LogHash(bytes)
}
