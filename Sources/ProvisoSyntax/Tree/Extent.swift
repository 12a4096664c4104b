// Where a node of the tree stands: its tokens and its bytes.

package import ProvisoSource

/// The tokens a node was made of, and the bytes they cover.
package struct Extent: Hashable, Sendable {
  /// The node's tokens, as indices into `ParsedFile.tokens`; empty for a missing node.
  package let tokens: Range<Int>
  /// From the first byte of the first token to behind the last byte of the last.
  package let span: SourceSpan

  /// Makes an extent.
  package init(tokens: Range<Int>, span: SourceSpan) {
    self.tokens = tokens
    self.span = span
  }
}

/// A node of the syntax tree: it knows its tokens, so nothing that was written is lost.
package protocol SyntaxNode: Sendable {
  /// Where the node stands.
  var extent: Extent { get }
}

extension SyntaxNode {
  /// The bytes of the node.
  package var span: SourceSpan { extent.span }
}

/// A name as it was written, or the place where one is missing.
package struct NameSyntax: SyntaxNode {
  /// The name; empty where it is missing. The one name of several words is `complete until`.
  package let text: String
  package let extent: Extent

  /// Whether no name was written here (the parser has reported it).
  package var isMissing: Bool { text.isEmpty }
}

/// A text in quotes, or the place where one is missing.
package struct StringSyntax: SyntaxNode {
  /// The text with its escapes resolved.
  package let text: String
  /// Whether no text was written here (the parser has reported it).
  package let isMissing: Bool
  package let extent: Extent
}
