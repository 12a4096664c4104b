// A contract as it was found, and the bytes that its digest is over.

/// A contract of JSON, or one that stands in rows of tables.
package struct ContractText: Hashable, Sendable {
  /// The JSON that is read.
  package let json: [UInt8]
  /// Of a contract in a table: its rows, each with its header, as `ContractRows` writes them.
  package let rows: [UInt8]?

  /// A contract of JSON, or one that rows stand for.
  package init(json: [UInt8], rows: [UInt8]? = nil) {
    self.json = json
    self.rows = rows
  }

  /// The contract's exact bytes: what its digest is over and what a ledger keeps.
  package var bytes: [UInt8] { rows ?? contractBytes(json) }

  /// The digest of its exact bytes; nil only where libcrypto fails.
  package var digest: Digest? { Digest(of: bytes) }
}

/// The exact bytes of a contract of JSON: its text without the white space around it.
package func contractBytes(_ bytes: [UInt8]) -> [UInt8] {
  let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
  guard let first = bytes.firstIndex(where: { !isSpace($0) }),
    let last = bytes.lastIndex(where: { !isSpace($0) })
  else { return [] }
  return first == 0 && last == bytes.count - 1 ? bytes : Array(bytes[first...last])
}
