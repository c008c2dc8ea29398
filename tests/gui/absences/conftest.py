from tests.gui.over_a_desk import (  # noqa: F401 -- what the tests beside this ask for
    busiest,
    centre,
    desk,
    engine,
    group,
    today,
    window,
)
