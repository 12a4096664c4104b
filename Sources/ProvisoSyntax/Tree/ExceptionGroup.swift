// Exceptions that several conditions share, and what they are when written out.

/// `exceptions NAME(parameters) { unless … }`.
package struct ExceptionGroupSyntax: SyntaxNode {
  package let name: NameSyntax
  package let parameters: [KeySyntax]
  package let exemptions: [ExemptionSyntax]
  package let extent: Extent

  /// A define of the group's parameters for every exception, by a name that nobody can write.
  package var defines: [DefineSyntax] {
    exemptions.enumerated().map { position, exemption in
      let extent = exemption.title.extent
      return DefineSyntax(
        name: NameSyntax(text: hiddenName(position), extent: extent), title: nil,
        parameters: parameters,
        type: .named(UnitSyntax(text: "boolean", extent: extent)),
        body: .value(exemption.condition), exceptions: [], source: nil, extent: extent)
    }
  }

  /// The exceptions as a condition would write them that calls those defines.
  package func exemptions(
    with arguments: [ExpressionSyntax], for use: Extent, at clause: Extent
  ) -> [ExemptionSyntax] {
    exemptions.enumerated().map { position, exemption in
      let hidden = NameSyntax(text: hiddenName(position), extent: use)
      return ExemptionSyntax(
        title: exemption.title, under: exemption.under,
        condition: arguments.isEmpty
          ? .name(hidden)
          : .call(CallSyntax(function: hidden, arguments: arguments, extent: use)),
        extent: clause)
    }
  }

  private func hiddenName(_ position: Int) -> String { "\(name.text)[\(position + 1)]" }
}
