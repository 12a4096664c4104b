// Chains: the paths through nested lists, and the entities that they lead to.

import ProvisoModel
import ProvisoPlan
import ProvisoQuantities

/// What is said of the entities of a chain, beside where their members are.
struct ChainTable<Word: MachineWord> {
  /// By entity: where its entries begin, and behind the last where they end.
  var entryEnds: [Int32] = []
  /// Entries in the tree, entity by entity, each in the order of the contract.
  var entries: [Int32] = []
  /// By entity: whether some path leads to it without a doubt.
  var isCertain: [Bool] = []
  /// By entity: the sum of the products along its paths, and what it is to be divided by.
  var tops: [Word] = []
  var bottoms: [Word] = []
  /// Of the contract under way, by member of its tree.
  var links = ChainLinkTable()
  var walk = ChainWalkTable<Word>()

  mutating func clear() {
    entryEnds.removeAll(keepingCapacity: true)
    entries.removeAll(keepingCapacity: true)
    isCertain.removeAll(keepingCapacity: true)
    tops.removeAll(keepingCapacity: true)
    bottoms.removeAll(keepingCapacity: true)
    entryEnds.append(0)
  }
}

/// How the members of one contract's tree hang together.
struct ChainLinkTable {
  /// By member: the next one of the same list; -1: it is the last.
  var next: [Int] = []
  /// By member: the first of the list inside its entity; -1: there is none.
  var inner: [Int] = []
  /// The first of the outermost list.
  var outermost = -1

  /// Puts a tree's links together; false where an entity has lists of its own in two entries.
  mutating func fill(_ tree: TreeLinks, _ first: Int, _ count: Int) -> Bool {
    next.removeAll(keepingCapacity: true)
    inner.removeAll(keepingCapacity: true)
    for _ in 0..<count {
      next.append(-1)
      inner.append(-1)
    }
    outermost = -1
    var isSingle = true
    // From the last to the first, so that each becomes the first of those seen.
    for member in (0..<count).reversed() {
      let parent = Int(tree.parents[first + member])
      if parent < 0 {
        next[member] = outermost
        outermost = member
        continue
      }
      // What a list holds belongs to the entity, whichever entry gives it.
      let owner = Int(tree.entities[first + parent])
      let other = inner[owner]
      if other >= 0, Int(tree.parents[first + other]) != parent { isSingle = false }
      next[member] = other
      inner[owner] = member
    }
    return isSingle
  }
}

/// The walk along the paths of one contract's tree.
struct ChainWalkTable<Word: MachineWord> {
  struct Visit {
    let entity: Int
    var next: Int
    let top: Word
    let bottom: Word
    let isDoubtful: Bool
  }
  var visits: [Visit] = []
  /// By member that is the first of its entity: whether it is on the path, and its place among the
  /// entities that were reached; -1: not yet.
  var isOnPath: [Bool] = []
  var places: [Int] = []

  mutating func clear(_ count: Int) {
    visits.removeAll(keepingCapacity: true)
    isOnPath.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    for _ in 0..<count {
      isOnPath.append(false)
      places.append(-1)
    }
  }
}

extension VectorMachine {
  /// The most paths that are followed here.
  private static var pathLimit: Int { 4_096 }

  /// Follows the paths of a chain for every row.
  mutating func fill(
    _ table: inout PairTable, _ list: Int, _ tree: Int, _ links: ChainLinks,
    _ chunk: borrowing ColumnChunk
  ) {
    let size = BitMask.wordCount(rowCount)
    table.clear(owners: size, rows: size)
    var chain = ChainTable<Word>()
    swap(&chain, &chains[list])
    chain.clear()
    for place in 0..<size { table.missing[place] = missing(tree, place, chunk) }
    let base = range(of: tree).lowerBound
    for row in 0..<rowCount {
      let first = Int(chunk.offsets[tree][firstRow + row])
      let count = Int(chunk.offsets[tree][firstRow + row + 1]) - first
      let kept = (table.inner.count, chain.entries.count)
      let members = chunk.trees[tree]
      var isDone = count == 0
      if !isDone, chain.links.fill(members, first, count) {
        isDone = follow(&chain, &table, row, members, first, count, first - base, links)
      }
      if !isDone {
        table.excess[row / 64] |= 1 << UInt64(row % 64)
        table.drop(to: kept.0)
        chain.drop(to: kept.0, entries: kept.1)
      }
      table.ends.append(Int32(table.inner.count))
    }
    swap(&chain, &chains[list])
  }

  /// Follows the paths of one row; false where only the interpreter can.
  ///
  /// - Parameter offset: Where the row's members begin in the registers of the tree.
  private mutating func follow(
    _ chain: inout ChainTable<Word>, _ table: inout PairTable, _ row: Int, _ tree: TreeLinks,
    _ first: Int, _ count: Int, _ offset: Int, _ links: ChainLinks
  ) -> Bool {
    let start = table.inner.count
    chain.walk.clear(count)
    chain.walk.visits.append(
      ChainWalkTable<Word>.Visit(
        entity: -1, next: chain.links.outermost, top: 1, bottom: 1, isDoubtful: false))
    var pathCount = 0
    var steps = CheckedSteps<Word>()
    while let last = chain.walk.visits.indices.last {
      let visit = chain.walk.visits[last]
      guard visit.next >= 0 else {
        if visit.entity >= 0 { chain.walk.isOnPath[visit.entity] = false }
        chain.walk.visits.removeLast()
        continue
      }
      let link = visit.next
      chain.walk.visits[last].next = chain.links.next[link]
      let entity = Int(tree.entities[first + link])
      if chain.walk.isOnPath[entity] { continue }
      guard let step = self.step(along: offset + link, links, visit, &steps) else { return false }
      if step.isCut { continue }
      pathCount += 1
      if pathCount > Self.pathLimit { return false }
      if chain.walk.places[entity] < 0 {
        chain.walk.places[entity] = table.inner.count
        table.outer.append(Int32(row))
        table.inner.append(Int32(offset + entity))
        table.rows.append(Int32(row))
        chain.isCertain.append(false)
        chain.tops.append(0)
        chain.bottoms.append(1)
      }
      let place = chain.walk.places[entity]
      if !step.isDoubtful { chain.isCertain[place] = true }
      chain.add(step.top, step.bottom, at: place, &steps)
      chain.walk.isOnPath[entity] = true
      chain.walk.visits.append(
        ChainWalkTable<Word>.Visit(
          entity: entity, next: chain.links.inner[entity], top: step.top, bottom: step.bottom,
          isDoubtful: step.isDoubtful))
    }
    for place in start..<table.inner.count {
      let own = Int(table.inner[place]) - offset
      for member in own..<count where Int(tree.entities[first + member]) == own {
        chain.entries.append(Int32(offset + member))
      }
      chain.entryEnds.append(Int32(chain.entries.count))
    }
    guard steps.overflows else { return true }
    noteOverflow()
    return false
  }

  /// One more link of a path; nil where only the interpreter can tell.
  private func step(
    along link: Int, _ links: ChainLinks, _ visit: ChainWalkTable<Word>.Visit,
    _ steps: inout CheckedSteps<Word>
  ) -> (isCut: Bool, isDoubtful: Bool, top: Word, bottom: Word)? {
    let (place, bit) = (link / 64, UInt64(1) << UInt64(link % 64))
    switch links {
    case .each(let truth):
      if no(truth.index, place) & bit != 0 { return (true, false, 1, 1) }
      let isDoubtful = visit.isDoubtful || yes(truth.index, place) & bit == 0
      return (false, isDoubtful, 1, 1)
    case .product(let share):
      guard unknownWords(share.index)[place] & bit == 0, !places[share.index].hasDenominator,
        let (numerator, denominator) = program.nodes[share.index].factor.smallParts
      else { return nil }
      let word = steps.product(words(share.index)[link], Word(numerator))
      return (
        false, visit.isDoubtful, steps.product(visit.top, word),
        steps.product(visit.bottom, Word(denominator))
      )
    }
  }

  // MARK: What is said of entities

  /// Which entities are certainly reached; of the others it is not known.
  mutating func reached(_ step: MachineStep<Word>, into result: inout Register<Word>) {
    guard let list = step.list else { return }
    let count = range(of: list).count
    for place in 0..<BitMask.wordCount(count) {
      result.set(place, held: 0, unknown: ~0, full: 0)
    }
    for entity in 0..<count where chains[list].isCertain[entity] {
      result.yes[entity / 64] |= 1 << UInt64(entity % 64)
    }
  }

  mutating func through(_ step: MachineStep<Word>, into result: inout Register<Word>) {
    guard let list = step.list else { return }
    let count = range(of: list).count
    for place in 0..<BitMask.wordCount(count) { result.unknown[place] = 0 }
    for entity in 0..<count {
      result.words[entity] = chains[list].tops[entity]
      result.denominators[entity] = chains[list].bottoms[entity]
    }
  }

  /// What the entries of an entity say: known where those that say something agree.
  mutating func entity(
    _ entry: Int, _ step: MachineStep<Word>, into result: inout Register<Word>
  ) {
    guard let list = step.list else { return }
    let chain = chains[list]
    let count = range(of: list).count
    for place in 0..<BitMask.wordCount(count) {
      if step.isTruth {
        result.set(place, held: 0, unknown: ~0, full: 0)
      } else {
        result.unknown[place] = fullWord(count - place * 64)
      }
    }
    for entity in 0..<count {
      let bit: UInt64 = 1 << UInt64(entity % 64)
      var found: Word?
      for index in Int(chain.entryEnds[entity])..<Int(chain.entryEnds[entity + 1]) {
        guard let word = word(of: entry, Int(chain.entries[index]), step.isTruth) else { continue }
        if let found, found != word { result.setDoubt(entity / 64, bit, count) }
        found = found ?? word
      }
      guard let found else {
        if !step.isTruth { result.words[entity] = 0 }
        continue
      }
      if step.isTruth {
        if found == 1 { result.yes[entity / 64] |= bit } else { result.no[entity / 64] |= bit }
      } else {
        result.words[entity] = found
        result.unknown[entity / 64] &= ~bit
      }
    }
  }

  /// What an entry says, truths as 1 and 0; nil where it is unknown.
  private func word(of node: Int, _ index: Int, _ isTruth: Bool) -> Word? {
    let (place, bit) = (index / 64, UInt64(1) << UInt64(index % 64))
    guard isTruth else {
      return unknownWords(node)[place] & bit == 0 ? words(node)[index] : nil
    }
    if yes(node, place) & bit != 0 { return 1 }
    return no(node, place) & bit != 0 ? 0 : nil
  }
}

extension PairTable {
  /// Takes out what was made last.
  fileprivate mutating func drop(to count: Int) {
    outer.removeLast(outer.count - count)
    inner.removeLast(inner.count - count)
    rows.removeLast(rows.count - count)
  }
}

extension ChainTable {
  fileprivate mutating func drop(to count: Int, entries kept: Int) {
    isCertain.removeLast(isCertain.count - count)
    tops.removeLast(tops.count - count)
    bottoms.removeLast(bottoms.count - count)
    entries.removeLast(entries.count - kept)
    entryEnds.removeLast(entryEnds.count - count - 1)
  }

  /// Adds the product of one more path; what the two are to be divided by are powers of one number.
  fileprivate mutating func add(
    _ top: Word, _ bottom: Word, at place: Int, _ steps: inout CheckedSteps<Word>
  ) {
    guard bottom > 0, bottoms[place] > 0 else { return }
    if bottom >= bottoms[place] {
      let scaled = steps.product(tops[place], bottom / bottoms[place])
      tops[place] = steps.sum(scaled, top)
      bottoms[place] = bottom
    } else {
      tops[place] = steps.sum(tops[place], steps.product(top, bottoms[place] / bottom))
    }
  }
}
