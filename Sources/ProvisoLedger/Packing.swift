// Kept contents in fewer bytes, by zlib.

import CZlib

/// How kept bytes are stored.
enum ContentForm: Int {
  /// As they are.
  case plain = 0
  /// Their number as eight bytes, most significant first, and then zlib's form of them (RFC 1950).
  case packed = 1
}

/// The most bytes that one kept contract or file may have.
package let contentLimitBytes = 256 << 20

/// Bytes in the shorter of the two forms.
func packed(_ bytes: [UInt8]) -> (form: ContentForm, bytes: [UInt8]) {
  let length = compressBound(UInt(bytes.count))
  var written = length
  var output = [UInt8](repeating: 0, count: Int(length) + 8)
  let code = output.withUnsafeMutableBytes { buffer in
    buffer.storeBytes(of: UInt64(bytes.count).bigEndian, as: UInt64.self)
    let start = buffer.bindMemory(to: UInt8.self).baseAddress?.advanced(by: 8)
    return compress2(start, &written, bytes, UInt(bytes.count), 1)
  }
  guard code == Z_OK, Int(written) + 8 < bytes.count else { return (.plain, bytes) }
  output.removeSubrange((Int(written) + 8)...)
  return (.packed, output)
}

/// The bytes that were packed; nil where they do not come out.
func unpacked(_ stored: [UInt8], form: ContentForm) -> [UInt8]? {
  guard form == .packed else { return stored.count <= contentLimitBytes ? stored : nil }
  guard stored.count > 8 else { return nil }
  let expected = stored.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
  // zlib makes nothing smaller than a thousandth, so a claim beyond that is not true.
  guard expected > 0, expected <= UInt64(contentLimitBytes),
    expected / 1100 <= UInt64(stored.count)
  else { return nil }
  var length = UInt(expected)
  var output = [UInt8](repeating: 0, count: Int(expected))
  let code = stored.withUnsafeBytes { buffer in
    let start = buffer.bindMemory(to: UInt8.self).baseAddress?.advanced(by: 8)
    return uncompress(&output, &length, start, UInt(stored.count - 8))
  }
  return code == Z_OK && length == UInt(expected) ? output : nil
}
