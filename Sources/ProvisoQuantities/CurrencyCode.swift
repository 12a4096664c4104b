// Currencies by ISO 4217 alphabetic code.

/// A currency of ISO 4217: three capital letters on the list.
package struct CurrencyCode: Hashable, Sendable {
  /// The three letters, the first in the highest byte, so that order is alphabetical.
  private let packed: UInt32

  /// A code on the list; nil for any other text, lower case included.
  package init?(text: String) {
    guard let packed = Self.pack(text.utf8), currencies.properties(of: packed) != nil else {
      return nil
    }
    self.packed = packed
  }

  fileprivate init(known packed: UInt32) {
    self.packed = packed
  }

  /// Three bytes as one number; nil for another length.
  fileprivate static func pack(_ utf8: some Collection<UInt8>) -> UInt32? {
    guard utf8.count == 3 else { return nil }
    return utf8.reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// A number that is this currency's alone: its letters as they are packed.
  package var number: Int { Int(packed) }

  /// The three letters.
  package var text: String {
    let bytes = [16, 8, 0].map { UInt8(truncatingIfNeeded: packed >> UInt32($0)) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The decimals of its minor unit: 2 for EUR, 0 for JPY; nil for metals and units of account.
  package var minorDigits: Int? { currencies.properties(of: packed)?.minorDigits }

  /// Its smallest amount: 0.01 for EUR, 1 for JPY; nil where there is no minor unit.
  package var minorUnit: Fraction? {
    minorDigits.flatMap { try? Fraction(10).power(-$0) }
  }

  /// Whether the code has left the list, as HRK did when Croatia took the euro.
  package var isWithdrawn: Bool { currencies.properties(of: packed)?.isWithdrawn ?? false }

  /// Every code, active and withdrawn, in alphabetical order.
  package static var all: [CurrencyCode] {
    currencies.sorted.map { CurrencyCode(known: $0.packed) }
  }

  /// The codes a wrong text may have been meant to be: `euro` and `eur` give EUR.
  package static func nearest(to text: String) -> [CurrencyCode] {
    if let meant = everydayNames[text.lowercased()], let code = CurrencyCode(text: meant) {
      return [code]
    }
    guard text.utf8.count <= 4 else { return [] }
    return nearestNames(to: text, among: all.map(\.text)).compactMap { CurrencyCode(text: $0) }
  }

  /// What people write instead of the code, where it means one currency only.
  private static let everydayNames = [
    "€": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "us$": "USD", "rmb": "CNY",
    "yen": "JPY", "zloty": "PLN", "nis": "ILS",
  ]
}

extension CurrencyCode: Comparable {
  /// By letters.
  package static func < (left: CurrencyCode, right: CurrencyCode) -> Bool {
    left.packed < right.packed
  }
}

extension CurrencyCode: CustomStringConvertible {
  /// The three letters.
  package var description: String { text }
}

/// What the list says about one code.
private struct CurrencyProperties: Sendable {
  let packed: UInt32
  let minorDigits: Int?
  let isWithdrawn: Bool
}

/// The list, read once: sorted, and searched by halves. It is read whenever a process meets its
/// first currency, and a table of two hundred entries would take longer to make.
private struct CurrencyList: Sendable {
  private(set) var sorted: [CurrencyProperties] = []

  init() {
    for row in currencyTable { add(row.codes, minorDigits: row.minorDigits, isWithdrawn: false) }
    for row in withdrawnCurrencyTable {
      add(row.codes, minorDigits: row.minorDigits, isWithdrawn: true)
    }
    add(currenciesWithoutMinorUnit, minorDigits: nil, isWithdrawn: false)
    sorted.sort { $0.packed < $1.packed }
  }

  private mutating func add(_ codes: String, minorDigits: Int?, isWithdrawn: Bool) {
    var packed: UInt32 = 0
    for byte in codes.utf8 {
      packed = byte == UInt8(ascii: " ") ? 0 : packed << 8 | UInt32(byte)
      guard packed > 0xFFFF else { continue }
      sorted.append(
        CurrencyProperties(packed: packed, minorDigits: minorDigits, isWithdrawn: isWithdrawn))
    }
  }

  /// What is said of a code; nil for one that is not on the list.
  func properties(of packed: UInt32) -> CurrencyProperties? {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle].packed < packed { low = middle + 1 } else { high = middle }
    }
    return low < sorted.count && sorted[low].packed == packed ? sorted[low] : nil
  }
}

private let currencies = CurrencyList()
