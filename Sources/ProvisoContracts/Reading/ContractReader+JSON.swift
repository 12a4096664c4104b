// What is wrong with a contract's text, put into words.

import ProvisoSource

extension ContractReader {
  /// Reports a problem of the JSON text.
  mutating func report(_ problem: JSONProblem) {
    let found = foundWords(problem.range)
    switch problem.kind {
    case .empty:
      keep(
        problem, ContractCode.empty, "this contract file is empty",
        help: "write one object: `{ \"id\": \"…\", … }`")
    case .byteOrderMark:
      keep(
        problem, ContractCode.byteOrderMark, "the text starts with a byte order mark",
        help: "save the file as UTF-8 without BOM")
    case .tooLarge:
      keep(problem, ContractCode.sizeLimit, "a contract has at most 4 GiB", help: "split it")
    case .tooDeep:
      keep(
        problem, ContractCode.sizeLimit,
        "objects and lists are nested over \(JSONReader.nestingLimit) deep here",
        help: "a contract this deep is written by mistake; look at what wrote it")
    case .invalidUTF8(let byte):
      keep(
        problem, ContractCode.invalidUTF8, "the byte \(hexadecimal(byte)) is not UTF-8",
        help: "save the file as UTF-8")
    case .unexpected(let expectation):
      keep(
        problem, ContractCode.unexpected, "expected \(expectation.rawValue), found \(found)",
        other: "opened here", help: unexpectedHelp(problem, expectation))
    case .unknownWord:
      keep(
        problem, ContractCode.unexpected, "expected a value, found \(found)",
        help: wordHelp(problem.range))
    case .textAfterEnd:
      keep(
        problem, ContractCode.unexpected, "found \(found) after the end of the contract",
        help: "a file holds one contract; remove what follows it")
    case .unexpectedEnd(let expectation):
      keep(
        problem, ContractCode.endsTooEarly,
        "the text ends where \(expectation.rawValue) is expected", other: "opened here",
        help: "close what is open, or look whether the file was cut off")
    case .unterminatedString:
      keep(
        problem, ContractCode.endsTooEarly, "the text ends inside a string",
        other: "the string starts here", help: "close it with `\"`")
    case .malformedNumber:
      keep(
        problem, ContractCode.malformedNumber, "\(found) is not a number as JSON writes it",
        help: numberHelp(problem.range))
    case .tooManyDigits:
      keep(
        problem, ContractCode.numberLimit, "this number has over 34 significant digits",
        help: "round it where it comes from")
    case .exponentOutOfRange:
      keep(
        problem, ContractCode.numberLimit, "this number's exponent lies beyond -64 to 64",
        help: "no quantity of a contract is so large or so small; look at where it comes from")
    case .controlCharacter(let byte):
      keep(
        problem, ContractCode.badString,
        "the control character \(hexadecimal(byte)) stands in a string",
        other: "the string starts here",
        help: byte == 0x0A ? "close the string on its line, or write `\\n`" : controlHelp(byte))
    case .badEscape:
      keep(
        problem, ContractCode.badString, "\(found) is not an escape",
        help: "write `\\\\` for a backslash itself")
    case .loneSurrogate:
      keep(
        problem, ContractCode.badString, "\(found) is half of a character",
        help: "write both halves, or the character itself")
    case .duplicateKey:
      keep(
        problem, ContractCode.duplicateKey, "the key \(found) is given twice in one object",
        other: "the first",
        help: "remove one; two values of one fact at different times go under `versions`")
    }
  }

  private mutating func keep(
    _ problem: JSONProblem, _ code: DiagnosticCode, _ message: String, other: String = "",
    help: String
  ) {
    keep(
      Diagnostic(
        code: code, message: message, primary: LabelledSpan(span(problem.range)),
        secondaries: problem.other.map { [LabelledSpan(span($0), other)] } ?? [], help: [help]))
  }

  /// The bytes of a range in backticks, cut to a readable length.
  private func foundWords(_ range: Range<Int>) -> String {
    guard range.upperBound <= file.bytes.count, !range.isEmpty else { return "nothing" }
    let text = String(decoding: file.bytes[range].prefix(400), as: UTF8.self)
    return "`\(shortened(text))`"
  }

  private func text(_ range: Range<Int>) -> String {
    guard range.upperBound <= file.bytes.count else { return "" }
    return String(decoding: file.bytes[range].prefix(400), as: UTF8.self)
  }

  private func hexadecimal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return "0x" + (digits.utf8.count < 2 ? "0" : "") + digits
  }

  private func controlHelp(_ byte: UInt8) -> String {
    byte == 0x09
      ? "write `\\t`" : "write it as `\\u00\(hexadecimal(byte).dropFirst(2))`, or remove it"
  }

  private func unexpectedHelp(_ problem: JSONProblem, _ expectation: JSONExpectation) -> String {
    let found = text(problem.range)
    switch (expectation, found.first) {
    case (_, "'"?): return "write strings and keys in double quotes"
    case (_, "/"?), (_, "#"?): return "JSON has no comments; a key `note` can hold one"
    case (.value, "]"?), (.value, "}"?), (.key, "}"?):
      return "remove the comma before it, or write what is missing"
    case (.keyOrEnd, _), (.key, _): return "write keys in double quotes: `\"\(shortened(found))\"`"
    case (.colon, _): return "write `:` between a key and its value"
    case (.commaOrBrace, _), (.commaOrBracket, _):
      return "write `,` before it, or close what is open"
    default:
      return
        "write a text in double quotes, a number, `true`, `false`, `null`, a list or an object"
    }
  }

  private func wordHelp(_ range: Range<Int>) -> String {
    switch text(range) {
    case "True", "TRUE", "yes", "Yes": "write `true`"
    case "False", "FALSE", "no", "No": "write `false`"
    case "None", "NULL", "Null", "nil", "NA", "NaN", "undefined", "Infinity":
      "write `null` for what is not known"
    default: "write texts in double quotes"
    }
  }

  private func numberHelp(_ range: Range<Int>) -> String {
    let found = text(range)
    if found.hasPrefix("+") { return "remove the `+`" }
    if found.hasPrefix(".") { return "write `0\(shortened(found))`" }
    if found.hasSuffix(".") { return "write `\(shortened(String(found.dropLast())))`" }
    let digits = found.hasPrefix("-") ? found.dropFirst() : found[...]
    if digits.hasPrefix("0"), digits.dropFirst().first?.isNumber == true {
      return "remove the zeros in front, or put a code in double quotes"
    }
    if digits.contains("_") { return "remove the `_`" }
    return "write a number such as `-1250.5`, or a text in double quotes"
  }
}
