// The formatter: the same tokens, laid out in the house style.

package import ProvisoSource

/// What the formatter answers.
package enum FormatResult: Sendable {
  /// The file's bytes, laid out; equal to the input where nothing was to be done.
  case formatted([UInt8])
  /// The file has errors, so its layout is left alone.
  case refused([Diagnostic])
}

/// Lays out a ruleset: two spaces a level, one clause a line, aligned columns, 100 columns.
///
/// Every token and every comment is kept, in order, so the meaning cannot change; a file with
/// errors is refused. Formatting the result again gives the same bytes. Of a literate file only
/// the `proviso` blocks are touched.
package func format(_ file: SourceFile) -> FormatResult {
  let parsed = parse(file)
  guard parsed.isValid else { return .refused(parsed.diagnostics) }
  var bytes = file.bytes
  var current = parsed
  // A brace that breaks for lack of room aligns what is inside once it is known to break, so the
  // layout settles in a second round; the rounds are bounded all the same.
  for _ in 0..<4 {
    var printer = LayoutPrinter(current)
    let next = printer.run()
    if next == bytes { break }
    current = parse(SourceFile(id: file.id, name: file.name, bytes: next))
    // A layout that would read differently is never handed out.
    guard sameMeaning(parsed, current) else { return .formatted(file.bytes) }
    bytes = next
  }
  return .formatted(bytes)
}

/// Whether two texts say the same: the same tokens, and the same units among them.
///
/// White space, comments and line ends may differ, and nothing else.
package func sameMeaning(_ left: ParsedFile, _ right: ParsedFile) -> Bool {
  guard left.tokens.count == right.tokens.count, left.unitMarks == right.unitMarks,
    left.isValid == right.isValid
  else { return false }
  return zip(left.tokens, right.tokens).allSatisfy { first, second in
    first.kind == second.kind
      && left.source.bytes[first.start..<first.end] == right.source.bytes[second.start..<second.end]
  }
}
