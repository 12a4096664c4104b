// Generates contracts for a ruleset from a seed: facts that are missing, extreme, restated.

package import ProvisoModel
import ProvisoQuantities

/// Writes random contracts in the form that a ruleset's own schema asks for.
package struct PortfolioLineGenerator {
  package var random: SeededRandom
  private let ruleset: CheckedRuleset
  /// One in so many facts is written with a history.
  private let historyRate: Int
  /// Whether numbers and texts are such as go straight into columns.
  private let isPlain: Bool

  /// Starts with a seed.
  ///
  /// - Parameters:
  ///   - historyRate: One in so many facts gets a history; 0: none.
  ///   - isPlain: Whether numbers and texts are all of a form that goes straight into columns.
  package init(
    _ ruleset: CheckedRuleset, seed: UInt64, historyRate: Int = 60, isPlain: Bool = false
  ) {
    self.ruleset = ruleset
    self.isPlain = isPlain
    random = SeededRandom(seed: seed)
    self.historyRate = historyRate
  }

  /// One contract, on one line.
  package mutating func contract(id: String) -> String {
    var members = ["\"id\": \"\(id)\""]
    members += fields(of: ruleset.contract, depth: 0)
    if random.oneIn(9), let judgements = judgements() { members.append(judgements) }
    if random.oneIn(40) { members.append("\"note\": \"a note\"") }
    if random.oneIn(40) { members.append("\"nobody_asked\": [1, {\"a\": null}]") }
    if random.oneIn(10) { members = shuffled(members) }
    let space = random.oneIn(10) ? " " : ""
    return "{\(space)" + members.joined(separator: ",\(space)") + "\(space)}"
  }

  /// Judgements of the contract's own fields; now and then late, by somebody else, or two.
  private mutating func judgements() -> String? {
    let own = ruleset.contract.fields.filter { $0.assessor != nil }
    guard !own.isEmpty else { return nil }
    var judgements: [String] = []
    for _ in 0...random.below(4) {
      var field = random.pick(own)
      var path = field.name
      if random.oneIn(2), let part = judgedPart() { (path, field) = part }
      let by = random.oneIn(8) ? "somebody" : field.assessor ?? ""
      var members = [
        "\"field\": \"\(path)\"", "\"value\": \(value(field.type, depth: 0))",
        "\"by\": \"\(by)\"", "\"on\": \"\(date())\"", "\"why\": \"it was read\"",
      ]
      if random.oneIn(12) { members.append("\"expires\": \"\(date())\"") }
      if random.oneIn(12) { members.append("\"recorded\": \"\(date())\"") }
      judgements.append("{\(members.joined(separator: ", "))}")
    }
    return "\"assessments\": [\(judgements.joined(separator: ", "))]"
  }

  /// A judged field of a record that the contract has, or of a member of one of its lists.
  private mutating func judgedPart() -> (path: String, field: Field)? {
    var parts: [(path: String, field: Field)] = []
    for field in ruleset.contract.fields {
      switch field.type {
      case .record(let id):
        for inner in ruleset[id].fields where inner.assessor != nil {
          parts.append(("\(field.name).\(inner.name)", inner))
        }
      case .list(.record(let id)):
        for inner in ruleset[id].fields where inner.assessor != nil {
          parts.append(("\(field.name)[\(random.below(3))].\(inner.name)", inner))
        }
      default: break
      }
    }
    return parts.isEmpty ? nil : random.pick(parts)
  }

  private mutating func shuffled(_ members: [String]) -> [String] {
    var rest = members
    var result: [String] = []
    while !rest.isEmpty { result.append(rest.remove(at: random.below(rest.count))) }
    return result
  }

  private mutating func fields(of record: RecordType, depth: Int) -> [String] {
    var members: [String] = []
    for field in record.fields where field.assessor == nil {
      if random.oneIn(12) { continue }
      members.append("\"\(field.name)\": \(fact(field.type, depth: depth))")
    }
    return members
  }

  private mutating func fact(_ type: ValueType, depth: Int) -> String {
    if random.oneIn(14) { return "null" }
    let value = value(type, depth: depth)
    guard historyRate > 0, random.oneIn(historyRate), depth == 0 else { return value }
    let second = self.value(type, depth: depth)
    return random.oneIn(2)
      ? "{\"value\": \(value), \"from\": \"\(date())\"}"
      : "{\"versions\": [{\"value\": \(value)}, "
        + "{\"value\": \(second), \"from\": \"\(date())\", \"recorded\": \"\(date())\"}]}"
  }

  private mutating func value(_ type: ValueType, depth: Int) -> String {
    switch type {
    case .boolean: return random.oneIn(2) ? "true" : "false"
    case .text where isPlain: return "\"\(random.pick(["a", "b", "Holdco", "", "a long name"]))\""
    case .text:
      return "\"\(random.pick(["a", "b", "Holdco", "", "Nørre", "x\\ny", "long name here"]))\""
    case .date: return "\"\(date())\""
    case .event: return random.oneIn(3) ? "null" : "\"\(date())\""
    case .quantity(let unit): return number(isPercent: unit.isPercentLike)
    case .ratio: return number(isPercent: false)
    case .wholeNumber: return "\(random.below(12) - 2)"
    case .money: return "\"\(random.pick(["EUR", "DKK"])) \(random.below(2_000_000))\""
    case .period(let length): return "\"\(period(length ?? .year))\""
    case .duration: return "\"\(random.below(24)) months\""
    case .country: return "\"\(random.pick(["DK", "SE", "PA", "VU", "WS", "NA", "FR"]))\""
    case .currency: return "\"\(random.pick(["EUR", "DKK", "USD"]))\""
    case .lei: return "\"\(random.pick(["529900T8BM49AURSDO55", "5493001KJTIIGC8Y1R12"]))\""
    case .nace: return "\"\(random.pick(["D35.11", "35.11", "A", "C10", "10.1"]))\""
    case .enumeration(let id): return "\"\(random.pick(ruleset[id].members))\""
    case .record(let id), .chainEntity(let id):
      return "{" + fields(of: ruleset[id], depth: depth + 1).joined(separator: ",") + "}"
    case .list(let element):
      guard depth < 3 else { return "[]" }
      var members: [String] = []
      for _ in 0..<random.below(4) { members.append(value(element, depth: depth + 1)) }
      return "[" + members.joined(separator: ",") + "]"
    case .series(let element, let length):
      var entries: [String: String] = [:]
      for _ in 0..<random.below(9) { entries[period(length)] = fact(element, depth: depth + 1) }
      return "{"
        + entries.sorted { $0.key < $1.key }.map { "\"\($0)\": \($1)" }
        .joined(separator: ",") + "}"
    case .levels(let element):
      var entries: [String: String] = [:]
      for _ in 0..<random.below(4) { entries["\(date())"] = value(element, depth: depth + 1) }
      return "{"
        + entries.sorted { $0.key < $1.key }.map { "\"\($0)\": \($1)" }
        .joined(separator: ",") + "}"
    case .contract, .unresolved: return "null"
    }
  }

  private mutating func number(isPercent: Bool) -> String {
    switch random.below(24) {
    case 3...5 where isPlain: return "\(random.below(1_000_000)).\(random.below(1_000))"
    case 0: return "0"
    case 1: return "0.00"
    case 2: return "-\(random.below(1_000))"
    case 3: return "\(random.below(1_000_000_000))\(random.below(1_000_000_000))"
    case 4: return "1e\(random.below(20))"
    case 5: return "12345678901234567890.125"
    case 6: return "0.000000000001"
    case 7...12:
      return random.pick(["5", "25", "100", "10", "50", "1000000", "5000000", "7000000"])
    case 13...16: return "\(random.below(200)).\(random.below(10))"
    case 17...20 where !isPercent: return "\(random.below(20))000000.\(random.below(90) + 10)"
    default: return "\(random.below(150))"
    }
  }

  private mutating func date() -> CalendarDate {
    CalendarDate(
      year: 2018 + random.below(9), month: 1 + random.below(12), day: 1 + random.below(28))
      ?? .first
  }

  private mutating func period(_ length: PeriodLength) -> String {
    let year = 2018 + random.below(8)
    switch length {
    case .year: return "\(year)"
    case .halfYear: return "\(year)-H\(1 + random.below(2))"
    case .quarter: return "\(year)-Q\(1 + random.below(4))"
    case .month: return "\(year)-\(random.oneIn(2) ? "03" : "11")"
    }
  }
}
