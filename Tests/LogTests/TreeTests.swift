// Every small tree: grown, proved and checked, against the definition in RFC 6962 written down plainly.

import ProvisoLog
import Testing

@Suite struct TreeTests {
  static let largest = 33
  private let leaves: [LogHash]
  /// Complete subtrees, as appending gave them.
  private var nodes: [TreeNode: LogHash] = [:]
  private var roots: [LogHash] = []

  init() throws {
    let hasher = try TreeHasher()
    var leaves: [LogHash] = []
    var frontier = TreeFrontier()
    var completed: [LogHash] = []
    roots.append(try frontier.root(hasher))
    for number in 0..<TreeTests.largest {
      let leaf = try hasher.leaf([UInt8](repeating: UInt8(number), count: number))
      leaves.append(leaf)
      completed.removeAll()
      try frontier.append(leaf, hasher) { completed.append($0) }
      for (level, hash) in completed.enumerated() {
        nodes[TreeNode(level: level, index: UInt64(number) >> UInt64(level))] = hash
      }
      roots.append(try frontier.root(hasher))
    }
    self.leaves = leaves
  }

  /// The tree hash of RFC 6962, section 2.1, word by word.
  private func definition(_ leaves: ArraySlice<LogHash>, _ hasher: borrowing TreeHasher) throws
    -> LogHash
  {
    guard leaves.count > 1, let first = leaves.first else {
      return try leaves.first ?? hasher.emptyRoot()
    }
    _ = first
    var split = 1
    while split * 2 < leaves.count { split *= 2 }
    return try hasher.node(
      definition(leaves.prefix(split), hasher), definition(leaves.dropFirst(split), hasher))
  }

  private struct Missing: Error {}

  private var reader: TreeReader<any Error> {
    let nodes = nodes
    return TreeReader(
      node: { node throws(any Error) in
        guard let hash = nodes[node] else { throw Missing() }
        return hash
      },
      parent: { left, right throws(any Error) in try TreeHasher().node(left, right) })
  }

  @Test func rootsFollowTheDefinition() throws {
    let hasher = try TreeHasher()
    for size in 0...TreeTests.largest {
      #expect(try roots[size] == definition(leaves.prefix(size), hasher), "\(size)")
      if size > 0 { #expect(try reader.root(size: UInt64(size)) == roots[size], "\(size)") }
    }
  }

  /// The root of the eight leaves that the published vectors are made of.
  @Test func theStandardEightLeavesHaveTheirRoot() throws {
    let hasher = try TreeHasher()
    let inputs = [
      "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
      "606162636465666768696a6b6c6d6e6f",
    ]
    var frontier = TreeFrontier()
    var completed: [LogHash] = []
    for input in inputs {
      let leaf = try hasher.leaf(#require(bytes(ofHex: input.utf8)))
      completed.removeAll()
      try frontier.append(leaf, hasher) { completed.append($0) }
    }
    let root = try frontier.root(hasher).hex
    #expect(root == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")
  }

  @Test func everyInclusionProofHoldsAndNoOtherLeafOrPlaceFits() throws {
    let hasher = try TreeHasher()
    for size in 1...TreeTests.largest {
      for index in 0..<size {
        let proof = try #require(
          try reader.inclusionProof(of: UInt64(index), size: UInt64(size)))
        for other in 0..<size {
          let holds = try isIncluded(
            leaves[index], at: UInt64(other), size: UInt64(size), root: roots[size], proof: proof,
            hasher)
          #expect(holds == (other == index), "\(index) of \(size) at \(other)")
        }
        let wrongLeaf = try isIncluded(
          leaves[(index + 1) % TreeTests.largest], at: UInt64(index), size: UInt64(size),
          root: roots[size], proof: proof, hasher)
        #expect(!wrongLeaf)
        for place in proof.indices {
          var changed = proof
          changed[place] = roots[0]
          let holds = try isIncluded(
            leaves[index], at: UInt64(index), size: UInt64(size), root: roots[size],
            proof: changed, hasher)
          #expect(!holds)
        }
        let longer = try isIncluded(
          leaves[index], at: UInt64(index), size: UInt64(size), root: roots[size],
          proof: proof + [roots[0]], hasher)
        #expect(!longer)
      }
      #expect(try reader.inclusionProof(of: UInt64(size), size: UInt64(size)) == nil)
    }
  }

  @Test func everyConsistencyProofHoldsAndNoOtherSizeFits() throws {
    let hasher = try TreeHasher()
    for new in 1...TreeTests.largest {
      for old in 1...new {
        let proof = try #require(
          try reader.consistencyProof(from: UInt64(old), to: UInt64(new)))
        for claimed in 1...new {
          let holds = try isConsistent(
            oldSize: UInt64(claimed), oldRoot: roots[old], newSize: UInt64(new),
            newRoot: roots[new], proof: proof, hasher)
          #expect(holds == (claimed == old), "\(old) to \(new) as \(claimed)")
        }
        for place in proof.indices {
          var changed = proof
          changed[place] = roots[0]
          let holds = try isConsistent(
            oldSize: UInt64(old), oldRoot: roots[old], newSize: UInt64(new), newRoot: roots[new],
            proof: changed, hasher)
          #expect(!holds)
        }
      }
      #expect(try reader.consistencyProof(from: UInt64(new + 1), to: UInt64(new)) == nil)
      #expect(try reader.consistencyProof(from: 0, to: UInt64(new)) == nil)
    }
  }

  /// An edge that is looked up goes on as the one that grew.
  @Test func aFrontierIsFoundAgain() throws {
    let hasher = try TreeHasher()
    for size in 0..<TreeTests.largest {
      var frontier = try TreeFrontier(size: UInt64(size)) { node throws(any Error) in
        try #require(nodes[node])
      }
      #expect(try frontier.root(hasher) == roots[size])
      try frontier.append(leaves[size], hasher) { _ in }
      #expect(try frontier.root(hasher) == roots[size + 1])
    }
  }
}
