// The tables that `proviso batch` writes beside its report.

import ProvisoKit
import ProvisoModel

/// The tables a call asks for, as they grow.
struct BatchFiles {
  let table: PortfolioTable
  private var out: FileDraft?
  private var rejects: FileDraft?

  init(_ call: Call, _ editions: Editions, on console: any Console) throws(CallFailure) {
    // The name says the form, as it does of the portfolio.
    let isLines = call.value("out")?.hasSuffix(".jsonl") ?? false
    table = PortfolioTable(editions, isLines ? .jsonl : .csv)
    do throws(FileFailure) {
      if let name = call.value("out") {
        let draft = try FileDraft(name, in: console.files)
        try draft.write(table.header)
        out = draft
      }
      if let name = call.value("rejects") {
        let draft = try FileDraft(name, in: console.files)
        try draft.write(PortfolioTable.rejectedHeader)
        rejects = draft
      }
    } catch { throw CallFailure(error) }
  }

  /// Whether a table of verdicts is asked for.
  var asksTable: Bool { out != nil }

  /// Takes rows that are written already.
  func write(rows: [UInt8]) throws(CallFailure) {
    do throws(FileFailure) { try out?.write(rows) } catch { throw CallFailure(error) }
  }

  mutating func write(_ verdict: ContractVerdict, edition: Int) throws(CallFailure) {
    guard let out else { return }
    do throws(FileFailure) {
      try out.write(table.row(verdict, edition: edition))
    } catch { throw CallFailure(error) }
  }

  mutating func write(_ contract: RejectedContract) throws(CallFailure) {
    guard let rejects else { return }
    do throws(FileFailure) {
      try rejects.write(PortfolioTable.row(contract))
    } catch { throw CallFailure(error) }
  }

  mutating func finish() throws(CallFailure) {
    do throws(FileFailure) {
      try out?.finish()
      try rejects?.finish()
    } catch { throw CallFailure(error) }
  }
}
