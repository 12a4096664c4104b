// The nouns a ruleset declares about its contracts: enumerations, records and their fields.

package import ProvisoSource

/// `type Size = one of { sme, large }`, or an enumeration written in place in a field.
package struct Enumeration: Hashable, Sendable {
  /// The declared name; for one written in place, the field's name.
  package let name: String
  /// In declaration order; `Value.member` counts in this array.
  package let members: [String]
  package let span: SourceSpan

  package init(name: String, members: [String], span: SourceSpan) {
    self.name = name
    self.members = members
    self.span = span
  }
}

/// One field of the contract or of a record.
package struct Field: Hashable, Sendable {
  package let name: String
  package let type: ValueType
  /// Who must assess it, for a field `assessed by "tax officer"`; nil for a reported fact.
  package let assessor: String?
  /// Whose choice it is, for a field `elected by "borrower"`; nil for a reported fact.
  package let elector: String?
  /// `best evidence decides`: of sources that differ, the one with the best evidence is read.
  package let isDecidedByEvidence: Bool
  /// `as published`: a figure may be anything that is rounded to what was published.
  package let isAsPublished: Bool
  /// `or empty`: an absent list is known to be empty.
  package let isEmptyWhenAbsent: Bool
  /// For `list of X dated decided`: the position, in X, of the date that dates each member.
  package let datedBy: Int?
  package let span: SourceSpan

  package init(
    name: String, type: ValueType, assessor: String? = nil, elector: String? = nil,
    isDecidedByEvidence: Bool = false, isAsPublished: Bool = false,
    isEmptyWhenAbsent: Bool = false, datedBy: Int? = nil, span: SourceSpan
  ) {
    self.name = name
    self.type = type
    self.assessor = assessor
    self.elector = elector
    self.isDecidedByEvidence = isDecidedByEvidence
    self.isAsPublished = isAsPublished
    self.isEmptyWhenAbsent = isEmptyWhenAbsent
    self.datedBy = datedBy
    self.span = span
  }
}

/// A record type; the contract itself is one.
package struct RecordType: Hashable, Sendable {
  package let name: String
  package let fields: [Field]
  /// `identified by lei else name`: field positions, first choice first. Empty when not declared.
  package let identity: [Int]
  package let span: SourceSpan

  package init(name: String, fields: [Field], identity: [Int] = [], span: SourceSpan) {
    self.name = name
    self.fields = fields
    self.identity = identity
    self.span = span
  }

  /// The position of the field with this name.
  package func index(of name: String) -> Int? { fields.firstIndex { $0.name == name } }
}

/// How sure somebody independent is of a figure or a document, weakest first.
///
/// The order follows the ranking of evidence in use where sources differ: a regulator's record
/// outranks independent assurance, that a contract, that the recipient's certified report, that
/// its bare statement, that its marketing text.
package enum AssuranceLevel: Int, Hashable, Comparable, Sendable, CaseIterable {
  case claimed = 0
  case stated
  case certified
  case contracted
  case verified
  case official

  package static func < (left: AssuranceLevel, right: AssuranceLevel) -> Bool {
    left.rawValue < right.rawValue
  }

  /// The word used in rulesets and contracts.
  package var name: String {
    switch self {
    case .claimed: "claimed"
    case .stated: "stated"
    case .certified: "certified"
    case .contracted: "contracted"
    case .verified: "verified"
    case .official: "official"
    }
  }

  /// The level of a word; nil where it is none of the six.
  package init?(name: String) {
    guard let level = AssuranceLevel.allCases.first(where: { $0.name == name }) else { return nil }
    self = level
  }
}
