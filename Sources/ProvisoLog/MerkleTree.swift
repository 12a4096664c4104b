// The tree of RFC 6962 over an append-only list: growing it, its root, and proofs about it.

/// A perfect subtree: the `index`-th one, from the left, of 2^`level` leaves.
package struct TreeNode: Hashable, Sendable {
  package let level: Int
  package let index: UInt64

  /// The subtree over 2^`level` leaves that begins behind `index` others of its size.
  package init(level: Int, index: UInt64) {
    self.level = level
    self.index = index
  }

  /// The position of its last leaf: the append with which it became complete.
  package var lastLeaf: UInt64 { (index << UInt64(level)) + (1 << UInt64(level)) - 1 }
}

/// The most leaves a log may have: positions are stored as signed integers, and nothing that
/// can be recorded comes near.
package let largestTreeSize: UInt64 = 1 << 56

/// The right edge of a tree: the hashes of the perfect subtrees that its leaves make up.
///
/// It is all that appending needs, and gives the root of the tree so far.
package struct TreeFrontier: Sendable {
  /// The number of leaves.
  package private(set) var size: UInt64 = 0
  /// From the largest subtree, on the left, to the smallest. Invariant: one for each bit of `size`.
  private var hashes: [LogHash] = []

  /// The edge of an empty tree.
  package init() {}

  /// The edge of a tree that exists, its complete subtrees being looked up.
  package init<Failure: Error>(
    size: UInt64, node: (TreeNode) throws(Failure) -> LogHash
  ) throws(Failure) {
    self.size = size
    for subtree in perfectSubtrees(from: 0, to: size) { hashes.append(try node(subtree)) }
  }

  /// Appends a leaf.
  ///
  /// - Parameter completed: Is told the hashes of the subtrees that it completes, from the leaf
  ///   itself upwards: one, and one more for each trailing bit set in `size`.
  package mutating func append(
    _ leaf: LogHash, _ hasher: borrowing TreeHasher, completed: (LogHash) -> Void
  ) throws(CryptoFailure) {
    completed(leaf)
    var hash = leaf
    for _ in 0..<(~size).trailingZeroBitCount {
      guard let left = hashes.popLast() else { break }
      hash = try hasher.node(left, hash)
      completed(hash)
    }
    hashes.append(hash)
    size += 1
  }

  /// The root of the tree (RFC 6962, section 2.1).
  package func root(_ hasher: borrowing TreeHasher) throws(CryptoFailure) -> LogHash {
    guard var root = hashes.last else { return try hasher.emptyRoot() }
    for left in hashes.dropLast().reversed() { root = try hasher.node(left, root) }
    return root
  }
}

/// The perfect subtrees that make up the leaves from a start, a multiple of the largest of them,
/// to an end, from left to right.
func perfectSubtrees(from start: UInt64, to end: UInt64) -> [TreeNode] {
  var subtrees: [TreeNode] = []
  var next = start
  while next < end {
    let level = 63 - (end - next).leadingZeroBitCount
    subtrees.append(TreeNode(level: level, index: next >> UInt64(level)))
    next += 1 << UInt64(level)
  }
  return subtrees
}

/// Makes roots and proofs from the hashes of perfect subtrees, wherever those are kept.
package struct TreeReader<Failure: Error> {
  private let node: (TreeNode) throws(Failure) -> LogHash
  private let parent: (LogHash, LogHash) throws(Failure) -> LogHash

  /// Reads a tree whose complete subtrees are looked up by `node`.
  package init(
    node: @escaping (TreeNode) throws(Failure) -> LogHash,
    parent: @escaping (LogHash, LogHash) throws(Failure) -> LogHash
  ) {
    self.node = node
    self.parent = parent
  }

  /// The root of the tree as it was with some leaves, at least one; nil for none.
  package func root(size: UInt64) throws(Failure) -> LogHash? {
    size == 0 ? nil : try hash(from: 0, to: size)
  }

  /// The hashes that lead from a leaf to the root (RFC 6962, section 2.1.1); nil where the tree
  /// of that size has no such leaf.
  package func inclusionProof(of leaf: UInt64, size: UInt64) throws(Failure) -> [LogHash]? {
    guard leaf < size, size <= largestTreeSize else { return nil }
    var proof: [LogHash] = []
    var (start, end) = (UInt64(0), size)
    while end - start > 1 {
      let middle = start + largestPowerOfTwo(below: end - start)
      if leaf < middle {
        proof.append(try hash(from: middle, to: end))
        end = middle
      } else {
        proof.append(try hash(from: start, to: middle))
        start = middle
      }
    }
    return proof.reversed()
  }

  /// The hashes that show a tree to begin with an older one (RFC 6962, section 2.1.2); nil where
  /// the older one is the larger, or has no leaf, so that there is nothing to show.
  package func consistencyProof(from old: UInt64, to new: UInt64) throws(Failure) -> [LogHash]? {
    guard old > 0, old <= new, new <= largestTreeSize else { return nil }
    guard old < new else { return [] }
    var proof: [LogHash] = []
    var (start, end, isWhole) = (UInt64(0), new, true)
    while old < end {
      let middle = start + largestPowerOfTwo(below: end - start)
      if old <= middle {
        proof.append(try hash(from: middle, to: end))
        end = middle
      } else {
        proof.append(try hash(from: start, to: middle))
        start = middle
        isWhole = false
      }
    }
    if !isWhole { proof.append(try hash(from: start, to: end)) }
    return proof.reversed()
  }

  /// The hash over leaves that begin at a multiple of the largest power of two among their count.
  private func hash(from start: UInt64, to end: UInt64) throws(Failure) -> LogHash {
    let subtrees = perfectSubtrees(from: start, to: end)
    var hashes: [LogHash] = []
    for subtree in subtrees { hashes.append(try node(subtree)) }
    // Callers give at least one leaf; of none there is the hash of a subtree that is looked up.
    guard var result = hashes.popLast() else { return try node(TreeNode(level: 0, index: start)) }
    while let left = hashes.popLast() { result = try parent(left, result) }
    return result
  }

  private func largestPowerOfTwo(below count: UInt64) -> UInt64 {
    1 << UInt64(63 - (count - 1).leadingZeroBitCount)
  }
}
