// What a run is about, as whoever starts it says.

/// A ruleset to judge by, with the bytes of all it is made of.
package struct SubjectRuleset: Sendable {
  package let name: String
  package let version: String
  package let digest: String
  /// The ruleset and all it reads, by the names of its digest, the ruleset first.
  package let files: [(name: String, bytes: [UInt8])]

  /// A ruleset; the members are those of `RecordedRuleset`.
  package init(
    name: String, version: String, digest: String, files: [(name: String, bytes: [UInt8])]
  ) {
    self.name = name
    self.version = version
    self.digest = digest
    self.files = files
  }
}

/// What a run is about, as whoever starts it says.
package struct RunSubject: Sendable {
  package let asOf: String
  package let knownAt: String
  package let engine: String
  package let keepsContracts: Bool
  package let rulesets: [SubjectRuleset]
  package let source: String
  package let sourceDigest: String?
  package let started: String

  /// A run to be started; the members are those of `RunOpening`.
  package init(
    asOf: String, knownAt: String, engine: String, keepsContracts: Bool,
    rulesets: [SubjectRuleset], source: String, sourceDigest: String?, started: String
  ) {
    self.asOf = asOf
    self.knownAt = knownAt
    self.engine = engine
    self.keepsContracts = keepsContracts
    self.rulesets = rulesets
    self.source = source
    self.sourceDigest = sourceDigest
    self.started = started
  }
}
