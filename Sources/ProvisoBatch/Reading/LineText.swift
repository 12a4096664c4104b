// The parts of JSON that plain lines are made of: white space, strings, numbers, dates.

import ProvisoQuantities

/// Bytes of a line, looked at one part after the other.
///
/// Everything here answers nil for what it cannot be sure of; the general reader decides then.
/// `PlainLineReader.padding` bytes have to stand behind the line: then whatever begins in the line
/// and is no longer than that can be looked at without asking each time where the text ends.
struct LineText: ~Escapable {
  let bytes: Span<UInt8>
  let end: Int
  var offset: Int

  /// - Precondition: `PlainLineReader.padding` bytes stand behind the end.
  @_lifetime(copy bytes)
  init(_ bytes: Span<UInt8>, from start: Int, to end: Int) {
    precondition(start >= 0 && start <= end && bytes.count - end >= PlainLineReader.padding)
    self.bytes = bytes
    self.end = end
    offset = start
  }

  /// A byte of the line, or one of those behind it.
  @inline(__always)
  subscript(place: Int) -> UInt8 {
    assert(place >= 0 && place < bytes.count)
    return bytes[unchecked: place]
  }

  /// The byte at the offset; 0 at the end.
  @inline(__always)
  var byte: UInt8 { offset < end ? self[offset] : 0 }

  /// Eight bytes from an offset on, the first lowest.
  @inline(__always)
  func word(at offset: Int) -> UInt64 {
    assert(offset >= 0 && offset + 8 <= bytes.count)
    return bytes.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self)
      .littleEndian
  }

  /// Sixteen bytes from an offset on, as two such words.
  @inline(__always)
  func words(at offset: Int) -> SIMD2<UInt64> {
    assert(offset >= 0 && offset + 16 <= bytes.count)
    return bytes.bytes.unsafeLoadUnaligned(
      fromUncheckedByteOffset: offset, as: SIMD2<UInt64>.self)
  }

  @inline(__always)
  mutating func skipWhiteSpace() {
    while offset < end {
      switch self[offset] {
      case 0x20, 0x09, 0x0D, 0x0A: offset += 1
      default: return
      }
    }
  }

  /// Passes white space that does not end a line.
  @inline(__always)
  mutating func skipBlanks() {
    while offset < end {
      switch self[offset] {
      case 0x20, 0x09, 0x0D: offset += 1
      default: return
      }
    }
  }

  /// Passes one byte, if it is the next one.
  @inline(__always)
  mutating func pass(_ expected: UInt8) -> Bool {
    guard offset < end, self[offset] == expected else { return false }
    offset += 1
    return true
  }

  /// Passes a word of four letters, the first lowest, behind which nothing goes on.
  @inline(__always)
  mutating func pass(letters: UInt64) -> Bool {
    guard offset + 4 <= end, word(at: offset) & 0xFFFF_FFFF == letters, !isWordByte(offset + 4)
    else { return false }
    offset += 4
    return true
  }

  /// Passes `null`.
  @inline(__always)
  mutating func passNull() -> Bool { pass(letters: 0x6C6C_756E) }

  /// Whether a letter, digit or sign of a number stands there, so that a value goes on.
  @inline(__always)
  private func isWordByte(_ place: Int) -> Bool {
    guard place < end else { return false }
    switch self[place] {
    case 0x2C, 0x7D: return false
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2B, 0x2D, 0x2E: return true
    default: return false
    }
  }

  // MARK: Strings

  /// Passes a string of plain ASCII without escapes; the bytes between its quotes.
  @inline(__always)
  mutating func plainString() -> Range<Int>? {
    guard offset < end, self[offset] == 0x22 else { return nil }
    let start = offset + 1
    var place = start
    let ones: UInt64 = 0x0101_0101_0101_0101
    let high: UInt64 = 0x8080_8080_8080_8080
    let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
    // With the high bits clear a byte plus 0x7F reaches 0x80 unless it is zero, and never carries.
    while place + 8 <= end {
      let word = self.word(at: place)
      if word & high != 0 { break }
      let noQuote = (word ^ (ones * 0x22)) + low
      let noBackslash = (word ^ (ones * 0x5C)) + low
      let noControl = (word & (ones * 0x60)) + low
      let stops = ~(noQuote & noBackslash & noControl) & high
      if stops != 0 {
        place += stops.trailingZeroBitCount / 8
        break
      }
      place += 8
    }
    while place < end {
      let byte = self[place]
      if byte == 0x22 {
        offset = place + 1
        return start..<place
      }
      guard byte >= 0x20, byte < 0x80, byte != 0x5C else { return nil }
      place += 1
    }
    return nil
  }

  /// Passes a string that nobody reads: beside plain ones, any without escapes that is UTF-8.
  mutating func passString() -> Bool {
    if plainString() != nil { return true }
    guard offset < end, self[offset] == 0x22 else { return false }
    var place = offset + 1
    while place < end, self[place] != 0x22 {
      guard self[place] >= 0x20, self[place] != 0x5C else { return false }
      place += 1
    }
    guard place < end, (try? UTF8Span(validating: bytes.extracting(offset + 1..<place))) != nil
    else { return false }
    offset = place + 1
    return true
  }

  /// Passes a string of one to eight plain bytes; packed, the first lowest.
  @inline(__always)
  mutating func shortString() -> UInt64? {
    guard offset + 10 <= end, self[offset] == 0x22 else { return nil }
    let word = self.word(at: offset + 1)
    let ones: UInt64 = 0x0101_0101_0101_0101
    let high: UInt64 = 0x8080_8080_8080_8080
    let noQuote = ((word ^ (ones * 0x22)) & ~high) + 0x7F7F_7F7F_7F7F_7F7F
    let quotes = ~noQuote & high & ~word
    let count = quotes == 0 ? 8 : quotes.trailingZeroBitCount / 8
    guard count > 0, self[offset + 1 + count] == 0x22 else { return nil }
    offset += count + 2
    return count == 8 ? word : word & ((1 << UInt64(count * 8)) - 1)
  }

  // MARK: Numbers

  /// Passes a number with as many decimals as its column has, at most seven, and at most eight
  /// digits before them: nearly all numbers are written so. Nil, and nothing passed, where this one
  /// is not; `number` says then what it is.
  ///
  /// - Parameter scale: Ten to the power of `places`.
  @inline(__always)
  mutating func fixedNumber(_ places: Int, _ scale: Int64) -> Int64? {
    guard places >= 0, places < 8 else { return nil }
    var place = offset
    let isNegative = self[place] == 0x2D
    place += isNegative ? 1 : 0
    let whole = word(at: place) ^ Self.zeros
    let count = Self.digitCount(whole)
    guard count > 0, count == 1 || whole & 0xFF != 0 else { return nil }
    var value = Self.joined(whole, count)
    place += count
    if places > 0 {
      // The point and the decimals behind it, at most seven: what comes in at the top is no digit.
      let word = word(at: place)
      let part = word >> 8 ^ Self.zeros
      guard word & 0xFF == 0x2E, Self.digitCount(part) == places else { return nil }
      // Eight digits times ten to the seventh: nothing is carried out.
      value = Int64(truncatingIfNeeded: value.multipliedFullWidth(by: scale).low)
      value += Self.joined(part, places)
      place += places + 1
    }
    // What stands behind the end is none of these. A blank, a quote or `%` may follow a number that
    // is inside a string; whether it may here is seen by the text that is expected next.
    let next = self[place]
    guard
      next == 0x2C || next == 0x7D || next == 0x5D || next == 0x20 || next == 0x22 || next == 0x25
    else { return nil }
    offset = place
    return isNegative ? -value : value
  }

  /// Eight digits of zero.
  private static var zeros: UInt64 { 0x3030_3030_3030_3030 }

  /// How many bytes of a word, from the first on, are at most nine.
  @inline(__always)
  private static func digitCount(_ word: UInt64) -> Int {
    // A byte over nine reaches 0x80 with 0x76 added, and none carries into the next.
    let others = ((word & 0x7F7F_7F7F_7F7F_7F7F) + 0x7676_7676_7676_7676) | word
    return (others & 0x8080_8080_8080_8080).trailingZeroBitCount / 8
  }

  /// The number that the first one to eight bytes of a word are the digits of.
  @inline(__always)
  private static func joined(_ word: UInt64, _ count: Int) -> Int64 {
    // The last digit to the top: what is shifted in below are zeros before the first. Then pairs
    // of digits are joined, pairs of pairs, and the two halves; what is carried out at the top is
    // of no use.
    var pairs = word &<< UInt64(truncatingIfNeeded: 64 - count * 8)
    pairs = pairs.multipliedFullWidth(by: 1 + 10 << 8).low >> 8 & 0x00FF_00FF_00FF_00FF
    pairs = pairs.multipliedFullWidth(by: 1 + 100 << 16).low >> 16 & 0x0000_FFFF_0000_FFFF
    pairs = pairs.multipliedFullWidth(by: 1 + 10_000 << 32).low >> 32
    return Int64(truncatingIfNeeded: pairs)
  }

  /// Passes a number of at most 18 digits without an exponent: its digits and its decimals.
  @inline(never)
  mutating func number() -> (word: Int64, places: Int)? {
    var place = offset
    guard place < end else { return nil }
    let isNegative = self[place] == 0x2D
    if isNegative { place += 1 }
    let start = place
    var value: Int64 = 0
    guard digits(at: &place, 18, into: &value), place > start,
      place - start == 1 || self[start] != 0x30
    else { return nil }
    var places = 0
    if place < end, self[place] == 0x2E {
      let wholeDigits = place - start
      place += 1
      let first = place
      guard digits(at: &place, 18 - wholeDigits, into: &value) else { return nil }
      places = place - first
      guard places > 0 else { return nil }
    }
    guard !isWordByte(place) else { return nil }
    offset = place
    return (isNegative ? -value : value, places)
  }

  /// Passes digits, up to eight at a time, and puts them behind those that a value has; false where
  /// there are more than the limit, which keeps the value in a word.
  @inline(__always)
  private func digits(at place: inout Int, _ limit: Int, into value: inout Int64) -> Bool {
    var left = limit
    while true {
      let word = self.word(at: place) ^ Self.zeros
      let count = min(Self.digitCount(word), end - place)
      guard count <= left, let factor = powerOfTen(count) else { return false }
      if count > 0 {
        value = value * factor + Self.joined(word, count)
        place += count
        left -= count
      }
      if count < 8 { return true }
    }
  }

  // MARK: Dates

  /// Passes a string that is a date: its day number.
  @inline(__always)
  mutating func date() -> Int64? {
    guard offset + 12 <= end, self[offset] == 0x22, self[offset + 11] == 0x22 else {
      return nil
    }
    // `2026-06-` and `30` without the bits that make digits of them; the signs between are zero.
    let start = word(at: offset + 1) ^ 0x2D30_302D_3030_3030
    let day = (word(at: offset + 9) ^ 0x3030) & 0xFFFF
    let high: UInt64 = 0x8080_8080_8080_8080
    // A byte over nine, or over zero for a sign, reaches 0x80 and does not carry.
    let starts = (start & ~high) + 0x7F76_767F_7676_7676
    let days = (day & ~high) + 0x7676
    guard (starts | start | days | day) & high == 0 else { return nil }
    let year = digit(start, 0) * 1_000 + digit(start, 1) * 100 + digit(start, 2) * 10
    guard
      let date = CalendarDate(
        year: year + digit(start, 3), month: digit(start, 5) * 10 + digit(start, 6),
        day: digit(day, 0) * 10 + digit(day, 1))
    else { return nil }
    offset += 12
    return Int64(date.dayNumber)
  }

  /// A byte of a word, the first lowest.
  @inline(__always)
  private func digit(_ word: UInt64, _ place: UInt64) -> Int {
    Int(word >> (place * 8) & 0xFF)
  }
}
