// Loads a contract by a ruleset's own schema.

import ProvisoContracts
package import ProvisoModel
package import ProvisoSource

/// A contract that was read without an error.
package struct LoadedContract: Sendable {
  /// Its facts.
  package let contract: Contract
  /// The digest of its exact bytes.
  package let digest: Digest
  /// These bytes: its JSON text without the white space before and after it, or its rows.
  package let bytes: [UInt8]
  /// The digest of the whole file it was read from.
  package let sourceDigest: Digest
}

/// What loading a contract gives.
package struct ContractLoading: Sendable {
  /// The contract; nil when anything in its file is wrong.
  package let contract: LoadedContract?
  /// What is wrong or doubtful, in the order of the file.
  package let diagnostics: [Diagnostic]
  /// The ruleset's files and, last, the contract's; the diagnostics' spans point into these.
  package let sources: SourceFiles
}

extension LoadedRuleset {
  /// Reads a contract from a file.
  package func contract(
    named name: String, from files: Files
  ) throws(FileFailure) -> ContractLoading {
    let bytes = try files.read(name, limitBytes: Files.contractLimitBytes)
    return try contract(bytes, named: name)
  }

  /// Reads a contract whose bytes are at hand.
  package func contract(
    _ bytes: [UInt8], named name: String
  ) throws(FileFailure) -> ContractLoading {
    try contract(ContractText(json: bytes), named: name)
  }

  /// Reads a contract that is at hand.
  package func contract(
    _ text: ContractText, named name: String
  ) throws(FileFailure) -> ContractLoading {
    var sources = SourceFiles(checked.sources)
    let file = sources.add(name: name, bytes: text.json)
    let reading = readContract(file, for: checked)
    var loaded: LoadedContract?
    if let contract = reading.contract {
      guard let digest = text.digest, let whole = Digest(of: text.rows ?? text.json) else {
        throw digestFailure(name)
      }
      loaded = LoadedContract(
        contract: contract, digest: digest, bytes: text.bytes, sourceDigest: whole)
    }
    return ContractLoading(contract: loaded, diagnostics: reading.diagnostics, sources: sources)
  }

  /// The JSON Schema (2020-12) of the contracts it reads.
  package var contractSchemaText: String { contractSchema(of: checked) }
}
