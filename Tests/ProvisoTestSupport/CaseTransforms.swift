// Changes of a generated case whose effect on the verdict is known beforehand.

package import ProvisoQuantities

extension JSONTree {
  /// The contract without what was recorded, or received, after a day.
  package func withoutLater(than day: CalendarDate) -> JSONTree {
    deleting(after: day) ?? .object([])
  }

  /// Nil where the value itself was recorded later.
  private func deleting(after day: CalendarDate) -> JSONTree? {
    switch self {
    case .scalar: return self
    case .array(let elements): return .array(elements.compactMap { $0.deleting(after: day) })
    case .object(let members):
      if isLater(day) { return nil }
      var kept: [Member] = []
      for member in members {
        guard let value = member.value.deleting(after: day) else { continue }
        kept.append(Member(member.key, value))
      }
      if let versions = self["versions"]?.elements {
        let rest = versions.filter { !$0.isLater(day) }
        return rest.isEmpty ? nil : .object([Member("versions", .array(rest))])
      }
      return .object(kept)
    }
  }

  /// The first item of evidence is one that facts may rest on: what refers to it stays readable.
  private func isLater(_ day: CalendarDate) -> Bool {
    if self["id"]?.stringValue == "E-0" { return false }
    return hasLaterDate(day)
  }

  private func hasLaterDate(_ day: CalendarDate) -> Bool {
    ["recorded", "received"].contains { key in
      guard let text = self[key]?.stringValue, let date = CalendarDate(iso: text) else {
        return false
      }
      return date > day
    }
  }
}

/// A text in which every year from 1900 to 2199 stands 400 years later.
///
/// A year is four digits that no digit, `_` or point touches; the calendar, with its weekdays,
/// repeats after 400 years.
package func shifted(_ text: String) -> String {
  var bytes = Array(text.utf8)
  func isDigit(_ index: Int) -> Bool {
    bytes.indices.contains(index) && (0x30...0x39).contains(bytes[index])
  }
  func touches(_ index: Int) -> Bool {
    bytes.indices.contains(index)
      && (isDigit(index) || bytes[index] == 0x5F || bytes[index] == 0x2E)
  }
  var index = 0
  while index + 3 < bytes.count {
    guard (0...3).allSatisfy({ isDigit(index + $0) }) else {
      index += 1
      continue
    }
    let behind = index + 4
    // A full stop behind a year is one that no digit follows.
    let isNumber =
      isDigit(behind) || (behind < bytes.count && bytes[behind] == 0x5F)
      || (behind < bytes.count && bytes[behind] == 0x2E && isDigit(behind + 1))
    let year = (0...3).reduce(0) { $0 * 10 + Int(bytes[index + $1] - 0x30) }
    if !isNumber, index == 0 || !touches(index - 1), (1900...2199).contains(year) {
      let later = Array(String(year + 400).utf8)
      for place in 0...3 { bytes[index + place] = later[place] }
    }
    index += 4
    while isDigit(index) { index += 1 }
  }
  return String(decoding: bytes, as: UTF8.self)
}

extension GeneratedCase {
  /// Ruleset, files, contract and dates 400 years later.
  package var shiftedCase: GeneratedCase? {
    guard let asOf = asOf.adding(days: 146_097), let knownAt = knownAt.adding(days: 146_097) else {
      return nil
    }
    var result = self
    result.ruleset = shifted(ruleset)
    result.files = files.mapValues(shifted)
    result.contract = contract.shiftedTree
    result.asOf = asOf
    result.knownAt = knownAt
    return result
  }
}

extension JSONTree {
  /// The contract 400 years later.
  var shiftedTree: JSONTree {
    switch self {
    case .scalar(let text): .scalar(text.hasPrefix("\"") ? shifted(text) : text)
    case .array(let elements): .array(elements.map(\.shiftedTree))
    case .object(let members):
      .object(members.map { Member(shifted($0.key), $0.value.shiftedTree) })
    }
  }
}
