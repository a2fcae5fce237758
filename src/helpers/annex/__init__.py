"""The publishing wing: it runs notebooks and makes pages of them. No other part imports it."""
