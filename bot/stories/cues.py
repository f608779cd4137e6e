"""Words by which a text itself says that something was before the news, or is to come.

All are looked for in `lowered` text: that takes a third of the time of ignoring case.
"""

import re

BACKGROUND = re.compile(
    r"""(?x)
    \b(?:last\ (?:week|month|year|fall|spring|summer|winter|autumn)
    |earlier\ (?:this|in\ the|in)|previously
    |(?:two|three|four|five|six|several|some)\ (?:days|weeks|months|years)\ (?:ago|earlier|before)
    |(?:a|the)\ (?:day|week|month|year)\ (?:ago|earlier|before)
    |in\ recent\ (?:days|weeks|months|years)|back\ in|at\ the\ time
    |had\ (?:been|already|earlier|previously|said|asked|told|refused|sued|ordered|signed|announced
      |agreed|warned)
    |the\ dispute\ (?:began|started|dates)|stems\ from|follows\ (?:a|an|the)
    |comes\ (?:after|days|weeks|months|as)|came\ after|since\ (?:then|last)|once\ before)\b
    """
)
"""A sentence that tells what was before the news."""

TAIL = re.compile(
    r"\b(?:(?:days|weeks|months|hours|a day|a week|a month|shortly|just) after|after|following"
    r"|amid|in wake of|in the wake of|despite|ahead of|over|as part of|since)\b| \| "
)
"""From here on a headline tells what the news follows or is part of, or names its rubric."""

COMING = re.compile(
    r"""(?x)
    \b(?:will|would|vow(?:s|ed|ing)?\ to|threat(?:ens?|ened|ening)?\ (?:to|of)
    |plan(?:s|ned|ning)?\ to|intend(?:s|ed)?\ to|prepar(?:es?|ing)\ to|consider(?:s|ing)?
    |weigh(?:s|ing)?|may|might|could
    |expected\ to|set\ to|ready\ to|(?:is|are|was|were)\ to|promise[sd]?\ to|until|or\ face|not)\b
    """
)
"""What follows is only said to come, or not to."""
