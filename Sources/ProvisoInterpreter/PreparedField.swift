// A field as the evaluation reads it: by reference, with what its type comes to worked out.

import ProvisoModel
import ProvisoQuantities

/// One field of the contract or of a record.
final class PreparedField: Sendable {
  let name: String
  let type: ValueType
  let assessor: String?
  let elector: String?
  let isDecidedByEvidence: Bool
  let isEmptyWhenAbsent: Bool
  let datedBy: Int?
  /// The record type of its value or of its list's members.
  let record: RecordID?
  /// The length of a series' periods.
  let periodLength: PeriodLength?
  /// The type of an entry of a series or a level, of a member of a list; else its own.
  let elementType: ValueType
  private let ownEntry: PreparedField?

  init(_ field: Field) {
    name = field.name
    type = field.type
    assessor = field.assessor
    elector = field.elector
    isDecidedByEvidence = field.isDecidedByEvidence
    isEmptyWhenAbsent = field.isEmptyWhenAbsent
    datedBy = field.datedBy
    switch field.type {
    case .record(let record), .list(.record(let record)): self.record = record
    default: record = nil
    }
    switch field.type {
    case .series(let element, let length):
      elementType = element
      periodLength = length
    case .levels(let element), .list(let element):
      elementType = element
      periodLength = nil
    default:
      elementType = field.type
      periodLength = nil
    }
    if elementType == field.type {
      ownEntry = nil
    } else {
      ownEntry = PreparedField(
        Field(
          name: field.name, type: elementType, elector: field.elector,
          isDecidedByEvidence: field.isDecidedByEvidence, isAsPublished: field.isAsPublished,
          span: field.span))
    }
  }

  /// The field that one entry of a series or of levels is.
  var entry: PreparedField { ownEntry ?? self }
}
