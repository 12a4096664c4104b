// Finds the word of a code by its bytes.

import ProvisoModel
import ProvisoPlan
import ProvisoQuantities

/// Codes of every kind that a ruleset's fields have, in tables of hashes laid end to end.
///
/// One array for all: a step of a line names its book by a number, and nothing is counted.
struct CodeBooks: Sendable {
  /// Where one kind of codes has its places.
  private struct Book: Sendable {
    let base: Int
    let mask: Int
    let hasOther: Bool
    let other: Int64
    /// Codes of over eight bytes, in `long`.
    let long: Range<Int>
  }
  /// A code of at most eight bytes, the first lowest, and its word beside it, so that both are
  /// fetched at once; a key of 0 where a place is free.
  private struct Place: Sendable {
    var key: UInt64 = 0
    var word: Int64 = 0
  }
  private var places: [Place] = []
  private var long: [(bytes: [UInt8], word: Int64)] = []
  private var books: [Book] = []

  /// Adds a book and gives its number.
  ///
  /// - Parameter other: The word of what is not in the book; nil where that is an error.
  mutating func add(_ codes: [(text: String, word: Int64)], other: Int64? = nil) -> Int {
    var size = 64
    while size < codes.count * 4 { size *= 2 }
    let base = places.count
    places += Array(repeating: Place(), count: size)
    let firstLong = long.count
    for code in codes {
      let bytes = code.text.utf8
      guard (1...8).contains(bytes.count) else {
        long.append((Array(bytes), code.word))
        continue
      }
      let key = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      var place = Self.hash(key) & (size - 1)
      while places[base + place].key != 0, places[base + place].key != key {
        place = (place + 1) & (size - 1)
      }
      places[base + place] = Place(key: key, word: code.word)
    }
    books.append(
      Book(
        base: base, mask: size - 1, hasOther: other != nil, other: other ?? 0,
        long: firstLong..<long.count))
    return books.count - 1
  }

  @inline(__always)
  private static func hash(_ key: UInt64) -> Int {
    let product = key.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return Int(truncatingIfNeeded: (product.low >> 32) ^ product.high) & 0xFFFF_FFFF
  }

  /// The word of a code of one to eight bytes, packed with the first byte lowest.
  @inline(__always)
  func word(ofShort key: UInt64, in book: Int) -> Int64? {
    let base = books[book].base
    let mask = books[book].mask
    var place = Self.hash(key) & mask
    while places[base + place].key != 0 {
      if places[base + place].key == key { return places[base + place].word }
      place = (place + 1) & mask
    }
    return books[book].hasOther ? books[book].other : nil
  }

  /// The word of a code of any length.
  func word(of text: Span<UInt8>, _ range: Range<Int>, in book: Int) -> Int64? {
    if (1...8).contains(range.count) {
      var key: UInt64 = 0
      for index in range.reversed() { key = key << 8 | UInt64(text[index]) }
      return word(ofShort: key, in: book)
    }
    search: for place in books[book].long where long[place].bytes.count == range.count {
      for (index, byte) in long[place].bytes.enumerated()
      where byte != text[range.lowerBound + index] { continue search }
      return long[place].word
    }
    return books[book].hasOther ? books[book].other : nil
  }

  /// Adds the book of a kind of codes.
  mutating func add(_ kind: CodeKind, in layout: ColumnLayout) -> Int {
    switch kind {
    case .country: add(CountryCode.all.map { ($0.text, Int64($0.number)) })
    case .currency: add(CurrencyCode.all.map { ($0.text, Int64($0.number)) })
    case .nace:
      add(
        NaceCode.all.flatMap { code in
          let word = Int64(code.number)
          return code.level == .section
            ? [(code.text, word)]
            : [(code.text, word), (code.section.text + code.text, word)]
        })
    case .member(let id):
      add(layout.plan.ruleset[id].members.enumerated().map { ($0.element, Int64($0.offset)) })
    case .text, .lei:
      add(
        layout.plan.texts.enumerated().map { ($0.element, Int64($0.offset)) },
        other: WordCode.otherText)
    }
  }
}
