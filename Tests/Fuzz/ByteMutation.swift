// Mutations that know nothing of what the bytes mean.

extension FuzzGenerator {
  /// Bytes changed in one to eight places, with pieces of another input spliced in.
  mutating func mutatedBytes(_ input: [UInt8], other: [UInt8]) -> [UInt8] {
    var bytes = input
    for _ in 0...below(8) {
      let place = range(in: bytes.count, upTo: once(in: 8) ? 512 : 12)
      switch below(9) {
      case 0: if !place.isEmpty { bytes[place.lowerBound] = UInt8(below(256)) }
      case 1: if !place.isEmpty { bytes[place.lowerBound] ^= UInt8(1 << below(8)) }
      case 2: bytes.removeSubrange(place)
      case 3: bytes.insert(contentsOf: bytes[place], at: place.lowerBound)
      case 4: bytes.insert(contentsOf: interestingBytes(), at: place.lowerBound)
      case 5: bytes.replaceSubrange(place, with: other[range(in: other.count, upTo: 64)])
      case 6: bytes.removeSubrange(place.lowerBound...)
      case 7: bytes = Array(bytes[..<place.lowerBound]) + other[range(in: other.count, upTo: 4096)]
      default:
        // A run of one byte: unary signs, brackets, quotes, digits.
        let run = [UInt8](repeating: UInt8(below(128)), count: 1 + below(once(in: 20) ? 3000 : 40))
        bytes.insert(contentsOf: run, at: place.lowerBound)
      }
    }
    return bytes
  }

  private mutating func interestingBytes() -> [UInt8] {
    let pieces: [[UInt8]] = [
      [0], [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xEF, 0xBB, 0xBF],
      [0xE2, 0x80, 0xA8], [0x0D], [0x0D, 0x0A], [0x09], Array("```".utf8),
      Array("```proviso\n".utf8), Array("\"".utf8), Array("#".utf8), Array("\\u".utf8),
    ]
    return choose(pieces) ?? []
  }
}
