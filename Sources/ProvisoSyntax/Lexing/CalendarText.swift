// Reads dates and periods as they are written, and refuses days that do not exist.

/// What four digits, a hyphen and more turn out to be.
enum CalendarText: Equatable {
  /// A day that exists: `2024-02-29`.
  case date
  /// A half-year, quarter or month: `2024-Q1`.
  case period
  /// The shape of a date or period, and no such day: `2023-02-29`.
  case impossible(String)
  /// Neither: the hyphen is a minus.
  case neither

  /// Reads a text that begins with four digits and a hyphen.
  init(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 6, bytes[..<4].allSatisfy(isDigit) else {
      self = .neither
      return
    }
    let year = number(bytes[0..<4])
    let tail = bytes[5...]
    if tail.allSatisfy(isDigit) {
      self =
        tail.count == 2
        ? (1...12).contains(number(tail))
          ? .period : .impossible("a year has the months 01 to 12, `\(text)` is none of them")
        : .impossible("`\(text)` is neither a month nor a subtraction")
      if case .period = self, year == 0 { self = .impossible("there is no year 0000") }
      return
    }
    if tail.count == 2, let letter = tail.first, let digit = tail.last, isDigit(digit) {
      switch letter {
      case UInt8(ascii: "Q"):
        self =
          (49...52).contains(digit)
          ? .period : .impossible("a year has the quarters Q1 to Q4, `\(text)` is none of them")
        return
      case UInt8(ascii: "H"):
        self =
          (49...50).contains(digit)
          ? .period : .impossible("a year has the half-years H1 and H2, `\(text)` is neither")
        return
      case UInt8(ascii: "q"), UInt8(ascii: "h"):
        self = .impossible("periods are written with a capital letter, as in `2024-Q1`")
        return
      default: break
      }
    }
    let parts = bytes.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard parts.count == 3, parts[1].allSatisfy(isDigit), parts[2].allSatisfy(isDigit) else {
      self = .neither
      return
    }
    guard parts[1].count == 2, parts[2].count == 2 else {
      self = .impossible("a date has two digits for the month and two for the day")
      return
    }
    let (month, day) = (number(parts[1]), number(parts[2]))
    guard year >= 1, (1...12).contains(month), day >= 1, day <= daysIn(month, of: year) else {
      self = .impossible("there is no \(text)")
      return
    }
    self = .date
  }
}

/// The value of a few digits.
private func number(_ digits: ArraySlice<UInt8>) -> Int {
  digits.prefix(4).reduce(0) { $0 * 10 + Int($1 - 48) }
}

private func daysIn(_ month: Int, of year: Int) -> Int {
  switch month {
  case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
  case 4, 6, 9, 11: 30
  default: 31
  }
}
