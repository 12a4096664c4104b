// Performs recorded entries again, from the recorded ruleset and the contract, and compares.

package import ProvisoLedger
import ProvisoLog
package import ProvisoReports
import ProvisoSource

/// What performing an entry again came to.
package enum ReplayOutcome: Sendable {
  /// The same leaf, byte for byte.
  case same
  /// Another: where it differs, and the first step that came out otherwise, where one can be told.
  case different([LeafDifference], step: DerivationDifference?)
  /// The contract is not kept, and none with its digest was given.
  case contractMissing
  /// None with its digest was given, and one with its id was: the digest of that one.
  case contractChanged(digest: String)
  /// This version of Proviso refuses the recorded ruleset or the contract; why, in words.
  case refused(String)
}

/// An entry that was performed again.
package struct ReplayedEntry: Sendable {
  package let position: Int
  package let run: Int
  package let contract: String
  package let outcome: String
  /// The version of Proviso that recorded it.
  package let engine: String
  package let replay: ReplayOutcome
}

/// Contracts that were given to perform entries again with, by their digests.
package struct ContractPool: Sendable {
  private var byDigest: [String: [UInt8]] = [:]
  /// In the order given.
  private var all: [[UInt8]] = []

  /// No contracts.
  package init() {}

  /// Adds the contracts of a file: one JSON object, or one a line where the name ends in `.jsonl`.
  package mutating func add(_ bytes: [UInt8], named name: String) {
    let parts =
      name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson")
      ? bytes.split(separator: 0x0A).map { contractBytes(Array($0)) } : [contractBytes(bytes)]
    for part in parts where !part.isEmpty {
      guard let digest = Digest.contract(part) else { continue }
      byDigest[digest.text] = part
      all.append(part)
    }
  }

  func contract(digest: String) -> [UInt8]? { byDigest[digest] }

  /// The digest of the first contract that a test takes; nil where it takes none.
  func digest(where isWanted: ([UInt8]) -> Bool) -> String? {
    all.first(where: isWanted).flatMap { Digest.contract($0)?.text }
  }
}

/// Performs entries of one ledger again; each ruleset is read once.
package final class Replayer {
  private let ledger: Ledger
  private let name: String
  private let pool: ContractPool
  /// By the digests of the versions, in order.
  private var known: [[String]: Result<Editions, RefusedRuleset>] = [:]

  /// Performs entries of an open ledger again.
  package init(_ ledger: Ledger, named name: String, contracts pool: ContractPool) {
    self.ledger = ledger
    self.name = name
    self.pool = pool
  }

  /// Performs an entry again.
  package func replay(_ position: Int) throws(LedgerAccessFailure) -> ReplayedEntry {
    let run = try onLedger(name) { () throws(LedgerFailure) in try ledger.run(of: position) }
    let leaf = try onLedger(name) { () throws(LedgerFailure) in try ledger.leaf(position) }
    guard let recorded = canonicalValue(leaf), let contract = recorded["contract"]?["id"]?.string,
      let digest = recorded["contract"]?["digest"]?.string,
      let outcome = recorded["outcome"]?.string
    else {
      throw LedgerAccessFailure(
        .damaged(place: "entry \(position)", "its leaf is not a result"), ledger: name)
    }
    let replay = try replay(recorded, leaf, digest, contract, run.opening)
    return ReplayedEntry(
      position: position, run: run.opening.number, contract: contract, outcome: outcome,
      engine: run.opening.engine, replay: replay)
  }

  private func replay(
    _ recorded: JSONValue, _ leaf: [UInt8], _ digest: String, _ id: String, _ run: RunOpening
  ) throws(LedgerAccessFailure) -> ReplayOutcome {
    let editions: Editions
    switch try self.editions(of: run) {
    case .success(let loaded): editions = loaded
    case .failure(let refusal): return .refused(refusal.words)
    }
    guard let question = question(of: recorded) else {
      return .refused("its dates are not dates")
    }
    guard let bytes = try contract(digest) else {
      let other = pool.digest { bytes in
        let ruleset = editions.ruleset(for: bytes, question)
        let loading = try? ruleset.contract(bytes, named: "a contract")
        return loading?.contract?.contract.id == id
      }
      return other.map { .contractChanged(digest: $0) } ?? .contractMissing
    }
    // Which version judges is decided again as well.
    let ruleset = editions.ruleset(for: bytes, question)
    switch loaded(bytes, by: ruleset) {
    case .failure(let refusal): return .refused(refusal.words)
    case .success(let contract):
      let answer = ruleset.answer(contract, question)
      let found = answer.leaf
      if found == leaf { return .same }
      let differences = canonicalValue(found).map { leafDifferences(recorded, $0) } ?? []
      let step = canonicalValue(found).flatMap { firstStep(recorded, $0, answer) }
      return .different(differences, step: step)
    }
  }

  private func contract(_ digest: String) throws(LedgerAccessFailure) -> [UInt8]? {
    if let given = pool.contract(digest: digest) { return given }
    guard let hash = logHash(ofDigest: digest) else { return nil }
    return try onLedger(name) { () throws(LedgerFailure) in try ledger.content(hash) }
  }

  /// The recorded ruleset of a run, or its versions.
  func editions(
    of run: RunOpening
  ) throws(LedgerAccessFailure) -> Result<Editions, RefusedRuleset> {
    let digests = run.rulesets.map(\.digest)
    if let known = known[digests] { return known }
    var loaded: [LoadedRuleset] = []
    var found: Result<Editions, RefusedRuleset>?
    for ruleset in run.rulesets where found == nil {
      let files = try onLedger(name) { () throws(LedgerFailure) in
        try ledger.files(of: ruleset, run: run.number)
      }
      switch recordedRuleset(files, digest: ruleset.digest) {
      case .success(let ruleset): loaded.append(ruleset)
      case .failure(let refusal): found = .failure(refusal)
      }
    }
    let result =
      found ?? Editions(inOrder: loaded).map { .success($0) }
      ?? .failure(RefusedRuleset("no ruleset is recorded"))
    known[digests] = result
    return result
  }

  /// A contract as a recorded ruleset reads it.
  func loaded(
    _ bytes: [UInt8], by ruleset: LoadedRuleset
  ) -> Result<LoadedContract, RefusedRuleset> {
    guard let loading = try? ruleset.contract(bytes, named: "the contract") else {
      return .failure(RefusedRuleset("the contract cannot be read"))
    }
    if let contract = loading.contract { return .success(contract) }
    return .failure(RefusedRuleset("the contract", loading.diagnostics))
  }
}

extension Editions {
  /// The version that judges a contract.
  func ruleset(for bytes: [UInt8], _ question: Question) -> LoadedRuleset {
    rulesets[choose(bytes, named: "the contract", question).position]
  }
}

/// Why this version of Proviso does not take a recorded ruleset or contract.
struct RefusedRuleset: Error {
  let words: String

  init(_ words: String) { self.words = words }

  init(_ what: String, _ diagnostics: [Diagnostic]) {
    let errors = diagnostics.filter { $0.severity == .error }
    let first = errors.first.map { "\($0.code.rawValue): \($0.message)" } ?? "no reason is given"
    let more = errors.count > 1 ? ", and \(errors.count - 1) more" : ""
    words = "this version refuses \(what): \(first)\(more)"
  }
}

/// The first step in which a result differs from what was recorded; nil where nothing that has
/// steps differs, or what was recorded is of another form.
private func firstStep(
  _ recorded: JSONValue, _ found: JSONValue, _ answer: CheckedContract
) -> DerivationDifference? {
  let conditions = zip(recorded["conditions"]?.elements ?? [], found["conditions"]?.elements ?? [])
  for (old, new) in conditions where old != new {
    guard let name = old["name"]?.string, name == new["name"]?.string else { continue }
    let tests = zip(old["tests"]?.elements ?? [], new["tests"]?.elements ?? [])
    for (position, (test, now)) in tests.enumerated()
    where test["outcome"] != now["outcome"] || test["reasons"] != now["reasons"] {
      guard let outcome = test["outcome"]?.string else { continue }
      let reasons = (test["reasons"]?.elements ?? []).compactMap { reason in
        reason["subject"]?.string.flatMap { subject in
          reason["code"]?.string.map { RecordedReason(subject: subject, code: $0) }
        }
      }
      let step = answer.explanation.difference(
        condition: name, test: position, recorded: RecordedTest(outcome: outcome, reasons: reasons))
      if let step { return step }
    }
    let amounts = zip(old["amounts"]?.elements ?? [], new["amounts"]?.elements ?? [])
    for (position, (amount, now)) in amounts.enumerated() where amount["amount"] != now["amount"] {
      let step = answer.explanation.difference(
        condition: name, amount: position, recorded: amount["amount"]?.string ?? "–")
      if let step { return step }
    }
  }
  let determinations = zip(
    recorded["determinations"]?.elements ?? [], found["determinations"]?.elements ?? [])
  for (old, new) in determinations where old["value"] != new["value"] {
    guard let name = old["name"]?.string, let value = old["value"]?.string else { continue }
    if let step = answer.explanation.difference(determination: name, recorded: value) {
      return step
    }
  }
  return nil
}

/// The dates of a recorded result.
func question(of leaf: JSONValue) -> Question? {
  guard let asOf = leaf["asOf"]?.string, let knownAt = leaf["knownAt"]?.string,
    let first = try? readDate(asOf), let second = try? readDate(knownAt)
  else { return nil }
  return Question(asOf: first, knownAt: second)
}

/// The hash that a digest's text says.
func logHash(ofDigest text: String) -> LogHash? {
  let prefix = "sha256:"
  guard text.hasPrefix(prefix),
    let bytes = bytes(ofHex: text.utf8.dropFirst(prefix.utf8.count))
  else { return nil }
  return LogHash(bytes)
}

/// Checks a ruleset from the files that a ledger holds, and nothing else.
private func recordedRuleset(
  _ files: [(name: String, bytes: [UInt8])], digest: String
) -> Result<LoadedRuleset, RefusedRuleset> {
  guard let root = files.first else {
    return .failure(RefusedRuleset("no ruleset is recorded"))
  }
  let source = SourceFile(id: SourceID(0), name: root.name, bytes: root.bytes)
  let loading = try? loadRuleset(source) { name in
    files.first { $0.name == name }.map { .bytes($0.bytes) } ?? .notFound
  }
  guard let loading else { return .failure(RefusedRuleset("the ruleset cannot be hashed")) }
  guard let ruleset = loading.ruleset else {
    return .failure(RefusedRuleset("the recorded ruleset", loading.diagnostics))
  }
  guard ruleset.identity.digest == digest else {
    return .failure(
      RefusedRuleset("this version reads other files for the recorded ruleset than were recorded"))
  }
  return .success(ruleset)
}
