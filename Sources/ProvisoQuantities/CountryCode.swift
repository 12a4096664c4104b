// Countries by ISO 3166-1 alpha-2 code.

/// A country of ISO 3166-1: two capital letters on the list. `NA` is Namibia.
package struct CountryCode: Hashable, Sendable {
  /// The two letters, the first in the high byte, so that order is alphabetical.
  private let packed: UInt16

  /// A code on the list; nil for any other text, lower case included.
  package init?(text: String) {
    self.init(utf8: text.utf8)
  }

  /// A code on the list, by its bytes.
  package init?(utf8: some Collection<UInt8>) {
    guard utf8.count == 2 else { return nil }
    packed = utf8.reduce(0) { $0 << 8 | UInt16($1) }
    guard countries.position(of: packed) != nil else { return nil }
  }

  fileprivate init(known packed: UInt16) {
    self.packed = packed
  }

  /// A number that is this country's alone: its letters as they are packed.
  package var number: Int { Int(packed) }

  /// The two letters.
  package var text: String {
    let bytes = [UInt8(truncatingIfNeeded: packed >> 8), UInt8(truncatingIfNeeded: packed)]
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The three letters of ISO 3166-1 alpha-3.
  package var alpha3: String {
    countries.position(of: packed).map { countries.alpha3(at: $0) } ?? ""
  }

  /// The short English name.
  package var name: String {
    countries.position(of: packed).map { countries.name(at: $0) } ?? ""
  }

  /// Every code in alphabetical order.
  package static var all: [CountryCode] {
    countries.rows.map { CountryCode(known: $0.packed) }
  }

  /// The country a wrong text was probably meant to be; nil when nothing points at one.
  ///
  /// `UK` gives GB and `EL` GR (European Union usage), `US-DE` US (a subdivision), `dk` DK,
  /// `DNK` DK (alpha-3), `Denmark` DK (the name).
  package static func nearest(to text: String) -> CountryCode? {
    let upper = text.uppercased()
    if let meant = CountryCode(text: upper) { return meant }
    switch upper {
    case "UK": return CountryCode(text: "GB")
    case "EL": return CountryCode(text: "GR")
    default: break
    }
    let parts = upper.split(separator: "-", maxSplits: 1)
    if let first = parts.first, parts.count == 2, let meant = CountryCode(text: String(first)) {
      return meant
    }
    return all.first { $0.alpha3 == upper || $0.name.uppercased() == upper }
  }
}

extension CountryCode: Comparable {
  /// By letters.
  package static func < (left: CountryCode, right: CountryCode) -> Bool {
    left.packed < right.packed
  }
}

extension CountryCode: CustomStringConvertible {
  /// The two letters.
  package var description: String { text }
}

/// The table, read once: rows sorted by code, found through a 26 × 26 grid of positions.
///
/// Only where each row lies is noted; names are cut out when they are asked for.
private struct CountryList: Sendable {
  struct Row: Sendable {
    let packed: UInt16
    /// Where the row's bytes lie in the table: `AD AND Andorra`.
    let range: Range<Int>
  }

  private let table: [UInt8]
  private(set) var rows: [Row] = []
  /// For each pair of letters the row's position plus one, or 0.
  private var positions = [UInt16](repeating: 0, count: 26 * 26)

  init(table: String) {
    self.table = Array(table.utf8)
    var start = 0
    while start < self.table.count {
      let end = self.table[start...].firstIndex(of: UInt8(ascii: "\n")) ?? self.table.count
      if end - start > 7 { add(start..<end) }
      start = end + 1
    }
  }

  private mutating func add(_ range: Range<Int>) {
    let packed = UInt16(table[range.lowerBound]) << 8 | UInt16(table[range.lowerBound + 1])
    guard let cell = Self.cell(packed) else { return }
    rows.append(Row(packed: packed, range: range))
    positions[cell] = UInt16(rows.count)
  }

  /// The three letters behind the code.
  func alpha3(at row: Int) -> String {
    String(decoding: table[rows[row].range].dropFirst(3).prefix(3), as: UTF8.self)
  }

  /// The name behind both codes.
  func name(at row: Int) -> String {
    String(decoding: table[rows[row].range].dropFirst(7), as: UTF8.self)
  }

  /// The row of a code.
  func position(of packed: UInt16) -> Int? {
    guard let cell = Self.cell(packed), positions[cell] > 0 else { return nil }
    return Int(positions[cell]) - 1
  }

  /// The grid's cell for two capital letters; nil for other bytes.
  private static func cell(_ packed: UInt16) -> Int? {
    let first = Int(packed >> 8) - 65
    let second = Int(packed & 0xFF) - 65
    guard (0..<26).contains(first), (0..<26).contains(second) else { return nil }
    return first * 26 + second
  }
}

private let countries = CountryList(table: countryTable)
