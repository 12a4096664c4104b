// Chains: the paths through nested lists, and the entities that they lead to.

import ProvisoModel
import ProvisoPlan
import ProvisoQuantities

/// What is said of the entities of a chain, beside where their members are.
struct ChainTable<Word: MachineWord>: BitwiseCopyable {
  /// By entity: where its entries begin, and behind the last where they end.
  var entryEnds = GrowingLane<Int32>()
  /// Entries in the tree, entity by entity, each in the order of the contract.
  var entries = GrowingLane<Int32>()
  /// By entity: whether some path leads to it without a doubt.
  var isCertain = GrowingLane<Bool>()
  /// By entity: the sum of the products along its paths, and what it is to be divided by.
  var tops = GrowingLane<Word>()
  var bottoms = GrowingLane<Word>()
  /// Of the contract under way, by member of its tree.
  var links = ChainLinkTable()
  var walk = ChainWalkTable<Word>()

  mutating func clear(in memory: RegisterMemory) {
    entryEnds.fill(1, in: memory) { _ in 0 }
    entries.cut(to: 0)
    isCertain.cut(to: 0)
    tops.cut(to: 0)
    bottoms.cut(to: 0)
  }
}

/// How the members of one contract's tree hang together.
struct ChainLinkTable: BitwiseCopyable {
  /// By member: the next one of the same list; -1: it is the last.
  var next = GrowingLane<Int>()
  /// By member: the first of the list inside its entity; -1: there is none.
  var inner = GrowingLane<Int>()
  /// The first of the outermost list.
  var outermost = -1

  /// Puts a tree's links together; false where an entity has lists of its own in two entries.
  mutating func fill(
    _ tree: Span<TreeLink>, _ first: Int, _ count: Int, in memory: RegisterMemory
  ) -> Bool {
    next.fill(count, in: memory) { _ in -1 }
    inner.fill(count, in: memory) { _ in -1 }
    outermost = -1
    var isSingle = true
    // From the last to the first, so that each becomes the first of those seen.
    for member in (0..<count).reversed() {
      let parent = Int(tree[first + member].parent)
      if parent < 0 {
        next[member] = outermost
        outermost = member
        continue
      }
      // What a list holds belongs to the entity, whichever entry gives it.
      let owner = Int(tree[first + parent].entity)
      let other = inner[owner]
      if other >= 0, Int(tree[first + other].parent) != parent { isSingle = false }
      next[member] = other
      inner[owner] = member
    }
    return isSingle
  }
}

/// The walk along the paths of one contract's tree.
struct ChainWalkTable<Word: MachineWord>: BitwiseCopyable {
  struct Visit: BitwiseCopyable {
    let entity: Int
    var next: Int
    let top: Word
    let bottom: Word
    let isDoubtful: Bool
  }
  var visits = GrowingLane<Visit>()
  /// By member that is the first of its entity: whether it is on the path, and its place among the
  /// entities that were reached; -1: not yet.
  var isOnPath = GrowingLane<Bool>()
  var places = GrowingLane<Int>()

  mutating func clear(_ count: Int, in memory: RegisterMemory) {
    visits.cut(to: 0)
    isOnPath.fill(count, in: memory) { _ in false }
    places.fill(count, in: memory) { _ in -1 }
  }
}

extension VectorMachine {
  /// The most paths that are followed here.
  private static var pathLimit: Int { 4_096 }

  /// Follows the paths of a chain for every row.
  mutating func fillChain(
    _ list: Int, _ tree: Int, _ links: ChainLinks, _ chunk: borrowing ColumnChunk
  ) {
    let size = BitMask.wordCount(rowCount)
    var table = pairs[list]
    var chain = chains[list]
    table.clear(owners: size, rows: size, in: memory)
    chain.clear(in: memory)
    for place in 0..<size { table.missing[place] = missing(tree, place, chunk) }
    let owners = groups(tree)
    let base = range(of: tree).lowerBound
    let members = chunk.trees[tree]
    for row in 0..<rowCount {
      let own = owners.members(of: row)
      let kept = (table.inner.count, chain.entries.count)
      var isDone = own.isEmpty
      if !isDone, chain.links.fill(members.span, base + own.lowerBound, own.count, in: memory) {
        isDone = follow(&chain, &table, row, members.span, base, own, links)
      }
      if !isDone {
        table.excess[row / 64] |= 1 << UInt64(row % 64)
        table.drop(to: kept.0)
        chain.drop(to: kept.0, entries: kept.1)
      }
      table.ends.append(Int32(table.inner.count), in: memory)
    }
    pairs[list] = table
    chains[list] = chain
  }

  /// Follows the paths of one row; false where only the interpreter can.
  ///
  /// - Parameters:
  ///   - base: Where the vector's members begin in the tree.
  ///   - own: The row's members in the registers of the tree.
  private mutating func follow(
    _ chain: inout ChainTable<Word>, _ table: inout PairTable, _ row: Int, _ tree: Span<TreeLink>,
    _ base: Int, _ own: Range<Int>, _ links: ChainLinks
  ) -> Bool {
    let start = table.inner.count
    let offset = own.lowerBound
    chain.walk.clear(own.count, in: memory)
    chain.walk.visits.append(
      ChainWalkTable<Word>.Visit(
        entity: -1, next: chain.links.outermost, top: 1, bottom: 1, isDoubtful: false),
      in: memory)
    var pathCount = 0
    var steps = CheckedSteps<Word>()
    while chain.walk.visits.count > 0 {
      let last = chain.walk.visits.count - 1
      let visit = chain.walk.visits[last]
      guard visit.next >= 0 else {
        if visit.entity >= 0 { chain.walk.isOnPath[visit.entity] = false }
        chain.walk.visits.cut(to: last)
        continue
      }
      let link = visit.next
      chain.walk.visits[last].next = chain.links.next[link]
      let entity = Int(tree[base + offset + link].entity)
      if chain.walk.isOnPath[entity] { continue }
      guard let step = self.step(along: offset + link, links, visit, &steps) else { return false }
      if step.isCut { continue }
      pathCount += 1
      if pathCount > Self.pathLimit { return false }
      if chain.walk.places[entity] < 0 {
        chain.walk.places[entity] = table.inner.count
        table.outer.append(Int32(row), in: memory)
        table.inner.append(Int32(offset + entity), in: memory)
        table.rows.append(Int32(row), in: memory)
        chain.isCertain.append(false, in: memory)
        chain.tops.append(0, in: memory)
        chain.bottoms.append(1, in: memory)
      }
      let place = chain.walk.places[entity]
      if !step.isDoubtful { chain.isCertain[place] = true }
      chain.add(step.top, step.bottom, at: place, &steps)
      chain.walk.isOnPath[entity] = true
      chain.walk.visits.append(
        ChainWalkTable<Word>.Visit(
          entity: entity, next: chain.links.inner[entity], top: step.top, bottom: step.bottom,
          isDoubtful: step.isDoubtful),
        in: memory)
    }
    for place in start..<table.inner.count {
      let entity = Int(table.inner[place]) - offset
      for member in entity..<own.count where Int(tree[base + offset + member].entity) == entity {
        chain.entries.append(Int32(offset + member), in: memory)
      }
      chain.entryEnds.append(Int32(chain.entries.count), in: memory)
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
    outer.cut(to: count)
    inner.cut(to: count)
    rows.cut(to: count)
  }
}

extension ChainTable {
  fileprivate mutating func drop(to count: Int, entries kept: Int) {
    isCertain.cut(to: count)
    tops.cut(to: count)
    bottoms.cut(to: count)
    entries.cut(to: kept)
    entryEnds.cut(to: count + 1)
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
