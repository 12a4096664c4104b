// The codes of everything that can be wrong with a contract file.

import ProvisoSource

/// The diagnostics of contract files; each has a page in `ContractDiagnostics`.
enum ContractCode {
  // The text, before anybody asks what it means.
  static let empty: DiagnosticCode = "E0901"
  static let byteOrderMark: DiagnosticCode = "E0902"
  static let invalidUTF8: DiagnosticCode = "E0903"
  static let unexpected: DiagnosticCode = "E0904"
  static let endsTooEarly: DiagnosticCode = "E0905"
  static let malformedNumber: DiagnosticCode = "E0906"
  static let numberLimit: DiagnosticCode = "E0907"
  static let badString: DiagnosticCode = "E0908"
  static let duplicateKey: DiagnosticCode = "E0909"
  static let sizeLimit: DiagnosticCode = "E0910"

  // The contract as a whole.
  static let notAnObject: DiagnosticCode = "E0911"
  static let identifier: DiagnosticCode = "E0912"

  // Values.
  static let wrongKind: DiagnosticCode = "E0913"
  static let unreadableNumber: DiagnosticCode = "E0914"
  static let unknownUnit: DiagnosticCode = "E0915"
  static let otherUnit: DiagnosticCode = "E0916"
  static let noCurrency: DiagnosticCode = "E0917"
  static let notWhole: DiagnosticCode = "E0918"
  static let notADate: DiagnosticCode = "E0919"
  static let impossibleDate: DiagnosticCode = "E0920"
  static let period: DiagnosticCode = "E0921"
  static let country: DiagnosticCode = "E0922"
  static let currency: DiagnosticCode = "E0923"
  static let lei: DiagnosticCode = "E0924"
  static let nace: DiagnosticCode = "E0925"
  static let member: DiagnosticCode = "E0926"
  static let duration: DiagnosticCode = "E0927"
  static let nullMember: DiagnosticCode = "E0928"

  // Values with their history or proof.
  static let annotation: DiagnosticCode = "E0929"
  static let versions: DiagnosticCode = "E0930"
  static let completeUntil: DiagnosticCode = "E0931"

  // Reserved keys.
  static let unknownEvidence: DiagnosticCode = "E0932"
  static let duplicateEvidence: DiagnosticCode = "E0933"
  static let assuranceLevel: DiagnosticCode = "E0934"
  static let missingKey: DiagnosticCode = "E0935"
  static let unknownKey: DiagnosticCode = "E0936"
  static let plainAssessed: DiagnosticCode = "E0937"
  static let assessedField: DiagnosticCode = "E0938"
  static let waivedCondition: DiagnosticCode = "E0939"
  static let dateOrder: DiagnosticCode = "E0940"
  static let waivedTest: DiagnosticCode = "E0941"

  // What can be read and probably was not meant.
  static let unknownField: DiagnosticCode = "W0901"
  static let unaskedEvidence: DiagnosticCode = "W0902"
  static let otherAssessor: DiagnosticCode = "W0903"
  static let moreProblems: DiagnosticCode = "W0904"
}
