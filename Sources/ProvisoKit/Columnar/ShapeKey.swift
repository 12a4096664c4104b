// What a condition's part of a leaf depends on, as a key to look it up by.

import ProvisoBatch

/// What a condition's part of a leaf depends on, where columns decided it.
struct ShapeKey: Hashable {
  let condition: Int
  let outcome: UInt8
  /// T and D in day numbers, where they are the contract's own.
  var test: Int64 = 0
  var due: Int64 = 0
  /// Why it is open.
  var atoms: [ReasonAtom] = []
  /// Its tests, where they are told one by one.
  var tests: [TestKey] = []

  /// One number is enough to look a key up by: it is made for every condition that is open.
  func hash(into hasher: inout Hasher) {
    var mixed = UInt64(truncatingIfNeeded: condition) << 8 | UInt64(outcome)
    mixed ^= UInt64(bitPattern: test) << 20 ^ UInt64(bitPattern: due) << 40
    for atom in atoms { Self.mix(&mixed, atom.mark) }
    for test in tests {
      Self.mix(&mixed, UInt64(truncatingIfNeeded: test.part) << 8 | UInt64(test.outcome))
      Self.mix(&mixed, UInt64(bitPattern: test.day ^ test.due << 32))
      for atom in test.atoms { Self.mix(&mixed, atom.mark) }
    }
    hasher.combine(mixed)
  }

  private static func mix(_ mixed: inout UInt64, _ word: UInt64) {
    mixed = (mixed ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93).low
    mixed ^= mixed >> 32
  }
}

/// What one of several tests came to: its plan, its days, its outcome, and why it is open.
struct TestKey: Hashable {
  let part: Int
  let outcome: UInt8
  let day: Int64
  let due: Int64
  let atoms: [ReasonAtom]
}

extension ReasonAtom {
  /// A number that tells most atoms apart.
  fileprivate var mark: UInt64 {
    switch self {
    case .column(let id, let member): UInt64(id.index) << 20 | UInt64((member ?? -1) & 0xFFFFF)
    case .container(let id, let member):
      1 << 60 | UInt64(id.index) << 20 | UInt64((member ?? -1) & 0xFFFFF)
    case .list(let id): 2 << 60 | UInt64(id.index)
    case .openCondition(let id): 3 << 60 | UInt64(id.index)
    case .tableRow(let id, let row): 4 << 60 | UInt64(id.index) << 20 | UInt64(row & 0xFFFFF)
    default: 5 << 60
    }
  }
}
