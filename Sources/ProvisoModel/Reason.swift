// Why something cannot be said yet: the reasons of an unknown.

/// The kind of a reason, in the words that reach the ledger and the JSON output.
package enum ReasonCode: String, Hashable, Sendable, CaseIterable {
  /// A field the contract does not give. `emissions at 2024` with no entry for 2024.
  case missingFact = "missing fact"
  /// Two versions, assessments or entries of one entity that disagree with nothing to rank them.
  case conflicting = "conflicting"
  /// A figure given as it was published, where its last digit leaves the question open.
  case roundedFigure = "rounded figure"
  /// A field `elected by` somebody who has not chosen.
  case missingElection = "missing election"
  /// Parts that do not add up to the whole they are said to conserve.
  case notConserved = "not conserved"
  /// A field `assessed by` somebody for which no assessment is recorded.
  case missingAssessment = "missing assessment"
  /// The only assessments of a field had expired on the test date.
  case expiredAssessment = "expired assessment"
  /// An item of evidence the condition asks for was not received, or not at the level asked.
  case missingEvidence = "missing evidence"
  /// `x / y` with `y` zero.
  case divisionByZero = "division by zero"
  /// EUR added to DKK without `converted to`.
  case mixedCurrencies = "mixed currencies"
  /// A number outgrew 65,536 bits: "round at a named point".
  case tooLong = "too long"
  /// An exponent that is not a whole number of a bearable size.
  case badExponent = "bad exponent"
  /// A date outside years 1 to 9999.
  case dateOutOfRange = "date out of range"
  /// Business days counted into years of which the list of holidays says nothing.
  case beyondHolidays = "beyond the holiday list"
  /// `x at T` with T before the first point of a parameter, a path or a dated level.
  case beforeFirstPoint = "before the first point"
  /// `x at T` with T after the last point of a path that does not say `then V`.
  case afterLastPoint = "after the last point"
  /// `min`, `max` or `average` over an empty list.
  case emptyList = "empty list"
  /// A dated list read past the day until which it is said to be complete.
  case incompleteList = "incomplete list"
  /// A chain of over 65,536 paths.
  case chainTooLong = "chain too long"
  /// A deadline that has not passed, for an event that has not happened.
  case notYetHappened = "not yet happened"
  /// A value read of an event that has not happened.
  case eventIsNone = "event has not happened"
  /// Two exceptions of a define or determination apply and give different values.
  case twoExceptions = "two exceptions apply"
  /// A table row that says `undetermined "reason"`.
  case tableUndetermined = "undetermined by the table"
  /// No row of a table, or no rate of a rate list, for the keys found.
  case noEntry = "no entry"
  /// `undetermined "reason" when …` of a condition.
  case undeterminedByRule = "undetermined by the rule"
  /// `k is met` while `k` is undetermined, pending or in cure.
  case openCondition = "open condition"
  /// The ruleset's `governs` cannot be decided for the contract.
  case governsUnknown = "governs unknown"
  /// A contract of the portfolio was rejected, so that nothing can be said of the whole.
  case rejectedContract = "rejected contract"
}

/// One reason why a value is unknown: what kind, about what, and the words for it.
///
/// Ordered by subject, then code, then detail, so that the union of the reasons of two operands
/// does not depend on which was evaluated first.
package struct Reason: Hashable, Comparable, Sendable {
  package let code: ReasonCode
  /// The field path (`borrower.owners[2].country`), evidence kind or condition the reason is about.
  package let subject: String
  /// The rest of the sentence where the code and the subject do not say all: the rule's own words
  /// for `undetermined "…"`, the two currencies that were mixed. Empty otherwise.
  package let detail: String

  package init(_ code: ReasonCode, subject: String, detail: String = "") {
    self.code = code
    self.subject = subject
    self.detail = detail
  }

  package static func < (left: Reason, right: Reason) -> Bool {
    if left.subject != right.subject { return utf8Less(left.subject, right.subject) }
    if left.code != right.code { return utf8Less(left.code.rawValue, right.code.rawValue) }
    return utf8Less(left.detail, right.detail)
  }
}

/// The reasons of an unknown: sorted, each once.
package struct ReasonSet: Hashable, Sendable {
  /// Sorted and without repeats.
  package private(set) var reasons: [Reason]

  package static var none: ReasonSet { ReasonSet(reasons: []) }

  package init(_ reason: Reason) { reasons = [reason] }
  package init(_ reasons: some Sequence<Reason>) { self.reasons = Array(Set(reasons)).sorted() }
  private init(reasons: [Reason]) { self.reasons = reasons }

  package var isEmpty: Bool { reasons.isEmpty }

  /// The first so many of the reasons, in their order.
  package func first(_ count: Int) -> ReasonSet { ReasonSet(reasons: Array(reasons.prefix(count))) }

  /// Takes up the reasons of another set.
  package mutating func formUnion(_ other: ReasonSet) {
    if !other.reasons.isEmpty { self = union(other) }
  }

  /// The reasons of either side, merged in order.
  package func union(_ other: ReasonSet) -> ReasonSet {
    if other.reasons.isEmpty || reasons == other.reasons { return self }
    if reasons.isEmpty { return other }
    var merged: [Reason] = []
    merged.reserveCapacity(reasons.count + other.reasons.count)
    var (own, theirs) = (reasons[...], other.reasons[...])
    // A fold takes up one reason after another: what lies between is passed over in one step.
    while let next = theirs.first {
      let place = own.firstPlace(notBefore: next)
      merged += own[..<place]
      own = own[place...]
      if own.first == next { own = own.dropFirst() }
      merged.append(next)
      theirs = theirs.dropFirst()
    }
    return ReasonSet(reasons: merged + own)
  }
}

/// The reasons of many operands, put in order once: of thousands of members each may have its own.
package struct ReasonGathering: Sendable {
  private var sets: [ReasonSet] = []

  /// Nothing gathered yet.
  package init() {}

  /// Whether there is no reason.
  package var isEmpty: Bool { sets.isEmpty }

  /// Takes up the reasons of one more operand.
  package mutating func take(_ set: ReasonSet) {
    if !set.isEmpty, sets.last != set { sets.append(set) }
  }

  /// All of them.
  package var all: ReasonSet {
    if sets.count > 8 { return ReasonSet(sets.flatMap(\.reasons)) }
    return sets.reduce(.none) { $0.union($1) }
  }
}

extension ArraySlice<Reason> {
  /// The first place of a sorted slice whose reason does not come before another one.
  fileprivate func firstPlace(notBefore wanted: Reason) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = low + (high - low) / 2
      if self[middle] < wanted { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// Byte order of the UTF-8 forms: the one order of text that is the same on every machine.
package func utf8Less(_ left: String, _ right: String) -> Bool {
  // Over plain bytes where the texts lie so, as all but a few do.
  let isLess = left.utf8.withContiguousStorageIfAvailable { left in
    right.utf8.withContiguousStorageIfAvailable { left.lexicographicallyPrecedes($0) }
  }
  return (isLess ?? nil) ?? left.utf8.lexicographicallyPrecedes(right.utf8)
}
