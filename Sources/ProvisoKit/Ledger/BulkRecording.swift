// Records results by what each condition came to, for evaluators that make no verdict of their own
// for each contract.
//
// Of a million contracts that are asked about the same conditions most come out alike. Whoever
// evaluates them by columns makes each result of a condition once, and names it again for every
// contract that comes to it. The leaves are those of `proviso check`, byte for byte.

import ProvisoBatch
package import ProvisoLedger
package import ProvisoLog
package import ProvisoModel
package import ProvisoQuantities
import ProvisoReports

/// What a condition came to, known to a recording by its number.
package struct SharedCondition: Hashable, Sendable {
  fileprivate let piece: LeafPiece
}

/// What all conditions of a contract came to together, known to a recording by its number.
package struct SharedConditions: Hashable, Sendable {
  fileprivate let beginning: LeafBeginning
}

/// What a condition came to for one contract.
package enum BulkCondition: Sendable {
  /// As for others.
  case shared(SharedCondition)
  /// As for no other that is known of: with an amount of its own. Its part of the leaf.
  case own([UInt8])
}

/// The contract that a result is about.
package struct BulkContract {
  /// Its id in UTF-8, without escapes.
  let id: UnsafeRawBufferPointer
  /// Of its exact bytes, without white space before and after them.
  let digest: LogHash
  /// Its bytes, where it is kept.
  let kept: [UInt8]?

  /// A contract that was digested before.
  package init(id: UnsafeRawBufferPointer, digest: LogHash, kept: [UInt8]? = nil) {
    self.id = id
    self.digest = digest
    self.kept = kept
  }

  /// A contract by its line; white space before and after it does not count.
  package init(
    id: UnsafeRawBufferPointer, line: UnsafeRawBufferPointer, keeps: Bool = false
  ) throws(LedgerFailure) {
    let contract = trimmed(line)
    do throws(CryptoFailure) { digest = try LogHash(of: contract) } catch { throw .crypto(error) }
    self.id = id
    kept = keeps ? Array(contract) : nil
  }
}

/// The results of a piece of a portfolio, by row.
struct BulkRows {
  /// The piece.
  let bytes: [UInt8]
  let rows: [PieceRow]
  let outcomes: [UInt8]
  let digests: [LogHash]
  /// Which of `known` its conditions came to; below 0 where none.
  let sequences: [Int32]
  let known: [SharedConditions?]
}

/// Records results of one ruleset on the same two dates, each from parts.
///
///     var bulk = BulkRecording(ruleset, asOf: day, knownAt: day, in: recorder)
///     let isMet = bulk.shared(ConditionVerdict(condition: …), position: 0)
///     let contract = try BulkContract(id: id, line: line)
///     try bulk.record(contract, outcome: .met, conditions: [.shared(isMet), …])
///     try bulk.flush()
///
/// Where the same mix of results comes again, `together` makes it known as a whole, and recording
/// it takes the same time however many conditions there are.
package struct BulkRecording {
  private let recorder: Recorder
  private let knownAt: CalendarDate
  private var writer: LeafWriter
  private var draft = LeafDraft()
  /// Results that were not handed to the recorder yet.
  private var batch: LeafBatch
  /// An id of fewer bytes is short.
  private static let shortID = 256
  /// So many results are handed over together.
  private static let batchSize = 512
  private let head: [UInt8]
  private let headPiece: LeafPiece?
  private let middle: [UInt8]
  private let middlePiece: LeafPiece?
  private let beforeID: [UInt8]
  private let beforeIDPiece: LeafPiece?
  /// What stands behind the id where there are no determinations, by the outcome's severity.
  private var tails: [(bytes: [UInt8], piece: LeafPiece?)?]
  /// Of those that are known and are pieces: the piece, for the many results that end so.
  private var tailPieces: [LeafPiece?]
  /// What was read only to be near; it says nothing.
  private var touched: UInt8 = 0

  /// Records results of a ruleset in a run.
  package init(
    _ ruleset: LoadedRuleset, asOf: CalendarDate, knownAt: CalendarDate, in recorder: Recorder
  ) {
    self.recorder = recorder
    self.knownAt = knownAt
    var writer = LeafWriter(ruleset.checked, identity: ruleset.identity)
    head = writer.head(asOf: asOf)
    headPiece = recorder.share(head)
    middle = writer.middle
    middlePiece = recorder.share(middle)
    beforeID = writer.beforeID
    beforeIDPiece = recorder.share(beforeID)
    batch = LeafBatch(beforeID: beforeID, piece: beforeIDPiece)
    self.writer = writer
    tails = Array(repeating: nil, count: Outcome.allCases.count)
    tailPieces = Array(repeating: nil, count: Outcome.allCases.count)
  }

  /// Makes what a condition came to known, so that any number of results can name it.
  ///
  /// The same verdict gives the same again.
  ///
  /// - Parameter position: Its place among the conditions of a result.
  /// - Returns: Nil where so many are known that there is no more room; hand it over as `own` then.
  package mutating func shared(
    _ condition: ConditionVerdict, position: Int
  ) -> SharedCondition? {
    shared(part(condition, position: position))
  }

  /// The part of a leaf that a condition makes.
  package mutating func part(_ condition: ConditionVerdict, position: Int) -> [UInt8] {
    writer.part(condition, isFirst: position == 0)
  }

  /// Makes a condition's part of a leaf known; nil where there is no more room.
  package func shared(_ part: [UInt8]) -> SharedCondition? {
    recorder.share(part).map { SharedCondition(piece: $0) }
  }

  /// Makes known what all conditions of a contract came to together.
  ///
  /// Whoever asks keeps the answer: asking again makes another of the same. Mutating, for an object
  /// that has one of these copies it for a call that is not.
  ///
  /// - Parameter conditions: In declaration order, each made for its place.
  /// - Returns: Nil where there is no more room; hand the conditions over one by one then.
  package mutating func together(_ conditions: [SharedCondition]) -> SharedConditions? {
    guard let headPiece, let middlePiece else { return nil }
    var pieces: [LeafPiece] = []
    pieces.reserveCapacity(conditions.count + 2)
    pieces.append(headPiece)
    for condition in conditions { pieces.append(condition.piece) }
    pieces.append(middlePiece)
    return recorder.beginning(pieces).map { SharedConditions(beginning: $0) }
  }

  /// Records the result for one contract whose conditions came out as they did together before.
  ///
  /// Such results are handed to the recorder some at a time: `flush` hands over the last.
  ///
  /// - Parameters:
  ///   - outcome: The contract's.
  ///   - tail: What stands behind the id; nil where the ruleset determines nothing.
  package mutating func record(
    _ contract: BulkContract, outcome: Outcome, together conditions: SharedConditions,
    tail: [UInt8]? = nil
  ) throws(LedgerFailure) {
    if tail == nil, contract.kept == nil, contract.id.count < Self.shortID,
      let piece = tailPieces[outcome.severity] ?? self.tail(outcome).piece, isPlain(contract.id)
    {
      // Nearly all results are of this form.
      batch.add(
        conditions.beginning, digest: contract.digest, id: contract.id, tail: piece)
      if batch.count >= Self.batchSize { try flush() }
      return
    }
    try flush()
    draft.clear(conditions.beginning)
    try recordRest(contract, outcome, tail)
  }

  /// Records the results of a piece from a row on, one after another, as long as each is of the
  /// form that nearly all have: known conditions, a short id that stands in the line as it does in
  /// canonical JSON (as every one does that has its place there), nothing determined.
  ///
  /// - Returns: The first row that is not; the count of rows where all were.
  mutating func record(_ rows: BulkRows, from first: Int) throws(LedgerFailure) -> Int {
    var row = first
    let result: Result<Void, LedgerFailure> = rows.bytes.withUnsafeBytes { bytes in
      // Lent once, so that nothing is counted for each contract.
      let (lines, outcomes) = (rows.rows.span, rows.outcomes.span)
      let (sequences, known, digests) = (rows.sequences.span, rows.known.span, rows.digests.span)
      do throws(LedgerFailure) {
        while row < lines.count {
          if batch.count == 0 { touch(lines, sequences, known, from: row, bytes) }
          let sequence = Int(sequences[row])
          guard sequence >= 0, let conditions = known[sequence],
            let range = lines[row].id, range.count < Self.shortID,
            let outcome = OutcomeByte.outcome(outcomes[row])
          else { break }
          let id = UnsafeRawBufferPointer(rebasing: bytes[range])
          // Not by `??`, whose right side would keep a copy of all this for each contract.
          var piece = tailPieces[outcome.severity]
          if piece == nil { piece = tail(outcome).piece }
          guard let piece else { break }
          batch.add(conditions.beginning, digest: digests[row], id: id, tail: piece)
          if batch.count >= Self.batchSize { try flush() }
          row += 1
        }
        return .success(())
      } catch {
        return .failure(error)
      }
    }
    try result.get()
    return row
  }

  /// Brings near what the next results are made of: reads that do not depend on each other wait for
  /// the memory together.
  private mutating func touch(
    _ lines: Span<PieceRow>, _ sequences: Span<Int32>, _ known: Span<SharedConditions?>,
    from first: Int, _ bytes: UnsafeRawBufferPointer
  ) {
    var all: UInt8 = 0
    for row in first..<min(first + Self.batchSize, lines.count) {
      if let id = lines[row].id, id.lowerBound < bytes.count { all ^= bytes[id.lowerBound] }
      let sequence = Int(sequences[row])
      if sequence >= 0, known[sequence] == nil { all ^= 1 }
    }
    touched ^= all
  }

  /// Hands over the results that were not handed to the recorder yet.
  package mutating func flush() throws(LedgerFailure) {
    guard batch.count > 0 else { return }
    defer { batch.removeAll() }
    try recorder.record(batch)
  }

  /// Records the result for one contract.
  ///
  /// - Parameters:
  ///   - outcome: The contract's.
  ///   - conditions: In declaration order; each was made for its place.
  ///   - tail: What stands behind the id; nil where the ruleset determines nothing.
  package mutating func record(
    _ contract: BulkContract, outcome: Outcome, conditions: some Sequence<BulkCondition>,
    tail: [UInt8]? = nil
  ) throws(LedgerFailure) {
    try flush()
    draft.clear()
    add(head, headPiece)
    for condition in conditions {
      switch condition {
      case .shared(let shared): draft.add(shared.piece)
      case .own(let part): add(part, recorder.piece(part))
      }
    }
    add(middle, middlePiece)
    try recordRest(contract, outcome, tail)
  }

  /// What stands behind the conditions.
  private mutating func recordRest(
    _ contract: BulkContract, _ outcome: Outcome, _ tail: [UInt8]?
  ) throws(LedgerFailure) {
    draft.add(contract.digest)
    add(beforeID, beforeIDPiece)
    addQuoted(contract.id)
    if let tail {
      add(tail, recorder.piece(tail))
    } else {
      let (bytes, piece) = self.tail(outcome)
      add(bytes, piece)
    }
    try recorder.record(draft, contract: contract.kept)
  }

  /// What stands behind the id, where the ruleset determines something.
  package mutating func tail(
    _ determinations: [DeterminationResult], outcome: Outcome
  ) -> [UInt8] {
    writer.tail(determinations, knownAt: knownAt, outcome: outcome)
  }

  private mutating func add(_ bytes: [UInt8], _ piece: LeafPiece?) {
    if let piece { draft.add(piece) } else { draft.add(bytes) }
  }

  /// An id as a string of canonical JSON, without its first quote.
  private mutating func addQuoted(_ id: UnsafeRawBufferPointer) {
    guard isPlain(id) else {
      draft.add(Array(quoted(String(decoding: id, as: UTF8.self)).dropFirst()))
      return
    }
    draft.add(id)
    draft.add(UInt8(ascii: "\""))
  }

  private mutating func tail(_ outcome: Outcome) -> (bytes: [UInt8], piece: LeafPiece?) {
    if let known = tails[outcome.severity] { return known }
    let bytes = writer.tail([], knownAt: knownAt, outcome: outcome)
    let made = (bytes, recorder.share(bytes))
    tails[outcome.severity] = made
    tailPieces[outcome.severity] = made.1
    return made
  }
}

/// Whether an id stands in canonical JSON as it is.
private func isPlain(_ id: UnsafeRawBufferPointer) -> Bool {
  for byte in id where byte < 0x20 || byte == 0x22 || byte == 0x5C { return false }
  return true
}

/// A contract's bytes as its digest takes them.
func trimmed(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
  let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
  var start = 0
  var end = bytes.count
  while start < end, isSpace(bytes[start]) { start += 1 }
  while end > start, isSpace(bytes[end - 1]) { end -= 1 }
  return UnsafeRawBufferPointer(rebasing: bytes[start..<end])
}
