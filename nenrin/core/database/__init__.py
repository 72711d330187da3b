"""The embedded PostgreSQL and the roles of every PostgreSQL."""

import warnings

# The embedded server's package only wonders where to put a lock file.
warnings.filterwarnings("ignore", module="platformdirs")
