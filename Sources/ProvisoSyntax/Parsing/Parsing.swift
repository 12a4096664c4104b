// From a file to its tree: the one way in.

package import ProvisoSource

/// Reads a ruleset: always a tree that covers every byte, and what is wrong with the text.
///
/// A file whose name ends in `.md` is literate: its fenced `proviso` blocks are the ruleset, the
/// rest is trivia. Never fails, on any bytes.
///
/// - Complexity: O(*n*) in the number of bytes.
package func parse(_ file: SourceFile) -> ParsedFile {
  var lexer = Lexer(file: file)
  if LiterateParts.isLiterate(file.name) {
    let parts = LiterateParts(file)
    if let fence = parts.unclosedFence {
      lexer.report(
        SyntaxCode.unclosedFence, "a `proviso` block is not closed before the end of the file",
        SourceSpan(source: file.id, start: fence.lowerBound, end: fence.upperBound),
        "opened here", help: ["close it with a line of three backticks"])
    }
    if parts.ranges.isEmpty {
      lexer.report(
        SyntaxCode.noBlocks, "this file has no `proviso` block",
        SourceSpan(source: file.id, start: 0, end: 0), "a literate ruleset",
        help: ["put the rules between a line ```` ```proviso ```` and a line ```` ``` ````"])
    }
    lexer.run(parts: parts.ranges)
  } else {
    lexer.run(parts: [0..<file.bytes.count])
  }
  var parser = Parser(file: file, tokens: lexer.tokens, diagnostics: lexer.diagnostics)
  let tree = parser.parseFile()
  return ParsedFile(
    source: file, tree: tree, diagnostics: parser.diagnostics.sorted(), tokens: lexer.tokens,
    unitMarks: parser.unitMarks)
}
