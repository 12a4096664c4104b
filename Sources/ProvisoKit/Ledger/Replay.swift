// Performs recorded entries again, from the recorded ruleset and the contract, and compares.

package import ProvisoLedger
import ProvisoLog
import ProvisoModel
import ProvisoReports
import ProvisoSource

/// What performing an entry again came to.
package enum ReplayOutcome: Sendable {
  /// The same leaf, byte for byte.
  case same
  /// Another: where it differs, and the derivation of what is found now.
  case different([LeafDifference], derivation: String)
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
  private var rulesets: [String: Result<LoadedRuleset, RefusedRuleset>] = [:]

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
    let ruleset: LoadedRuleset
    switch try self.ruleset(of: run) {
    case .success(let loaded): ruleset = loaded
    case .failure(let refusal): return .refused(refusal.words)
    }
    guard let bytes = try contract(digest) else {
      let other = pool.digest { bytes in
        let loading = try? ruleset.contract(bytes, named: "a contract")
        return loading?.contract?.contract.id == id
      }
      return other.map { .contractChanged(digest: $0) } ?? .contractMissing
    }
    guard let question = question(of: recorded) else {
      return .refused("its dates are not dates")
    }
    switch loaded(bytes, by: ruleset) {
    case .failure(let refusal): return .refused(refusal.words)
    case .success(let contract):
      let answer = ruleset.answer(contract, question)
      let found = answer.leaf
      if found == leaf { return .same }
      let differences = canonicalValue(found).map { leafDifferences(recorded, $0) } ?? []
      return .different(differences, derivation: derivation(of: differences, answer, ruleset))
    }
  }

  /// The derivation of the first condition in which two results differ, or of the whole.
  private func derivation(
    of differences: [LeafDifference], _ answer: CheckedContract, _ ruleset: LoadedRuleset
  ) -> String {
    guard let first = differences.first(where: { $0.condition != nil }),
      let id = first.condition.flatMap({ ruleset.condition(named: $0) })
    else { return answer.text() }
    let tests = answer.verdict.conditions.first { $0.condition == id }?.tests ?? []
    let differing = differences.lazy.filter { $0.condition == first.condition }.compactMap(\.test)
      .first
    let test = differing.flatMap { tests.indices.contains($0) ? testLabel(tests[$0]) : nil }
    return answer.text(condition: id, test: test)
  }

  private func contract(_ digest: String) throws(LedgerAccessFailure) -> [UInt8]? {
    if let given = pool.contract(digest: digest) { return given }
    guard let hash = logHash(ofDigest: digest) else { return nil }
    return try onLedger(name) { () throws(LedgerFailure) in try ledger.content(hash) }
  }

  /// The recorded ruleset of a run.
  func ruleset(
    of run: RunOpening
  ) throws(LedgerAccessFailure) -> Result<LoadedRuleset, RefusedRuleset> {
    if let known = rulesets[run.rulesetDigest] { return known }
    let files = try onLedger(name) { () throws(LedgerFailure) in try ledger.files(of: run) }
    let found = recordedRuleset(files, digest: run.rulesetDigest)
    rulesets[run.rulesetDigest] = found
    return found
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
