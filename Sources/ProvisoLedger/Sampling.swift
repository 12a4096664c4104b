// Chooses entries by a text, so that nobody could foresee the choice and everybody can repeat it.

package import ProvisoLog

/// Some of the positions below a size, ascending, as a text chooses them.
///
/// The k-th candidate, k from 0, is the first eight bytes of the SHA-256 of
/// `proviso-sample-1`, the text and k, each behind a line end but the first, as a number, most
/// significant byte first, modulo the size. Candidates that came before are passed over. Where as
/// many are wanted as there are, all are taken.
package func sample(_ count: Int, of size: Int, seed: String) throws(CryptoFailure) -> [Int] {
  guard count < size else { return Array(0..<max(size, 0)) }
  let hasher = try TreeHasher()
  var chosen: Set<Int> = []
  var candidate = 0
  while chosen.count < count {
    let hash = try hasher.plain(Array("proviso-sample-1\n\(seed)\n\(candidate)".utf8))
    let number = hash.bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    chosen.insert(Int(number % UInt64(size)))
    candidate += 1
  }
  return chosen.sorted()
}
