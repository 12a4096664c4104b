// Verifying entries: each leaf against its hash, all hashes against the tree, the tree against the
// checkpoints.

import ProvisoLog

extension LedgerVerifier {
  /// Every entry, from the first to the last, once.
  mutating func checkEntries() throws(LedgerFailure) {
    do throws(LedgerFailure) {
      try walkEntries()
    } catch {
      try note(error)
    }
  }

  private mutating func walkEntries() throws(LedgerFailure) {
    let statement = try ledger.database.prepare(
      "SELECT position, leaf, hashes FROM entries ORDER BY position")
    var frontier = TreeFrontier()
    var walk = EntryWalk(runs, stated)
    var lastFragment = 0
    // The first that the leaves of the run may refer to: each run has fragments of its own.
    var firstFragment = 1
    var leaf: [UInt8] = []
    var completed: [LogHash] = []
    let contentSearch = try ledger.database.prepare("SELECT id FROM contents WHERE digest = ?")
    // A checkpoint of the tree so far stands before the next entry.
    try checkRoots(frontier, &walk)
    while try statement.step() {
      let position = try statement.integer(0, "an entry")
      let expected = Int(clamping: frontier.size)
      guard position == expected else {
        wrongEntry(expected, "it is missing", &walk)
        return
      }
      for run in walk.enter(position) {
        try referFiles(of: run, contentSearch)
        firstFragment = lastFragment + 1
      }
      let place = "entry \(position)"
      let unpacking = try statement.withBytes(1, place) { stored in
        attempt { () throws(LedgerFailure) in
          try unpackNoting(stored, into: &leaf, from: firstFragment, &lastFragment)
        }
      }
      guard try unpacking.get() else {
        wrongEntry(position, "its stored form is not one", &walk)
        return
      }
      try append(leaf, to: &frontier, completed: &completed)
      let areStored = try statement.withBytes(2, place) { stored in
        stored.count == completed.count * LogHash.byteCount
          && completed.indices.allSatisfy { level in
            LogHash(in: stored, at: level * LogHash.byteCount) == completed[level]
          }
      }
      if !areStored {
        wrongEntry(position, "it does not give the hashes that were stored with it", &walk)
        // The rest of the tree follows from it, and would only say the same again.
        walk.isBroken = true
      }
      if !walk.isBroken, !walk.fits(leaf) {
        wrongEntry(position, "its ruleset or its dates are not those of its run", &walk)
      }
      if walk.keepsContracts {
        try checkKept(leaf, position, contentSearch, &walk)
      }
      try checkRoots(frontier, &walk)
    }
    for run in walk.enter(Int.max) { try referFiles(of: run, contentSearch) }
    areEntriesWalked = true
    result.entryCount = Int(clamping: frontier.size)
    if let missing = walk.pending.first {
      wrong(
        "entry \(result.entryCount)",
        "it is missing: checkpoint \(missing.number) covers \(missing.checkpoint.size) entries",
        run: missing.number)
      if result.firstWrongEntry == nil { result.firstWrongEntry = result.entryCount }
    }
    let counted = try ledger.database.number("SELECT count(*) FROM fragments")
    if lastFragment != counted {
      wrong("the fragments", "\(counted) are there and \(lastFragment) are referred to")
    }
    if let last = stated.keys.max(), let covered = stated[last]?.size, missingEnd(last),
      UInt64(result.entryCount) > covered
    {
      wrong(
        "entry \(covered)", "it and those behind it belong to no run",
        run: nil)
    }
  }

  /// Whether no run is open behind the last checkpoint.
  private func missingEnd(_ lastCheckpoint: Int) -> Bool { result.runCount <= lastCheckpoint }

  private mutating func append(
    _ leaf: [UInt8], to frontier: inout TreeFrontier, completed: inout [LogHash]
  ) throws(LedgerFailure) {
    do throws(CryptoFailure) {
      completed.removeAll(keepingCapacity: true)
      try frontier.append(try hasher.leaf(leaf), hasher) { completed.append($0) }
    } catch {
      throw .crypto(error)
    }
  }

  /// Unpacks a leaf and sees to it that fragments are first referred to in their order, and only by
  /// their run: another run may have one of the same bytes, and the leaf would say the same.
  private func unpackNoting(
    _ stored: UnsafeRawBufferPointer, into leaf: inout [UInt8], from firstFragment: Int,
    _ lastFragment: inout Int
  ) throws(LedgerFailure) -> Bool {
    var last = lastFragment
    // In a ledger of an older version they never did.
    let hasDigests = ledger.schemaVersion >= Schema.versionOfDigests
    let isWhole = try ledger.unpack(stored, into: &leaf, hasDigests: hasDigests) { number in
      if number == last + 1 { last = number }
      return number >= firstFragment && number <= last
    }
    lastFragment = last
    return isWhole
  }

  private mutating func wrongEntry(_ position: Int, _ message: String, _ walk: inout EntryWalk) {
    if result.firstWrongEntry == nil { result.firstWrongEntry = position }
    let run = walk.run(of: position)
    wrong(
      "entry \(position)", run.map { "\(message) (run \($0))" } ?? message, run: run)
    // Every later checkpoint covers it too.
    for number in runs.keys.sorted() where number > (run ?? 0) && stated[number] != nil {
      result.markAffected(number)
    }
  }

  private mutating func checkRoots(
    _ frontier: TreeFrontier, _ walk: inout EntryWalk
  ) throws(LedgerFailure) {
    while let next = walk.pending.first, next.checkpoint.size == frontier.size {
      walk.pending.removeFirst()
      let root = try hash { (hasher) throws(CryptoFailure) in try frontier.root(hasher) }
      if root == next.checkpoint.root {
        result.lastGoodCheckpoint = next.number
        continue
      }
      let from = walk.provedSize
      let isFirst = result.firstWrongEntry == nil
      if isFirst { result.firstWrongEntry = from }
      wrong(
        "checkpoint \(next.number)",
        "the entries do not give its root"
          + (isFirst
            ? ": entry \(from), or one behind it before entry \(next.checkpoint.size), is wrong"
            : ""),
        run: next.number == 0 ? nil : next.number)
      walk.isBroken = true
    }
    if !walk.isBroken { walk.provedSize = Int(clamping: frontier.size) }
  }

  private mutating func checkKept(
    _ leaf: [UInt8], _ position: Int, _ search: Statement, _ walk: inout EntryWalk
  ) throws(LedgerFailure) {
    guard let digest = contractDigest(ofLeaf: leaf) else {
      wrongEntry(position, "it names no contract's digest", &walk)
      return
    }
    defer { search.reset() }
    try search.bind(1, digest.bytes)
    guard try search.step() else {
      wrongEntry(position, "its contract should be kept and is missing", &walk)
      return
    }
    referContent(try search.integer(0, "a content"))
  }

  /// Notes that a run refers to the files of its ruleset.
  private mutating func referFiles(
    of run: RunOpening, _ search: Statement
  ) throws(LedgerFailure) {
    for file in run.rulesets.flatMap(\.files) {
      defer { search.reset() }
      try search.bind(1, file.digest.bytes)
      // A file that is missing is told of where the ruleset's digest is checked.
      if try search.step() { referContent(try search.integer(0, "a content")) }
    }
  }

  /// Notes that something refers to a content: they were put in when they were first referred to.
  private mutating func referContent(_ number: Int) {
    if number == referredContents + 1 { referredContents = number }
    if number > referredContents { wrong("content \(number)", "it stands out of its order") }
  }
}

/// Where a walk over the entries stands.
private struct EntryWalk {
  /// Checkpoints whose tree has not been reached, by their size.
  var pending: [(number: Int, checkpoint: Checkpoint)]
  /// Up to here the tree is that of a checkpoint.
  var provedSize = 0
  /// Whether the tree cannot be right any more.
  var isBroken = false
  private let runs: [RecordedRun]
  private var current = -1
  private var head: [UInt8] = []
  /// One for each ruleset of the run.
  private var tails: [[UInt8]] = []
  private var known: [UInt8] = []

  init(_ runs: [Int: RecordedRun], _ stated: [Int: Checkpoint]) {
    self.runs = runs.values.sorted { $0.opening.number < $1.opening.number }
    pending = stated.map { ($0.key, $0.value) }.sorted { left, right in
      (left.checkpoint.size, left.number) < (right.checkpoint.size, right.number)
    }
  }

  /// Whether the run that is walked over keeps its contracts.
  var keepsContracts: Bool {
    runs.indices.contains(current) && runs[current].opening.keepsContracts
  }

  /// The run of an entry.
  func run(of position: Int) -> Int? {
    runs.last { $0.opening.first <= position }?.opening.number
  }

  /// Goes on to an entry; the runs that begin before it and were not begun yet.
  mutating func enter(_ position: Int) -> [RunOpening] {
    var begun: [RunOpening] = []
    while runs.indices.contains(current + 1), runs[current + 1].opening.first <= position {
      current += 1
      let opening = runs[current].opening
      head = Array("{\"asOf\":\"\(opening.asOf)\",\"conditions\":[".utf8)
      known = Array(",\"knownAt\":\"\(opening.knownAt)\",\"outcome\":\"".utf8)
      tails = opening.rulesets.map { Array("\",\"ruleset\":\"\($0.digest)\"}".utf8) }
      begun.append(opening)
    }
    return begun
  }

  /// Whether a leaf has its run's ruleset and dates, which stand at its ends.
  func fits(_ leaf: [UInt8]) -> Bool {
    guard runs.indices.contains(current) else { return true }
    return leaf.withUnsafeBytes { leaf in
      let tail = tails.first { stands($0, in: leaf, at: leaf.count - $0.count) }
      guard stands(head, in: leaf, at: 0), let tail else { return false }
      let end = leaf.count - tail.count
      // Between the two last parts stands one outcome, a short word.
      return (max(end - 24, known.count)..<max(end, known.count)).contains { outcome in
        stands(known, in: leaf, at: outcome - known.count)
      }
    }
  }
}

/// Whether bytes stand at an offset of others.
private func stands(_ part: [UInt8], in bytes: UnsafeRawBufferPointer, at offset: Int) -> Bool {
  guard offset >= 0, offset + part.count <= bytes.count else { return false }
  for place in 0..<part.count where bytes[offset + place] != part[place] { return false }
  return true
}
