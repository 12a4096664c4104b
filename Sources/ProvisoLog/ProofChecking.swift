// Checks proofs about a tree, from hashes alone (RFC 9162, sections 2.1.3.2 and 2.1.4.2).

/// Whether a proof shows that a leaf stands at a position of a tree.
///
/// - Parameters:
///   - leaf: The leaf's hash.
///   - proof: From the leaf's sibling upwards.
package func isIncluded(
  _ leaf: LogHash, at index: UInt64, size: UInt64, root: LogHash, proof: [LogHash],
  _ hasher: borrowing TreeHasher
) throws(CryptoFailure) -> Bool {
  guard index < size else { return false }
  var (node, last) = (index, size - 1)
  var hash = leaf
  for sibling in proof {
    if last == 0 { return false }
    if node & 1 == 1 || node == last {
      hash = try hasher.node(sibling, hash)
      while node & 1 == 0, node != 0 {
        node >>= 1
        last >>= 1
      }
    } else {
      hash = try hasher.node(hash, sibling)
    }
    node >>= 1
    last >>= 1
  }
  return last == 0 && hash == root
}

/// Whether a proof shows that a tree begins with the leaves of an older one.
///
/// The older one has at least one leaf: that a tree begins with nothing needs no proof, and is not
/// taken for one.
package func isConsistent(
  oldSize: UInt64, oldRoot: LogHash, newSize: UInt64, newRoot: LogHash, proof: [LogHash],
  _ hasher: borrowing TreeHasher
) throws(CryptoFailure) -> Bool {
  guard oldSize > 0, oldSize <= newSize else { return false }
  if oldSize == newSize { return proof.isEmpty && oldRoot == newRoot }
  // A tree whose size is a power of two stands whole in the new one; its root begins the way.
  let isPower = oldSize & (oldSize - 1) == 0
  var path = isPower ? [oldRoot] + proof : proof
  guard !path.isEmpty, !proof.isEmpty else { return false }
  var (node, last) = (oldSize - 1, newSize - 1)
  while node & 1 == 1 {
    node >>= 1
    last >>= 1
  }
  let start = path.removeFirst()
  var (old, new) = (start, start)
  for sibling in path {
    if last == 0 { return false }
    if node & 1 == 1 || node == last {
      old = try hasher.node(sibling, old)
      new = try hasher.node(sibling, new)
      while node & 1 == 0, node != 0 {
        node >>= 1
        last >>= 1
      }
    } else {
      new = try hasher.node(new, sibling)
    }
    node >>= 1
    last >>= 1
  }
  return last == 0 && old == oldRoot && new == newRoot
}
