"""Where evidence comes from: code hosts and experiment trackers, only ever read, over HTTP."""
