// Rulesets in text that use the whole language, for tests of several rooms.

/// Texts of rulesets that every room can be tried on.
package enum LanguageSpecimens {
  /// One example of nearly everything.
  package static let everything = #"""
    ruleset recovery_aid "Recovery aid with conditions" {
      version  "2021.1"
      issuer   "Ministry of Finance"
      source   "Act no. 1 of 2021"
      governs  signed from 2021-01-01 until 2023-01-01  # which contracts, by which date; else `not governed`
      months   end on the last day                      # only where month arithmetic is used; or: roll over
      holidays from "lists/target2-holidays.csv"        # only where business days are used
    }

    contract {
      signed         : date
      instrument     : one of { loan, guarantee, grant, recapitalisation }
      size           : Size
      amount         : EUR
      climate_tagged : EUR
      disbursed      : EUR
      margin         : bps
      borrower       : Company
      emissions      : tCO2e by year  # a series
      ebitda         : EUR by quarter
      net_debt       : EUR by quarter
      redeemed       : percent by date                     # a level that holds from dates
      repaid         : date if any                         # an event that may not happen: JSON null says "has not"
      has_substance  : boolean, assessed by "tax officer"  # a judgement is a fact with an author
      payouts        : list of Payout dated decided
    }
    record Company {
      name    : text
      lei     : lei
      country : country
      sector  : nace
      owners  : list of Owner or empty
    }
    record Owner {
      name    : text
      lei     : lei
      country : country
      share   : percent
      owners  : list of Owner or empty
    } identified by lei else name
    record Payout { decided : date   amount : EUR   legally_due : boolean }
    type Size = one of { sme, large }

    list tax_havens of country from "lists/eu-non-cooperative.csv" {
      dated by decision listed_from until listed_until
      dated by published oj_from until oj_until
    }
    parameter intensity_limit : gCO2e/kWh { 250 from 2019-11-14, 100 from 2024-01-01 }  # steps
    parameter reduction_path : percent linear { 0% at 2019, 50% at 2024, 100% at 2045 }  # a path
    table step_up(size: Size, year: integer) : bps {  # the last key may be laid across, as the law does
      year  =  1,   2 to 3, 4 to 5, 6 to 7, 8 or more
      sme   => 225, 325,    450,    600,    800
      large => 250, 350,    500,    700,    950
    }

    mission net_zero "Net-zero emissions by 2045" {
      indicator   sum(c.emissions at period for c in contracts)
      baseline    2019
      target      100% reduction by 2045-12-31
      reported by "Environment agency"
    }

    define reduction(since: year, now: year) : percent =
      (emissions at since - emissions at now) / emissions at since

    condition carbon_path "Emissions fall in line with the path" {
      serves       net_zero
      kind         direction
      applies when amount >= EUR 10 million
      tested       yearly from 2021 to 2024, due 120 days after
      requires     reduction(2019, period) >= reduction_path at period
      evidence     emissions_report, verified
      on breach    step up margin by 25 bps until met
      on breach    recall 10% of disbursed when breached twice in a row
      source       "Schedule 2, para. 4"
    }

    condition no_tax_haven "No owner of 25% or more sits in a listed jurisdiction" {
      tested       on signed
      requires     no o in chain(borrower.owners, product of share)
                     where o.through >= 25% and o.country in tax_havens by published on signed
      unless       "Substance in the jurisdiction" under "s. 4(3)" when has_substance
      on breach    recall disbursed
      source       "s. 4(2)"
    }

    condition no_payout "No payout decided while aid is outstanding" {
      for each     p in payouts where p.decided >= signed
      tested       on p.decided
      applies when redeemed at p.decided < 100%
      forbids      p.amount > 0
      unless       "Legal duty to distribute" when p.legally_due
      cure         when redeemed at test_date = 100%, within 6 months
    }

    condition leverage "Net debt is at most 3.5 times EBITDA" {
      tested       quarterly, due 45 days after
      requires     all of {
        "EBITDA is positive" : sum(ebitda over 4 quarters to period) > 0,
        "ratio"              : net_debt at period <= 3.5 * sum(ebitda over 4 quarters to period),
      }
    }

    determination coupon "Coupon for the running year" : EUR =
      round(step_up(size, (years completed from signed to as_of) + 1) of amount, to EUR 0.01)
      unless "Repaid" when repaid <= as_of => 0

    portfolio condition climate_share "At least 37% of the money supports climate objectives" {
      requires sum(c.climate_tagged for c in contracts) >= 37% of sum(c.amount for c in contracts)
    }

    scenario "An owner of exactly 25% in a listed jurisdiction is caught" {
      given  {
        signed = 2021-03-01,
        instrument = loan,
        disbursed = EUR 1_000_000,
        has_substance = false,
        borrower.owners = [ { name = "Holdco", country = PA, share = 25% } ]
      }
      as of  2021-12-31
      expect no_tax_haven breached, recall EUR 1_000_000
    }

    """#
}
