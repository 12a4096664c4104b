// Members of lists by whom they belong to: of contracts, and in pairs of members of other members.

import ProvisoModel
import ProvisoPlan
import ProvisoQuantities

/// Pairs of members that the vector's contracts have, one owner after the other; or the entities
/// that a chain leads to in each.
struct PairTable: BitwiseCopyable {
  /// By owner: where its pairs begin, and behind the last where they end.
  var ends = GrowingLane<Int32>()
  /// By pair: the members of the two lists, and the row. By entity: the row, the first of its
  /// entries in the tree, and the row.
  var outer = GrowingLane<Int32>()
  var inner = GrowingLane<Int32>()
  var rows = GrowingLane<Int32>()
  /// By owner: whether nothing is known of the list that its pairs are with.
  var missing = GrowingLane<UInt64>()
  /// By row: whether only the interpreter can make them, and none of them is here.
  var excess = GrowingLane<UInt64>()

  /// Takes all out, and makes room for so many words of owners and of rows.
  mutating func clear(owners: Int, rows size: Int, in memory: RegisterMemory) {
    ends.fill(1, in: memory) { _ in 0 }
    outer.cut(to: 0)
    inner.cut(to: 0)
    rows.cut(to: 0)
    missing.fill(owners, in: memory) { _ in 0 }
    excess.fill(size, in: memory) { _ in 0 }
  }

  /// The rows, 64 at a time, that only the interpreter can make.
  func excess(_ place: Int) -> UInt64 { place < excess.count ? excess[place] : 0 }
}

/// Where the members of each owner are, as positions in a register.
struct MemberGroups {
  /// By owner: where its members begin, and behind the last where they end.
  let ends: GrowingLane<Int32>

  /// How many owners there are.
  @inline(__always)
  var count: Int { max(0, ends.count - 1) }

  /// The members of an owner.
  @inline(__always)
  func members(of owner: Int) -> Range<Int> { Int(ends[owner])..<Int(ends[owner + 1]) }
}

extension VectorMachine {
  /// The most pairs of one kind that a vector may have: beyond, rows go to the interpreter.
  private static var pairLimit: Int { 131_072 }

  /// Where the members of a list are, owner by owner.
  @inline(__always)
  func groups(_ list: Int) -> MemberGroups {
    MemberGroups(ends: isMade(list) ? pairs[list].ends : ends[program.layout.storage[list]])
  }

  /// Whether a list's members are made here, and not stored.
  @inline(__always)
  func isMade(_ list: Int) -> Bool {
    program.layout.isMadeHere[list]
  }

  /// The owners of whose members nothing is known, 64 at a time.
  func missing(_ list: Int, _ place: Int, _ chunk: borrowing ColumnChunk) -> UInt64 {
    if isMade(list) { return pairs[list].missing[place] }
    return chunk.unknownLists[program.layout.storage[list]].bits(from: firstRow + place * 64)
  }

  /// Puts the pairs of two lists together.
  func fillPairs(_ list: Int, _ outer: Int, _ inner: Int, _ chunk: borrowing ColumnChunk) {
    let owners = groups(outer)
    let members = groups(inner)
    let isPaired = isMade(outer)
    var table = pairs[list]
    table.clear(
      owners: BitMask.wordCount(count(outer)), rows: BitMask.wordCount(rowCount), in: memory)
    for owner in 0..<owners.count {
      for member in owners.members(of: owner) {
        let row = isPaired ? Int(pairs[outer].rows[member]) : owner
        if missing(inner, row / 64, chunk) >> UInt64(row % 64) & 1 == 1 {
          table.missing[member / 64] |= 1 << UInt64(member % 64)
        }
        let others = members.members(of: row)
        if table.inner.count + others.count > Self.pairLimit {
          table.excess[row / 64] |= 1 << UInt64(row % 64)
        } else {
          for other in others {
            table.outer.append(Int32(member), in: memory)
            table.inner.append(Int32(other), in: memory)
            table.rows.append(Int32(row), in: memory)
          }
        }
        table.ends.append(Int32(table.inner.count), in: memory)
      }
    }
    pairs[list] = table
  }

  /// The members of a row, in pairs too.
  func members(ofRow row: Int, _ list: Int) -> Range<Int> {
    guard case .pairs(let outer, _) = program.layout.sources[list] else {
      return groups(list).members(of: row)
    }
    let owners = members(ofRow: row, outer.index)
    let ends = pairs[list].ends
    return Int(ends[owners.lowerBound])..<Int(ends[owners.upperBound])
  }

  // MARK: Doubts

  /// The rows of a condition that the machine cannot decide.
  func doubt(
    _ condition: Int, _ place: Int, _ chunk: borrowing ColumnChunk
  ) -> UInt64 {
    var bits: UInt64 = 0
    if !mayBeOpen { return bits }
    for list in program.pairRests[condition] { bits |= pairs[list].excess(place) }
    for node in program.rests[condition] where hasDoubt(node) {
      let doubt = doubt(node)
      guard let list = places[node].list else {
        bits |= doubt[place]
        continue
      }
      // A member in doubt leaves its contract in doubt.
      for row in place * 64..<min(place * 64 + 64, rowCount)
      where hasBit(doubt, members(ofRow: row, list)) {
        bits |= 1 << UInt64(row % 64)
      }
    }
    return bits
  }

  /// Whether a node itself leaves a row to the interpreter.
  func isDoubtful(_ node: Int, _ row: Int, _ chunk: borrowing ColumnChunk) -> Bool {
    let list = places[node].list
    if let list, isMade(list), pairs[list].excess(row / 64) >> UInt64(row % 64) & 1 == 1 {
      return true
    }
    guard hasDoubt(node) else { return false }
    return hasBit(doubt(node), list.map { members(ofRow: row, $0) } ?? row..<row + 1)
  }
}

/// Whether one of the bits of some rows is set.
@inline(__always)
func hasBit<Mask: RandomAccessCollection<UInt64>>(_ mask: Mask, _ rows: Range<Int>) -> Bool
where Mask.Index == Int {
  var row = rows.lowerBound
  while row < rows.upperBound {
    let width = min(64 - row % 64, rows.upperBound - row)
    if mask[row / 64] & fullWord(width) << UInt64(row % 64) != 0 { return true }
    row += width
  }
  return false
}
