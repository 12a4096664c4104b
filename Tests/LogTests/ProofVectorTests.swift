// The published vectors for inclusion and consistency proofs, accepted and rejected as they say.

import Foundation
import ProvisoLog
import Testing

@Suite struct ProofVectorTests {
  private struct Vector: Decodable {
    let file: String
    let wantErr: Bool
    let proof: [Data]?
    var root: Data?
    var leafHash: Data?
    var leafIdx: UInt64?
    var treeSize: UInt64?
    var root1: Data?
    var root2: Data?
    var size1: UInt64?
    var size2: UInt64?
  }

  private func vectors(_ name: String) throws -> [Vector] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let text = try String(
      contentsOf: folder.appendingPathComponent("Vectors/\(name).jsonl"), encoding: .utf8)
    return try text.split(separator: "\n").map {
      try JSONDecoder().decode(Vector.self, from: Data($0.utf8))
    }
  }

  /// A hash, or the SHA-256 of what stands in the place of one (Vectors/README.md says why).
  private func standIn(_ data: Data?) throws -> LogHash {
    let data = try #require(data)
    return try LogHash(data) ?? TreeHasher().plain(Array(data))
  }

  @Test func inclusion() throws {
    let all = try vectors("inclusion")
    #expect(all.count == 98 && all.count { !$0.wantErr } == 6)
    for vector in all {
      let proof = (vector.proof ?? []).map { LogHash($0) }
      var holds = false
      // What is not thirty-two bytes long is not read as a hash, so that nothing is proved.
      if let leaf = vector.leafHash.flatMap({ LogHash($0) }),
        let root = vector.root.flatMap({ LogHash($0) }), !proof.contains(nil)
      {
        holds = try isIncluded(
          leaf, at: #require(vector.leafIdx), size: #require(vector.treeSize), root: root,
          proof: proof.compactMap { $0 }, TreeHasher())
      }
      #expect(holds != vector.wantErr, "\(vector.file)")
    }
  }

  @Test func consistency() throws {
    let all = try vectors("consistency")
    #expect(all.count == 98 && all.count { !$0.wantErr } == 6)
    for vector in all {
      let holds = try isConsistent(
        oldSize: #require(vector.size1), oldRoot: standIn(vector.root1),
        newSize: #require(vector.size2), newRoot: standIn(vector.root2),
        proof: (vector.proof ?? []).map { try standIn($0) }, TreeHasher())
      #expect(holds != vector.wantErr, "\(vector.file)")
    }
  }

  /// A file with a hash of another length is not read at all.
  @Test func aHashHasThirtyTwoBytes() {
    for count in [0, 12, 31, 33, 64] {
      #expect(LogHash([UInt8](repeating: 1, count: count)) == nil)
    }
  }
}
