// Ids are told from others again, in memory and on a disk.

import Foundation
import Testing

@testable import ProvisoKit

@Suite struct SeenIdentifiersTests {
  @Test func anIdIsTakenOnce() {
    var identifiers = SeenIdentifiers()
    for number in 0..<5_000 {
      let found = identifiers.insert(hash(number), line: number + 1)
      #expect(found == .first)
    }
    let found = identifiers.insert(hash(4_321), line: 9_000)
    #expect(found == .again(line: 4_322))
  }

  /// A table of 1,024 places goes to the disk with every 769th id, 15 times here.
  @Test func idsOnADiskAreStillKnown() {
    var identifiers = SeenIdentifiers(places: 1_024)
    let count = 12_000
    for number in 0..<count {
      let found = identifiers.insert(hash(number), line: number + 1)
      if found != .first { Issue.record("\(number) was taken for another") }
    }
    for number in 0..<count {
      let found = identifiers.insert(hash(number), line: count + number + 1)
      if found == .first { Issue.record("\(number) was forgotten") }
    }
    #expect(identifiers.failure == nil)
  }

  /// The bounds of what hashes can be, and hashes that all want the same places.
  @Test func noHashIsLostWhereverItsPlaceIs() {
    var hashes: [UInt64] = [0, 1, 2, .max, .max - 1, 1 << 63, (1 << 63) - 1]
    // The last place of the table, so that all but one go on to the first places.
    hashes += (0..<300).map { .max - 2 - $0 * 7 }
    // The first places, which those above have taken.
    hashes += (1..<200).map { $0 << 40 }
    // So many others that the table goes to the disk with the first of them.
    hashes += (0..<700).map { SeenIdentifiers.hash("other \($0)".utf8) }
    var identifiers = SeenIdentifiers(places: 1_024)
    var known: Set<UInt64> = []
    for (line, hash) in hashes.enumerated() {
      // 0 stands for a free place, and such a hash for 1.
      let isNew = known.insert(max(hash, 1)).inserted
      let found = identifiers.insert(hash, line: line + 1)
      #expect((found == .first) == isNew, "\(hash)")
    }
    for hash in hashes {
      let found = identifiers.insert(hash, line: 9_999)
      #expect(found != .first, "\(hash)")
    }
  }

  @Test func whereNoFileCanBeMadeIdsStayInMemory() {
    let files = Files(scratchFolder: "/nowhere/at/all")
    var identifiers = SeenIdentifiers(files, places: 1_024)
    for number in 0..<5_000 {
      let found = identifiers.insert(hash(number), line: number + 1)
      #expect(found == .first)
    }
    let found = identifiers.insert(hash(17), line: 9_000)
    #expect(found == .again(line: 18))
    #expect(identifiers.failure == nil)
  }

  /// What went to the disk before it was full is known, and so is what stays in memory after.
  @Test func whereTheDiskIsFullIdsStayInMemory() {
    var identifiers = SeenIdentifiers(places: 1_024, diskLimit: 2_000)
    let count = 20_000
    for round in 0..<2 {
      for number in 0..<count {
        let found = identifiers.insert(hash(number), line: number + 1)
        if (found == .first) != (round == 0) { Issue.record("\(number), round \(round + 1)") }
      }
    }
    #expect(identifiers.failure == nil)
  }

  @Test func aScratchFileHasNoName() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("proviso-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = try #require(ScratchFile(Files(scratchFolder: folder.path)))
    #expect(file.append([1, 2, 3]))
    #expect(file.append([4]))
    #expect(try file.words(1..<4) == [2, 3, 4])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    // What is not there is not read as anything.
    #expect(throws: FileFailure.self) { try file.words(2..<5) }
  }

  /// Twelve bits a hash: one of a hundred others may be taken for one that was put in.
  @Test func theFilterKnowsAllAndFewOthers() {
    var filter = HashFilter(wordCount: 1 << 12)
    let count = (1 << 12) * 64 / 12
    #expect(filter.isCrowded(by: count + 1))
    #expect(!filter.isCrowded(by: count))
    for number in 0..<count { filter.insert(hash(number)) }
    #expect((0..<count).allSatisfy { filter.mayContain(hash($0)) })
    let wrong = (count..<11 * count).count { filter.mayContain(hash($0)) }
    #expect(wrong < count / 4, "\(wrong) of \(10 * count)")
  }

  private func hash(_ number: Int) -> UInt64 { SeenIdentifiers.hash("C\(number)".utf8) }
}
