// What a recorded entry and its run say, read back: the question, the ruleset, the step that came
// out otherwise.

import ProvisoLedger
import ProvisoLog
import ProvisoReports
import ProvisoSource

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
func firstStep(
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
func recordedRuleset(
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
