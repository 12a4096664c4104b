// `proviso ledger`: finds the verb behind it, and reads what its verbs share.

import ProvisoKit
import ProvisoLedger
import ProvisoLog
import ProvisoSource

/// Runs a verb of `proviso ledger`.
///
/// - Parameter arguments: What stands behind `ledger`.
func ledger(
  _ arguments: some Sequence<String>, on console: any Console
) throws(CallFailure) -> ExitStatus {
  let words = Array(arguments)
  guard let word = words.first else {
    throw CallFailure(
      "`proviso ledger` needs a verb", help: ["`proviso help ledger` names them all"])
  }
  if word == "--help" || word == "-h" {
    console.write(page(of: ledgerVerb), to: .output)
    return .good
  }
  let verb = try ledgerVerb(word)
  let call = try Call(words.dropFirst(), for: verb)
  if call.has("help") {
    console.write(page(of: verb), to: .output)
    return .good
  }
  switch word {
  case "keygen": return try keygen(call, on: console)
  case "init": return try initLedger(call, on: console)
  case "runs": return try runs(call, on: console)
  case "show": return try show(call, on: console)
  case "find": return try find(call, on: console)
  case "verify": return try verify(call, on: console)
  case "checkpoint": return try checkpoint(call, on: console)
  case "prove": return try prove(call, on: console)
  case "check-proof": return try checkProof(call, on: console)
  case "export": return try export(call, on: console)
  case "cosign": return try cosign(call, on: console)
  case "close": return try close(call, on: console)
  case "rekey": return try rekey(call, on: console)
  default: return try affected(call, on: console)
  }
}

/// The verb of a word behind `proviso ledger`.
func ledgerVerb(_ word: String) throws(CallFailure) -> VerbSpecification {
  if let verb = ledgerVerbs.first(where: { $0.name == "ledger \(word)" }) { return verb }
  let names = ledgerVerbs.map { String($0.name.dropFirst("ledger ".count)) }
  let near = nearestName(to: word, among: names)
  let all = "`proviso help ledger` names them all"
  throw CallFailure(
    "`proviso ledger` has no verb `\(word)`",
    help: near.map { ["did you mean `\($0)`?", all] } ?? [all])
}

extension CallFailure {
  /// A ledger, a key or a proof that could not be used.
  init(_ failure: LedgerAccessFailure) {
    self.init(failure.message, help: failure.help)
  }
}

/// Runs a body that uses a ledger.
func ledgerWork<Success>(
  _ body: () throws(LedgerAccessFailure) -> Success
) throws(CallFailure) -> Success {
  do throws(LedgerAccessFailure) { return try body() } catch { throw CallFailure(error) }
}

/// Runs a body on the ledger that a call names, which is told of what goes wrong in it.
func reading<Success>(
  _ name: String, _ body: () throws(LedgerFailure) -> Success
) throws(CallFailure) -> Success {
  do throws(LedgerFailure) { return try body() } catch {
    throw CallFailure(LedgerAccessFailure(error, ledger: name))
  }
}

extension Call {
  /// The value of an option that a verb cannot do without.
  func needed(_ name: String, _ what: String, sample: String) throws(CallFailure) -> String {
    guard let value = value(name) else {
      throw CallFailure("\(what) is not given", help: ["write `--\(name) \(sample)`"])
    }
    return value
  }

  /// The ledger that a call names.
  func ledgerName() throws(CallFailure) -> String {
    try needed("ledger", "the ledger", sample: "FILE")
  }

  /// A count given as an option; nil where it is not given.
  func number(_ name: String) throws(CallFailure) -> Int? {
    guard let text = value(name) else { return nil }
    return try count(text, "after `--\(name)`")
  }

  /// Counts given as an option, with commas between them.
  func numbers(_ name: String) throws(CallFailure) -> [Int] {
    guard let text = value(name) else { return [] }
    var numbers: [Int] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      numbers.append(try count(String(part), "after `--\(name)`"))
    }
    return numbers
  }

  /// A date given as an option, as it is written; nil where it is not given.
  func date(_ name: String) throws(CallFailure) -> String? {
    guard let text = value(name) else { return nil }
    do throws(DateTextFailure) { return try readDate(text).iso } catch {
      throw CallFailure(
        "`\(text)` after `--\(name)` is not a date",
        help: ["write year, month and day: `--\(name) 2024-12-31`"])
    }
  }
}

/// A count as it is typed: digits.
func count(_ text: String, _ place: String) throws(CallFailure) -> Int {
  guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text)
  else {
    throw CallFailure("`\(text)` \(place) is not a number", help: ["write digits, such as `17`"])
  }
  return number
}

/// Says that another process records, once.
func tellOfWaiting(_ name: String, on console: any Console) -> () -> Void {
  {
    console.write(
      "note: another process is recording in `\(printable(name))`; waiting\n", to: .errors)
  }
}

/// Says that runs were found cut off and were closed.
func tellOfClosed(_ runs: [Int], on console: any Console) {
  for run in runs {
    console.write("note: run \(run) was cut off; it is now closed as such\n", to: .errors)
  }
}
