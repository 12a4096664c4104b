// A SHA-256 under way comes to the same however its bytes are handed over.

import ProvisoLog
import Testing

@Suite struct HashStateTests {
  /// Every length around the ends of a block, and those around which it is put together otherwise.
  private static let lengths = Array(0..<200) + [950, 951, 952, 1000, 1023, 1024, 1025, 4096, 5000]

  private static func message(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: 7 * $0 + count) }
  }

  private static func part(_ bytes: [UInt8], _ range: Range<Int>, _ state: inout HashState) {
    bytes.withUnsafeBytes { state.take(UnsafeRawBufferPointer(rebasing: $0[range])) }
  }

  /// The examples that NIST publishes for FIPS 180-4.
  @Test func thePublishedExamplesHaveTheirHashes() throws {
    let examples = [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
    ]
    for (text, hex) in examples {
      #expect(try Array(text.utf8).withUnsafeBytes { try LogHash(of: $0) }.hex == hex)
    }
    var state = HashState()
    let thousand = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000)
    for _ in 0..<1_000 { Self.part(thousand, 0..<1_000, &state) }
    #expect(
      try state.finish().hex == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  /// The hash over the hashes of messages of all lengths, as another program made it:
  ///
  ///     m = lambda n: bytes((7 * i + n) & 255 for i in range(n))
  ///     a = hashlib.sha256()
  ///     for n in lengths: a.update(hashlib.sha256(m(n)).digest())
  @Test func everyLengthHasItsHash() throws {
    var all = HashState()
    for length in Self.lengths {
      let hash = try Self.message(length).withUnsafeBytes { try LogHash(of: $0) }
      Self.part(hash.bytes, 0..<32, &all)
    }
    #expect(
      try all.finish().hex == "1ed56bf23d1555f5ea84aa6b0ec5b3bc419749a3f7f0d1557220a9adbbf0dc0d")
  }

  @Test func partsMakeNoDifference() throws {
    for length in Self.lengths {
      let message = Self.message(length)
      let whole = try message.withUnsafeBytes { try LogHash(of: $0) }
      for first in Set([0, 1, 55, 56, 63, 64, 65, 119, 127, 128, length / 3]) where first <= length
      {
        for second in Set([first, first + 1, first + 9, first + 64, length]) where second <= length
        {
          var state = HashState()
          Self.part(message, 0..<first, &state)
          Self.part(message, first..<second, &state)
          #expect(state.count == second)
          // What stands behind is hashed without being taken, and the state goes on from where it
          // was.
          let hash = try message.withUnsafeBytes { bytes in
            let middle = (second + length) / 2
            return try state.finish(
              UnsafeRawBufferPointer(rebasing: bytes[second..<middle]),
              UnsafeRawBufferPointer(rebasing: bytes[middle...]))
          }
          #expect(hash == whole, "\(length), \(first), \(second)")
          for place in second..<length { state.take(message[place]) }
          #expect(try state.finish() == whole, "\(length), \(first), \(second)")
        }
      }
    }
  }
}
