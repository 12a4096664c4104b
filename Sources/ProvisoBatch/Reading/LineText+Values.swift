// Single values of plain lines, as the words of their columns.

import ProvisoModel
import ProvisoPlan
import ProvisoQuantities

extension LineText {
  /// Stands for null where null means that nothing is known; no value of a plain line is it.
  static var isNull: Int64 { .min }

  /// Passes a value: its word, a number in the column's decimals; nil where it is not plain, or
  /// has more decimals.
  ///
  /// What nearly all values are is looked for here, and all else by a copy: what is lent to a
  /// function that is called has to be kept in memory.
  @inline(always)
  mutating func value(
    _ form: ScalarForm, _ step: LineTemplate.Step, _ books: borrowing CodeBooks
  ) -> Int64? {
    switch form {
    case .number, .writtenNumber:
      if let word = fixedNumber(Int(step.places), step.scale) { return word }
      var lent = self
      defer { offset = lent.offset }
      return lent.rareNumber(form, Int(step.places), isRead: step.column >= 0)
    case .wholeNumber: if let word = fixedNumber(0, 1) { return word }
    case .date, .event: if let word = date() { return word }
    case .boolean: if let word = boolean() { return word }
    case .code:
      if let short = shortString() { return books.word(ofShort: short, in: Int(step.book)) }
    case .year:
      let start = offset
      if let word = fixedNumber(0, 1), offset - start == 4 { return yearWord(Int(word)) }
      offset = start
    case .text, .lei, .month, .quarter, .halfYear, .ignored: break
    }
    var lent = self
    defer { offset = lent.offset }
    return lent.rareValue(form, Int(step.book), isRead: step.column >= 0, books)
  }

  /// Passes a number however it is written, or null.
  ///
  /// - Parameter isRead: Whether it goes to a column; else its decimals do not matter.
  @inline(never)
  private mutating func rareNumber(_ form: ScalarForm, _ places: Int, isRead: Bool) -> Int64? {
    if self[offset] == 0x6E { return form != .writtenNumber && passNull() ? Self.isNull : nil }
    guard let (word, found) = number() else { return nil }
    if found == places || !isRead { return word }
    guard found < places, let factor = powerOfTen(places - found) else { return nil }
    let (scaled, overflows) = word.multipliedReportingOverflow(by: factor)
    return overflows ? nil : scaled
  }

  /// Passes a value of any form but a number's with decimals, or null.
  ///
  /// - Parameter isRead: Whether it goes to a column; else a text may be any UTF-8.
  @inline(never)
  mutating func rareValue(
    _ form: ScalarForm, _ book: Int, isRead: Bool, _ books: borrowing CodeBooks
  ) -> Int64? {
    if self[offset] == 0x6E {
      guard passNull() else { return nil }
      return form == .event ? WordCode.none : Self.isNull
    }
    switch form {
    case .number, .writtenNumber: return nil
    case .wholeNumber:
      guard let (word, places) = number(), places == 0 else { return nil }
      return word
    case .boolean: return boolean()
    case .date, .event: return date()
    case .text where !isRead: return passString() ? 0 : nil
    case .code, .text:
      guard let text = plainString() else { return nil }
      return books.word(of: bytes, text, in: book)
    case .lei:
      guard let text = plainString() else { return nil }
      guard case .success = LegalEntityIdentifier.read(letters(text)) else { return nil }
      return books.word(of: bytes, text, in: book)
    case .month: return period(.month)
    case .quarter: return period(.quarter)
    case .halfYear: return period(.halfYear)
    case .year: return period(.year)
    case .ignored: return passScalar() ? 0 : nil
    }
  }

  /// Passes `true` or `false`: 1 or 0.
  @inline(__always)
  mutating func boolean() -> Int64? {
    // `true` and `alse`, the first letter lowest.
    if pass(letters: 0x6575_7274) { return 1 }
    guard byte == 0x66 else { return nil }
    offset += 1
    if pass(letters: 0x6573_6C61) { return 0 }
    offset -= 1
    return nil
  }

  private func letters(_ text: Range<Int>) -> [UInt8] {
    var letters: [UInt8] = []
    for place in text { letters.append(self[place]) }
    return letters
  }

  /// The word of a year; nil where there is no such year.
  @inline(__always)
  private func yearWord(_ year: Int) -> Int64? {
    Period(length: .year, number: year).map { Int64($0.number) }
  }

  /// Passes a period of one length; a year may be a bare number.
  private mutating func period(_ length: PeriodLength) -> Int64? {
    if byte != 0x22 {
      guard length == .year else { return nil }
      let start = offset
      guard let (word, places) = number(), places == 0, offset - start == 4 else { return nil }
      return yearWord(Int(word))
    }
    guard let text = plainString(), text.count <= 7, let period = Period(utf8: letters(text)),
      period.length == length
    else { return nil }
    return Int64(period.number)
  }

  /// Passes a single value that nobody reads.
  mutating func passScalar() -> Bool {
    switch byte {
    case 0x22: passString()
    case 0x74, 0x66: boolean() != nil
    case 0x6E: passNull()
    default: number() != nil
    }
  }
}
