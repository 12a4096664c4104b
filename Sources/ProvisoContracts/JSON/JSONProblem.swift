// What can be wrong with a JSON text, before anybody asks what it means.

/// What the grammar called for at a place.
package enum JSONExpectation: String, Hashable, Sendable {
  case value = "a value"
  case elementOrEnd = "a value or `]`"
  case keyOrEnd = "a key in double quotes or `}`"
  case key = "a key in double quotes"
  case colon = "`:` after the key"
  case commaOrBracket = "`,` or `]`"
  case commaOrBrace = "`,` or `}`"
}

/// One kind of problem of a JSON text.
package enum JSONProblemKind: Hashable, Sendable {
  /// No byte but white space.
  case empty
  /// A byte order mark in front of the text.
  case byteOrderMark
  /// More than the offsets of the tape can address: 4 GiB.
  case tooLarge
  /// Bytes that are not UTF-8.
  case invalidUTF8(UInt8)
  /// Something that cannot stand here: `[1,]`, `{a: 1}`.
  case unexpected(JSONExpectation)
  /// The text ends inside a container or a string: `{"a": 1`. The other range is what was opened.
  case unexpectedEnd(JSONExpectation)
  /// A string without its closing quote; the other range is its opening quote.
  case unterminatedString
  /// Something after the value: `{} {}`.
  case textAfterEnd
  /// A word other than `true`, `false` and `null`: `True`, `NaN`.
  case unknownWord
  /// Number text outside the grammar: `01`, `.5`, `+1`, `1.`.
  case malformedNumber
  /// A number of over 34 significant digits.
  case tooManyDigits
  /// An exponent beyond ±64, or over 98 decimals.
  case exponentOutOfRange
  /// A byte below 0x20 in a string: a line break, a tabulator.
  case controlCharacter(UInt8)
  /// A backslash before something that makes no escape: `"\x"`.
  case badEscape
  /// Half of a surrogate pair: `"\ud800"`.
  case loneSurrogate
  /// A key the object already has; the other range is the first.
  case duplicateKey
  /// Containers within containers, deeper than the limit.
  case tooDeep

  /// Whether the rest of the text can still be read.
  var isRecoverable: Bool {
    switch self {
    case .tooManyDigits, .exponentOutOfRange, .badEscape, .loneSurrogate, .duplicateKey: true
    default: false
    }
  }
}

/// A problem of a JSON text and its place.
package struct JSONProblem: Hashable, Sendable {
  package let kind: JSONProblemKind
  /// The bytes it is about; empty at the end of the text.
  package let range: Range<Int>
  /// The place that tells the other half of the story.
  package let other: Range<Int>?
}

/// What reading a JSON text gives.
package struct JSONReading: Sendable {
  /// The document; nil when the text leaves the grammar.
  package let document: JSONDocument?
  /// What was read before the text left the grammar, with all that was open closed; nil where
  /// nothing was, or the text is a document.
  package let beginning: JSONDocument?
  /// In the order of the text; empty for a text in which nothing is wrong.
  package let problems: [JSONProblem]
}
