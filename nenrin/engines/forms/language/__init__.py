"""The expression language of rules: text → typed tree → closures. No eval, no clock, no ORM.

    rule        = or
    or          = and { "or" and }
    and         = not { "and" not }
    not         = "not" not | comparison
    comparison  = sum [ ( "==" | "!=" | "<" | "<=" | ">" | ">=" | "in" ) sum ]
    sum         = product { ( "+" | "-" ) product }
    product     = sign { ( "*" | "/" ) sign }
    sign        = "-" sign | atom
    atom        = number | "text" | 2026-04-01 | true | false | [ rule, … ]
                | name { "." part } | function "(" rule, … ")" | "(" rule ")"

An unanswered question is *unknown*. Unknown spreads through arithmetic and comparisons; `and` and
`or` follow Kleene: `false and unknown` is false, `true or unknown` is true, all else unknown.
Numbers are exact (integers and fractions). `today` is the day of the evaluation.
"""
