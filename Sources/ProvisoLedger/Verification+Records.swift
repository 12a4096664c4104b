// Verifying what a ledger says of itself and its runs, and the checkpoints that bind it.

import ProvisoLog

extension LedgerVerifier {
  /// The records of runs and the checkpoints: numbers, digests, chain, signatures.
  mutating func checkRecords() throws(LedgerFailure) {
    let openings = try openings()
    let last = max(openings.keys.max() ?? 0, 0)
    for number in openings.keys.sorted() {
      let opening = try hash { (_) throws(CryptoFailure) in try RunOpening(openings[number] ?? []) }
      if let key = opening?.newKey { keys.append((number, key)) }
    }
    if let known = knowledge.key, !keys.contains(where: { $0.key == known }) {
      wrong(
        "the ledger's own record",
        "it names the key `\(ledger.record.key.text)`, not `\(known.text)`")
      // None of its checkpoints says anything to whoever knows that key.
      for number in openings.keys { result.markAffected(number) }
    }
    let checkpoints = try checkpoints()
    result.runCount = last
    var previous: LogHash?
    for number in 0...max(last, checkpoints.keys.max() ?? 0) {
      let place = number == 0 ? "checkpoint 0" : "run \(number)"
      guard let found = checkpoints[number] else {
        if number > 0, number == last, openings[number] != nil {
          result.add(
            LedgerFinding(.incomplete, place, "it has no end: it is being recorded or was cut off"))
          try checkStart(number, openings[number], previous)
        } else {
          wrong(place, "its checkpoint is missing", run: number == 0 ? nil : number)
        }
        previous = nil
        continue
      }
      if number == 0 {
        try checkFirst(found)
      } else if let opening = openings[number] {
        try checkStart(number, opening, previous)
        try checkEnd(number, opening, found)
      } else {
        wrong(place, "what was written at its start is missing", run: number)
      }
      previous = found.bodyHash
    }
  }

  /// A checkpoint as it stands in the file.
  struct FoundCheckpoint {
    let checkpoint: Checkpoint
    let closing: [UInt8]
    let bodyHash: LogHash
  }

  private mutating func openings() throws(LedgerFailure) -> [Int: [UInt8]] {
    var openings: [Int: [UInt8]] = [:]
    do throws(LedgerFailure) {
      let statement = try ledger.database.prepare(
        "SELECT number, opening FROM runs ORDER BY number")
      while try statement.step() {
        let number = try statement.integer(0, "a run")
        guard number > 0, number <= openings.count + 1 else {
          wrong("run \(number)", "the run before it is missing", run: number)
          // Numbers are walked one by one; one that is out of all order ends the walk.
          return openings
        }
        openings[number] = try statement.bytes(1, "run \(number)")
      }
    } catch {
      try note(error)
    }
    return openings
  }

  /// The keys that must have signed a checkpoint: the one in use, and one that it brings into use.
  private func signers(of number: Int) -> [VerifierKey] {
    keys.filter { $0.from < max(number, 1) }.suffix(1).map(\.key)
      + keys.filter { $0.from == number && number > 0 }.map(\.key)
  }

  private mutating func checkpoints() throws(LedgerFailure) -> [Int: FoundCheckpoint] {
    var found: [Int: FoundCheckpoint] = [:]
    var expected = 0
    do throws(LedgerFailure) {
      let statement = try ledger.database.prepare(
        "SELECT number, closing, note FROM checkpoints ORDER BY number")
      while try statement.step() {
        let number = try statement.integer(0, "a checkpoint")
        let place = "checkpoint \(number)"
        guard number >= expected, number <= expected + 1 else {
          wrong(place, "the checkpoint before it is missing", run: number)
          return found
        }
        expected = number + 1
        let bytes = try statement.bytes(2, place)
        guard let note = SignedNote(bytes), let checkpoint = Checkpoint(note.body) else {
          wrong(place, "it is not a signed note", run: number == 0 ? nil : number)
          continue
        }
        let signers = signers(of: number)
        for key in signers {
          let standing = try hashing { () throws(CryptoFailure) in try note.standing(of: key) }
          if standing != .signed || note.signatures.count != signers.count {
            wrong(
              place,
              standing == .absent
                ? "`\(key.name)` has not signed it" : "its signature is not that of `\(key.name)`",
              run: number == 0 ? nil : number)
          }
        }
        if checkpoint.origin != ledger.record.origin {
          wrong(place, "it is that of another log, `\(checkpoint.origin)`")
        }
        stated[number] = checkpoint
        found[number] = FoundCheckpoint(
          checkpoint: checkpoint, closing: try statement.bytes(1, place),
          bodyHash: try ledger.bodyHash(note))
      }
    } catch {
      try note(error)
    }
    return found
  }

  private mutating func checkFirst(_ found: FoundCheckpoint) throws(LedgerFailure) {
    let record = ledger.record
    let line = try hash { (hasher) throws(CryptoFailure) in try ledgerExtension(record, hasher) }
    if found.checkpoint.extensions != [line] || !found.closing.isEmpty
      || found.checkpoint.size != 0
    {
      wrong("the ledger's own record", "it is not the one that checkpoint 0 was signed for")
    }
    result.lastGoodCheckpoint = 0
  }

  private mutating func checkStart(
    _ number: Int, _ bytes: [UInt8]?, _ previous: LogHash?
  ) throws(LedgerFailure) {
    let read = try hash { (_) throws(CryptoFailure) in try RunOpening(bytes ?? []) }
    guard let opening = read, opening.number == number else {
      wrong("run \(number)", "what was written at its start is not in form", run: number)
      return
    }
    runs[number] = RecordedRun(opening: opening, closing: nil)
    result.sqliteVersions.insert(opening.sqlite)
    if opening.previous != previous {
      wrong("run \(number)", "it does not follow on the checkpoint before it", run: number)
    }
    if opening.newKey.map({ $0.name != ledger.record.origin }) == true {
      wrong("run \(number)", "the key that it brings into use has another name", run: number)
    }
    if let before = stated[number - 1], UInt64(opening.first) != before.size {
      wrong("run \(number)", "it does not begin where the run before it ended", run: number)
    }
  }

  private mutating func checkEnd(
    _ number: Int, _ opening: [UInt8], _ found: FoundCheckpoint
  ) throws(LedgerFailure) {
    let place = "run \(number)"
    let closingBytes = found.closing
    let line = try hash { (hasher) throws(CryptoFailure) in
      try runExtension(number, opening: opening, closing: closingBytes, hasher)
    }
    if found.checkpoint.extensions != [line] {
      wrong(
        place, "what was written at its start or end is not what its checkpoint was signed for",
        run: number)
    }
    guard let closing = RunClosing(found.closing), closing.number == number else {
      wrong(place, "what was written at its end is not in form", run: number)
      return
    }
    guard let start = runs[number]?.opening else { return }
    runs[number] = RecordedRun(opening: start, closing: closing)
    if start.newKey != nil, closing.entries > 0 {
      wrong(place, "it changes the key and has entries", run: number)
    }
    let end = start.first + closing.entries
    if found.checkpoint.size != UInt64(end) {
      wrong(
        place,
        "its checkpoint covers \(found.checkpoint.size) entries where its own end says \(end)",
        run: number)
    }
  }

  func hash<Success>(
    _ body: (borrowing TreeHasher) throws(CryptoFailure) -> Success
  ) throws(LedgerFailure) -> Success {
    do throws(CryptoFailure) { return try body(hasher) } catch { throw .crypto(error) }
  }
}
