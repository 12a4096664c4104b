// Records results by what each condition came to, for evaluators that make no verdict of their own
// for each contract.
//
// Of a million contracts that are asked about the same conditions most come out alike. Whoever
// evaluates them by columns makes each result of a condition once, and names it again for every
// contract that comes to it. The leaves are those of `proviso check`, byte for byte.

package import ProvisoLedger
import ProvisoLog
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
  /// As for no other that is known of: with an amount of its own.
  case own(ConditionVerdict)
}

/// Records results of one ruleset on the same two dates, each from parts.
///
///     var bulk = BulkRecording(ruleset, asOf: day, knownAt: day, in: recorder)
///     let isMet = bulk.shared(ConditionVerdict(condition: …), position: 0)
///     try bulk.record(id: id, line: line, outcome: .met, conditions: [.shared(isMet), …])
///
/// Where the same mix of results comes again, `together` makes it known as a whole, and recording
/// it takes the same time however many conditions there are.
package struct BulkRecording {
  private let recorder: Recorder
  private let knownAt: CalendarDate
  private var writer: LeafWriter
  private var draft = LeafDraft()
  private let head: [UInt8]
  private let headPiece: LeafPiece?
  private let middle: [UInt8]
  private let middlePiece: LeafPiece?
  private let beforeID: [UInt8]
  /// What stands behind the id where there are no determinations, by the outcome's severity.
  private var tails: [(bytes: [UInt8], piece: LeafPiece?)?]

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
    self.writer = writer
    tails = Array(repeating: nil, count: Outcome.allCases.count)
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
    recorder.share(writer.part(condition, isFirst: position == 0))
      .map { SharedCondition(piece: $0) }
  }

  /// Makes known what all conditions of a contract came to together.
  ///
  /// The same results give the same again.
  ///
  /// - Parameter conditions: In declaration order, each made for its place.
  /// - Returns: Nil where there is no more room; hand the conditions over one by one then.
  package func together(_ conditions: [SharedCondition]) -> SharedConditions? {
    guard let headPiece, let middlePiece else { return nil }
    return recorder.beginning([headPiece] + conditions.map(\.piece) + [middlePiece])
      .map { SharedConditions(beginning: $0) }
  }

  /// Records the result for one contract whose conditions came out as they did together before.
  ///
  /// - Parameters:
  ///   - id: The contract's id in UTF-8, without escapes.
  ///   - line: The contract's exact bytes; white space before and after them does not count.
  ///   - outcome: The contract's.
  ///   - determinations: In declaration order.
  ///   - keeps: Whether the contract is kept too.
  package mutating func record(
    id: UnsafeRawBufferPointer, line: UnsafeRawBufferPointer, outcome: Outcome,
    together conditions: SharedConditions, determinations: [DeterminationResult] = [],
    keeps: Bool = false
  ) throws(LedgerFailure) {
    draft.clear(conditions.beginning)
    try recordRest(id, trimmed(line), outcome, determinations, keeps)
  }

  /// Records the result for one contract.
  ///
  /// - Parameters:
  ///   - id: The contract's id in UTF-8, without escapes.
  ///   - line: The contract's exact bytes; white space before and after them does not count.
  ///   - outcome: The contract's.
  ///   - conditions: In declaration order; each `shared` one was made for its place.
  ///   - determinations: In declaration order.
  ///   - keeps: Whether the contract is kept too.
  package mutating func record(
    id: UnsafeRawBufferPointer, line: UnsafeRawBufferPointer, outcome: Outcome,
    conditions: [BulkCondition],
    determinations: [DeterminationResult] = [], keeps: Bool = false
  ) throws(LedgerFailure) {
    draft.clear()
    add(head, headPiece)
    for (position, condition) in conditions.enumerated() {
      switch condition {
      case .shared(let shared): draft.add(shared.piece)
      case .own(let verdict): draft.add(writer.part(verdict, isFirst: position == 0))
      }
    }
    add(middle, middlePiece)
    try recordRest(id, trimmed(line), outcome, determinations, keeps)
  }

  /// What stands behind the conditions.
  private mutating func recordRest(
    _ id: UnsafeRawBufferPointer, _ contract: UnsafeRawBufferPointer, _ outcome: Outcome,
    _ determinations: [DeterminationResult], _ keeps: Bool
  ) throws(LedgerFailure) {
    var state = HashState()
    state.take(contract)
    let digest: LogHash
    do throws(CryptoFailure) { digest = try state.finish() } catch { throw .crypto(error) }
    digest.withHexDigits { draft.add($0) }
    draft.add(beforeID)
    addQuoted(id)
    if determinations.isEmpty {
      let (bytes, piece) = tail(outcome)
      add(bytes, piece)
    } else {
      draft.add(writer.tail(determinations, knownAt: knownAt, outcome: outcome))
    }
    try recorder.record(draft, contract: keeps ? Array(contract) : nil)
  }

  private mutating func add(_ bytes: [UInt8], _ piece: LeafPiece?) {
    if let piece { draft.add(piece) } else { draft.add(bytes) }
  }

  /// An id as a string of canonical JSON.
  private mutating func addQuoted(_ id: UnsafeRawBufferPointer) {
    guard id.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C }) else {
      draft.add(quoted(String(decoding: id, as: UTF8.self)))
      return
    }
    draft.add(UInt8(ascii: "\""))
    draft.add(id)
    draft.add(UInt8(ascii: "\""))
  }

  private mutating func tail(_ outcome: Outcome) -> (bytes: [UInt8], piece: LeafPiece?) {
    if let known = tails[outcome.severity] { return known }
    let bytes = writer.tail([], knownAt: knownAt, outcome: outcome)
    let made = (bytes, recorder.share(bytes))
    tails[outcome.severity] = made
    return made
  }
}

/// A contract's bytes as its digest takes them.
private func trimmed(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
  let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
  var start = 0
  var end = bytes.count
  while start < end, isSpace(bytes[start]) { start += 1 }
  while end > start, isSpace(bytes[end - 1]) { end -= 1 }
  return UnsafeRawBufferPointer(rebasing: bytes[start..<end])
}
