// A seeded generator of integers and fractions, so that a failure is a seed that replays it.

import ProvisoQuantities

/// SplitMix64: one word of state, every seed a different sequence.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// An integer whose size, and not only its value, is random; often at an edge of the word.
  mutating func integer() -> Int64 {
    switch next() % 8 {
    case 0: [0, 1, -1, 2, 10, .max, .min, .max - 1, .min + 1][Int(next() % 9)]
    default: Int64(bitPattern: next()) >> Int64(next() % 64)
    }
  }

  /// A fraction of any size, in the small form or beyond it.
  mutating func fraction() throws -> Fraction {
    var bottom = integer()
    while bottom == 0 { bottom = integer() }
    let value = try Fraction(numerator: integer(), denominator: bottom)
    switch next() % 6 {
    case 0: return try value * Fraction(numerator: integer(), denominator: 7)
    case 1: return try value.power(Int(next() % 5))
    default: return value
    }
  }
}
