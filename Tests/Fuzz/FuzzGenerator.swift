// Seeded choice: one number gives a whole case, so a failure is a seed.

/// A generator whose seed alone gives the whole sequence (SplitMix64).
struct FuzzGenerator {
  private var state: UInt64

  /// Starts the sequence of one case. Neighbouring seeds give unrelated sequences.
  init(seed: UInt64) {
    state = seed &* 0x9E37_79B9_7F4A_7C15
    _ = next()
  }

  /// The next 64 bits.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  /// A whole number from 0 up to, not including, a bound of at least 1.
  mutating func below(_ bound: Int) -> Int {
    Int(next() % UInt64(max(bound, 1)))
  }

  /// True once in so many times.
  mutating func once(in times: Int) -> Bool { below(times) == 0 }

  /// One of several; nil of none.
  mutating func choose<Element>(_ elements: [Element]) -> Element? {
    elements.isEmpty ? nil : elements[below(elements.count)]
  }

  /// A range of positions, mostly short, within a length.
  mutating func range(in length: Int, upTo most: Int) -> Range<Int> {
    guard length > 0 else { return 0..<0 }
    let start = below(length)
    return start..<min(length, start + 1 + below(most))
  }
}
