"""Pure building blocks: states, rules, events, periods, local dates and the clock."""
