// A SHA-256 hash as the log handles it: thirty-two bytes as a small value.

/// A SHA-256 hash (FIPS 180-4).
package struct LogHash: Hashable, Sendable, BitwiseCopyable {
  private let first: UInt64
  private let second: UInt64
  private let third: UInt64
  private let fourth: UInt64

  /// The number of its bytes.
  package static let byteCount = 32

  /// The hash of thirty-two bytes; nil where there are more or fewer.
  package init?(_ bytes: some Collection<UInt8>) {
    guard bytes.count == LogHash.byteCount else { return nil }
    var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    var position = 0
    for byte in bytes {
      switch position >> 3 {
      case 0: words.0 = words.0 << 8 | UInt64(byte)
      case 1: words.1 = words.1 << 8 | UInt64(byte)
      case 2: words.2 = words.2 << 8 | UInt64(byte)
      default: words.3 = words.3 << 8 | UInt64(byte)
      }
      position += 1
    }
    (first, second, third, fourth) = words
  }

  /// The hash that stands in a buffer at an offset; nil where the buffer ends before.
  package init?(in buffer: UnsafeRawBufferPointer, at offset: Int) {
    guard offset >= 0, buffer.count >= offset + LogHash.byteCount else { return nil }
    self.init(
      loading: UnsafeRawBufferPointer(rebasing: buffer[offset..<offset + LogHash.byteCount]))
  }

  /// The hash of eight words, the first of which is the most significant.
  init(words: (UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32)) {
    first = UInt64(words.0) << 32 | UInt64(words.1)
    second = UInt64(words.2) << 32 | UInt64(words.3)
    third = UInt64(words.4) << 32 | UInt64(words.5)
    fourth = UInt64(words.6) << 32 | UInt64(words.7)
  }

  /// The hash that stands in a buffer of at least thirty-two bytes.
  init(loading buffer: UnsafeRawBufferPointer) {
    first = UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: 0, as: UInt64.self))
    second = UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    third = UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: 16, as: UInt64.self))
    fourth = UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: 24, as: UInt64.self))
  }

  /// Writes the hash into a buffer of at least thirty-two bytes.
  package func store(in buffer: UnsafeMutableRawBufferPointer) {
    buffer.storeBytes(of: first.bigEndian, toByteOffset: 0, as: UInt64.self)
    buffer.storeBytes(of: second.bigEndian, toByteOffset: 8, as: UInt64.self)
    buffer.storeBytes(of: third.bigEndian, toByteOffset: 16, as: UInt64.self)
    buffer.storeBytes(of: fourth.bigEndian, toByteOffset: 24, as: UInt64.self)
  }

  /// The thirty-two bytes.
  package var bytes: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: LogHash.byteCount) { buffer, count in
      store(in: UnsafeMutableRawBufferPointer(buffer))
      count = LogHash.byteCount
    }
  }

  /// Sixty-four lower-case hex digits.
  package var hex: String { hexText(bytes) }

  /// Hands over the sixty-four lower-case hex digits.
  package func withHexDigits(_ body: (UnsafeRawBufferPointer) -> Void) {
    withUnsafeTemporaryAllocation(byteCount: 2 * LogHash.byteCount, alignment: 8) { digits in
      storeHexDigits(in: digits)
      body(UnsafeRawBufferPointer(digits))
    }
  }

  /// Writes the sixty-four lower-case hex digits into a buffer of at least as many bytes.
  package func storeHexDigits(in digits: UnsafeMutableRawBufferPointer) {
    // Four words, without an array of them: it is done for every contract.
    for place in 0..<4 {
      let word = place == 0 ? first : place == 1 ? second : place == 2 ? third : fourth
      // Eight digits at a time: four bits each are spread over the bytes of a word.
      for half in 0..<2 {
        let bits = UInt32(truncatingIfNeeded: word >> (half == 0 ? 32 : 0))
        digits.storeBytes(
          of: hexDigits(of: bits).bigEndian, toByteOffset: place * 16 + half * 8, as: UInt64.self)
      }
    }
  }

  /// The hash whose sixty-four lower-case hex digits stand in a buffer; nil where other bytes do.
  package init?(hexDigits digits: UnsafeRawBufferPointer) {
    guard digits.count == 2 * LogHash.byteCount,
      let first = LogHash.word(digits, 0), let second = LogHash.word(digits, 16),
      let third = LogHash.word(digits, 32), let fourth = LogHash.word(digits, 48)
    else { return nil }
    (self.first, self.second, self.third, self.fourth) = (first, second, third, fourth)
  }

  /// The word that sixteen hex digits from an offset on say.
  private static func word(_ digits: UnsafeRawBufferPointer, _ offset: Int) -> UInt64? {
    var word: UInt64 = 0
    for place in offset..<offset + 16 {
      guard let digit = hexDigit(digits[place]) else { return nil }
      word = word << 4 | UInt64(digit)
    }
    return word
  }

  /// The hash in base64, as notes and proofs write it.
  package var base64: String { base64Text(bytes) }
}

extension LogHash: CustomStringConvertible {
  package var description: String { hex }
}

/// The hex digits of a word, the first in the most significant byte.
private func hexDigits(of bits: UInt32) -> UInt64 {
  var spread = UInt64(bits)
  spread = (spread | spread << 16) & 0x0000_FFFF_0000_FFFF
  spread = (spread | spread << 8) & 0x00FF_00FF_00FF_00FF
  spread = (spread | spread << 4) & 0x0F0F_0F0F_0F0F_0F0F
  // Digits over 9 are letters: 6 more carries into the next four bits.
  let letters = (spread + 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
  return spread + 0x3030_3030_3030_3030 + letters * 39
}

/// Bytes as lower-case hex digits.
package func hexText(_ bytes: some Sequence<UInt8>) -> String {
  let digits = Array("0123456789abcdef".utf8)
  var characters: [UInt8] = []
  for byte in bytes {
    characters.append(digits[Int(byte >> 4)])
    characters.append(digits[Int(byte & 15)])
  }
  return String(decoding: characters, as: UTF8.self)
}

/// What a lower-case hex digit says; nil of any other character.
private func hexDigit(_ character: UInt8) -> UInt8? {
  switch character {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
  default: nil
  }
}

/// The bytes that lower-case hex digits say; nil for any other text.
package func bytes(ofHex text: some Collection<UInt8>) -> [UInt8]? {
  guard text.count.isMultiple(of: 2) else { return nil }
  var result: [UInt8] = []
  result.reserveCapacity(text.count / 2)
  var high: UInt8?
  for character in text {
    guard let digit = hexDigit(character) else { return nil }
    if let upper = high {
      result.append(upper << 4 | digit)
      high = nil
    } else {
      high = digit
    }
  }
  return result
}
