"""Speed as ratios: pitchgen beside the bare tools it stands on, in one run on one machine."""
