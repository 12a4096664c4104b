// Pages of what can be wrong with a single value.

import ProvisoSource

extension ContractDiagnostics {
  static let valuePages = [
    page(
      ContractCode.wrongKind, "a value of another kind than the field takes",
      bad: "{ \"id\": \"L-1\", \"open\": \"true\" }",
      good: "{ \"id\": \"L-1\", \"open\": true }",
      why: """
        The ruleset says what each field holds. A value of another kind is refused and never \
        converted: a text that says true is not a truth value.
        """),
    page(
      ContractCode.unreadableNumber, "a text that is not a quantity",
      bad: "{ \"id\": \"L-1\", \"amount\": \"EUR 1,000\" }",
      good: "{ \"id\": \"L-1\", \"amount\": \"EUR 1000\" }",
      why: """
        `1,000` is a thousand to one reader and one to another. Quantities use a point before \
        their decimals, nothing or `_` between thousands, and a space before the unit.
        """),
    page(
      ContractCode.unknownUnit, "a unit that does not exist",
      bad: "{ \"id\": \"L-1\", \"intensity\": \"250 gCO2e/kwh\" }",
      good: "{ \"id\": \"L-1\", \"intensity\": \"250 gCO2e/kWh\" }",
      why: """
        Units are written exactly: `Mt` is a million tonnes and `mt` is nothing. A ruleset can \
        declare more units.
        """),
    page(
      ContractCode.otherUnit, "a unit or currency that does not convert",
      bad: "{ \"id\": \"L-1\", \"amount\": \"USD 5 million\" }",
      good: "{ \"id\": \"L-1\", \"amount\": \"EUR 5 million\" }",
      why: """
        Kilowatt hours convert to joules by a fixed factor; dollars do not convert to euros, nor \
        CO2 to CO2 equivalent. A rate, and its day, is a decision that a ruleset has to state.
        """),
    page(
      ContractCode.noCurrency, "an amount without a currency",
      bad: "{ \"id\": \"L-1\", \"price\": 5 }",
      good: "{ \"id\": \"L-1\", \"price\": \"DKK 5\" }",
      why: """
        A field of `money` carries its currency with each amount, because the ruleset names \
        none.
        """),
    page(
      ContractCode.notWhole, "a number that should be whole",
      bad: "{ \"id\": \"L-1\", \"jobs\": 12.5 }",
      good: "{ \"id\": \"L-1\", \"jobs\": 12 }",
      why: """
        The field counts things. A part of a thing is most often a mistaken field or a mistaken \
        point.
        """),
    page(
      ContractCode.notADate, "a text that is not a date",
      bad: "{ \"id\": \"L-1\", \"signed\": \"1.3.2021\" }",
      good: "{ \"id\": \"L-1\", \"signed\": \"2021-03-01\" }",
      why: """
        Dates are year, month and day as ISO 8601 writes them. In any other form the third of \
        January and the first of March look alike.
        """),
    page(
      ContractCode.impossibleDate, "a day that does not exist",
      bad: "{ \"id\": \"L-1\", \"signed\": \"2021-02-30\" }",
      good: "{ \"id\": \"L-1\", \"signed\": \"2021-02-28\" }",
      why: """
        The 30th of February is a mistake of whoever wrote it, and nobody else can say which day \
        was meant.
        """),
    page(
      ContractCode.period, "a period of another length, or none",
      bad: "{ \"id\": \"L-1\", \"emissions\": { \"2021-Q1\": 5 } }",
      good: "{ \"id\": \"L-1\", \"emissions\": { \"2021\": 5 } }",
      why: """
        A series has one value for each period of the length the ruleset says. A quarter's \
        figure read as a year's would be wrong by a factor of four.
        """),
    page(
      ContractCode.country, "a code that is not a country's",
      bad: "{ \"id\": \"L-1\", \"home\": \"UK\" }",
      good: "{ \"id\": \"L-1\", \"home\": \"GB\" }",
      why: """
        Countries are the two letters of ISO 3166-1. A code that is on no list would match no \
        list, and a listed jurisdiction would pass.
        """),
    page(
      ContractCode.currency, "a code that is not a currency's",
      bad: "{ \"id\": \"L-1\", \"price\": \"EURO 5\" }",
      good: "{ \"id\": \"L-1\", \"price\": \"EUR 5\" }",
      why: "Currencies are the three letters of ISO 4217. Signs such as $ stand for several."),
    page(
      ContractCode.lei, "an LEI that cannot be right",
      bad: "{ \"id\": \"L-1\", \"owners\": [ { \"lei\": \"969500AQW33I2NH6QQ01\" } ] }",
      good: "{ \"id\": \"L-1\", \"owners\": [ { \"name\": \"Holdco\" } ] }",
      why: """
        The last two digits of an LEI check the others (ISO 17442). A wrong LEI names another \
        company, or none.
        """),
    page(
      ContractCode.nace, "a code that is not in NACE Rev. 2",
      bad: "{ \"id\": \"L-1\", \"sector\": \"35.99\" }",
      good: "{ \"id\": \"L-1\", \"sector\": \"35.11\" }",
      why: """
        Activities are the sections, divisions, groups and classes of NACE Rev. 2, with the \
        point after the second digit.
        """),
    page(
      ContractCode.member, "a word that is not a member of the enumeration",
      bad: "{ \"id\": \"L-1\", \"size\": \"smal\" }",
      good: "{ \"id\": \"L-1\", \"size\": \"small\" }",
      why: """
        The ruleset lists what the field can be. Another word would fall through every rule \
        about it.
        """),
    page(
      ContractCode.duration, "a text that is not a duration",
      bad: "{ \"id\": \"L-1\", \"term\": \"half a year\" }",
      good: "{ \"id\": \"L-1\", \"term\": \"6 months\" }",
      why: """
        Durations are whole numbers of days, business days, months or years. Six months and 180 \
        days end on different days.
        """),
    page(
      ContractCode.nullMember, "null in a list",
      bad: "{ \"id\": \"L-1\", \"owners\": [ null ] }",
      good: "{ \"id\": \"L-1\", \"owners\": [ {} ] }",
      why: """
        A list that is given is complete. A member of which nothing is known is still a member, \
        and is written `{}`; null could mean that there is none.
        """),
  ]
}
