// Reads a contract file by a ruleset's own schema: the front of the room.

package import ProvisoModel
package import ProvisoSource

/// What reading a contract file gives.
package struct ContractReading: Sendable {
  /// The facts; nil when anything in the file is wrong.
  package let contract: Contract?
  /// The contract's id, where that much could be read.
  package let id: String?
  /// What is wrong or doubtful, in the order of the file.
  package let diagnostics: [Diagnostic]
}

/// Reads a contract, one JSON object, as the facts that a ruleset asks for.
///
/// The forms are those of docs/contract-format.md. An error anywhere refuses the whole contract: a
/// fact that was written wrongly is never passed over in silence. What nobody asks for is a
/// warning.
///
/// - Complexity: O(*n*) in the bytes of the file; the stack is bounded by the nesting limit.
///
/// - Parameter fields: The only fields of the contract to read, by position, where the rest does
///   not matter: evidence and the like are then passed over too. Nil: all of it.
package func readContract(
  _ file: SourceFile, for ruleset: CheckedRuleset, only fields: Set<Int>? = nil
) -> ContractReading {
  let reading = JSONReader.read(file.bytes)
  var reader = ContractReader(
    file: file, document: reading.document, ruleset: ruleset, only: fields)
  for problem in reading.problems { reader.report(problem) }
  let contract = reader.readDocument()
  let diagnostics = reader.diagnostics.sorted()
  let isRefused = diagnostics.contains { $0.severity == .error }
  let id = contract?.id ?? reading.beginning.flatMap(identifier)
  return ContractReading(
    contract: isRefused ? nil : contract, id: id?.isEmpty == true ? nil : id,
    diagnostics: diagnostics)
}

/// The id that a text gives before it leaves the grammar.
private func identifier(of beginning: JSONDocument) -> String? {
  guard let id = beginning.value(of: "id", in: beginning.root), beginning[id].kind == .string else {
    return nil
  }
  return beginning.text(of: id)
}
