// What SHA-256 alone would allow: the hashes of entries that were recorded, and nothing else.

import Glibc
import ProvisoKit
import ProvisoLedger
import ProvisoLog

/// Hashes the first leaves of a ledger and lines of its portfolio again, over and over, and writes
/// the nanoseconds of one hash a line.
func measureHashing(_ name: String, portfolio: String, figures: String) {
  do {
    let reader = try LineReader(portfolio, from: Files())
    var lines: [[UInt8]] = []
    while lines.count < hashedCount, case .line(_, let bytes)? = try reader.next() {
      lines.append(bytes)
    }
    let text = try hashingFigures(name, lines)
    try Files().write(Array(text.utf8), to: figures)
    print(text)
  } catch {
    fail("\(error)")
  }
}

private let hashedCount = 20_000

/// The figures of SHA-256 alone, from memory: a name and a number a line.
///
/// Whoever judges how fast recording is on a machine has to know how fast the machine hashes.
func hashingFigures(_ name: String, _ lines: [[UInt8]]) throws -> String {
  let clock = ContinuousClock()
  let ledger = try Files().openLedger(named: name)
  let leaves = try (0..<min(try ledger.size(), hashedCount)).map { try ledger.leaf($0) }
  let hasher = try TreeHasher()
  let nanoseconds = { (count: Int, body: () throws -> Void) throws -> Int64 in
    // The least of some rounds: the machine may be busy with something else.
    var least = Int64.max
    for _ in 0..<7 { least = min(least, microseconds(try clock.measure(body))) }
    return least * 1000 / Int64(max(count, 1))
  }
  var hashes: [LogHash] = []
  let leaf = try nanoseconds(leaves.count) { hashes = try leaves.map { try hasher.leaf($0) } }
  let line = try nanoseconds(lines.count) { for line in lines { _ = try hasher.plain(line) } }
  let node = try nanoseconds(hashes.count) {
    for hash in hashes { _ = try hasher.node(hash, hash) }
  }
  let bytes = { (all: [[UInt8]]) in all.reduce(0) { $0 + $1.count } / max(all.count, 1) }
  return """
    leaf-bytes \(bytes(leaves))
    line-bytes \(bytes(lines))
    leaf-nanoseconds \(leaf)
    line-nanoseconds \(line)
    node-nanoseconds \(node)

    """
}
