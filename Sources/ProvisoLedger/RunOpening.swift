// What a ledger says of each run at its start, as canonical JSON.

package import ProvisoLog
import ProvisoReports

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

/// A ruleset that a run judges by.
package struct RecordedRuleset: Hashable, Sendable {
  package let name: String
  package let version: String
  /// Over its text and all it reads: `sha256:` and hex digits. Entries name it.
  package let digest: String
  /// The ruleset itself and all it reads, in the order of reading.
  package let files: [RulesetFile]

  fileprivate init?(_ value: JSONValue) {
    guard let digest = value["digest"]?.string, let name = value["name"]?.string,
      let version = value["version"]?.string, let files = value["files"]?.elements
    else { return nil }
    var read: [RulesetFile] = []
    for file in files {
      guard let name = file["name"]?.string, let digest = file["digest"].flatMap(parsedHash)
      else { return nil }
      read.append(RulesetFile(name: name, digest: digest))
    }
    self.init(name: name, version: version, digest: digest, files: read)
  }

  init(name: String, version: String, digest: String, files: [RulesetFile]) {
    self.name = name
    self.version = version
    self.digest = digest
    self.files = files
  }

  fileprivate var value: JSONValue {
    let files = self.files.map { file in
      JSONValue.object([
        JSONMember("digest", digestValue(file.digest)),
        JSONMember("name", .string(file.name)),
      ])
    }
    return .object([
      JSONMember("digest", .string(digest)),
      JSONMember("files", .array(files)),
      JSONMember("name", .string(name)),
      JSONMember("version", .string(version)),
    ])
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
  /// The ruleset, or its versions in the order of the days they govern; empty only where nothing is
  /// judged, and another key comes into use.
  package let rulesets: [RecordedRuleset]
  /// What the contracts are read from, as it was named.
  package let source: String
  /// The SHA-256 of all bytes of the source when the run began, `sha256:` and hex digits; nil where
  /// it cannot be read twice.
  package let sourceDigest: String?
  /// By the clock of the machine.
  package let started: String
  /// The SHA-256 of the text of the checkpoint before, so that no run can be left out.
  package let previous: LogHash
  /// The key that signs every later checkpoint, where another comes into use; nil of a run that
  /// judges.
  package let newKey: VerifierKey?
  /// The version of SQLite that writes: 3040001 of 3.40.1.
  let sqlite: Int
  /// Whether it is written in the first form: of one ruleset, and without its source's digest.
  private let isOfFirstForm: Bool

  static let firstFormat = "proviso-run-1"
  static let format = "proviso-run-2"
  static let keyFormat = "proviso-key-1"

  init?(_ bytes: [UInt8]) throws(CryptoFailure) {
    if let change = try RunOpening(keyChange: bytes) {
      self = change
      return
    }
    guard let value = canonicalValue(bytes), let format = value["format"]?.string,
      let number = value["number"]?.count, let first = value["first"]?.count,
      let asOf = value["asOf"]?.string, let knownAt = value["knownAt"]?.string,
      let engine = value["engine"]?.string, case .boolean(let keeps)? = value["keeps"],
      let started = value["started"]?.string,
      let previous = value["previous"].flatMap(parsedHash),
      let sqlite = value["sqlite"]?.count
    else { return nil }
    let isOfFirstForm = format == RunOpening.firstFormat
    let list = isOfFirstForm ? value["ruleset"].map { [$0] } : value["rulesets"]?.elements
    let source = isOfFirstForm ? value["source"] : value["source"]?["name"]
    let rulesets = (list ?? []).compactMap { RecordedRuleset($0) }
    guard let source = source?.string, !rulesets.isEmpty else { return nil }
    self.number = number
    self.first = first
    self.asOf = asOf
    self.knownAt = knownAt
    self.engine = engine
    keepsContracts = keeps
    self.rulesets = rulesets
    self.source = source
    sourceDigest = isOfFirstForm ? nil : value["source"]?["digest"]?.string
    self.started = started
    self.previous = previous
    newKey = nil
    self.sqlite = sqlite
    self.isOfFirstForm = isOfFirstForm
    // Whatever was read too kindly does not come out again.
    guard self.bytes == bytes else { return nil }
  }

  init(
    _ subject: RunSubject, number: Int, first: Int, rulesets: [RecordedRuleset], previous: LogHash
  ) {
    self.number = number
    self.first = first
    asOf = subject.asOf
    knownAt = subject.knownAt
    engine = subject.engine
    keepsContracts = subject.keepsContracts
    self.rulesets = rulesets
    source = subject.source
    sourceDigest = subject.sourceDigest
    started = subject.started
    self.previous = previous
    newKey = nil
    sqlite = Database.libraryVersion
    isOfFirstForm = false
  }

  /// Another key that comes into use.
  init(
    newKey: VerifierKey, number: Int, first: Int, previous: LogHash, engine: String,
    started: String, sqlite: Int = Database.libraryVersion
  ) {
    self.number = number
    self.first = first
    asOf = ""
    knownAt = ""
    self.engine = engine
    keepsContracts = false
    rulesets = []
    source = ""
    sourceDigest = nil
    self.started = started
    self.previous = previous
    self.newKey = newKey
    self.sqlite = sqlite
    isOfFirstForm = false
  }

  private init?(keyChange bytes: [UInt8]) throws(CryptoFailure) {
    guard let value = canonicalValue(bytes), value["format"]?.string == RunOpening.keyFormat,
      let number = value["number"]?.count, let first = value["first"]?.count,
      let engine = value["engine"]?.string, let started = value["started"]?.string,
      let previous = value["previous"].flatMap(parsedHash), let sqlite = value["sqlite"]?.count,
      let text = value["key"]?.string, let key = try VerifierKey(text)
    else { return nil }
    self.init(
      newKey: key, number: number, first: first, previous: previous, engine: engine,
      started: started, sqlite: sqlite)
    guard self.bytes == bytes else { return nil }
  }

  /// Its canonical JSON.
  var bytes: [UInt8] {
    if let newKey {
      return canonicalBytes([
        JSONMember("engine", .string(engine)),
        JSONMember("first", .count(first)),
        JSONMember("format", .string(RunOpening.keyFormat)),
        JSONMember("key", .string(newKey.text)),
        JSONMember("number", .count(number)),
        JSONMember("previous", digestValue(previous)),
        JSONMember("sqlite", .count(sqlite)),
        JSONMember("started", .string(started)),
      ])
    }
    let common = [
      JSONMember("asOf", .string(asOf)),
      JSONMember("engine", .string(engine)),
      JSONMember("first", .count(first)),
      JSONMember("format", .string(isOfFirstForm ? RunOpening.firstFormat : RunOpening.format)),
      JSONMember("keeps", .boolean(keepsContracts)),
      JSONMember("knownAt", .string(knownAt)),
      JSONMember("number", .count(number)),
      JSONMember("previous", digestValue(previous)),
      JSONMember("sqlite", .count(sqlite)),
      JSONMember("started", .string(started)),
    ]
    guard !isOfFirstForm else {
      return canonicalBytes(
        common + [
          JSONMember("ruleset", rulesets.first?.value ?? .null),
          JSONMember("source", .string(source)),
        ])
    }
    return canonicalBytes(
      common + [
        JSONMember("rulesets", .array(rulesets.map(\.value))),
        JSONMember(
          "source",
          .object([
            JSONMember("digest", JSONValue(sourceDigest)), JSONMember("name", .string(source)),
          ])),
      ])
  }
}
