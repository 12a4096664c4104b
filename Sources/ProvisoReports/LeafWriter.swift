// Writes canonical results as bytes, one after another: what `canonicalResult` is, for many.

package import ProvisoModel
package import ProvisoQuantities

/// Writes the canonical results of one ruleset and one question, each over the one before.
///
/// The bytes are those of `Explanation.canonicalResult`; a test holds the two together. Beside them
/// it says where parts begin that the results of other contracts may share, which is how a ledger
/// stores them in few bytes.
package struct LeafWriter: Sendable {
  /// The result written last.
  package private(set) var bytes: [UInt8] = []
  /// Where parts of it begin and end that other results may share, ascending.
  package private(set) var cuts: [Int] = []

  private let words: ConsequenceWords
  private let names: [[UInt8]]
  private let determinations: [(name: [UInt8], type: ValueType)]
  private let ruleset: [UInt8]
  /// Dates that were written before.
  private var dates: [CalendarDate: [UInt8]] = [:]

  /// Writes results of a ruleset.
  package init(_ checked: CheckedRuleset, identity: RulesetIdentity) {
    words = ConsequenceWords(checked)
    names = checked.conditions.map { quoted($0.name) }
    determinations = checked.determinations.map { (quoted($0.name), $0.type) }
    ruleset = quoted(identity.digest)
  }

  /// Writes a result.
  ///
  /// - Parameter contractDigest: `sha256:` and hex digits, over the contract's bytes.
  package mutating func write(_ verdict: ContractVerdict, contractDigest: String) {
    bytes.removeAll(keepingCapacity: true)
    cuts.removeAll(keepingCapacity: true)
    put("{\"asOf\":")
    put(verdict.asOf)
    put(",\"conditions\":[")
    cut()
    for (position, condition) in verdict.conditions.enumerated() {
      if position > 0 { put(",") }
      put(condition)
      cut()
    }
    put("],\"contract\":{\"digest\":\"sha256:")
    cut()
    let digits = contractDigest.utf8.dropFirst("sha256:".utf8.count)
    bytes.append(contentsOf: digits)
    cut()
    bytes.append(contentsOf: beforeID)
    cut()
    bytes.append(contentsOf: quoted(verdict.contractID).dropFirst())
    cut()
    put("},\"determinations\":[")
    for (position, result) in verdict.determinations.enumerated() {
      if position > 0 { put(",") }
      put(result)
    }
    cut()
    put("],\"format\":\"\(canonicalResultFormat)\",\"knownAt\":")
    put(verdict.knownAt)
    put(",\"outcome\":\"")
    put(verdict.outcome.rawValue)
    put("\",\"ruleset\":")
    bytes.append(contentsOf: ruleset)
    put("}")
    cut()
  }

  // MARK: Parts

  /// What stands before the conditions of a result.
  package mutating func head(asOf: CalendarDate) -> [UInt8] {
    part { writer in
      writer.put("{\"asOf\":")
      writer.put(asOf)
      writer.put(",\"conditions\":[")
    }
  }

  /// What a condition makes of a result; the first one stands without a comma before it.
  package mutating func part(_ condition: ConditionVerdict, isFirst: Bool) -> [UInt8] {
    part { writer in
      if !isFirst { writer.put(",") }
      writer.put(condition)
    }
  }

  /// What stands between the conditions and the digits of the contract's digest.
  package var middle: [UInt8] { Array("],\"contract\":{\"digest\":\"sha256:".utf8) }

  /// What stands between those digits and the contract's id, the quote before it included.
  package var beforeID: [UInt8] { Array("\",\"id\":\"".utf8) }

  /// What stands behind the id.
  package mutating func tail(
    _ found: [DeterminationResult], knownAt: CalendarDate, outcome: Outcome
  ) -> [UInt8] {
    part { writer in
      writer.put("},\"determinations\":[")
      for (position, result) in found.enumerated() {
        if position > 0 { writer.put(",") }
        writer.put(result)
      }
      writer.put("],\"format\":\"\(canonicalResultFormat)\",\"knownAt\":")
      writer.put(knownAt)
      writer.put(",\"outcome\":\"")
      writer.put(outcome.rawValue)
      writer.put("\",\"ruleset\":")
      writer.bytes.append(contentsOf: writer.ruleset)
      writer.put("}")
    }
  }

  /// Writes a part by itself.
  private mutating func part(_ write: (inout LeafWriter) -> Void) -> [UInt8] {
    bytes.removeAll(keepingCapacity: true)
    cuts.removeAll(keepingCapacity: true)
    write(&self)
    return bytes
  }

  private mutating func put(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func cut() { cuts.append(bytes.count) }

  private mutating func put(_ date: CalendarDate) {
    if let known = dates[date] {
      bytes.append(contentsOf: known)
      return
    }
    let written = Array("\"\(date.iso)\"".utf8)
    // A portfolio has as many dates as days it runs over; beyond that nothing is kept.
    if dates.count < 16_384 { dates[date] = written }
    bytes.append(contentsOf: written)
  }

  private mutating func put(_ date: CalendarDate?) {
    if let date { put(date) } else { put("null") }
  }

  private mutating func putQuoted(_ text: String?) {
    if let text { bytes.append(contentsOf: quoted(text)) } else { put("null") }
  }

  private mutating func put(_ condition: ConditionVerdict) {
    put("{\"amounts\":[")
    for (position, consequence) in condition.consequences.enumerated() {
      if position > 0 { put(",") }
      put(consequence)
    }
    put("],\"name\":")
    let index = condition.condition.index
    bytes.append(contentsOf: names.indices.contains(index) ? names[index] : quoted("?"))
    put(",\"outcome\":\"")
    put(condition.outcome.rawValue)
    put("\",\"tests\":[")
    for (position, test) in condition.tests.enumerated() {
      if position > 0 { put(",") }
      put(test)
    }
    put("]}")
  }

  private mutating func put(_ test: TestVerdict) {
    put("{\"beneath\":")
    putQuoted(test.beneath?.rawValue)
    put(",\"due\":")
    put(test.dueDate)
    put(",\"member\":")
    putQuoted(test.member)
    put(",\"outcome\":\"")
    put(test.outcome.rawValue)
    put("\",\"period\":")
    putQuoted(test.period?.description)
    put(",\"reasons\":")
    put(test.reasons)
    put(",\"tested\":")
    put(test.testDate)
    put("}")
  }

  private mutating func put(_ consequence: ConsequenceResult) {
    var reasons = ReasonSet.none
    if case .unknown(let why) = consequence.amount { reasons = why }
    put("{\"action\":")
    putQuoted(consequence.verb.rawValue)
    put(",\"amount\":")
    putQuoted(words.exactAmount(consequence.amount))
    put(",\"due\":")
    put(consequence.due)
    put(",\"object\":")
    putQuoted(consequence.object)
    put(",\"reasons\":")
    put(reasons)
    put(",\"test\":\(max(consequence.test, 0))}")
  }

  private mutating func put(_ result: DeterminationResult) {
    let index = result.determination
    let declared = determinations.indices.contains(index) ? determinations[index] : nil
    put("{\"name\":")
    bytes.append(contentsOf: declared?.name ?? quoted("?"))
    put(",\"reasons\":")
    put(result.value.reasons)
    put(",\"value\":")
    putQuoted(words.printer.exactText(result.value, declared?.type ?? .text))
    put("}")
  }

  /// Reasons by subject and code, each pair once; the set is sorted already.
  private mutating func put(_ reasons: ReasonSet) {
    put("[")
    var previous: Reason?
    for reason in reasons.reasons {
      if let previous, previous.subject == reason.subject, previous.code == reason.code { continue }
      put(previous == nil ? "{\"code\":\"" : ",{\"code\":\"")
      put(reason.code.rawValue)
      put("\",\"subject\":")
      putQuoted(reason.subject)
      put("}")
      previous = reason
    }
    put("]")
  }
}

/// A text as a string of canonical JSON.
package func quoted(_ text: String) -> [UInt8] {
  var bytes: [UInt8] = [UInt8(ascii: "\"")]
  let isPlain = text.utf8.allSatisfy {
    $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
  }
  guard isPlain else { return Array(JSONValue.string(text).canonicalText.utf8) }
  bytes.append(contentsOf: text.utf8)
  bytes.append(UInt8(ascii: "\""))
  return bytes
}
