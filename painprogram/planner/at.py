"""Where things stand in the two arrays of the compiled search.

The compiled functions pass two arrays of whole numbers: *t* holds what does not change while it
is searched, *s* the plan under way. A number stands at its own name, ``t[at.PER_DAY]``. A table
begins where its name says: ``t[t[at.LENGTH] + n]`` is the length of session *n*, and a table of
two dimensions lies row after row. (A tuple of arrays would read better, and is a hundred times
slower: every array of it is counted in and out at every call.)

Lists of different lengths lie one after the other in one table: those of number n stand from
``X_AT[n]`` up to ``X_AT[n + 1]``. A *unit* is a patient or a group: a resource of the audience.
"""

# Numbers of t
PER_DAY = 0
GRAIN = 1
NEAR = 2
LIMITS = 3
UNWISHED_ANY = 4
UNPLACED = 5
TICKS = 6
DAYS = 7
WEEKS = 8
SLOTS = 9
ROOMS = 10
TEAMS = 11
SESSIONS = 12
CHOICES = 13
MOVES = 14
COUNTED = 15
"""1 when it matters how many sessions somebody has in a day or at all."""
REST = 16
"""Ticks that are rest enough between two visits."""

# Tables of t: by session
LENGTH = 20
BEFORE = 21
AFTER = 22
SERIES = 23
CROWDING = 24
LIMIT = 25
FIXED_HEADS = 26
# where and with whom it may be
START_AT = 27
START_TICK = 28
START_SLOT = 29
START_COST = 30
START_OF = 31
ROOM_AT = 32
ROOM = 33
ROOM_COST = 34
ROOM_OF = 35
TEAM_AT = 36
TEAM = 37
TEAM_COST = 38
PEOPLE_AT = 39
PERSON = 40
UNIT_AT = 41
UNIT = 42
# which choices bring patients to it
PICK_AT = 43
PICK_CHOICE = 44
PICK_OPTION = 45
# what it is before or after, and what it should be apart from
ORDER_AT = 46
ORDER_OTHER = 47
ORDER_LEAST = 48
ORDER_MOST = 49
ORDER_FIRST = 50
APART_AT = 51
APART_OTHER = 52
# by resource (UNWISHED by resource and tick)
SHUT = 53
UNWISHED = 54
HEADS_OF = 55
WEIGHT = 56
SEATS = 57
MOST_DAY = 58
MOST_WEEK = 59
SHARE = 60
# by day, by tick, by series
WEEK_OF = 61
MOMENT = 62
MEMBER_AT = 63
MEMBER = 64
DAYS_LEAST = 65
# by choice and option
CHOICE_UNIT = 66
OPTION_AT = 67
OPTION_COST = 68
MEET_AT = 69
MEET = 70
QUOTA_AT = 71
QUOTA = 72
QUOTA_MOST = 73
WISHES = 74
DAY_OF = 75
FOLLOWS = 76
"""By day: 1 when the day before it in the tables is the day before it."""
END_OF_T = 80

# Numbers of s
COST = 0
BEST = 1
LEFT = 2
TRIED = 3
TAKEN = 4
SEED = 5
LOOKED = 6
"""1 when the change under consideration is known to fit."""

# Tables of s
PLACE = 10
BEGIN = 11
WHO = 12
"""By resource and tick: the session there + 1, 0 for nobody, -1 for absent."""
DAY_LOAD = 13
WEEK_LOAD = 14
LOAD = 15
HEADS = 16
CHOSEN = 17
SERIES_SLOTS = 18
SERIES_ROOMS = 19
SERIES_TEAMS = 20
SERIES_DAYS = 21
DISTINCT = 22
"""By series: how many times of the week, rooms, teams and days it has."""
USED = 23
MOVE = 24
"""The change under consideration: session, start, room, team; start -1 takes the place away."""
OLD = 25
BLAME = 26
MIX = 27
"""How often each kind of change is tried, of 1000, cumulated."""
BEST_PLACE = 28
BEST_CHOSEN = 29
END_OF_S = 32
