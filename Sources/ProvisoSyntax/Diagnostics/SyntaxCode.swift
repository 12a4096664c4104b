// The codes of the parser's diagnostics.

package import ProvisoSource

/// What can be wrong with the text of a ruleset, as stable codes; each has a page in `SyntaxPages`.
package enum SyntaxCode {
  // Characters, numbers and texts.
  package static let unknownCharacter: DiagnosticCode = "E0101"
  package static let invalidBytes: DiagnosticCode = "E0102"
  package static let unclosedString: DiagnosticCode = "E0103"
  package static let malformedNumber: DiagnosticCode = "E0104"
  package static let joinedUnit: DiagnosticCode = "E0105"
  package static let impossibleDate: DiagnosticCode = "E0106"
  package static let foreignOperator: DiagnosticCode = "E0107"
  package static let typographicQuotes: DiagnosticCode = "E0108"
  package static let unknownEscape: DiagnosticCode = "E0109"
  // Literate files.
  package static let unclosedFence: DiagnosticCode = "E0110"
  package static let noBlocks: DiagnosticCode = "E0111"
  // The shape of declarations and clauses.
  package static let expectedDeclaration: DiagnosticCode = "E0112"
  package static let unknownClause: DiagnosticCode = "E0113"
  package static let unexpectedText: DiagnosticCode = "E0114"
  package static let expectedMark: DiagnosticCode = "E0115"
  package static let expectedWord: DiagnosticCode = "E0116"
  package static let unclosedBracket: DiagnosticCode = "E0117"
  package static let unmatchedCloser: DiagnosticCode = "E0118"
  package static let expectedName: DiagnosticCode = "E0119"
  package static let reservedName: DiagnosticCode = "E0120"
  package static let expectedText: DiagnosticCode = "E0121"
  package static let expectedExpression: DiagnosticCode = "E0122"
  package static let expectedType: DiagnosticCode = "E0123"
  package static let nestingTooDeep: DiagnosticCode = "E0124"
  // Where two readings remain.
  package static let mixedAndOr: DiagnosticCode = "E0125"
  package static let quantifierJoined: DiagnosticCode = "E0126"
  package static let chainedComparison: DiagnosticCode = "E0127"
  package static let limitInSum: DiagnosticCode = "E0128"
  package static let divisionOf: DiagnosticCode = "E0129"
  package static let chainedPower: DiagnosticCode = "E0130"
  package static let pointShift: DiagnosticCode = "E0131"
  package static let choiceNeedsParentheses: DiagnosticCode = "E0132"
  // Forms that lack a part.
  package static let missingOtherwise: DiagnosticCode = "E0133"
  package static let foreignIf: DiagnosticCode = "E0134"
  package static let isNot: DiagnosticCode = "E0135"
  package static let quantifierWithoutWhere: DiagnosticCode = "E0136"
  package static let everyWithoutSatisfies: DiagnosticCode = "E0137"
  package static let emptyLimbs: DiagnosticCode = "E0138"
  package static let expectedSchedule: DiagnosticCode = "E0139"
  package static let dueAlone: DiagnosticCode = "E0140"
  package static let expectedCure: DiagnosticCode = "E0141"
  package static let expectedVerb: DiagnosticCode = "E0142"
  package static let expectedOutcome: DiagnosticCode = "E0143"
  package static let parameterValues: DiagnosticCode = "E0144"
  package static let rowWidth: DiagnosticCode = "E0145"
  package static let foreignPhrase: DiagnosticCode = "E0146"
}
