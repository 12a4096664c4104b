// Single values: truth, text, dates, periods, code lists, enumerations.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource

extension ContractReader {
  /// Reads a single value of a type; nil where it is wrong, which has been reported.
  mutating func readScalar(_ node: JSONNodeID, type: ValueType) -> Value? {
    switch type {
    case .quantity(let unit): return readQuantity(node, type: type, unit: unit).map(Value.quantity)
    case .ratio: return readQuantity(node, type: type, unit: .one).map(Value.quantity)
    case .wholeNumber: return readWholeNumber(node).map(Value.quantity)
    case .money: return readMoney(node)
    case .boolean: return readBoolean(node)
    case .period(let length): return readPeriodValue(node, type: type, length: length)
    case .event where document[node].kind == .null: return Value.none
    default: return readCoded(node, type: type)
    }
  }

  /// Reads a value that is always written as a string.
  private mutating func readCoded(_ node: JSONNodeID, type: ValueType) -> Value? {
    guard document[node].kind == .string else {
      reportWrongKind(node, type: type)
      return nil
    }
    switch type {
    case .text: return .text(document.text(of: node))
    case .event where Self.wordsForNone.contains(where: { document.isText(node, $0) }):
      report(
        ContractCode.notADate, at: node, "expected a date or `null`, found \(kindWords(of: node))",
        help: "write `null`, without quotes, for what has not happened")
      return nil
    case .date, .event: return readDate(node).map(Value.date)
    case .duration: return readDuration(node).map(Value.duration)
    case .country: return readCountry(node).map(Value.country)
    case .currency: return readCurrency(node).map(Value.currency)
    case .lei: return readLEI(node).map(Value.lei)
    case .nace: return readNace(node).map(Value.nace)
    case .enumeration(let id): return readMember(node, of: ruleset[id]).map(Value.member)
    default:
      reportWrongKind(node, type: type)
      return nil
    }
  }

  /// What people write for an event that has not happened.
  private static let wordsForNone = [
    "", "none", "None", "null", "never", "no", "not yet", "n/a", "-",
  ]

  /// Says that a value is of another kind than the field takes.
  mutating func reportWrongKind(_ node: JSONNodeID, type: ValueType) {
    let found = kindWords(of: node)
    var help = "write it as \(example(of: type))"
    if case .enumeration = type { help = "write one of them, in double quotes" }
    if type == .text || type == .nace, document[node].kind == .number {
      help = "put it in double quotes: `\"\(shortened(document.text(of: node)))\"`"
    }
    report(
      ContractCode.wrongKind, at: node, "expected \(expectation(of: type)), found \(found)",
      help: help)
  }

  private mutating func readBoolean(_ node: JSONNodeID) -> Value? {
    switch document[node].kind {
    case .yes: return .boolean(true)
    case .no: return .boolean(false)
    default:
      let isQuoted = document.isText(node, "true") || document.isText(node, "false")
      report(
        ContractCode.wrongKind, at: node,
        "expected `true` or `false`, found \(kindWords(of: node))",
        help: isQuoted ? "write it without quotes" : "write `true` or `false`")
      return nil
    }
  }

  // MARK: Time

  /// Reads the date that a string or a key writes.
  mutating func readDate(_ node: JSONNodeID) -> CalendarDate? {
    guard document[node].kind == .string else {
      reportWrongKind(node, type: .date)
      return nil
    }
    let bytes = document.textBytes(of: node)
    if let date = CalendarDate(iso: bytes) { return date }
    let found = kindWords(of: node)
    if let parts = Self.dateParts(bytes) {
      report(
        ContractCode.impossibleDate, at: node, "\(found) is not a day of the calendar",
        help: Self.impossibleDateHelp(parts))
    } else {
      report(
        ContractCode.notADate, at: node, "expected a date, found \(found)",
        help: Self.dateHelp(String(decoding: bytes.prefix(64), as: UTF8.self)))
    }
    return nil
  }

  /// Year, month and day of text in a date's form, whether or not there is such a day.
  private static func dateParts(_ bytes: ArraySlice<UInt8>) -> (Int, Int, Int)? {
    guard bytes.count == 10 else { return nil }
    let parts = bytes.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard parts.map(\.count) == [4, 2, 2] else { return nil }
    let numbers = parts.compactMap { part in
      part.allSatisfy { $0 >= 48 && $0 <= 57 } ? Int(String(decoding: part, as: UTF8.self)) : nil
    }
    return numbers.count == 3 ? (numbers[0], numbers[1], numbers[2]) : nil
  }

  private static func impossibleDateHelp(_ parts: (year: Int, month: Int, day: Int)) -> String {
    guard (1...9999).contains(parts.year) else { return "years go from 0001 to 9999" }
    guard (1...12).contains(parts.month) else {
      return "months go from 01 to 12; the day stands last"
    }
    let count = CalendarDate.dayCount(year: parts.year, month: parts.month)
    let month = String(parts.month)
    return "month \(month) of \(parts.year) has days 01 to \(count)"
  }

  /// How to write what looks like a date in another form.
  private static func dateHelp(_ text: String) -> String {
    let usual = "write year, month and day: `\"2021-03-01\"`"
    let digitsAndMarks = text.utf8.allSatisfy { ($0 >= 48 && $0 <= 57) || "-/. ".utf8.contains($0) }
    if let head = CalendarDate(iso: text.utf8.prefix(10)) {
      return "write the day alone: `\"\(head)\"`"
    }
    let parts = text.split(whereSeparator: { "-/. ".contains($0) }).compactMap { Int($0) }
    if digitsAndMarks, parts.count == 3, parts[0] > 31,
      let meant = CalendarDate(year: parts[0], month: parts[1], day: parts[2])
    {
      return "write `\"\(meant)\"`"
    }
    if digitsAndMarks, text.utf8.count == 8, let number = Int(text),
      let meant = CalendarDate(
        year: number / 10_000, month: number / 100 % 100, day: number % 100)
    {
      return "write `\"\(meant)\"`"
    }
    return usual
  }

  /// Reads the period that a string or a key writes, of one length or of any.
  mutating func readPeriod(_ node: JSONNodeID, length: PeriodLength?) -> Period? {
    let bytes = document.textBytes(of: node)
    if document[node].kind == .string, let period = Period(utf8: bytes) {
      guard let length, period.length != length else { return period }
      report(
        ContractCode.period, at: node,
        "`\(period)` is a \(period.length.noun), and `\(fieldName)` goes by \(length.noun)",
        help: "write a \(length.noun), such as `\"\(periodExample(length))\"`")
      return nil
    }
    let noun = length?.noun ?? "period"
    report(
      ContractCode.period, at: node, "expected a \(noun), found \(kindWords(of: node))",
      help: length == nil
        ? #"write a year, half-year, quarter or month: "2024", "2024-H1", "2024-Q1", "2024-03""#
        : "write a \(noun), such as `\"\(periodExample(length))\"`")
    return nil
  }

  /// Reads a field that holds a period; a year may be a bare number.
  private mutating func readPeriodValue(
    _ node: JSONNodeID, type: ValueType, length: PeriodLength?
  ) -> Value? {
    if document[node].kind == .number, length == nil || length == .year,
      let year = Period(utf8: document.textBytes(of: node))
    {
      return .period(year)
    }
    guard document[node].kind == .string else {
      reportWrongKind(node, type: type)
      return nil
    }
    return readPeriod(node, length: length).map(Value.period)
  }

  private mutating func readDuration(_ node: JSONNodeID) -> CalendarDuration? {
    let bytes = document.textBytes(of: node)
    if bytes.count <= 200, let duration = CalendarDuration(written: document.text(of: node)) {
      return duration
    }
    report(
      ContractCode.duration, at: node, "expected a duration, found \(kindWords(of: node))",
      help:
        #"write days, business days, months or years: "6 months", "1 month and 5 business days""#
    )
    return nil
  }
}

extension CalendarDuration {
  /// Reads a duration as `description` writes it: `6 months`, `1 month and 5 business days`.
  init?(written text: String) {
    var (months, days, businessDays) = (0, 0, 0)
    var words = text.split(separator: " ", omittingEmptySubsequences: false)[...]
    while let first = words.popFirst(), let unit = words.popFirst() {
      guard first.utf8.count <= 6, first.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }),
        let count = Int(first)
      else { return nil }
      switch unit {
      case "day", "days": days += count
      case "month", "months": months += count
      case "year", "years": months += 12 * count
      case "business":
        guard let noun = words.popFirst(), noun == "day" || noun == "days" else { return nil }
        businessDays += count
      default: return nil
      }
      guard !words.isEmpty else {
        self.init(months: months, days: days, businessDays: businessDays)
        return
      }
      guard words.popFirst() == "and" else { return nil }
    }
    return nil
  }
}
