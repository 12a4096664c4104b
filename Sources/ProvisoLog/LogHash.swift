// A SHA-256 hash as the log handles it: thirty-two bytes as a small value.

/// A SHA-256 hash (FIPS 180-4).
package struct LogHash: Hashable, Sendable {
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

  /// The hash that libcrypto left in a buffer of at least thirty-two bytes.
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

  /// The hash in base64, as notes and proofs write it.
  package var base64: String { base64Text(bytes) }
}

extension LogHash: CustomStringConvertible {
  package var description: String { hex }
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

/// The bytes that lower-case hex digits say; nil for any other text.
package func bytes(ofHex text: some Collection<UInt8>) -> [UInt8]? {
  guard text.count.isMultiple(of: 2) else { return nil }
  var result: [UInt8] = []
  result.reserveCapacity(text.count / 2)
  var high: UInt8?
  for character in text {
    let digit: UInt8
    switch character {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = character - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = character - UInt8(ascii: "a") + 10
    default: return nil
    }
    if let upper = high {
      result.append(upper << 4 | digit)
      high = nil
    } else {
      high = digit
    }
  }
  return result
}
