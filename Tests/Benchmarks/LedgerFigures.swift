// Measures the ledger in a process of its own, and tells its figures as rows of the page.

import Glibc
import ProvisoKit

/// What the ledger's drill measured.
struct LedgerFigures {
  private let large: [String: Int]
  private let bulk: [String: Int]
  private let huge: [String: Int]
  private static let largeCount = 1_000_000
  private static let hugeCount = 10_000_000

  /// Runs the drill that lies beside this program.
  init(folder: String) {
    large = LedgerFigures.drill("measure", LedgerFigures.largeCount, folder)
    bulk = LedgerFigures.drill("bulk", LedgerFigures.largeCount, folder)
    huge = LedgerFigures.drill("prove", LedgerFigures.hugeCount, folder)
  }

  private static func drill(_ what: String, _ count: Int, _ folder: String) -> [String: Int] {
    let name = "/tmp/proviso-bench-\(getpid()).ledger"
    let figures = name + ".figures"
    let endings = ["", "-wal", "-shm", ".key", ".figures"]
    defer { for ending in endings { unlink(name + ending) } }
    guard spawn(folder + "/LedgerDrill", [what, name, String(count), figures]) == 0,
      let bytes = try? Files().read(figures, limitBytes: 1 << 16)
    else { complain("the ledger's drill failed") }
    var found: [String: Int] = [:]
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count == 2 { found[String(words[0])] = Int(words[1]) }
    }
    return found
  }

  /// The section of the page.
  var text: String {
    let rate = { (figures: [String: Int]) in
      LedgerFigures.largeCount * 1000 / max(figures["record-microseconds"] ?? 1, 1)
    }
    let bytes = large["leaf-bytes"] ?? 0
    let thousands = { (nanoseconds: Int) in 1_000_000 / max(nanoseconds, 1) }
    let whole = thousands(bulk["leaf-nanoseconds"] ?? 0)
    let least = thousands((bulk["line-nanoseconds"] ?? 0) + (bulk["node-nanoseconds"] ?? 0))
    let told = { (bound: Int) in
      let hundredths = rate(bulk) * 100 / max(bound, 1)
      let ratio = "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
      return "\(bound) thousand a second; recording is \(ratio) of it"
    }
    let seconds = { (microseconds: Int) in
      "\(microseconds / 1_000_000).\(microseconds / 100_000 % 10) s"
    }
    return """

      ## The ledger

      One process, one thread; `Tests/LedgerDrill` does it. Results of twelve conditions, \(bytes) bytes each, are handed to the
      recorder one by one, with every `fsync`, in one run of a million. *Whole* results are made beforehand; what is measured is
      cutting, packing, hashing and storing them. *By what each condition came to* is what an evaluator by columns hands over:
      for each contract its id, its line of \(bulk["line-bytes"] ?? 0) bytes and twelve outcomes in memory, a mix of its own; what is measured
      includes the line's digest. The last figure is the longest of 200 proofs in ten million.

      *SHA-256 alone* is what libcrypto does on this machine with one thread, from memory: over the same
      leaves, \(bulk["leaf-bytes"] ?? 0) bytes each, as a whole; and over what no way of recording is spared, the
      contract's line and a node of the tree. Most of a leaf is hashed once for all leaves that begin
      like it, so recording may be faster than the first. A rate in contracts says little without
      these: they tell how fast the machine hashes.

      | what | target | measured |
      | --- | --- | --: |
      | record whole results | | \(rate(large)) thousand a second |
      | record by what each condition came to | 500 thousand a second | \(rate(bulk)) thousand a second |
      | SHA-256 alone, whole leaves | | \(told(whole)) |
      | SHA-256 alone, a line and a node | | \(told(least)) |
      | `verify` a million entries | under 5 s | \(seconds(large["verify-microseconds"] ?? 0)) |
      | memory of recording and verifying a million | under 300 MB | \((large["peak-kilobytes"] ?? 0) / 1000) MB |
      | `prove` an entry among ten million | under 10 ms | \(huge["prove-microseconds"] ?? 0) µs |

      """
  }
}
