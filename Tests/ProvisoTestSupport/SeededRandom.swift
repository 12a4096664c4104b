// A small generator of random integers: a seed alone repeats a failure.

/// SplitMix64: integers that depend on the seed and nothing else.
package struct SeededRandom: Sendable {
  private var state: UInt64

  /// Starts a sequence.
  package init(seed: UInt64) {
    state = seed
  }

  /// The next 64 bits.
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// An integer from 0 up to a bound, excluded; 0 where the bound is not positive.
  package mutating func below(_ bound: Int) -> Int {
    bound > 0 ? Int(next() % UInt64(bound)) : 0
  }

  /// True once in so many times.
  package mutating func oneIn(_ times: Int) -> Bool { below(times) == 0 }

  /// One of several values; there must be one.
  package mutating func pick<Value>(_ values: [Value]) -> Value {
    precondition(!values.isEmpty, "there must be something to pick from")
    return values[below(values.count)]
  }
}
