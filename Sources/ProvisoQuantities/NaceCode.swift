// Economic activities by NACE Rev. 2 code: sections, divisions, groups and classes.

/// The four levels of NACE Rev. 2.
package enum NaceLevel: Int, Hashable, Sendable, Comparable, CaseIterable {
  /// A letter: `D`.
  case section = 1
  /// Two digits: `35`.
  case division
  /// Three digits: `35.1`.
  case group
  /// Four digits: `35.11`.
  case activityClass

  /// Whether one level is broader than another.
  package static func < (left: NaceLevel, right: NaceLevel) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// A code of NACE Rev. 2 that exists: `D`, `35`, `35.1` or `35.11`.
package struct NaceCode: Hashable, Sendable {
  /// Section (1 to 21), division, group and class in a byte each, from the highest; in the group's
  /// and the class's byte 0 says there is none and otherwise the digit is one less. Order by this
  /// number is the order of the classification.
  private let packed: UInt32

  private init(section: Int, division: Int = 0, group: Int = -1, activityClass: Int = -1) {
    packed =
      UInt32(section) << 24 | UInt32(division) << 16 | UInt32(group + 1) << 8
      | UInt32(activityClass + 1)
  }

  /// A code in the classification, with or without its section in front: `D35.11`, `35.11`, `D`.
  ///
  /// Nil for codes that do not exist, and for one with another section than its own: `A35.11`.
  package init?(text: String) {
    var rest = Array(text.utf8)[...]
    var section: Int?
    if let letter = rest.first, (UInt8(ascii: "A")...UInt8(ascii: "U")).contains(letter) {
      section = Int(letter) - 64
      rest = rest.dropFirst()
    }
    if rest.isEmpty, let section {
      self.init(section: section)
      return
    }
    guard let code = Self.numbered(rest), section == nil || section == code.sectionNumber,
      classification.contains(code)
    else { return nil }
    self = code
  }

  /// A code from its digits, `35`, `35.1` or `35.11`, whether or not it exists.
  private static func numbered(_ digits: ArraySlice<UInt8>) -> NaceCode? {
    let bytes = Array(digits)
    guard bytes.count == 2 || bytes.count == 4 || bytes.count == 5 else { return nil }
    var values: [Int] = []
    for (offset, byte) in bytes.enumerated() {
      if offset == 2 {
        guard byte == UInt8(ascii: ".") else { return nil }
      } else {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
        values.append(Int(byte) - 48)
      }
    }
    let division = values[0] * 10 + values[1]
    let section = classification.sectionOfDivision[division]
    guard section > 0 else { return nil }
    return NaceCode(
      section: section, division: division, group: values.count > 2 ? values[2] : -1,
      activityClass: values.count > 3 ? values[3] : -1)
  }

  /// A number that is this code's alone; numbers are in the order of the classification.
  package var number: Int { Int(packed) }

  /// The number of the section of the code with a number.
  package static func sectionNumber(of number: Int) -> Int { number & 0xFF00_0000 }

  private var sectionNumber: Int { Int(packed >> 24) }
  private var division: Int { Int(packed >> 16 & 0xFF) }
  private var group: Int { Int(packed >> 8 & 0xFF) - 1 }
  private var activityClass: Int { Int(packed & 0xFF) - 1 }

  /// How fine the code is.
  package var level: NaceLevel {
    if activityClass >= 0 { return .activityClass }
    if group >= 0 { return .group }
    return division > 0 ? .division : .section
  }

  /// The section it belongs to, itself when it is one.
  package var section: NaceCode { NaceCode(section: sectionNumber) }

  /// The title of its section: "Electricity, gas, steam and air conditioning supply".
  package var sectionTitle: String { classification.title(ofSection: sectionNumber) }

  /// The code one level up; nil for a section.
  package var parent: NaceCode? {
    switch level {
    case .section: nil
    case .division: section
    case .group: NaceCode(section: sectionNumber, division: division)
    case .activityClass: NaceCode(section: sectionNumber, division: division, group: group)
    }
  }

  /// Whether the other code is this one or lies beneath it: `D` contains `35.11`.
  package func contains(_ other: NaceCode) -> Bool {
    let mask: UInt32
    switch level {
    case .section: mask = 0xFF00_0000
    case .division: mask = 0xFFFF_0000
    case .group: mask = 0xFFFF_FF00
    case .activityClass: mask = 0xFFFF_FFFF
    }
    return other.packed & mask == packed
  }

  /// The code as the classification writes it: `D`, `35`, `35.1`, `35.11`.
  package var text: String {
    // Byte by byte: the whole classification is written out for every portfolio that is read.
    if level == .section { return String(UnicodeScalar(UInt8(sectionNumber + 64))) }
    return String(unsafeUninitializedCapacity: 5) { bytes in
      bytes[0] = UInt8(48 + division / 10)
      bytes[1] = UInt8(48 + division % 10)
      if level == .division { return 2 }
      bytes[2] = UInt8(ascii: ".")
      bytes[3] = UInt8(48 + group)
      if level == .group { return 4 }
      bytes[4] = UInt8(48 + activityClass)
      return 5
    }
  }

  /// Every code in the order of the classification.
  package static var all: [NaceCode] { classification.sorted }

  /// The code a wrong text was probably meant to be: `3511` and `A35.11` give 35.11, `d` gives D,
  /// and a code that does not exist its nearest ancestor that does.
  package static func nearest(to text: String) -> NaceCode? {
    let upper = text.uppercased()
    if let meant = NaceCode(text: upper) { return meant }
    var digits = upper.utf8.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    if digits.count == 1 { digits.insert(UInt8(ascii: "0"), at: 0) }
    guard digits.count >= 2 else { return nil }
    let pointed = digits.prefix(2) + [UInt8(ascii: ".")] + digits.dropFirst(2).prefix(2)
    for length in [5, 4, 2] where length <= pointed.count {
      let candidate = String(decoding: pointed.prefix(length), as: UTF8.self)
      if let meant = NaceCode(text: candidate) { return meant }
    }
    return nil
  }

  /// A code of the table by its numbers; -1 for what it does not have.
  fileprivate static func listed(
    section: Int, division: Int = 0, group: Int = -1, activityClass: Int = -1
  ) -> NaceCode {
    NaceCode(section: section, division: division, group: group, activityClass: activityClass)
  }
}

extension NaceCode: Comparable {
  /// In the order of the classification: a code before what lies beneath it.
  package static func < (left: NaceCode, right: NaceCode) -> Bool {
    left.packed < right.packed
  }
}

extension NaceCode: CustomStringConvertible {
  /// The code as the classification writes it.
  package var description: String { text }
}

/// The classification, read once from the table, byte by byte: a process that meets its first code
/// waits for it.
private struct Classification: Sendable {
  /// Every code, in order.
  private(set) var sorted: [NaceCode] = []
  /// For each number of two digits the section of that division, or 0.
  private(set) var sectionOfDivision = [Int](repeating: 0, count: 100)
  private let table: [UInt8]
  /// Where the title of each section lies in the table.
  private var titles: [Range<Int>] = []

  init(table: String) {
    self.table = Array(table.utf8)
    sorted.reserveCapacity(1_000)
    var start = 0
    while start < self.table.count {
      let end = self.table[start...].firstIndex(of: UInt8(ascii: "\n")) ?? self.table.count
      if self.table[start] == UInt8(ascii: "#"), end - start > 4 {
        titles.append(start + 4..<end)
        sorted.append(.listed(section: titles.count))
      } else if end - start >= 2 {
        addDivision(self.table[start..<end])
      }
      start = end + 1
    }
  }

  /// Reads a line such as `01 1:1234569 3:0`.
  private mutating func addDivision(_ line: ArraySlice<UInt8>) {
    let section = titles.count
    let digits = line.map { Int($0) - 48 }
    let division = digits[0] * 10 + digits[1]
    guard sectionOfDivision.indices.contains(division) else { return }
    sectionOfDivision[division] = section
    sorted.append(.listed(section: section, division: division))
    var group: Int?
    for (byte, digit) in zip(line, digits).dropFirst(2) {
      switch byte {
      case UInt8(ascii: " "): group = nil
      case UInt8(ascii: ":"): break
      default:
        let code: NaceCode
        if let group {
          code = .listed(
            section: section, division: division, group: group, activityClass: digit)
        } else {
          group = digit
          code = .listed(section: section, division: division, group: digit)
        }
        sorted.append(code)
      }
    }
  }

  func title(ofSection number: Int) -> String {
    guard titles.indices.contains(number - 1) else { return "" }
    return String(decoding: table[titles[number - 1]], as: UTF8.self)
  }

  func contains(_ code: NaceCode) -> Bool {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < code { low = middle + 1 } else { high = middle }
    }
    return low < sorted.count && sorted[low] == code
  }
}

private let classification = Classification(table: naceTable)
