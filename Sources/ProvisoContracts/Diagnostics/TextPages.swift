// Pages of what can be wrong with a contract's text, before anybody asks what it means.

import ProvisoSource

extension ContractDiagnostics {
  static let textPages = [
    page(
      ContractCode.empty, "an empty contract file",
      bad: "\n",
      good: "{ \"id\": \"L-1\" }",
      why: """
        A contract is one JSON object. A file of nothing is most often one that was not written.
        """),
    page(
      ContractCode.byteOrderMark, "a byte order mark",
      bad: "\u{FEFF}{ \"id\": \"L-1\" }",
      good: "{ \"id\": \"L-1\" }",
      why: """
        RFC 8259 has none, and a contract's digest is taken over its bytes: with and without the \
        mark the same contract would have two digests.
        """),
    page(
      ContractCode.invalidUTF8, "bytes that are not UTF-8",
      // The specimen holds the byte 0xE9, which a text cannot.
      bad: "{ \"id\": \"Caf\u{FFFD}\" }",
      good: "{ \"id\": \"Café\" }",
      why: """
        JSON is UTF-8. A file in another encoding would change names and companies without a \
        word.
        """),
    page(
      ContractCode.unexpected, "something that JSON does not allow here",
      bad: "{ \"id\": \"L-1\", \"amount\": 5, }",
      good: "{ \"id\": \"L-1\", \"amount\": 5 }",
      why: """
        Contracts keep to the grammar of RFC 8259, so that every program that reads them sees \
        the same facts: no comments, no commas at the end, no single quotes.
        """),
    page(
      ContractCode.endsTooEarly, "a text that ends too early",
      bad: "{ \"id\": \"L-1\", \"amount\": 5",
      good: "{ \"id\": \"L-1\", \"amount\": 5 }",
      why: "A file that was cut off may have lost facts. Nothing is read from it."),
    page(
      ContractCode.malformedNumber, "a number as JSON does not write it",
      bad: "{ \"id\": \"L-1\", \"amount\": 1_000 }",
      good: "{ \"id\": \"L-1\", \"amount\": 1000 }",
      why: """
        JSON numbers have a digit on each side of the point and no idle zeros, no plus sign and \
        no separators. In double quotes `_` may stand between digits.
        """),
    page(
      ContractCode.numberLimit, "a number past the limits",
      bad: "{ \"id\": \"L-1\", \"amount\": 1e65 }",
      good: "{ \"id\": \"L-1\", \"amount\": 1e6 }",
      why: """
        A number has at most 34 significant digits and an exponent between -64 and 64. Every \
        number within that is kept exactly; none beyond it occurs in a contract.
        """),
    page(
      ContractCode.badString, "a string with a character it cannot hold",
      bad: "{ \"id\": \"L\\x31\" }",
      good: "{ \"id\": \"L1\" }",
      why: """
        JSON knows the escapes \\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four digits; other \
        control characters and halves of characters have no meaning.
        """),
    page(
      ContractCode.duplicateKey, "a key given twice",
      bad: "{ \"id\": \"L-1\", \"amount\": 5, \"amount\": 6 }",
      good: "{ \"id\": \"L-1\", \"amount\": 6 }",
      why: """
        Programs differ in which of two values they take. A fact that changed goes under \
        `versions`, with the day from which each value holds.
        """),
    page(
      ContractCode.sizeLimit, "a contract that outgrows a limit",
      bad: String(repeating: "[", count: 513), good: "{ \"id\": \"L-1\" }",
      why: """
        Objects and lists nest at most 512 deep, and a file has at most 4 GiB. A contract past \
        that was written by mistake, or to do harm.
        """),
    page(
      ContractCode.notAnObject, "a contract that is not an object",
      bad: "[{ \"id\": \"L-1\" }]",
      good: "{ \"id\": \"L-1\" }",
      why: "One file holds one contract, written as one object."),
    page(
      ContractCode.identifier, "a contract without a usable `id`",
      bad: "{ \"amount\": 5 }",
      good: "{ \"id\": \"L-1\", \"amount\": 5 }",
      why: """
        Reports and the ledger call a contract by its `id`. It stands in the contract's own \
        bytes, so that the same contract has the same name wherever its file lies.
        """),
  ]
}
